package io.modelmonitor.quality;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.spi.DriftMeasure;
import io.modelmonitor.spi.MetricCalculator;
import io.modelmonitor.stats.drift.FeatureDrift;
import io.modelmonitor.stats.sketch.ColumnProfile;
import io.modelmonitor.stats.sketch.ColumnReading;
import io.modelmonitor.stats.sketch.ColumnTyping;
import io.modelmonitor.stats.sketch.Profile;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Measures drift by a user's measure, from the profiles that data quality keeps. */
record DriftCalculator(String name, DriftMeasure measure) implements MetricCalculator<Profile>, Serializable {

    @Override
    public String stateName() {
        return DataQuality.PROFILE;
    }

    @Override
    public Profile start() {
        return DataQuality.standard().start();
    }

    @Override
    public void add(Profile state, Batch batch) {
        DataQuality.standard().add(state, batch);
    }

    @Override
    public List<? extends Consumer<Batch>> consumers(Profile state) {
        return DataQuality.standard().consumers(state);
    }

    @Override
    public Profile merge(Profile earlier, Profile later) {
        return DataQuality.standard().merge(earlier, later);
    }

    @Override
    public void write(Profile state, DataOutput out) throws IOException {
        DataQuality.standard().write(state, out);
    }

    @Override
    public Profile read(DataInput in) throws IOException {
        return DataQuality.standard().read(in);
    }

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
