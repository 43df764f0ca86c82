package io.modelmonitor;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Records requests of the application's own types, as {@link DataCapture} does. */
@FunctionalInterface
public interface CaptureRecorder<I, O> {

    /** Records a request; see {@link DataCapture}. */
    @Nullable
    UUID record(@Nullable String inferenceId, @Nullable I input, @Nullable O output);
}
