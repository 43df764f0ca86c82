package io.modelmonitor.quality;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Feature;
import io.modelmonitor.api.FeatureType;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Row;
import io.modelmonitor.internal.Arguments;
import io.modelmonitor.spi.MetricCalculator;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Splits a calculator by a column or a condition: a state of the calculator for each group, nothing more.
 *
 * <pre>{@code
 * MetricCalculator<?> byRegion = modelQuality().label("churned").prediction("predicted").by("region");
 * MetricCalculator<?> byAge = Segments.of(quality).by("adult", row -> row.number("age") >= 18);
 * }</pre>
 *
 * <p>Each group's metrics have the subject {@code region=north}, with the calculator's own subject behind it:
 * {@code region=north, class=a}. Of each metric that is known to get better one way, {@code worst_segment.<metric>} with the
 * subject {@code region} is the value of the worst group, which its note names.
 *
 * <p>The first {@link #maxSegments groups} values by the alphabet have a group each; all others share the group {@code (others)}. A
 * missing value is the group {@code (missing)}. A value that is spelled like one of these two is in that group. A group with
 * fewer than {@link #minRows rows} says that it is too small and nothing else. Memory is that of the calculator for each group.
 * Immutable.
 *
 * @param <S> the state of the calculator that is split
 */
public final class Segments<S> implements MetricCalculator<SegmentRows<S>>, Serializable {

    private static final long serialVersionUID = 1L;

    private final MetricCalculator<S> calculator;
    private final String name;
    private final boolean isColumn;
    private final Groups groups;
    private final int most;
    private final long fewestRows;

    private Segments(
            MetricCalculator<S> calculator, String name, boolean isColumn, Groups groups, int most, long fewestRows) {
        this.calculator = calculator;
        this.name = name;
        this.isColumn = isColumn;
        this.groups = groups;
        this.most = most;
        this.fewestRows = fewestRows;
    }

    /** Makes the function that finds the group of a row. */
    private interface Groups extends Supplier<GroupOf>, Serializable {}

    /** Finds the group of a row; may cache the column that decides it. */
    interface GroupOf {

        /** Returns the group's name, or null if the row has none. */
        @Nullable
        String group(Row row);
    }

    /** Starts to split a calculator. */
    public static <S> Splitting<S> of(MetricCalculator<S> calculator) {
        return new Splitting<>(calculator);
    }

    /** A calculator that is going to be split. */
    public static final class Splitting<S> {

        private final MetricCalculator<S> calculator;

        private Splitting(MetricCalculator<S> calculator) {
            this.calculator = calculator;
        }

        /**
         * Splits by the values of a column, given by name, position or path.
         *
         * @throws IllegalArgumentException if it is empty
         */
        public Segments<S> by(String column) {
            Arguments.check(!column.isEmpty(), "column", "''", "a column's name, position or path");
            return new Segments<>(calculator, column, true, () -> ofColumn(column), 100, 30);
        }

        /**
         * Splits by a condition, into {@code name=true} and {@code name=false}.
         *
         * @param name what the condition says
         * @param condition must not change
         */
        public Segments<S> by(String name, Predicate<? super Row> condition) {
            return new Segments<>(calculator, name, false, () -> row -> String.valueOf(condition.test(row)), 2, 30);
        }
    }

    private static GroupOf ofColumn(String column) {
        ColumnReference reference = new ColumnReference(column);
        return row -> row.text(reference.in(row));
    }

    /**
     * Sets how many values have a group of their own; 100 unless said.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Segments<S> maxSegments(int newMost) {
        if (newMost < 1) {
            throw new IllegalArgumentException("groups " + newMost + " are none; allowed is 1 or more");
        }
        return new Segments<>(calculator, name, isColumn, groups, newMost, fewestRows);
    }

    /**
     * Sets how many rows a group needs to be measured; 30 unless said.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Segments<S> minRows(long rows) {
        if (rows < 0) {
            throw new IllegalArgumentException("rows " + rows + " is negative; allowed is 0 or more");
        }
        return new Segments<>(calculator, name, isColumn, groups, most, rows);
    }

    @Override
    public String name() {
        return calculator.name() + " by " + name;
    }

    @Override
    public SegmentRows<S> start() {
        return new SegmentRows<>(calculator, name, groups.get(), most);
    }

    @Override
    public void add(SegmentRows<S> state, Batch batch) {
        state.add(batch);
    }

    @Override
    public SegmentRows<S> merge(SegmentRows<S> earlier, SegmentRows<S> later) {
        return earlier.merge(later);
    }

    @Override
    public SegmentRows<S> complete(SegmentRows<S> state) {
        state.complete();
        return state;
    }

    @Override
    public List<Metric> measure(SegmentRows<S> current, @Nullable SegmentRows<S> reference, Constraints wanted) {
        return current.metrics(fewestRows, reference, wanted);
    }

    @Override
    public void write(SegmentRows<S> state, DataOutput out) throws IOException {
        state.write(out);
    }

    @Override
    public SegmentRows<S> read(DataInput in) throws IOException {
        SegmentRows<S> state = start();
        state.read(in);
        return state;
    }

    @Override
    public boolean isOnOneThread() {
        return calculator.isOnOneThread();
    }

    /** Returns the columns that the calculator reads, and that which decides the group. */
    @Override
    public List<Feature> reads() {
        Stream<Feature> groupedBy = isColumn ? Stream.of(new Feature(name, FeatureType.UNKNOWN)) : Stream.empty();
        return Stream.concat(calculator.reads().stream(), groupedBy).toList();
    }

    /** Returns what speaks against the calculator in every segment that is large enough to be measured, if there is one. */
    @Override
    public @Nullable String mismatch(SegmentRows<S> reference) {
        return reference.mismatch(fewestRows);
    }

    /** Returns why nothing could be measured of any segment, if so. */
    @Override
    public @Nullable String obstacle(List<Metric> metrics) {
        return calculator.obstacle(metrics);
    }

    /** Suggests for each segment what the calculator suggests of it. */
    @Override
    public List<Constraint> suggest(SegmentRows<S> state, List<Metric> metrics) {
        return state.suggestions(fewestRows);
    }

    @Override
    public String toString() {
        return name();
    }
}
