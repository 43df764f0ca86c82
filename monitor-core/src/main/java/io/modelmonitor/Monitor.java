package io.modelmonitor;

import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Reference;
import io.modelmonitor.api.Report;
import io.modelmonitor.spi.MetricCalculator;
import io.modelmonitor.stats.drift.MultipleTesting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds windows of data against a baseline and constraints.
 *
 * <pre>{@code
 * Monitor monitor = Monitor.against(baseline)
 *     .named("credit-risk")
 *     .watching(quality, fairness)
 *     .requiring(on("income").metric("drift.psi").atMost(0.10));
 * Report report = monitor.check(Datasets.csv(Path.of("today.csv")));
 * }</pre>
 *
 * <p>Immutable: every method that changes something returns a new monitor. Safe for use by several threads, if its
 * calculators and listeners are.
 */
public final class Monitor {

    private static final Logger LOGGER = LoggerFactory.getLogger(Monitor.class);

    private final Baseline baseline;
    private final Settings settings;

    /** All that can be chosen. Written to only before a monitor is made of it, never afterwards. */
    private static final class Settings {

        private String name = "monitor";
        private Constraints constraints;
        private List<MetricCalculator> calculators = List.of();
        private ProfileCalculator profileCalculator = ProfileCalculator.standard();
        private Verdict verdict = new Verdict(MultipleTesting.BENJAMINI_HOCHBERG, 0.05);
        private int threads = Runtime.getRuntime().availableProcessors();
        private List<Consumer<? super Report>> listeners = List.of();

        private Settings(Constraints constraints) {
            this.constraints = constraints;
        }

        private Settings copy() {
            Settings copy = new Settings(constraints);
            copy.name = name;
            copy.calculators = calculators;
            copy.profileCalculator = profileCalculator;
            copy.verdict = verdict;
            copy.threads = threads;
            copy.listeners = listeners;
            return copy;
        }
    }

    private Monitor(Baseline baseline, Settings settings) {
        this.baseline = baseline;
        this.settings = settings;
    }

    /**
     * Returns a monitor that requires what {@link ConstraintSuggester#standard()} suggests for a baseline, corrects for
     * multiplicity by Benjamini and Hochberg at 0.05, and works on all cores.
     */
    public static Monitor against(Baseline baseline) {
        return new Monitor(baseline, new Settings(ConstraintSuggester.standard().suggest(baseline)));
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

    /** Measures with these calculators too, beside those already given; the baseline should have been made with them. */
    public Monitor watching(MetricCalculator... calculators) {
        return with(changed -> changed.calculators = appended(settings.calculators, List.of(calculators)));
    }

    /** Requires these too; they replace constraints about the same metric of the same subject. */
    public Monitor requiring(Constraint... constraints) {
        return requiring(settings.constraints.with(constraints));
    }

    /** Requires exactly these, in place of all that was required before, the suggested ones included. */
    public Monitor requiring(Constraints constraints) {
        return with(changed -> changed.constraints = constraints);
    }

    /** Measures from profiles with this calculator, in place of the standard one. */
    public Monitor profiling(ProfileCalculator calculator) {
        return with(changed -> changed.profileCalculator = calculator);
    }

    /**
     * Corrects p-values over all constraints of a report in this way, and takes a value outside its bound as a violation
     * when the corrected one is at most a level.
     *
     * @param level a probability, between 0 and 1
     */
    public Monitor correcting(MultipleTesting correction, double level) {
        Arguments.check(level > 0 && level < 1, "level", level, "between 0 and 1, such as 0.05");
        return with(changed -> changed.verdict = new Verdict(correction, level));
    }

    /**
     * Works on this many threads, the calling one included. Results do not depend on it.
     *
     * @param threads at least 1
     */
    public Monitor threads(int threads) {
        Arguments.check(threads >= 1, "threads", threads, "at least 1");
        return with(changed -> changed.threads = threads);
    }

    /** Hands every report to a listener too, on the checking thread. One that throws is logged and stops nobody. */
    public Monitor reportingTo(Consumer<? super Report> listener) {
        return with(changed -> changed.listeners = appended(settings.listeners, List.of(listener)));
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
        return report(Measurement.of(dataset, settings.calculators, expected(), settings.threads));
    }

    /**
     * Returns a sink that checks what a capture captures, window after window, and hands each report to the listeners. A
     * window begins and ends at a multiple of its length since 1970 in UTC, so that one of an hour is the hour of the clock.
     *
     * @param window the length of a window, at least a second
     * @throws IllegalArgumentException if it is shorter
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
     * @throws IllegalArgumentException if it is less
     */
    public LiveMonitor everyRows(long rows) {
        Arguments.check(rows >= 1, "rows", rows, "at least 1");
        return LiveMonitor.everyRows(this, rows);
    }

    String name() {
        return settings.name;
    }

    /** Starts to measure a window. */
    Measuring measuring() {
        return new Measuring(settings.calculators, expected());
    }

    private Reference expected() {
        return new ExpectedReference(baseline, settings.constraints.schema());
    }

    /** Judges what was measured, and tells the listeners. */
    Report report(Measurement measured) {
        List<Metric> metrics = new ArrayList<>();
        List<String> failures = new ArrayList<>(measured.failures());
        if (measured.profile().rows() > 0) {
            metrics.addAll(measureProfile(measured, failures));
            metrics.addAll(measured.metrics());
        }
        Report report = settings.verdict.on(
                settings.name, measured.profile().rows(), settings.constraints, metrics, measured.problems(), failures);
        tell(report);
        return report;
    }

    private List<Metric> measureProfile(Measurement measured, List<String> failures) {
        try {
            return settings.profileCalculator.measure(measured.profile(), settings.constraints, baseline.profile());
        } catch (RuntimeException e) {
            LOGGER.warn("Monitor {}: the profile could not be measured", settings.name, e);
            failures.add("profile calculator: " + e.getClass().getSimpleName() + ": " + e.getMessage());
            return List.of();
        }
    }

    private void tell(Report report) {
        for (Consumer<? super Report> listener : settings.listeners) {
            try {
                listener.accept(report);
            } catch (RuntimeException e) {
                LOGGER.warn("Monitor {}: a listener could not take the report", settings.name, e);
            }
        }
    }

    private Monitor with(Consumer<Settings> change) {
        Settings changed = settings.copy();
        change.accept(changed);
        return new Monitor(baseline, changed);
    }

    private static <T> List<T> appended(List<T> list, List<? extends T> more) {
        List<T> all = new ArrayList<>(list);
        all.addAll(more);
        return List.copyOf(all);
    }
}
