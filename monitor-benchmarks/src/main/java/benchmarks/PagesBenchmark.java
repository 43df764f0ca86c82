package benchmarks;

import io.modelmonitor.Baseline;
import io.modelmonitor.Monitor;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Report;
import io.modelmonitor.api.Schema;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.report.Reports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Measures how large the forms of a report are and how long they take, for tables of 50 and of 1,000 features of which every tenth has
 * drifted, and what the index over a year of hourly executions costs. The yardstick is the report as JSON. Times are medians of the
 * same run. Arguments: rounds (15 unless given) and executions (8,760).
 *
 * <pre>{@code
 * mvn -q compile -Pbenchmark -Dbenchmark=PagesBenchmark
 * }</pre>
 */
public final class PagesBenchmark {

    private static final String[] COLOURS = {"red", "green", "blue", "black"};

    private PagesBenchmark() {}

    /** Runs the benchmark and prints its table. */
    public static void main(String[] arguments) throws IOException {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 15;
        int executions = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 8_760;
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            for (int features : new int[] {50, 1_000}) {
                Report report =
                        Monitor.against(Baseline.of(table(features, 1, 0))).check(table(features, 2, 30));
                forms(report, features, features > 50 ? Math.max(3, rounds / 3) : rounds, folder.path());
            }
            index(executions, folder.path().resolve("index"));
        }
    }

    private static void forms(Report report, int features, int rounds, Path folder) throws IOException {
        Path pages = Files.createDirectories(folder.resolve("pages" + features));
        Path first = pages.resolve("report.html");
        double json = milliseconds(rounds, () -> Reports.json(report));
        double saved = milliseconds(rounds, () -> Reports.saveHtml(report, first));
        System.out.printf("%,d features, median of %d%n", features, rounds);
        line("JSON (yardstick)", size(Reports.json(report)), json, json);
        line("pages, the first", Files.size(first), saved, json);
        line("pages, all of them", total(pages), saved, json);
        line(
                "fragment",
                size(Reports.htmlFragment(report)),
                milliseconds(rounds, () -> Reports.htmlFragment(report)),
                json);
        line("Markdown", size(Reports.markdown(report)), milliseconds(rounds, () -> Reports.markdown(report)), json);
        line("JUnit XML", size(Reports.junitXml(report)), milliseconds(rounds, () -> Reports.junitXml(report)), json);
        line("text", size(Reports.table(report)), milliseconds(rounds, () -> Reports.table(report)), json);
    }

    /** Writes executions of one day's reports, a page and the index each, and prints what the first and the last of them cost. */
    private static void index(int executions, Path folder) throws IOException {
        Monitor monitor = Monitor.against(Baseline.of(table(3, 1, 0))).named("hourly");
        List<Report> day = new ArrayList<>();
        for (int hour = 0; hour < 24; hour++) {
            day.add(monitor.check(table(3, 10 + hour, hour == 23 ? 30 : 0)));
        }
        Consumer<Report> index = Reports.html(folder);
        double[] times = new double[executions];
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        for (int i = 0; i < executions; i++) {
            Report report = during(day.get(i % 24), start.plus(Duration.ofHours(i)));
            long from = System.nanoTime();
            index.accept(report);
            times[i] = (System.nanoTime() - from) / 1e6;
        }
        long before = System.nanoTime();
        Reports.html(folder).accept(during(day.get(0), start.plus(Duration.ofHours(executions))));
        System.out.printf(
                "%,d executions of %d constraints%n",
                executions, day.get(0).assessments().size());
        System.out.printf(
                "  index %,d bytes, history %,d bytes%n  an execution with its page and the index: at first %.1f ms, at last %.1f ms,"
                        + " by a process that has just started %.1f ms%n",
                Files.size(folder.resolve("index.html")),
                Files.size(folder.resolve("history.jsonl")),
                median(Arrays.copyOf(times, Math.min(100, executions))),
                median(Arrays.copyOfRange(times, Math.max(0, executions - 100), executions)),
                (System.nanoTime() - before) / 1e6);
    }

    private static Report during(Report report, Instant end) {
        return new Report(
                report.name(),
                report.status(),
                report.rows(),
                end.minus(Duration.ofHours(1)),
                end,
                report.baseline(),
                report.assessments(),
                report.metrics(),
                report.problems(),
                report.failures(),
                report.correction(),
                report.level());
    }

    private static void line(String form, long bytes, double milliseconds, double yardstick) {
        System.out.printf(
                "  %-20s %,11d bytes %8.1f ms %6.2f of JSON%n", form, bytes, milliseconds, milliseconds / yardstick);
    }

    private static long size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static long total(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private static double milliseconds(int rounds, Runnable work) {
        double[] times = new double[rounds];
        // A round of its own to warm up.
        work.run();
        for (int i = 0; i < rounds; i++) {
            long start = System.nanoTime();
            work.run();
            times[i] = (System.nanoTime() - start) / 1e6;
        }
        return median(times);
    }

    private static double median(double[] times) {
        double[] sorted = times.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static Dataset table(int columns, int seed, double shift) {
        SplittableRandom random = new SplittableRandom(seed);
        String[] names = new String[columns];
        Arrays.setAll(names, i -> "feature_" + i);
        List<Object[]> rows = new ArrayList<>();
        for (int row = 0; row < 500; row++) {
            Object[] values = new Object[columns];
            for (int i = 0; i < columns; i++) {
                double number = 100 * (random.nextDouble() + random.nextDouble()) + (i % 10 == 0 ? shift : 0);
                values[i] = i % 5 == 4 ? COLOURS[random.nextInt(4)] : number;
            }
            rows.add(values);
        }
        return Datasets.of(Schema.ofNames(names), rows);
    }
}
