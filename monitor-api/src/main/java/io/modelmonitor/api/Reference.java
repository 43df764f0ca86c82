package io.modelmonitor.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a calculator may compare with: what was said of the reference data. Immutable. */
public interface Reference {

    /** Returns the expected features; empty while a baseline is being made. */
    Schema schema();

    /** Returns every metric of the reference data; empty while a baseline is being made. */
    List<Metric> metrics();

    /** Returns a metric of the reference data, or null if there is none. */
    @Nullable
    Metric metric(String name, String subject);

    /** Returns the reference that says nothing, which calculators are given while a baseline is being made. */
    static Reference none() {
        return NoReference.INSTANCE;
    }
}
