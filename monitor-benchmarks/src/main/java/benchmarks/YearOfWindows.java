package benchmarks;

import io.modelmonitor.Baseline;
import io.modelmonitor.Monitor;
import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Report;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.data.TableBuilder;
import io.modelmonitor.watch.Alerts;
import io.modelmonitor.watch.Watch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Measures how often a watch of 20 columns alerts in years of hourly windows in which nothing changes, and how soon when something does, beside
 * other rules on the same reports: Benjamini and Hochberg in each report, p at most 5 % divided by the tests of a year, three violated
 * of the last five reports, LORD++, and, on the hourly value of each column, ADWIN(0.002), Page-Hinkley(0.005, 50) and, on whether
 * its p is at most 5 %, DDM(3).
 *
 * <p>Delays are of {@code drift()} on rows: a rate of 10 % in windows of 1,000 rows, and normal numbers in windows of 200, against 50,000
 * and 100,000 rows, after 20 windows without a change. Years come twice: on rows, which takes half a minute a year; and with what the rows
 * add up to {@linkplain DrawnColumns drawn} by its law, in windows and in the quarters of days, days and weeks that they merge
 * into, against a baseline that is drawn too, which takes some seconds a year. Arguments: years on rows (1 unless given), years
 * drawn for each of four sizes of baselines (10), trials for each delay (21), years drawn of rates that vary by a season and
 * from window to window inside their bound (10), and the number of the first year drawn, which is its seed (0).
 */
public final class YearOfWindows {

    private static final int COLUMNS = 20;
    private static final int HOURS = 8_760;
    private static final int MOST_WINDOWS = 400;
    private static final Duration YEAR = Duration.ofDays(365);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant CHANGED = START.plus(Duration.ofHours(20));

    private YearOfWindows() {}

    /** Prints the tables. */
    public static void main(String[] arguments) {
        int years = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1;
        int drawn = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
        int trials = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 21;
        int seasonal = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 10;
        int first = arguments.length > 4 ? Integer.parseInt(arguments[4]) : 0;
        if (trials > 0) {
            delays(trials);
        }
        System.out.printf("%-44s", "years with any alert, nothing changes");
        AlertRules.NAMES.forEach(rule -> System.out.printf("%14s", rule));
        System.out.println();
        for (int n : new int[] {2_000, 10_000, 100_000, 1_000_000}) {
            years("drawn, 1,000 rows, n = " + n, drawn, year -> drawnYear(n, 1_000, first + year));
        }
        if (seasonal > 0) {
            years("season and batches of 1 point inside 11 %", seasonal, year -> seasonalYear(1_000, first + year));
        }
        if (years > 0) {
            years("drift() on 200 rows, n = 50,000", years, year -> yearOfRows(50_000, 200, year));
        }
    }

    private static void delays(int trials) {
        System.out.printf("%-44s", "windows until found, median (share found)");
        AlertRules.NAMES.forEach(rule -> System.out.printf("%14s", rule));
        System.out.println();
        delays("normal + 0.1 sd, 200 rows, n = 50,000", 50_000, 200, trials, 0, value -> value + 0.1);
        delays("normal + 0.2 sd, 200 rows, n = 50,000", 50_000, 200, trials, 0, value -> value + 0.2);
        delays("10% -> 12%, 1,000 rows, n = 100,000", 100_000, 1_000, trials, 0.1, value -> value * 0.10 / 0.12);
        delays("10% -> 15%, 1,000 rows, n = 100,000", 100_000, 1_000, trials, 0.1, value -> value * 0.10 / 0.15);
        System.out.println();
    }

    private static void years(String name, int years, IntFunction<AlertRules> simulation) {
        int[] alerted = new int[AlertRules.NAMES.size()];
        for (int year = 0; year < years; year++) {
            AlertRules rules = simulation.apply(year);
            for (int rule = 0; rule < alerted.length; rule++) {
                alerted[rule] += rules.first(rule) > 0 ? 1 : 0;
            }
        }
        System.out.printf("%-44s", name);
        for (int count : alerted) {
            System.out.printf("%14s", count + " of " + years);
        }
        System.out.println();
    }

    private static void delays(String name, int n, int m, int trials, double rate, DoubleUnaryOperator change) {
        List<List<Integer>> delays = new ArrayList<>();
        AlertRules.NAMES.forEach(rule -> delays.add(new ArrayList<>()));
        Baseline baseline = null;
        for (int trial = 0; trial < trials; trial++) {
            if (baseline == null || trial % 5 == 0) {
                baseline = Baseline.of(1, rows(n, rate, new SplittableRandom(1_000 + trial), value -> value));
            }
            AlertRules rules = delay(monitor(baseline), m, rate, change, new SplittableRandom(77 + trial));
            for (int rule = 0; rule < AlertRules.NAMES.size(); rule++) {
                delays.get(rule).add(rules.first(rule) == 0 ? Integer.MAX_VALUE : rules.first(rule));
            }
        }
        System.out.printf("%-44s", name);
        for (List<Integer> ofRule : delays) {
            Collections.sort(ofRule);
            int median = ofRule.get(ofRule.size() / 2);
            long found =
                    ofRule.stream().filter(delay -> delay < Integer.MAX_VALUE).count();
            System.out.printf(
                    "%14s", (median == Integer.MAX_VALUE ? "-" : median) + " (" + 100 * found / trials + "%)");
        }
        System.out.println();
    }

    /** Nothing has changed at first, so that the evidence is where it would be after a long time; what is told then is not counted. */
    private static AlertRules delay(
            Monitor monitor, int m, double rate, DoubleUnaryOperator change, SplittableRandom random) {
        AlertRules rules = new AlertRules((double) HOURS * COLUMNS);
        List<Report> reports = new ArrayList<>();
        boolean[] isAlert = {false};
        Watch watch = Watch.of(
                        monitor,
                        window -> rows(m, rate, random, window.end().isAfter(CHANGED) ? change : value -> value))
                .clock(Clock.fixed(START, ZoneOffset.UTC))
                .since(START)
                .promise(0.05, YEAR)
                .alerting(Alerts.to(alert -> isAlert[0] = true))
                .afterEach((execution, report) -> reports.add(report))
                .open();
        watch.runDue(CHANGED);
        reports.forEach(report -> rules.take(report, false, false));
        for (int hour = 1; hour <= MOST_WINDOWS && !rules.haveAllAlerted(); hour++) {
            isAlert[0] = false;
            watch.runDue(CHANGED.plus(Duration.ofHours(hour)));
            rules.take(reports.get(reports.size() - 1), isAlert[0], true);
        }
        watch.close();
        return rules;
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

    private static AlertRules yearOfRows(int n, int m, int year) {
        SplittableRandom random = new SplittableRandom(5_000 + year);
        Baseline baseline = Baseline.of(1, rows(n, 0, random, value -> value));
        return year(monitor(baseline), () -> rows(m, 0, random, value -> value));
    }

    private static AlertRules year(Monitor monitor, Supplier<Dataset> windows) {
        AlertRules rules = new AlertRules((double) HOURS * COLUMNS);
        boolean[] isAlert = {false};
        List<Report> reports = new ArrayList<>();
        Watch watch = Watch.of(monitor, window -> windows.get())
                .clock(Clock.fixed(START, ZoneOffset.UTC))
                .since(START)
                .promise(0.05, YEAR)
                .alerting(Alerts.to(alert -> isAlert[0] = true))
                .afterEach((execution, report) -> reports.add(report))
                .open();
        for (int hour = 1; hour <= HOURS; hour++) {
            isAlert[0] = false;
            reports.clear();
            watch.runDue(START.plus(Duration.ofHours(hour)));
            rules.take(reports.get(0), isAlert[0], true);
        }
        watch.close();
        return rules;
    }

    private static AlertRules drawnYear(int n, int m, int year) {
        DrawnColumns calculator = new DrawnColumns(COLUMNS, new SplittableRandom(31L * n + year));
        Dataset window = Datasets.columns().add("row", new int[m]).build();
        Baseline baseline =
                Baseline.of(1, Datasets.columns().add("row", new int[n]).build(), calculator);
        Constraints constraints = Constraints.none();
        for (int column = 0; column < COLUMNS; column++) {
            String subject = "x" + column;
            constraints = constraints.with(
                    calculator.isRate(column)
                            ? new Constraint(
                                    subject,
                                    "share",
                                    Bound.atMost(value(baseline, subject)).asEstimate())
                            : Constraint.on(subject).metric("change").atMost(0));
        }
        return year(
                Monitor.against(baseline).threads(1).watchingOnly(calculator).requiringOnly(constraints), () -> window);
    }

    private static AlertRules seasonalYear(int m, int year) {
        DrawnColumns calculator = new DrawnColumns(COLUMNS, new SplittableRandom(77L + year), 0.01);
        Dataset window = Datasets.columns().add("row", new int[m]).build();
        Baseline baseline =
                Baseline.of(1, Datasets.columns().add("row", new int[100_000]).build(), calculator);
        Constraints constraints = Constraints.none();
        for (int column = 0; column < COLUMNS; column++) {
            constraints =
                    constraints.with(Constraint.on("x" + column).metric("share").atMost(DrawnColumns.RATE + 0.01));
        }
        return year(
                Monitor.against(baseline).threads(1).watchingOnly(calculator).requiringOnly(constraints), () -> window);
    }

    private static double value(Baseline baseline, String subject) {
        return baseline.metrics().stream()
                .filter(metric ->
                        metric.subject().equals(subject) && metric.name().equals("share"))
                .findFirst()
                .orElseThrow()
                .value();
    }
}
