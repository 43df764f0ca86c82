package io.modelmonitor.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The measured reference data, as rules that suggest constraints see it. Immutable. */
public interface Reference {

    /** Returns the features with the types and domains that the reference data shows. */
    Schema schema();

    /** Returns every metric of the reference data. */
    List<Metric> metrics();

    /** Returns a metric of the reference data, or null if there is none. */
    @Nullable
    Metric metric(String subject, String name);
}
