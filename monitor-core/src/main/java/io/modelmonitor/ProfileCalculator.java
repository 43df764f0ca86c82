package io.modelmonitor;

import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Metric;
import io.modelmonitor.spi.DriftMeasure;
import io.modelmonitor.stats.drift.FeatureDrift;
import io.modelmonitor.stats.sketch.Profile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What measures from profiles: the counts, moments and sketches of every column, which are made of any data in the same
 * pass. The standard one measures data quality and drift.
 */
@FunctionalInterface
public interface ProfileCalculator {

    /**
     * Measures.
     *
     * @param current the profile of the data in question
     * @param expected what is required: the expected features, and the constraints, so that a calculator can leave out
     *     costly metrics that nobody asks for; empty while a baseline is being made
     * @param baseline the profile of the reference data; null while that is being measured
     * @return the metrics, in a stable order
     */
    List<Metric> measure(Profile current, Constraints expected, @Nullable Profile baseline);

    /** Returns the calculator that measures what this one does, then what another does. */
    default ProfileCalculator and(ProfileCalculator other) {
        return (current, expected, baseline) -> {
            List<Metric> metrics = new ArrayList<>(measure(current, expected, baseline));
            metrics.addAll(other.measure(current, expected, baseline));
            return metrics;
        };
    }

    /**
     * Returns the calculator of a user's measure of drift, for every column that the baseline has too. What size of it
     * chance alone gives is found by resampling.
     *
     * @param name the metric's name, such as {@code drift.mine}
     */
    static ProfileCalculator drift(String name, DriftMeasure measure) {
        return (current, expected, baseline) -> baseline == null
                ? List.of()
                : current.names().stream()
                        .filter(baseline::hasColumn)
                        .map(column -> FeatureDrift.measured(
                                name, measure, column, baseline.column(column), current.column(column)))
                        .toList();
    }

    /** Returns the calculator of data quality and drift that monitors use unless told otherwise. */
    static ProfileCalculator standard() {
        return DataQuality::measure;
    }
}
