package io.modelmonitor;

import static io.modelmonitor.api.Constraint.on;
import static io.modelmonitor.api.Constraint.onDataset;
import static io.modelmonitor.fairness.Bias.bias;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Report;
import io.modelmonitor.api.Row;
import io.modelmonitor.api.Schema;
import io.modelmonitor.api.Violation;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.spi.MetricCalculator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowsBehindTest {

    private static final List<String> COLOURS = List.of("red", "green", "blue");

    @TempDir
    private Path folder;

    @Test
    void eachKindOfViolationHasItsRowsAndTheirLines() throws Exception {
        StringBuilder today = new StringBuilder("id,age,colour,comment\n");
        for (int i = 0; i < 400; i++) {
            String age = i % 40 == 7 ? "" : i % 40 == 9 ? "-5" : i % 40 == 11 ? "young" : String.valueOf(20 + i % 50);
            String colour = i % 40 == 13 ? "mauve" : COLOURS.get(i % 3);
            // A comment of two lines and a blank line let lines run ahead of rows.
            String comment = i == 3 ? "\"two\nlines\"" : "ok";
            today.append(i % 40 == 15 ? 1 : i).append(',').append(age).append(',');
            today.append(colour).append(',').append(comment).append(i == 5 ? "\n\n" : "\n");
        }
        Path file = Files.writeString(folder.resolve("today.csv"), today);
        Monitor monitor = Monitor.against(Baseline.of(good()))
                .requiring(on("age").maximum().atMost(68));
        Dataset dataset = Datasets.csv(file);
        Report report = monitor.check(dataset);

        assertThat(lines(monitor, report, dataset, "age", "completeness")).isEqualTo(every40From(7));
        assertThat(lines(monitor, report, dataset, "age", "non_negative_share")).isEqualTo(every40From(9));
        assertThat(lines(monitor, report, dataset, "age", "type_share")).isEqualTo(every40From(11));
        assertThat(lines(monitor, report, dataset, "colour", "domain_share")).isEqualTo(every40From(13));
        // Of ages up to 69, which is every 50th, two are -5 in their place.
        assertThat(rows(monitor, report, dataset, "age", "maximum"))
                .hasSize(6)
                .allSatisfy(row -> assertThat(row.number("age")).isEqualTo(69));
        assertThat(rows(monitor, report, dataset, "id", "distinct_share"))
                .hasSize(11)
                .allSatisfy(row -> assertThat(row.text("id")).isEqualTo("1"));
        assertThat(monitor.rowsBehind(violation(report, "age", "completeness"), dataset)
                        .map(row -> String.valueOf(row.place()))
                        .findFirst())
                .hasValue(file + ":11");
    }

    @Test
    void linesOfJsonAreNamedToo() throws Exception {
        StringBuilder today = new StringBuilder("\n");
        for (int i = 0; i < 100; i++) {
            today.append("{\"id\":")
                    .append(i)
                    .append(i % 10 == 0 ? ",\"age\":\"old\"}\n" : ",\"age\":30}\nno object\n");
        }
        Path file = Files.writeString(folder.resolve("today.jsonl"), today);
        Monitor monitor = Monitor.against(Baseline.of(good()));
        Dataset dataset = Datasets.jsonLines(file);
        List<Row> rows = rows(monitor, monitor.check(dataset), dataset, "age", "type_share");
        List<String> lines = Files.readAllLines(file);
        assertThat(rows).hasSize(10).allSatisfy(row -> assertThat(
                        lines.get((int) Objects.requireNonNull(row.place()).line() - 1))
                .contains("old")
                .contains(":" + row.text("id") + ","));
    }

    @Test
    void theRowsOfABiasAreThePeopleOfTheGroup() {
        MetricCalculator<?> fairness = bias("gender", "F").prediction("approved");
        Monitor monitor = Monitor.against(Baseline.of(people(0.5), fairness));
        Dataset today = people(0.05);
        List<Row> rows = rows(monitor, monitor.check(today), today, "gender=F", "bias.dppl");
        assertThat(rows).hasSize(500).allSatisfy(row -> assertThat(row.text("gender"))
                .isEqualTo("F"));
    }

    @Test
    void aCalculatorUnderAnotherNameHasItsRows() {
        MetricCalculator<?> fairness =
                bias("gender", "F").prediction("approved").named("challenger");
        Monitor monitor = Monitor.against(Baseline.of(people(0.5), fairness));
        Dataset today = people(0.05);
        Report report = monitor.check(today);
        String subject = report.violations().stream()
                .map(Violation::subject)
                .filter(name -> name.startsWith("challenger"))
                .findFirst()
                .orElseThrow();
        assertThat(rows(monitor, report, today, subject, "bias.dppl")).hasSize(500);
    }

    @Test
    void aColumnThatMayBeGoneIsMissingInEveryRow() {
        Monitor monitor = Monitor.against(Baseline.of(good()))
                .requiring(onDataset().metric("missing_columns").atMost(3));
        Dataset today = Datasets.of(Schema.ofNames("id"), numbered(50));
        assertThat(rows(monitor, monitor.check(today), today, "age", "completeness"))
                .hasSize(50);
    }

    @Test
    void noRowByItselfMakesADrift() {
        Monitor monitor = Monitor.against(Baseline.of(people(0.5)));
        Dataset today = people(0.05);
        Report report = monitor.check(today);
        assertThat(rows(monitor, report, today, "approved", "drift")).isEmpty();
    }

    @Test
    void readingTheFirstRowsReadsNoMoreThanTheirBatch() {
        Monitor monitor = Monitor.against(Baseline.of(good()));
        List<String> events = new ArrayList<>();
        Dataset endless = () -> new Dataset.Cursor() {
            @Override
            public Schema schema() {
                return Schema.ofNames("age");
            }

            @Override
            public Batch next() {
                events.add("read");
                List<Object[]> rows = List.of(new Object[] {30}, new Object[] {"old"}, new Object[] {31});
                return Objects.requireNonNull(Datasets.of(schema(), rows).open().next());
            }

            @Override
            public List<io.modelmonitor.api.DataProblem> problems() {
                return List.of();
            }

            @Override
            public void close() {
                events.add("closed");
            }
        };
        Report report = monitor.check(Datasets.of(Schema.ofNames("age"), List.<Object[]>of(new Object[] {"old"})));
        try (Stream<Row> rows = monitor.rowsBehind(violation(report, "age", "type_share"), endless)) {
            assertThat(rows.limit(5)).hasSize(5);
        }
        assertThat(events).containsExactly("read", "read", "read", "read", "read", "closed");
    }

    private static List<Row> rows(Monitor monitor, Report report, Dataset dataset, String subject, String metric) {
        try (Stream<Row> rows = monitor.rowsBehind(violation(report, subject, metric), dataset)) {
            return rows.toList();
        }
    }

    private static List<Long> lines(Monitor monitor, Report report, Dataset dataset, String subject, String metric) {
        return rows(monitor, report, dataset, subject, metric).stream()
                .map(row -> Objects.requireNonNull(row.place()).line())
                .toList();
    }

    /** Returns the lines of the rows at a place in each 40: a header, a row of two lines and a blank line stand before. */
    private static List<Long> every40From(int first) {
        return Stream.iterate(first, row -> row < 400, row -> row + 40)
                .map(row -> row + 4L)
                .toList();
    }

    private static Violation violation(Report report, String subject, String metric) {
        return report.violations().stream()
                .filter(violation -> violation.subject().equals(subject))
                .filter(violation -> violation.constraint().metric().equals(metric))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no violation of " + subject + " " + metric + " in " + report));
    }

    private static Dataset good() {
        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            rows.add(new Object[] {10_000 + i, 20 + i % 49, COLOURS.get(i % 3), "ok"});
        }
        return Datasets.of(Schema.ofNames("id", "age", "colour", "comment"), rows);
    }

    private static List<Object[]> numbered(int count) {
        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(new Object[] {i});
        }
        return rows;
    }

    private static Dataset people(double approvedOfWomen) {
        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            boolean isWoman = i % 2 == 0;
            boolean isApproved = i / 2 % 100 < (isWoman ? 100 * approvedOfWomen : 50);
            rows.add(new Object[] {isWoman ? "F" : "M", isApproved});
        }
        return Datasets.of(Schema.ofNames("gender", "approved"), rows);
    }
}
