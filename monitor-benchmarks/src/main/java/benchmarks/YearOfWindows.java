package benchmarks;

import io.modelmonitor.Baseline;
import io.modelmonitor.Monitor;
import io.modelmonitor.api.Assessment;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Report;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.data.TableBuilder;
import io.modelmonitor.spi.MetricCalculator;
import io.modelmonitor.watch.Alerts;
import io.modelmonitor.watch.Watch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * Measures how often a watch of 20 columns alerts in years of hourly windows in which nothing changes, and how soon when something does, beside
 * three rules on the same reports: Benjamini and Hochberg in each report, p at most 5 % divided by the tests of a year, and three
 * violated of the last five reports.
 *
 * <p>Delays are of {@code drift()} on rows: a rate of 10 % in windows of 1,000 rows, and normal numbers in windows of 200, against 50,000
 * and 100,000 rows. Years come twice: on rows, which takes half a minute a year; and with p-values drawn by the law of chi-square
 * tests of 1, 5 and 20 degrees of freedom against a baseline that has the error of its size, which takes about a second a year. Arguments: years
 * on rows (1 unless given), years drawn for each of four sizes of baselines (10), trials for each delay (21). Seeds are fixed.
 */
public final class YearOfWindows {

    private static final int COLUMNS = 20;
    private static final int HOURS = 8_760;
    private static final int MOST_WINDOWS = 400;
    private static final Duration YEAR = Duration.ofDays(365);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant CHANGED = START.plus(Duration.ofHours(20));
    private static final List<String> RULES =
            List.of("promise", "BH 5% in each report", "p <= 5%/tests", "3 of 5 reports");

    private YearOfWindows() {}

    /** Prints the tables. */
    public static void main(String[] arguments) {
        int years = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1;
        int drawn = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
        int trials = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 21;
        System.out.printf("%-44s", "windows until found, median (share found)");
        RULES.forEach(rule -> System.out.printf("%24s", rule));
        System.out.println();
        delays("normal + 0.1 sd, 200 rows, n = 50,000", 50_000, 200, trials, 0, value -> value + 0.1);
        delays("normal + 0.2 sd, 200 rows, n = 50,000", 50_000, 200, trials, 0, value -> value + 0.2);
        delays("10% -> 12%, 1,000 rows, n = 100,000", 100_000, 1_000, trials, 0.1, value -> value * 0.10 / 0.12);
        delays("10% -> 15%, 1,000 rows, n = 100,000", 100_000, 1_000, trials, 0.1, value -> value * 0.10 / 0.15);
        System.out.println();
        System.out.printf("%-44s", "years with any alert, nothing changes");
        RULES.forEach(rule -> System.out.printf("%24s", rule));
        System.out.println();
        for (int n : new int[] {2_000, 10_000, 100_000, 1_000_000}) {
            years("drawn, 1,000 rows, n = " + n, drawn, year -> drawnYear(n, 1_000, year));
        }
        if (years > 0) {
            years("drift() on 200 rows, n = 50,000", years, year -> yearOfRows(50_000, 200, year));
        }
    }

    /** When each rule first alerts, in windows from 1; 0 for never. */
    private static final class Firsts {
        private final int[] first = new int[RULES.size()];
        private int window;
        private int recent;

        boolean hasAll() {
            return Arrays.stream(first).allMatch(window -> window > 0);
        }

        void take(Report report, boolean isAlert) {
            window++;
            boolean isViolated = report.status() == Report.Status.VIOLATED;
            double least = 1;
            for (Assessment assessment : report.assessments()) {
                least = Math.min(least, assessment.pValue());
            }
            recent = (recent << 1 | (isViolated ? 1 : 0)) & 31;
            note(0, isAlert);
            note(1, isViolated);
            note(2, least <= 0.05 / HOURS / COLUMNS);
            note(3, Integer.bitCount(recent) >= 3);
        }

        private void note(int rule, boolean isAlert) {
            if (isAlert && first[rule] == 0) {
                first[rule] = window;
            }
        }
    }

    private static void years(String name, int years, IntFunction<Firsts> simulation) {
        int[] alerted = new int[RULES.size()];
        for (int year = 0; year < years; year++) {
            Firsts firsts = simulation.apply(year);
            for (int rule = 0; rule < alerted.length; rule++) {
                alerted[rule] += firsts.first[rule] > 0 ? 1 : 0;
            }
        }
        System.out.printf("%-44s", name);
        for (int count : alerted) {
            System.out.printf("%24s", count + " of " + years);
        }
        System.out.println();
    }

    private static void delays(String name, int n, int m, int trials, double rate, DoubleUnaryOperator change) {
        List<List<Integer>> delays = new ArrayList<>();
        RULES.forEach(rule -> delays.add(new ArrayList<>()));
        Baseline baseline = null;
        for (int trial = 0; trial < trials; trial++) {
            if (baseline == null || trial % 5 == 0) {
                baseline = Baseline.of(1, rows(n, rate, new SplittableRandom(1_000 + trial), value -> value));
            }
            Firsts firsts = delay(monitor(baseline), m, rate, change, new SplittableRandom(77 + trial));
            for (int rule = 0; rule < RULES.size(); rule++) {
                delays.get(rule).add(firsts.first[rule] == 0 ? Integer.MAX_VALUE : firsts.first[rule]);
            }
        }
        System.out.printf("%-44s", name);
        for (List<Integer> ofRule : delays) {
            Collections.sort(ofRule);
            int median = ofRule.get(ofRule.size() / 2);
            long found =
                    ofRule.stream().filter(delay -> delay < Integer.MAX_VALUE).count();
            System.out.printf(
                    "%24s", (median == Integer.MAX_VALUE ? "-" : median) + " (" + 100 * found / trials + "%)");
        }
        System.out.println();
    }

    /** Nothing has changed at first, so that the evidence is where it would be after a long time; what is told then is not counted. */
    private static Firsts delay(
            Monitor monitor, int m, double rate, DoubleUnaryOperator change, SplittableRandom random) {
        Firsts firsts = new Firsts();
        List<Report> reports = new ArrayList<>();
        boolean[] isAlert = {false};
        Watch watch = Watch.of(
                        monitor,
                        window -> rows(m, rate, random, window.end().isAfter(CHANGED) ? change : value -> value))
                .clock(Clock.fixed(START, ZoneOffset.UTC))
                .since(START)
                .promising(0.05, YEAR)
                .alerting(Alerts.to(alert -> isAlert[0] = true))
                .afterEach((execution, report) -> reports.add(report))
                .open();
        watch.runDue(CHANGED);
        for (int hour = 1; hour <= MOST_WINDOWS && !firsts.hasAll(); hour++) {
            isAlert[0] = false;
            watch.runDue(CHANGED.plus(Duration.ofHours(hour)));
            firsts.take(reports.get(reports.size() - 1), isAlert[0]);
        }
        watch.close();
        return firsts;
    }

    private static Monitor monitor(Baseline baseline) {
        Constraints constraints = Constraints.none();
        for (int column = 0; column < COLUMNS; column++) {
            constraints = constraints.with(Constraint.on("x" + column).drift());
        }
        return Monitor.against(baseline).threads(1).requiringOnly(constraints);
    }

    /** Normal numbers, or with a rate, yes and no; the change is one of the first column. */
    private static Dataset rows(int rows, double rate, SplittableRandom random, DoubleUnaryOperator change) {
        TableBuilder table = Datasets.columns();
        for (int column = 0; column < COLUMNS; column++) {
            double[] numbers = new double[rows];
            boolean[] answers = new boolean[rows];
            for (int i = 0; i < rows; i++) {
                double value = rate > 0 ? random.nextDouble() : random.nextGaussian();
                double changed = column == 0 ? change.applyAsDouble(value) : value;
                numbers[i] = changed;
                answers[i] = changed < rate;
            }
            table = rate > 0 ? table.add("x" + column, answers) : table.add("x" + column, numbers);
        }
        return table.build();
    }

    private static Firsts yearOfRows(int n, int m, int year) {
        SplittableRandom random = new SplittableRandom(5_000 + year);
        Baseline baseline = Baseline.of(1, rows(n, 0, random, value -> value));
        return year(monitor(baseline), () -> rows(m, 0, random, value -> value));
    }

    private static Firsts year(Monitor monitor, Supplier<Dataset> windows) {
        Firsts firsts = new Firsts();
        boolean[] isAlert = {false};
        List<Report> reports = new ArrayList<>();
        Watch watch = Watch.of(monitor, window -> windows.get())
                .clock(Clock.fixed(START, ZoneOffset.UTC))
                .since(START)
                .promising(0.05, YEAR)
                .alerting(Alerts.to(alert -> isAlert[0] = true))
                .afterEach((execution, report) -> reports.add(report))
                .open();
        for (int hour = 1; hour <= HOURS; hour++) {
            isAlert[0] = false;
            reports.clear();
            watch.runDue(START.plus(Duration.ofHours(hour)));
            firsts.take(reports.get(0), isAlert[0]);
        }
        watch.close();
        return firsts;
    }

    private static Firsts drawnYear(int n, int m, int year) {
        Dataset window = Datasets.columns().add("row", new int[m]).build();
        DrawnTests tests = new DrawnTests(n, m, new SplittableRandom(31L * n + year));
        MetricCalculator<?> calculator = MetricCalculator.ofMetrics(
                "drawn", Collectors.collectingAndThen(Collectors.counting(), count -> tests.metrics()));
        Constraints constraints = Constraints.none();
        for (int column = 0; column < COLUMNS; column++) {
            constraints = constraints.with(
                    Constraint.on("x" + column).metric("change").atMost(0));
        }
        Baseline baseline =
                Baseline.of(1, Datasets.columns().add("row", new int[n]).build());
        return year(
                Monitor.against(baseline).threads(1).watchingOnly(calculator).requiringOnly(constraints), () -> {
                    tests.draw();
                    return window;
                });
    }

    /** P-values of chi-square tests of windows without a change against one baseline. */
    private static final class DrawnTests {

        private static final int[] DEGREES = {1, 1, 5, 20};

        private final double[][] baselines = new double[COLUMNS][];
        private final double scale;
        private final double ratio;
        private final SplittableRandom random;
        private List<Metric> metrics = List.of();

        DrawnTests(int n, int m, SplittableRandom random) {
            this.random = random;
            this.ratio = (double) m / n;
            this.scale = 1 + ratio;
            for (int column = 0; column < COLUMNS; column++) {
                baselines[column] = new double[DEGREES[column % DEGREES.length]];
                Arrays.setAll(baselines[column], i -> Math.sqrt(ratio) * random.nextGaussian());
            }
        }

        void draw() {
            List<Metric> drawn = new ArrayList<>();
            for (int column = 0; column < COLUMNS; column++) {
                double sum = 0;
                for (double baseline : baselines[column]) {
                    double difference = random.nextGaussian() - baseline;
                    sum += difference * difference / scale;
                }
                double p = ChiSquaredDistribution.of(baselines[column].length).survivalProbability(sum);
                drawn.add(Metric.of("x" + column, "change", sum, Evidence.ofPValue(p)));
            }
            metrics = drawn;
        }

        List<Metric> metrics() {
            return metrics;
        }
    }
}
