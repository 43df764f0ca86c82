package io.modelmonitor.report;

import static io.modelmonitor.api.Constraint.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.api.Assessment;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutionFileTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void anExecutionWritesItsOwnPageAndTheIndexOnly() throws IOException {
        Consumer<Report> pages = Reports.html(folder);
        pages.accept(report("credit", hour(1), 0.02));
        Path first = folder.resolve("credit-20260101t010000z.html");
        String before = Files.readString(first);
        Files.writeString(first, before + "<!-- untouched -->");
        pages.accept(report("credit", hour(2), 0.3));
        assertThat(first).hasContent(before + "<!-- untouched -->");
        assertThat(folder.toFile().list())
                .containsExactlyInAnyOrder(
                        "credit-20260101t010000z.html", "credit-20260101t020000z.html", "history.jsonl", "index.html");
        assertThat(folder.resolve("credit-20260101t020000z.html"))
                .content()
                .contains("href=\"./index.html\"", "href=\"./credit-20260101t010000z.html\"");
    }

    @Test
    void theIndexHasTheNewestFirstAndSinceWhenItIsSo() {
        Consumer<Report> pages = Reports.html(folder);
        for (int i = 1; i <= 6; i++) {
            pages.accept(report("credit", hour(i), i < 4 ? 0.02 : 0.3));
        }
        String index = index();
        assertThat(index).contains("</span> Violated: 1 of 3 constraints, on age</h1>");
        assertThat(index).contains("so since 2026-01-01 04:00Z, for 3 executions");
        assertThat(index).contains("age drift is 0.3, wanted at most 0.1; violated 3 of 6 times");
        String table = index.substring(index.indexOf("<tbody>"));
        assertThat(table.indexOf("01 06:00Z")).isPositive().isLessThan(table.indexOf("01 05:00Z"));
        assertThat(everyLinkLeadsSomewhere(index)).isEqualTo(1 + 6 + 2 + 6);
    }

    @Test
    void aWindowReportedAgainReplacesItsPageAndItsPlace() {
        Consumer<Report> pages = Reports.html(folder);
        pages.accept(report("credit", hour(1), 0.3));
        pages.accept(report("credit", hour(1), 0.02));
        assertThat(index()).contains("Healthy: all 3 constraints hold", "<span>1 execution</span>");
        assertThat(folder.toFile().list()).hasSize(3);
    }

    @Test
    void monitorsOfOneFolderHaveSectionsOfTheirOwn() {
        Consumer<Report> pages = Reports.html(folder);
        pages.accept(report("a b", hour(1), 0.02));
        pages.accept(report("a-b", hour(1), 0.3));
        pages.accept(report("a-b", null, 0.3));
        assertThat(index()).contains("1 of 2 monitors not healthy now", "<h2 id=\"m0\">", "<h2 id=\"m1\">");
        assertThat(everyLinkLeadsSomewhere(index())).isPositive();
        assertThat(folder.toFile().list()).hasSize(5);
    }

    @Test
    void aLineThatWasCutShortCostsOneExecution() throws IOException {
        Reports.html(folder).accept(report("credit", hour(1), 0.02));
        Path file = folder.resolve("history.jsonl");
        String line = Files.readString(file);
        Files.writeString(file, line + line.substring(0, line.length() / 2));
        Reports.html(folder).accept(report("credit", hour(2), 0.02));
        assertThat(index()).contains("<span>2 executions</span>");
    }

    @Test
    void hostileNamesAreNeitherMarkupNorPaths() throws IOException {
        Consumer<Report> pages = Reports.html(folder);
        for (String text : Samples.HOSTILE) {
            pages.accept(Samples.of(List.of(text)));
        }
        assertThat(folder.toFile().list())
                .hasSize(Samples.HOSTILE.size() + 2)
                .allMatch(name -> name.matches("[a-z0-9.-]+"));
        assertThat(index()).doesNotContain("<script>alert", "\" onmouseover", "\u202E", "\u2066isolated", "\u0000");
        assertThat(everyLinkLeadsSomewhere(index())).isPositive();
    }

    @Test
    void aYearOfHourlyExecutionsHasAnIndexOfAtMost300Kilobytes() {
        HistoryIndex history = new HistoryIndex();
        for (int i = 0; i < 8_760; i++) {
            Report report = report("credit", hour(i), i % 100 == 99 ? 0.3 : 0.01 + 0.0001 * (i % 70));
            history.add(ExecutionFile.execution(ExecutionFile.id(report, i), report));
        }
        String index = new HistoryPage(history).html();
        assertThat(index.length()).isBetween(50_000, 300_000);
        assertThat(index).contains("violated 87 of 8,760 times", "usually 0.01");
    }

    @Test
    void openingGivesThePageToTheBrowser() {
        List<Object> shown = new ArrayList<>();
        Report report = report("credit", hour(1), 0.3);
        Path page = Reports.open(report, shown::add);
        assertThat(shown).containsExactly(page.toUri());
        assertThat(page).hasContent(Reports.html(report));
    }

    @Test
    void anExecutionReadsOnlyWhatOthersAppended() throws IOException {
        Consumer<Report> pages = Reports.html(folder);
        pages.accept(report("credit", hour(1), 0.02));
        Path file = folder.resolve("history.jsonl");
        // What was read is not read again: it may be gone, if only the length stays.
        Files.writeString(file, " ".repeat((int) Files.size(file) - 1) + "\n");
        Reports.html(folder).accept(report("churn", hour(2), 0.02));
        pages.accept(report("credit", hour(3), 0.02));
        assertThat(index()).contains("<span>3 executions</span>");
        Files.writeString(file, "");
        pages.accept(report("credit", hour(4), 0.02));
        assertThat(index()).contains("<span>1 execution</span>");
    }

    @Test
    void otherProcessesWaitForTheFile() throws IOException {
        Path file = folder.resolve("history.jsonl");
        try (ExecutionFile history = ExecutionFile.open(file);
                FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE)) {
            assertThat(history.size()).isZero();
            // Within a JVM it is an exception that tells of a lock.
            assertThatThrownBy(other::tryLock).isInstanceOf(OverlappingFileLockException.class);
        }
        try (FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE)) {
            assertThat(other.tryLock()).isNotNull();
        }
    }

    @Test
    void aFolderThatAnotherClassLoaderWritesToIsRefusedInOneLineAndNothingStaysOpen() throws IOException {
        Consumer<Report> pages = Reports.html(folder);
        pages.accept(report("credit", hour(1), 0.02));
        Path file = folder.resolve("history.jsonl");
        try (FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE)) {
            other.lock();
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> pages.accept(report("credit", hour(2), 0.02)))
                        .isInstanceOf(UncheckedIOException.class)
                        .hasMessage("cannot write the history in " + folder + ": " + file
                                + " is in use by another class loader");
            }
            assertThat(timesOpen(file)).isLessThanOrEqualTo(1);
        }
        pages.accept(report("credit", hour(2), 0.02));
        assertThat(index()).contains("<span>2 executions</span>");
    }

    /** Returns how often this process has a file open; 0 where the operating system does not say. */
    private static int timesOpen(Path file) throws IOException {
        Path open = Path.of("/proc/self/fd");
        int times = 0;
        if (Files.isDirectory(open)) {
            try (Stream<Path> links = Files.list(open)) {
                for (Path link : links.toList()) {
                    times += Files.isRegularFile(link) && Files.isSameFile(link, file) ? 1 : 0;
                }
            }
        }
        return times;
    }

    @Test
    void theDayOnWhichAChangeBeganIsNamed() throws IOException {
        Consumer<Report> pages = Reports.html(folder);
        for (int i = 0; i < 60; i++) {
            pages.accept(report("credit", hour(24 * i), i < 40 ? 0.01 + 0.001 * (i * 7 % 10) : 0.2 + 0.001 * (i % 3)));
        }
        assertThat(index())
                .contains("violated 20 of 60 times; usually 0.01 to 0.019; changed at 2026-02-10 00:00Z")
                .contains("so since 2026-02-10 00:00Z, for 20 executions");
        assertThat(Files.readString(folder.resolve("credit-20260301t000000z.html")))
                .contains(
                        "So since <a href=\"./credit-20260210t000000z.html\">2026-02-10 00:00Z</a>, for 20 executions");
        assertThat(everyLinkLeadsSomewhere(index())).isPositive();
    }

    @Test
    void metricsThatNeverChangedAreCountedOnly() {
        Consumer<Report> pages = Reports.html(folder);
        for (int i = 0; i < 5; i++) {
            pages.accept(report("credit", hour(i), 0.02));
        }
        assertThat(index()).contains("3 further metrics never changed").doesNotContain("class=\"lines\"");
    }

    @Test
    void aChangeIsFoundWhereItIsAndNoneIsMadeUp() {
        SplittableRandom random = new SplittableRandom(1);
        int found = 0;
        for (int run = 0; run < 2_000; run++) {
            List<Double> values = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                values.add((double) random.nextInt(20));
            }
            found += ChangePoint.of(values) >= 0 ? 1 : 0;
        }
        // At most about one in a thousand.
        assertThat(found).isLessThanOrEqualTo(8);
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            values.add(random.nextDouble() + (i < 25 ? 0 : 1));
        }
        assertThat(ChangePoint.of(values)).isEqualTo(25);
        assertThat(ChangePoint.of(List.of())).isEqualTo(-1);
        assertThat(ChangePoint.of(List.of(1.0, 2.0))).isEqualTo(-1);
    }

    private String index() {
        try {
            return Files.readString(folder.resolve("index.html"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private int everyLinkLeadsSomewhere(String index) {
        Matcher link = Pattern.compile("href=\"\\./([^\"]+)\"").matcher(index);
        int count = 0;
        while (link.find()) {
            assertThat(folder.resolve(link.group(1))).exists();
            count++;
        }
        return count;
    }

    private static Instant hour(int hour) {
        return START.plus(Duration.ofHours(hour));
    }

    private static Report report(String monitor, @Nullable Instant end, double drift) {
        List<Metric> metrics = new ArrayList<>();
        List<Assessment> assessments = new ArrayList<>();
        boolean isViolated = drift > 0.1;
        for (String feature : List.of("age", "income", "region")) {
            double value = feature.equals("age") ? drift : drift / 10;
            Metric metric = Metric.of(feature, "drift", value, new Evidence.PValue(isViolated ? 0.001 : 0.5, 0.01));
            Constraint wanted = on(feature).metric("drift").atMost(0.1);
            boolean holds = wanted.bound().holds(value);
            metrics.add(metric);
            assessments.add(new Assessment(
                    wanted, metric, 0.001, 0.002, holds ? Assessment.Outcome.HOLDS : Assessment.Outcome.VIOLATED));
        }
        return new Report(
                monitor,
                isViolated ? Report.Status.VIOLATED : Report.Status.HEALTHY,
                1_000,
                end == null ? null : end.minus(Duration.ofHours(1)),
                end,
                "",
                assessments,
                metrics,
                List.of(),
                List.of(),
                "Benjamini-Hochberg",
                0.05);
    }
}
