package io.modelmonitor.api;

import java.util.List;
import java.util.Objects;

/**
 * Some captured requests of one model, in their order: the unit in which captures are handed on.
 *
 * @param endpoint the name of what serves the model
 * @param variant the name of the model's variant, {@value #ALL_TRAFFIC} when there is only one
 * @param records the requests, at least one
 */
public record CaptureBatch(String endpoint, String variant, List<CaptureRecord> records) {

    /** The variant of an endpoint that has only one. */
    public static final String ALL_TRAFFIC = "AllTraffic";

    /** Creates a batch. */
    public CaptureBatch {
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(variant, "variant");
        records = List.copyOf(records);
    }
}
