package io.modelmonitor.stats.quality;

import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Evidence.StandardError;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.api.Scale;

/** Builds metrics that may be undefined, and evidence of which there may be too little. */
final class Uncertainty {

    /** Too few rows to say how far the value may be off, so that chance explains whatever it is. */
    private static final Evidence UNKNOWN = Evidence.ofPValue(1);

    /** The scale of correlations: from -1 to 1, of which less is worse. */
    static final Scale CORRELATION = new Scale("", -1, 1, Scale.Worse.LOWER);

    private Uncertainty() {}

    static Evidence of(double standardError) {
        return Double.isFinite(standardError) ? new StandardError(standardError) : UNKNOWN;
    }

    /** Returns a metric of the dataset that is a mean of sizes; undefined for the given reason if it is NaN. */
    static Metric ofSizes(String name, Mean mean, String undefinedBecause) {
        return metric(MetricId.DATASET, name, mean.value(), FewMeans.ofSizes(mean), undefinedBecause);
    }

    /** Returns a metric; undefined for the given reason if its value is NaN. */
    static Metric metric(String subject, String name, double value, Evidence evidence, String undefinedBecause) {
        return Double.isNaN(value)
                ? Metric.undefined(subject, name, undefinedBecause)
                : Metric.of(subject, name, value, evidence);
    }
}
