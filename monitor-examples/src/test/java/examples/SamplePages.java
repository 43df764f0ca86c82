package examples;

import static io.modelmonitor.api.Constraint.onDataset;
import static io.modelmonitor.attribution.Attribution.attributionByRow;
import static io.modelmonitor.fairness.Bias.bias;
import static io.modelmonitor.quality.ModelQuality.modelQuality;

import io.modelmonitor.Baseline;
import io.modelmonitor.Monitor;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Report;
import io.modelmonitor.api.Schema;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.quality.ModelQuality;
import io.modelmonitor.report.Reports;
import io.modelmonitor.spi.MetricCalculator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Pages of each kind, of made-up data. */
final class SamplePages {

    private static final Schema SCORED =
            Schema.ofNames("age", "income", "debt_ratio", "gender", "region", "score", "predicted", "defaulted");

    /** Texts that names and values of a table may hold. */
    private static final List<String> HOSTILE = List.of(
            "</td></table></script><script>alert(1)</script>",
            "\" onmouseover=\"alert(1)",
            "' onclick='alert(1)",
            "javascript:alert(1)",
            "<img src=x onerror=alert(1)>",
            "<!--",
            "]]>",
            "&lt;b&gt; &amp;#60;",
            "../../etc/passwd",
            "C:\\Users\\%TEMP%",
            "\u202Eright to left\u202C",
            "\u2066isolated",
            "\u0645\u062D\u0645\u062F \u0627\u0644\u0645\u0628\u0644\u063A",
            "\u05E9\u05DC\u05D5\u05DD 123",
            "a\u0000b\u0007c\u001Bd",
            "line\r\nfeed\u2028and\u2029more",
            "\uFFFE\uFFFF\uFDD0",
            planes(),
            "e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301",
            "x".repeat(5_000),
            "a word and ".repeat(450),
            "Stra\u00DFe",
            "STRASSE",
            "strasse",
            "\uFB01le",
            "file",
            "\u200B",
            " ");

    private SamplePages() {}

    /**
     * Writes the pages.
     *
     * @param pages the folder of the pages that are looked at
     * @param rest the folder of what is written beside them
     */
    static void write(Path pages, Path rest) throws IOException {
        Files.createDirectories(pages);
        Quickstart.run(
                new Options(name -> name.equals("output") ? rest.toString() : ""),
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        Files.copy(rest.resolve("report.html"), pages.resolve("quickstart.html"));
        ModelQuality quality =
                modelQuality().label("defaulted").prediction("predicted").score("score");
        Reports.saveHtml(check("model quality", 0.4, quality, quality.by("region")), pages.resolve("quality.html"));
        Reports.saveHtml(
                check(
                        "bias",
                        0.4,
                        bias("gender", "F")
                                .label("defaulted")
                                .prediction("predicted")
                                .group("region")),
                pages.resolve("bias.html"));
        Reports.saveHtml(
                check(
                        "attribution",
                        0.8,
                        attributionByRow(row -> score(row[0], row[1], row[2]))
                                .background(applicants())
                                .maxRows(150)),
                pages.resolve("attribution.html"));
        Reports.saveHtml(healthy(), pages.resolve("healthy.html"));
        Reports.saveHtml(hostile(), pages.resolve("hostile.html"));
        Report bias = check("bias", 0.4, bias("gender", "F").label("defaulted").prediction("predicted"));
        Files.writeString(pages.resolve("fragment.txt"), Reports.htmlFragment(bias));
        history(pages, rest.resolve("history"));
    }

    private static Report check(String name, double worse, MetricCalculator<?>... calculators) {
        Baseline baseline = Baseline.of(scored(4_000, 3, 0), calculators);
        return Monitor.against(baseline).named(name).check(scored(2_000, 4, worse));
    }

    private static Report healthy() {
        Baseline baseline = Baseline.of(CreditApplications.firstMonth());
        return Monitor.against(baseline).named("the same month").check(CreditApplications.firstMonth());
    }

    /** Returns 60 days of which the last 12 have drifted, as an index. */
    private static void history(Path pages, Path folder) throws IOException {
        Consumer<Report> index = Reports.html(folder);
        Monitor monitor = Monitor.against(Baseline.of(scored(4_000, 3, 0))).named("credit applications");
        Instant end = Instant.parse("2026-09-01T00:00:00Z");
        for (int day = 0; day < 60; day++) {
            Report report = monitor.check(scored(day == 20 ? 0 : 300, 100 + day, day < 48 ? 0 : 0.9));
            Instant start = end.plus(Duration.ofDays(day));
            index.accept(new Report(
                    report.name(),
                    report.status(),
                    report.rows(),
                    start,
                    start.plus(Duration.ofDays(1)),
                    report.baseline(),
                    report.assessments(),
                    report.metrics(),
                    report.problems(),
                    report.failures(),
                    report.correction(),
                    report.level()));
        }
        Files.copy(folder.resolve("index.html"), pages.resolve("history.html"));
    }

    /** Returns a report on a table of which every name and every value is hostile. */
    private static Report hostile() {
        Schema schema = Schema.ofNames(HOSTILE);
        List<Object[]> before = new ArrayList<>();
        List<Object[]> after = new ArrayList<>();
        for (int row = 0; row < 400; row++) {
            Object[] first = new Object[HOSTILE.size()];
            Object[] second = new Object[HOSTILE.size()];
            for (int column = 0; column < first.length; column++) {
                first[column] = column % 3 == 0 ? row : HOSTILE.get((row + column) % 9);
                second[column] = column % 3 == 0 ? 3 * row : HOSTILE.get((row * row + column) % HOSTILE.size());
            }
            before.add(first);
            after.add(second);
        }
        return Monitor.against(Baseline.of(Datasets.of(schema, before)))
                .named("<b>hostile</b> \u202Etable")
                .requiring(onDataset().rows().atLeast(500))
                .check(Datasets.of(schema, after));
    }

    private static String planes() {
        StringBuilder text = new StringBuilder();
        for (int plane = 0; plane <= 16; plane++) {
            text.appendCodePoint(plane << 16 | 0xF600).appendCodePoint(plane << 16 | 0x0041);
        }
        return text.toString();
    }

    /**
     * Returns scored applications.
     *
     * @param worse how far the model and the people have moved, from 0
     */
    private static Dataset scored(int rows, long seed, double worse) {
        Random random = new Random(seed);
        List<@Nullable Object[]> table = new ArrayList<>(rows);
        for (int i = 0; i < rows; i++) {
            double age = Math.max(18, Math.min(85, Math.round(41 + 13 * random.nextGaussian() + 8 * worse)));
            double income = Math.round(Math.exp(10.6 + 0.45 * random.nextGaussian()) / 10) * 10.0;
            double debt = Math.round(1e3 * 0.6 * (1 - Math.sqrt(random.nextDouble()))) / 1e3;
            String gender = random.nextDouble() < 0.45 ? "F" : "M";
            String region = List.of("north", "south", "east", "west").get(random.nextInt(4));
            double risk = score(age, income, debt);
            boolean defaulted = random.nextDouble() < risk;
            boolean isWorse = region.equals("west") || gender.equals("F");
            double noise = (isWorse ? 0.35 * worse : 0.05 * worse) * random.nextGaussian();
            double score = Math.max(0, Math.min(1, risk + noise + (gender.equals("F") ? 0.2 * worse : 0)));
            table.add(new @Nullable Object[] {
                age,
                income,
                debt,
                random.nextDouble() < 0.04 * worse ? null : gender,
                region,
                Math.round(1e4 * score) / 1e4,
                score > 0.35,
                defaulted
            });
        }
        return Datasets.of(SCORED, table);
    }

    private static double score(double age, double income, double debt) {
        return 1 / (1 + Math.exp(-(4.5 * debt - 0.03 * (age - 40) - (income - 42_000) / 40_000 - 1.3)));
    }

    private static Dataset applicants() {
        return Datasets.of(
                Schema.ofNames("age", "income", "debt_ratio"),
                scored(100, 1, 0)
                        .rows()
                        .map(row -> new Object[] {row.number("age"), row.number("income"), row.number("debt_ratio")})
                        .toList());
    }
}
