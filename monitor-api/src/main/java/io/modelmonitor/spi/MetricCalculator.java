package io.modelmonitor.spi;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Feature;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Row;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collector;
import org.jspecify.annotations.Nullable;

/**
 * A measurement whose state is small and merges: an empty state, to which batches of rows are added; two states, which merge
 * into that of the rows of both; and the metrics of a state, beside the same calculator's state of the reference data.
 *
 * <p>One definition thus runs behind a live endpoint, over a file on all cores, in replicas whose states meet later, and on a
 * cluster. The short form is a {@link Collector} over rows:
 *
 * <pre>{@code
 * MetricCalculator<?> mean = MetricCalculator.of("mean_income", averagingDouble(row -> row.number("income")));
 * }</pre>
 *
 * <p>A calculator that throws is reported by name and stops no other. A calculator is immutable; one thread at a time uses a
 * state. One that is {@link Serializable} can be sent to the machines of a cluster, for which {@link #portable} makes do where it
 * is not. {@code MetricCalculatorContract} of the test module holds an implementation against the laws stated here.
 *
 * @param <S> the state; mutable, and never shared between calculators unless they say so by {@link #stateName()}
 */
public interface MetricCalculator<S> {

    /** Returns the name, which no other calculator of a monitor may have, such as {@code model_quality}; not blank. */
    String name();

    /**
     * Returns the name of the state. Calculators with the same state name measure from one state, which is then kept once: so
     * a measure of drift reads the column profiles that data quality keeps.
     */
    default String stateName() {
        return name();
    }

    /** Returns an empty state, of no rows. Merging it with another state, on either side, makes an equal state. */
    S start();

    /** Adds rows to a state. The result must not depend on how rows are cut into batches, up to rounding. */
    void add(S state, Batch batch);

    /**
     * Merges two states into that of the rows of both, {@code earlier} first. May change {@code earlier} and return it; must
     * neither change {@code later} nor keep parts of it that can change.
     */
    S merge(S earlier, S later);

    /**
     * Does once what is costly and needs no reference, such as explaining sampled rows, after the last row and before a
     * measurement is judged, saved or merged with another. Returns the state unless overridden.
     */
    default S complete(S state) {
        return state;
    }

    /**
     * Measures.
     *
     * @param current the state of the data in question; not changed
     * @param reference the state of the reference data; null while that itself is measured, and when it was measured without
     *     this calculator; not changed
     * @param wanted the expected features and the constraints, so that tests are made for the bounds that are wanted and costly
     *     metrics are left out when nobody asks for them
     * @return the metrics in a stable order, no two of the same identity; an undefined one says why
     */
    List<Metric> measure(S current, @Nullable S reference, Constraints wanted);

    /**
     * Returns a test for rows that make a constraint fail, each by itself: a text in a column of numbers, not a mean that moved.
     * It tells of a batch whether any of its rows is such a row, and so of a row, as a batch of one.
     *
     * @param violated the constraint
     * @param current the state of the rows that are searched; getting it takes a pass over them, so a calculator that can do
     *     without does not ask
     * @param reference the state of the reference data, or null if there are none
     * @param wanted all that is required of the metrics
     * @return the test, for use by one thread; null, as unless overridden, if the metric is of another calculator or no row by
     *     itself makes it fail
     */
    default @Nullable Predicate<Batch> rowsBehind(
            Constraint violated, Supplier<S> current, @Nullable S reference, Constraints wanted) {
        return null;
    }

    /**
     * Returns this calculator where the reference data are known to consist of windows: so that what these differ by among themselves is
     * not taken for a change. This calculator unless overridden.
     *
     * @param windows the states of the windows, in groups of those that are to be alike, such as the Mondays; not changed
     */
    default MetricCalculator<S> beside(List<List<S>> windows) {
        return this;
    }

    /**
     * Writes a state in a form that {@link #read} reads. What was read is written as the same bytes; a saved state of which that is
     * not so is refused as damaged.
     *
     * @throws IOException if it cannot be written
     * @throws UnsupportedOperationException if states of this calculator cannot be written; the message says why
     */
    void write(S state, DataOutput out) throws IOException;

    /**
     * Reads a state that {@link #write} wrote, equal in everything that is measured, added or merged later.
     *
     * @throws IOException if it ends early
     * @throws IllegalArgumentException if it is no such state; the message is one line
     */
    S read(DataInput in) throws IOException;

    /**
     * Returns what fills a state on several threads: consumers each of which is given every batch in order, by one thread at a
     * time. One, unless overridden; rows are then shared out to several states that are merged. A state of many independent
     * parts, such as the columns of a table, has a consumer for each part or group of parts.
     */
    default List<? extends Consumer<Batch>> consumers(S state) {
        return List.of(batch -> add(state, batch));
    }

    /** Returns whether rows are to be added on the calling thread only, in their order, into one state. */
    default boolean isOnOneThread() {
        return false;
    }

    /** Returns this calculator, fed on the calling thread only, in the order of the rows. */
    default MetricCalculator<S> onOneThread() {
        return new DelegatingCalculator.OnOneThread<>(this);
    }

    /**
     * Returns this calculator under another name, which becomes the scope of its metrics, so that there can be several: {@code
     * modelQuality()..named("challenger")} measures the recall of {@code challenger} and the precision of {@code challenger,
     * class=a}.
     *
     * @throws IllegalArgumentException if the name is blank
     */
    default MetricCalculator<S> named(String name) {
        return new DelegatingCalculator.Named<>(this, name);
    }

    /** A function that makes a calculator, as a lambda that captures nothing, or only what is serialisable, does. */
    @FunctionalInterface
    interface Maker extends Supplier<MetricCalculator<?>>, Serializable {}

    /**
     * Returns the calculator that a function makes. It is {@link Serializable}: what is written is the function, which makes the
     * calculator again where it is read. So calculators of lambdas that are not serialisable, and models that are loaded rather
     * than sent, reach the machines of a cluster:
     *
     * <pre>{@code
     * MetricCalculator<?> mean = portable(() -> MetricCalculator.of("mean_income", averagingDouble(row -> row.number("income"))));
     * }</pre>
     *
     * @param maker makes a calculator that is alike each time
     */
    static MetricCalculator<?> portable(Maker maker) {
        return DelegatingCalculator.Portable.of(maker);
    }

    /**
     * Suggests constraints from what was measured of the reference data; none unless overridden.
     *
     * @param state the state of the reference data
     * @param metrics what {@link #measure} says of it
     */
    default List<Constraint> suggest(S state, List<Metric> metrics) {
        return List.of();
    }

    /**
     * Returns the columns that the calculator was told to read, each with the values that it was told to look for as its domain; none
     * unless overridden. A baseline without such a column is refused; so is one of 30 rows or more without any of its values. Asked before
     * any row is read.
     *
     * @throws IllegalArgumentException if the calculator was not told all that it needs; the message names what is missing
     */
    default List<Feature> reads() {
        return List.of();
    }

    /**
     * Returns why what this calculator was told cannot be meant, as the reference data show, in one line: a threshold that no value is
     * above, scores in percent. Null if nothing speaks against it, and unless overridden. A baseline of 30 rows or more is refused with it.
     *
     * @param reference the state of the reference data
     */
    default @Nullable String mismatch(S reference) {
        return null;
    }

    /**
     * Returns why nothing of what this calculator is for could be measured, in one line; null if something was, and unless
     * overridden. A baseline of 30 rows or more of which nothing was measured is refused. A report on such a window is incomplete, unless the
     * columns that this {@link #reads} may be empty there by chance (of 1 in 100, by their shares in the baseline).
     *
     * @param metrics what {@link #measure} returned
     */
    default @Nullable String obstacle(List<Metric> metrics) {
        return null;
    }

    /** Returns what the columns show themselves to be, with types and domains; none unless overridden. */
    default List<Feature> features(S state) {
        return List.of();
    }

    /**
     * Returns the calculator of one number, which any collector of {@link java.util.stream.Collectors} computes.
     *
     * <p>A row ends where the collector asks it for the number or the text of a missing value: nothing of the row is collected
     * from then on, so that missing values leave an average defined. A collector that wants to see missing values asks {@link
     * Row#isMissing(String)} first. The metric's note says how many rows were left out; it is undefined when all were.
     *
     * <p>States merge by the collector's combiner. They can be saved if the collector accumulates into an array of numbers, as
     * those of averages, sums and counts do.
     *
     * @param name the calculator's name, and that of its metric, whose subject is the dataset
     * @param collector the collector; its functions must be safe to be called by several threads on different states, unless
     *     {@link #onOneThread} is asked for
     * @throws IllegalArgumentException if the name is blank
     */
    static <A> MetricCalculator<?> of(String name, Collector<? super Row, A, ? extends Number> collector) {
        return CollectorCalculator.ofNumber(name, collector);
    }

    /**
     * Returns the calculator of several metrics, as {@link #of} does of one.
     *
     * @param name the calculator's name
     * @param collector the collector, whose result is the metrics
     * @throws IllegalArgumentException if the name is blank
     */
    static <A> MetricCalculator<?> ofMetrics(String name, Collector<? super Row, A, List<Metric>> collector) {
        return CollectorCalculator.ofMetrics(name, collector);
    }
}
