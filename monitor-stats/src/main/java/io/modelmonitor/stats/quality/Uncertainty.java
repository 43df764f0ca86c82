package io.modelmonitor.stats.quality;

import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Metric;
import io.modelmonitor.stats.evidence.StandardError;

/** Builds metrics whose evidence is a standard error. */
final class Uncertainty {

    /** Too few rows to say how far the value may be off, so that chance explains whatever it is. */
    private static final Evidence UNKNOWN = Evidence.ofPValue(1);

    private Uncertainty() {}

    static Evidence of(double standardError) {
        return Double.isFinite(standardError) ? new StandardError(standardError) : UNKNOWN;
    }

    /** Returns a metric of the dataset; undefined for the given reason if its value is NaN. */
    static Metric metric(String name, double value, double standardError, String undefinedBecause) {
        return metric(name, Metric.DATASET, value, standardError, undefinedBecause);
    }

    static Metric metric(String name, String subject, double value, double standardError, String undefinedBecause) {
        return Double.isNaN(value)
                ? Metric.undefined(name, subject, undefinedBecause)
                : new Metric(name, subject, value, of(standardError));
    }
}
