package io.modelmonitor.spi;

import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Reference;
import io.modelmonitor.api.Row;
import java.util.List;
import java.util.stream.Collector;

/**
 * What measures: a collector over rows, whose state is small and of which two states merge.
 *
 * <p>One definition thus runs one row at a time behind a live endpoint, in one pass over a file, on all cores, and on a
 * cluster. Any collector of {@link java.util.stream.Collectors} will do:
 *
 * <pre>{@code
 * MetricCalculator meanIncome = reference -> collectingAndThen(
 *     averagingDouble(row -> row.number("income")), mean -> List.of(new Metric("mean", "income", mean)));
 * }</pre>
 *
 * <p>A calculator that throws is reported by name and stops no other.
 */
@FunctionalInterface
public interface MetricCalculator {

    /**
     * Returns a collector for one window of data. Called once per window; the collector's functions are called on
     * the thread that checks, rows in their order.
     *
     * @param reference what the same calculators said of the reference data; {@link Reference#none()} while that is being
     *     measured
     */
    Collector<Row, ?, List<Metric>> against(Reference reference);
}
