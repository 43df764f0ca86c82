package io.modelmonitor;

import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Report;
import io.modelmonitor.api.Report.Failure;
import io.modelmonitor.api.Row;
import io.modelmonitor.api.Violation;
import io.modelmonitor.api.internal.Counted;
import io.modelmonitor.internal.Arguments;
import io.modelmonitor.spi.MetricCalculator;
import io.modelmonitor.stats.test.MultipleTesting;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds windows of data against a baseline and constraints.
 *
 * <pre>{@code
 * Monitor monitor = Monitor.against(baseline)
 *     .named("credit-risk")
 *     .requiring(on("income").drift("psi"));
 * Report report = monitor.check(Datasets.csv(Path.of("today.csv")));
 * }</pre>
 *
 * <p>A monitor watches what its baseline watched. A check is {@link #measure} and {@link #judge} in one; apart, they let replicas
 * or hours be measured where they are and judged as one.
 *
 * <p>Immutable: every method that changes something returns a new monitor. Safe for use by several threads, if its calculators
 * and listeners are.
 */
public final class Monitor {

    private final Baseline baseline;
    private final MonitorSettings settings;
    private final Comparison comparison;
    /** The calculators that know the windows of the baseline; made when first asked for. */
    private volatile @Nullable List<MetricCalculator<?>> besideWindows;

    private Monitor(Baseline baseline, MonitorSettings settings, Comparison comparison) {
        this.comparison = comparison;
        this.baseline = baseline;
        this.settings = settings;
    }

    /**
     * Returns a monitor that watches what a baseline watched, requires what {@link ConstraintSuggester#standard()} suggests for
     * it, corrects for multiplicity by Hommel's procedure at 0.05, and works on all cores. So at most one report in twenty names
     * something that did not change, whatever else did.
     */
    public static Monitor against(Baseline baseline) {
        Objects.requireNonNull(baseline, "baseline");
        return new Monitor(
                baseline,
                new MonitorSettings(ConstraintSuggester.standard().suggest(baseline), baseline.calculators()),
                new Comparison(baseline.measurement(), null, ZoneOffset.UTC));
    }

    /**
     * Names the monitor, for its reports.
     *
     * @throws IllegalArgumentException if the name is blank
     */
    public Monitor named(String name) {
        Arguments.check(!name.isBlank(), "name", "'" + name + "'", "anything but blanks");
        return with(changed -> changed.name = name);
    }

    /**
     * Measures with these calculators too, which the baseline lacks. Those of the baseline are watched anyway.
     *
     * @throws IllegalArgumentException if another calculator has the same name
     */
    public Monitor watching(MetricCalculator<?>... calculators) {
        return with(changed -> changed.calculators = Calculators.with(settings.calculators, List.of(calculators)));
    }

    /**
     * Measures with these calculators in place of the baseline's of the same names, such as with a new model's attributions.
     *
     * @throws IllegalArgumentException if there is no calculator of a name; the message lists the names
     */
    public Monitor replacing(MetricCalculator<?>... calculators) {
        List<MetricCalculator<?>> replaced = new ArrayList<>(settings.calculators);
        for (MetricCalculator<?> calculator : calculators) {
            List<String> names = replaced.stream().map(MetricCalculator::name).toList();
            int place = names.indexOf(calculator.name());
            Arguments.check(place >= 0, "calculator", "'" + calculator.name() + "'", "one of " + names);
            replaced.set(place, calculator);
        }
        return with(changed -> changed.calculators = List.copyOf(replaced));
    }

    /**
     * Measures with exactly these calculators, in place of all others, those of the baseline and of data quality included.
     *
     * @throws IllegalArgumentException if two have the same name
     */
    public Monitor watchingOnly(MetricCalculator<?>... calculators) {
        return with(changed -> changed.calculators = Calculators.with(List.of(), List.of(calculators)));
    }

    /**
     * Watches the quality and drift of these columns only: of others nothing is measured and nothing required, be they there or not,
     * in the baseline or not. Calculators of other kinds go on reading what they read.
     *
     * @throws IllegalArgumentException if the baseline has no such column, the message names the nearest one; or if none is left and there
     *     are no other calculators
     */
    public Monitor ofColumns(String... columns) {
        return with(new WatchedColumns(Set.of(columns), true));
    }

    /**
     * Watches the quality and drift of all columns but these, such as ids and labels that training data have and requests have not, or
     * the other way round. Calculators of other kinds go on reading what they read.
     *
     * @throws IllegalArgumentException as {@link #ofColumns} does
     */
    public Monitor withoutColumns(String... columns) {
        return with(new WatchedColumns(Set.of(columns), false));
    }

    private Monitor with(WatchedColumns watched) {
        List<String> columns = settings.watched.of(baseline.schema().names());
        watched.check(columns, settings.calculators.size() > 1);
        return with(changed -> {
            changed.watched = watched.within(settings.watched);
            changed.constraints = watched.of(settings.constraints, Set.copyOf(columns));
        });
    }

    /**
     * Takes the names of columns to the letter. Unless this is called, a column whose name differs from one of the baseline by case,
     * blanks or Unicode normal form only, and could be no other, is read as that one, and the problems of the report say so.
     */
    public Monitor exactNames() {
        return with(changed -> changed.isMatchingNames = false);
    }

    /**
     * Requires these too; they replace constraints about the same metric of the same subject.
     *
     * @throws IllegalArgumentException if one wants of a column that the baseline does not have what data quality measures of columns
     */
    public Monitor requiring(Constraint... constraints) {
        RequiredMetrics.checkColumns(
                constraints, settings.watched.of(baseline.schema().names()));
        return requiringOnly(settings.constraints.with(constraints));
    }

    /** Requires these too; they replace expectations of the same feature, and constraints about the same metric. */
    public Monitor requiring(Constraints constraints) {
        return requiringOnly(settings.constraints.with(constraints));
    }

    /** Requires exactly these, in place of all that was required before, the suggested ones included. */
    public Monitor requiringOnly(Constraints constraints) {
        RequiredMetrics.checkNames(constraints, baseline, settings);
        return with(changed -> changed.constraints = constraints);
    }

    /**
     * Corrects p-values over all constraints of a report in this way, and takes a value outside its bound as a violation
     * when the corrected one is at most a level.
     *
     * @param level a probability, between 0 and 1
     */
    public Monitor correction(MultipleTesting correction, double level) {
        Arguments.check(level > 0 && level < 1, "level", level, "between 0 and 1, such as 0.05");
        return with(changed -> changed.verdict = new Verdict(correction, level));
    }

    /**
     * Works on this many threads, the calling one included; the others are started and end with the work. Results do not depend
     * on it.
     *
     * @param threads at least 1
     */
    public Monitor threads(int threads) {
        Threads chosen = Threads.of(threads);
        return with(changed -> changed.threads = chosen);
    }

    /**
     * Works on the calling thread and on those of an executor, and starts none. An executor that is busy, full or shut down
     * leaves the work to the calling thread. Results do not depend on it.
     */
    public Monitor executor(Executor executor) {
        Threads chosen = Threads.on(executor);
        return with(changed -> changed.threads = chosen);
    }

    /** Hands every report to a listener too, on the judging thread; a {@link LiveMonitor}, on threads of its own. One that throws is logged and stops nobody. */
    public Monitor reportingTo(Consumer<? super Report> listener) {
        return with(changed -> changed.listen(listener));
    }

    /**
     * Compares a window with those of the baseline of the same phase of a season only, such as Mondays with Mondays, in the clock of
     * UTC. The season of a window is that of its {@link Measurement#start()}.
     *
     * @throws IllegalArgumentException if the baseline has no windows of known times; see {@link Measurement#asWindow()}
     */
    public Monitor seasonal(Season season) {
        return seasonal(season, ZoneOffset.UTC);
    }

    /** Compares by season as {@link #seasonal(Season)} does, in the clock of a zone. */
    public Monitor seasonal(Season season, ZoneId zone) {
        return new Monitor(baseline, settings.copy(), new Comparison(baseline.measurement(), season, zone));
    }

    /** Returns what is required. */
    public Constraints constraints() {
        return settings.constraints;
    }

    /**
     * Checks a dataset, in one pass.
     *
     * @return the report; {@link Report.Status#NO_DATA} if the dataset has no rows
     * @throws java.io.UncheckedIOException if the dataset cannot be read
     */
    public Report check(Dataset dataset) {
        return judge(measure(dataset));
    }

    /**
     * Measures a dataset, in one pass: the part of a check that sees rows. A calculator that fails is among the failures of the
     * measurement. One row of each group is read where the baseline has one of each ({@link Dataset#per}).
     *
     * @throws java.io.UncheckedIOException if the dataset cannot be read
     */
    public Measurement measure(Dataset dataset) {
        String group = baseline.measurement().group();
        Dataset matched = matched(dataset);
        return Measurement.of(
                matched.group().isEmpty() && !group.isEmpty() ? matched.per(group) : matched,
                settings.calculators,
                settings.threads);
    }

    /**
     * Loads a measurement of this monitor's calculators that was saved elsewhere.
     *
     * @throws IllegalArgumentException as {@link Measurement#load} does
     * @throws java.io.UncheckedIOException if the file cannot be read
     */
    public Measurement load(Path file) {
        return MeasurementFile.load(file, settings.calculators);
    }

    /**
     * Reads a measurement of this monitor's calculators, as {@link #load} does.
     *
     * @throws java.io.IOException if the stream cannot be read
     */
    public Measurement read(InputStream in) throws IOException {
        return MeasurementFile.read(in, settings.calculators, false);
    }

    /** Judges a measurement by this monitor's baseline and constraints, and tells the listeners. */
    public Report judge(Measurement measurement) {
        return settings.told(report(measurement));
    }

    /**
     * Judges as {@link #judge(Measurement)} does, but compares with another measurement than the baseline: that of the days before, or of another
     * variant in the same window. Bounds stay those of the constraints, and seasons and windows of the baseline play no part. The report names
     * the reference by the {@linkplain Baseline#id() identity} that it has as a baseline.
     *
     * @param reference measured by the same calculators
     */
    public Report judge(Measurement measurement, Measurement reference) {
        String id = baseline.idOf(reference);
        return settings.told(Judging.report(
                measurement, reference, id, baseline, settings, settings.calculators, new ArrayList<>()));
    }

    /** Judges as {@link #judge} does, and tells no listener: for measurements of which the parts were told already. */
    public Report report(Measurement measurement) {
        List<Failure> failures = new ArrayList<>();
        Measurement reference =
                measurement.rows() == 0 ? baseline.measurement() : comparison.reference(measurement, failures);
        return Judging.report(measurement, reference, baseline.id(), baseline, settings, besideWindows(), failures);
    }

    /**
     * Finds the rows that make a violation: those without a value, of another type, outside the domain or the range, negative, or
     * with a value that occurs more than once; of bias, the people of the group. A row that came from a file says from which line
     * ({@link Row#place()}). Reads the dataset as the stream is read, once, and once before for values that occur more than once;
     * parts without such rows cost about what measuring the column costs. Close the stream to release the dataset early.
     *
     * @param violation a violation of a report of this monitor
     * @param dataset the dataset that was reported on
     * @return the rows, in order; none where no row by itself makes the violation, as of a drift
     * @throws java.io.UncheckedIOException if the dataset cannot be read
     */
    public Stream<Row> rowsBehind(Violation violation, Dataset dataset) {
        return RowSearch.rows(violation.constraint(), matched(dataset), settings, baseline);
    }

    /**
     * Returns a sink that checks what a capture captures, window after window, and hands each report to the listeners. A
     * window begins and ends at a multiple of its length since 1970 in UTC, so that one of an hour is the hour of the clock.
     *
     * @param window the length of a window, at least a second
     * @throws IllegalArgumentException if it is shorter, or the baseline is of one row of each group ({@link
     *     io.modelmonitor.api.Dataset#per})
     */
    public LiveMonitor every(Duration window) {
        Arguments.check(window.compareTo(Duration.ofSeconds(1)) >= 0, "window", window, "at least PT1S");
        return LiveMonitor.every(this, window);
    }

    /**
     * Returns a sink that checks what a capture captures, so many rows at a time, and hands each report to the listeners. A
     * window is longer by the further rows of requests that have several.
     *
     * @param rows the length of a window, at least 1
     * @throws IllegalArgumentException if it is less, or the baseline is of one row of each group ({@link
     *     io.modelmonitor.api.Dataset#per})
     */
    public LiveMonitor everyRows(long rows) {
        Arguments.check(rows >= 1, "rows", rows, "at least 1");
        return LiveMonitor.everyRows(this, rows);
    }

    /** Returns the name. */
    public String name() {
        return settings.name;
    }

    /** Returns the names of the columns that the baseline has. */
    Set<String> expectedColumns() {
        return Set.copyOf(baseline.schema().names());
    }

    private Dataset matched(Dataset dataset) {
        return settings.isMatchingNames ? NameMatching.of(dataset, expectedColumns()) : dataset;
    }

    /** Returns a cursor over columns by the names that the baseline has for them. */
    Dataset.Cursor matched(Dataset.Cursor cursor) {
        return settings.isMatchingNames ? new NameMatching(cursor, expectedColumns()) : cursor;
    }

    /** Returns the baseline. */
    public Baseline baseline() {
        return baseline;
    }

    /** Starts to measure a window. */
    Accumulation accumulation() {
        return new Accumulation(settings.calculators);
    }

    /** Returns the listeners, made to throw nothing. */
    List<Consumer<Report>> tellers() {
        return settings.tellers();
    }

    /** Returns the calculators, of which those that can do so know what the windows of the baseline differ by. */
    private List<MetricCalculator<?>> besideWindows() {
        List<MetricCalculator<?>> known = besideWindows;
        if (known == null) {
            known = comparison.besideWindows(settings.calculators);
            besideWindows = known;
        }
        return known;
    }

    private Monitor with(Consumer<MonitorSettings> change) {
        MonitorSettings changed = settings.copy();
        change.accept(changed);
        return new Monitor(baseline, changed, comparison);
    }

    @Override
    public String toString() {
        return "Monitor " + settings.name + " with "
                + Counted.of(settings.constraints.list().size(), "constraint") + " against " + baseline;
    }
}
