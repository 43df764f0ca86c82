package io.modelmonitor;

import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.api.Report.Failure;
import io.modelmonitor.api.internal.Counted;
import io.modelmonitor.internal.Arguments;
import io.modelmonitor.internal.file.WholeFile;
import io.modelmonitor.spi.MetricCalculator;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The states of some calculators over some rows: what one replica saw in an hour, one thread of a file, one partition of a table.
 *
 * <p>Small whatever the number of rows, and mergeable: measurements of parts merge into the measurement of the whole, exactly
 * where calculators count, within the stated error where they keep sketches. They can be saved, so that a fleet is judged as one
 * without moving a row:
 *
 * <pre>{@code
 * Measurement here = monitor.measure(window);
 * Report fleet = monitor.judge(here.merge(Measurement.load(there)));
 * }</pre>
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class Measurement {

    private final Map<String, Entry<?>> entries;
    private final List<String> columns;
    private final long rows;
    private final @Nullable Instant start;
    private final @Nullable Instant end;
    private final List<DataProblem> problems;
    private final List<Measurement> windows;
    private final String group;

    Measurement(
            Map<String, Entry<?>> entries,
            List<String> columns,
            long rows,
            @Nullable Instant start,
            @Nullable Instant end,
            List<DataProblem> problems) {
        this(entries, columns, rows, start, end, problems, List.of(), "");
    }

    /**
     * @param windows the windows that the rows are of, which have none themselves
     * @param group the column of which one row of each value was read; empty if all rows were
     */
    Measurement(
            Map<String, Entry<?>> entries,
            List<String> columns,
            long rows,
            @Nullable Instant start,
            @Nullable Instant end,
            List<DataProblem> problems,
            List<Measurement> windows,
            String group) {
        this.group = group;
        this.windows = List.copyOf(windows);
        this.entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        this.columns = List.copyOf(columns);
        this.rows = rows;
        this.start = start;
        this.end = end;
        this.problems = List.copyOf(problems);
    }

    /**
     * A calculator's state, or why there is none.
     *
     * @param calculator a calculator that reads, writes and merges the state
     * @param state the state; null if the calculator failed
     * @param failure why there is no state, in one line; null if there is one
     */
    record Entry<S>(
            MetricCalculator<S> calculator,
            @Nullable S state,
            @Nullable String failure) {

        // States are found by the name of the calculator that made them. One of another class makes the calculator
        // fail.
        @SuppressWarnings({"unchecked", "NullAway", "UnusedVariable"})
        static <S> S stateOf(MetricCalculator<S> calculator, Entry<?> entry) {
            return (S) entry.state;
        }
    }

    /**
     * Measures a dataset in one pass, on all cores. The result does not depend on how many there are.
     *
     * @param calculators the calculators to measure with beside those of data quality
     * @throws IllegalArgumentException if two calculators have the same name
     * @throws UncheckedIOException if the dataset cannot be read
     */
    public static Measurement of(Dataset dataset, MetricCalculator<?>... calculators) {
        return of(dataset, Calculators.withStandard(List.of(calculators)), Threads.ofAllProcessors());
    }

    /**
     * Measures a dataset in one pass, on this many threads, by exactly these calculators, such as the {@link #calculators()} of
     * another measurement with which this one is to be merged.
     *
     * @param threads at least 1, the calling thread included
     * @throws IllegalArgumentException if two calculators have the same name, or there is no thread
     * @throws UncheckedIOException if the dataset cannot be read
     */
    public static Measurement of(int threads, Dataset dataset, List<MetricCalculator<?>> calculators) {
        return of(dataset, Calculators.with(List.of(), calculators), Threads.of(threads));
    }

    static Measurement of(Dataset dataset, List<MetricCalculator<?>> calculators, Threads threads) {
        Accumulation accumulation = new Accumulation(calculators);
        Scan.Result read = Scan.read(dataset, accumulation.confined(), accumulation.shared(), threads);
        Measurement all = accumulation.finish(read.schema(), read.rows(), read.problems(), null, null);
        return all.per(dataset.group());
    }

    /** Returns this measurement as of one row of each value of a column. */
    Measurement per(String ofGroup) {
        return new Measurement(entries, columns, rows, start, end, problems, windows, ofGroup);
    }

    /** Returns the column of which one row of each value was measured; empty if all rows were. See {@link Dataset#per}. */
    public String group() {
        return group;
    }

    /** Returns the number of rows. */
    public long rows() {
        return rows;
    }

    /** Returns the names of the columns met, in order. */
    public List<String> columns() {
        return columns;
    }

    /** Returns the beginning of the time that the rows are of, or null if it is not known. */
    public @Nullable Instant start() {
        return start;
    }

    /** Returns the end of the time that the rows are of, or null if it is not known. */
    public @Nullable Instant end() {
        return end;
    }

    /** Returns what was wrong with the data. */
    public List<DataProblem> problems() {
        return problems;
    }

    /** Returns the calculators that failed, and why. */
    public List<Failure> failures() {
        List<Failure> failures = new ArrayList<>();
        entries.forEach((name, entry) -> {
            if (entry.failure != null) {
                failures.add(new Failure(entry.calculator.name(), entry.failure));
            }
        });
        return failures;
    }

    /** Returns the calculators that measured, one for each state, in order. */
    public List<MetricCalculator<?>> calculators() {
        List<MetricCalculator<?>> calculators = new ArrayList<>();
        entries.values().forEach(entry -> calculators.add(entry.calculator));
        return List.copyOf(calculators);
    }

    /**
     * Returns a calculator's state, which must not be changed; null if it was not measured, or the calculator failed.
     *
     * @param calculator a calculator with the name of the one that measured
     */
    public <S> @Nullable S state(MetricCalculator<S> calculator) {
        Entry<?> entry = entries.get(calculator.stateName());
        return entry == null || entry.state == null ? null : Entry.stateOf(calculator, entry);
    }

    /**
     * Returns this measurement with the state of one more calculator, such as one that was measured elsewhere.
     *
     * @param state the state, which must not be changed afterwards
     * @throws IllegalArgumentException if there is a state of that name
     */
    public <S> Measurement with(MetricCalculator<S> calculator, S state) {
        Map<String, Entry<?>> more = new LinkedHashMap<>(entries);
        Arguments.check(
                more.put(calculator.stateName(), new Entry<>(calculator, state, null)) == null,
                "calculator",
                "'" + calculator.stateName() + "'",
                "one that did not measure yet");
        return new Measurement(more, columns, rows, start, end, problems, windows, group);
    }

    /**
     * Returns this measurement as of a time that is known: the window that its rows were read for.
     *
     * @throws IllegalArgumentException if the end is before the start
     */
    public Measurement during(Instant from, Instant to) {
        Arguments.check(!to.isBefore(from), "to", to, from + " or later, which is the start");
        Measurement during = new Measurement(entries, columns, rows, from, to, problems, windows, group);
        return windows.size() == 1 ? during.asWindow() : during;
    }

    /**
     * Returns this measurement as that of a window, which a measurement that it is merged into remembers. A baseline of several windows
     * knows how much these differ among themselves, and does not take for a change what they differ by; and windows of known times can
     * be compared by {@link Monitor#seasonal season}.
     */
    public Measurement asWindow() {
        Measurement window = new Measurement(entries, columns, rows, start, end, problems, List.of(), group);
        return new Measurement(entries, columns, rows, start, end, problems, List.of(window), group);
    }

    /** Returns the windows that were merged into this measurement; none unless they were measured {@link #asWindow}. */
    List<Measurement> windows() {
        return windows;
    }

    /** Returns this measurement with a state in place of the calculator's own. */
    <S> Measurement replacing(MetricCalculator<S> calculator, S state) {
        Map<String, Entry<?>> others = new LinkedHashMap<>(entries);
        others.put(calculator.stateName(), new Entry<>(calculator, state, null));
        return new Measurement(others, columns, rows, start, end, problems, windows, group);
    }

    Map<String, Entry<?>> entries() {
        return entries;
    }

    /**
     * Returns the measurement of the rows of both, these first.
     *
     * @throws IllegalArgumentException if the other was measured by other calculators; the message names one
     */
    public Measurement merge(Measurement other) {
        return new MeasurementMerger().add(this).add(other).measurement();
    }

    /**
     * Returns the measurement of the rows of all parts, in their order; cheaper than merging two at a time, as each part costs its
     * own size only. Parts are asked for one after the other, and not kept.
     *
     * @throws IllegalArgumentException if there is no part, or one was measured by other calculators; the message names one
     */
    public static Measurement merged(Iterable<Measurement> parts) {
        Iterator<Measurement> rest = parts.iterator();
        Arguments.check(rest.hasNext(), "parts", "empty", "at least one");
        MeasurementMerger merging = new MeasurementMerger();
        rest.forEachRemaining(merging::add);
        return merging.measurement();
    }

    /**
     * Measures the metrics of some calculators, by the calculators' names in their order.
     *
     * @param reference the reference data; null while these are measured themselves
     * @param failures takes the calculators that fail
     */
    Map<String, List<Metric>> metrics(
            List<MetricCalculator<?>> calculators,
            @Nullable Measurement reference,
            Constraints wanted,
            List<Failure> failures) {
        Map<String, List<Metric>> all = new LinkedHashMap<>();
        Map<MetricId, String> owners = new HashMap<>();
        for (MetricCalculator<?> calculator : calculators) {
            List<Metric> metrics = metrics(calculator, reference, wanted, failures);
            for (Metric metric : metrics) {
                String owner = owners.putIfAbsent(metric.id(), calculator.name());
                if (owner != null) {
                    failures.add(new Failure(
                            calculator.name(),
                            "measures '" + metric.id() + "', which calculator '" + owner + "' measures too"));
                    metrics = List.of();
                    break;
                }
            }
            all.put(calculator.name(), metrics);
        }
        return all;
    }

    private <S> List<Metric> metrics(
            MetricCalculator<S> calculator,
            @Nullable Measurement reference,
            Constraints wanted,
            List<Failure> failures) {
        Entry<?> entry = entries.get(calculator.stateName());
        if (entry == null || entry.state == null) {
            String why = entry == null ? "the data were measured without it" : String.valueOf(entry.failure);
            failures.add(new Failure(calculator.name(), why));
            return List.of();
        }
        try {
            S before = reference == null ? null : reference.state(calculator);
            return List.copyOf(calculator.measure(Entry.stateOf(calculator, entry), before, wanted));
        } catch (Throwable e) { // code of the user may throw anything
            failures.add(new Failure(calculator.name(), Failures.describe(e)));
            return List.of();
        }
    }

    /**
     * Saves the measurement. The file is written beside its place and moved there, readable by its owner only, as it holds values of the data.
     *
     * @throws UnsupportedOperationException if a calculator's state cannot be saved; the message names it and says why
     * @throws UncheckedIOException if the file cannot be written, or would have more than 1 GiB
     */
    public void save(Path file) {
        WholeFile.writeForOwner(file, this::write);
    }

    /**
     * Writes the measurement as {@link #save} does, for transport by other means.
     *
     * @throws IOException if the stream cannot be written to, or would get more than 1 GiB
     * @throws UnsupportedOperationException if a calculator's state cannot be saved; the message names it and says why
     */
    public void write(OutputStream out) throws IOException {
        MeasurementFile.write(this, out);
    }

    /**
     * Loads a saved measurement.
     *
     * @param calculators the calculators that it was measured with, beside those of data quality
     * @throws IllegalArgumentException if the file is no measurement, damaged, of another version or other calculators; the message names it
     * @throws UncheckedIOException if the file cannot be read
     */
    public static Measurement load(Path file, MetricCalculator<?>... calculators) {
        return MeasurementFile.load(file, Calculators.withStandard(List.of(calculators)));
    }

    /**
     * Reads a measurement as {@link #load} does.
     *
     * @throws IOException if the stream cannot be read
     * @throws IllegalArgumentException as {@link #load} does
     */
    public static Measurement read(InputStream in, MetricCalculator<?>... calculators) throws IOException {
        return MeasurementFile.read(in, Calculators.withStandard(List.of(calculators)), false);
    }

    /**
     * Reads a measurement of exactly these calculators, such as the {@link #calculators()} of another measurement.
     *
     * @throws IOException if the stream cannot be read
     * @throws IllegalArgumentException as {@link #load} does
     */
    public static Measurement read(InputStream in, List<MetricCalculator<?>> calculators) throws IOException {
        return MeasurementFile.read(in, calculators, false);
    }

    /**
     * Reads a measurement that the same application wrote and nobody else could change since, such as one that a task of a job sends to
     * another: as {@link #read(InputStream, List)} does, checksum and all, but for writing every state again to see whether it is read
     * as another than was saved, which takes three quarters of the time.
     *
     * @throws IOException if the stream cannot be read
     * @throws IllegalArgumentException as {@link #load} does
     */
    public static Measurement readTrusted(InputStream in, List<MetricCalculator<?>> calculators) throws IOException {
        return MeasurementFile.read(in, calculators, true);
    }

    @Override
    public String toString() {
        return "Measurement of " + Counted.of(rows, "row") + " and " + Counted.of(columns.size(), "column") + " by "
                + entries.keySet();
    }
}
