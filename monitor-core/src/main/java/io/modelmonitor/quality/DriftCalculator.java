package io.modelmonitor.quality;

import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.spi.DriftMeasure;
import io.modelmonitor.stats.internal.drift.FeatureDrift;
import io.modelmonitor.stats.sketch.ColumnProfile;
import io.modelmonitor.stats.sketch.ColumnReading;
import io.modelmonitor.stats.sketch.ColumnTyping;
import io.modelmonitor.stats.sketch.Profile;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Measures drift by a user's measure, from the profiles that data quality keeps. */
record DriftCalculator(String name, DriftMeasure measure) implements ProfileMetrics, Serializable {

    @Override
    public List<Metric> measure(Profile current, @Nullable Profile reference, Constraints wanted) {
        if (reference == null) {
            return List.of();
        }
        return current.names().stream()
                .filter(reference::hasColumn)
                .map(column -> drift(column, reference.typing(column), current.column(column), wanted))
                .toList();
    }

    private Metric drift(String column, ColumnTyping typing, ColumnProfile current, Constraints wanted) {
        ColumnReading before = typing.reading();
        ColumnReading now = before.as(current);
        return FeatureDrift.measured(
                name,
                measure,
                column,
                typing.compared(before, now),
                typing.compared(now, before),
                metric -> wanted.bound(new MetricId(column, metric)));
    }
}
