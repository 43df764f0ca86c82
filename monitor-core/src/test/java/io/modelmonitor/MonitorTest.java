package io.modelmonitor;

import static io.modelmonitor.api.Constraint.on;
import static io.modelmonitor.api.Constraint.onDataset;
import static java.util.stream.Collectors.averagingDouble;
import static java.util.stream.Collectors.collectingAndThen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Report;
import io.modelmonitor.api.Row;
import io.modelmonitor.api.Schema;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.spi.MetricCalculator;
import io.modelmonitor.stats.drift.MultipleTesting;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MonitorTest {

    private static final MetricCalculator MEAN_INCOME = reference -> collectingAndThen(
            averagingDouble((Row row) -> row.number("income")),
            mean -> List.of(new Metric("mean_income", "income", mean)));

    private static final Baseline BASELINE =
            Baseline.of(Customers.drawn(3_000, 1).dataset(), MEAN_INCOME);

    @ParameterizedTest
    @ValueSource(longs = {2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
    void unchangedDataIsHealthy(long seed) {
        Report report =
                Monitor.against(BASELINE).check(Customers.drawn(1_000, seed).dataset());
        assertThat(report.isHealthy()).as(report.toString()).isTrue();
    }

    @Test
    void eachKindOfChangeIsFoundAndNothingElse() {
        Report report = Monitor.against(BASELINE)
                .check(Customers.drawn(1_000, 2)
                        .changing((row, random) -> {
                            row[1] = random.nextDouble() < 0.06 ? null : row[1];
                            row[2] = (Double) row[2] / 1_000;
                            row[3] = random.nextDouble() < 0.05 ? "partner" : row[3];
                        })
                        .dataset());
        assertThat(violated(report))
                .contains("income drift", "age completeness", "channel domain_share")
                .allMatch(text -> text.startsWith("income ") || text.startsWith("age ") || text.startsWith("channel "));
        assertThat(report.metric("domain_share", "channel").note()).startsWith("new: 'partner'");
    }

    @Test
    void textAmongNumbersIsFound() {
        Report report = Monitor.against(BASELINE)
                .check(Customers.drawn(1_000, 2)
                        .changing((row, random) -> row[1] = random.nextDouble() < 0.05 ? "n/a" : row[1])
                        .dataset());
        assertThat(violated(report)).contains("age type_share");
        assertThat(report.metric("type_share", "age").note()).matches("[0-9]+ texts");
    }

    @Test
    void negativeNumbersWhereThereWereNoneAreFound() {
        Report report = Monitor.against(BASELINE)
                .check(Customers.drawn(1_000, 2)
                        .changing((row, random) -> row[2] = random.nextDouble() < 0.05 ? -1.0 : row[2])
                        .dataset());
        assertThat(violated(report)).contains("income non_negative_share");
    }

    @Test
    void aHandfulOfBadRowsInThousandsDoesNotRing() {
        Report report = Monitor.against(BASELINE)
                .check(Customers.drawn(1_915, 2)
                        .changing((row, random) -> row[1] = random.nextDouble() < 7 / 1_915.0 ? "x" : row[1])
                        .dataset());
        assertThat(report.isHealthy()).as(report.toString()).isTrue();
    }

    @Test
    void missingAndExtraColumnsAreNamed() {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            rows.add(new @Nullable Object[] {i, "web"});
        }
        Report report = Monitor.against(BASELINE).check(Datasets.of(Schema.ofNames("visits", "channel"), rows));
        assertThat(report.metric("missing_columns", Metric.DATASET).note()).isEqualTo("id, age, income");
        assertThat(report.metric("extra_columns", Metric.DATASET).note()).isEqualTo("visits");
        assertThat(violated(report)).contains(" missing_columns", " extra_columns", "age completeness");
    }

    @Test
    void anEmptyWindowIsNoData() {
        Report report = Monitor.against(BASELINE).check(Datasets.of(Schema.ofNames("age"), List.of()));
        assertThat(report.status()).isEqualTo(Report.Status.NO_DATA);
    }

    @Test
    void aCalculatorMeasuresTheWindowAsItDidTheBaseline() {
        Report report = Monitor.against(BASELINE)
                .watching(MEAN_INCOME)
                .requiring(on("income").metric("mean_income").atMost(1))
                .check(Customers.drawn(1_000, 2).dataset());
        assertThat(violated(report)).containsExactly("income mean_income");
        assertThat(BASELINE.metric("mean_income", "income").value())
                .isCloseTo(
                        report.metric("mean_income", "income").value(),
                        org.assertj.core.api.Assertions.withinPercentage(10));
    }

    @Test
    void aCalculatorThatThrowsIsNamedAndStopsNoOther() {
        MetricCalculator throwing = reference -> Collectors.collectingAndThen(
                Collectors.mapping(
                        row -> {
                            throw new IllegalStateException("no such luck");
                        },
                        Collectors.counting()),
                count -> List.of());
        MetricCalculator refusing = reference -> {
            throw new IllegalArgumentException("not today");
        };
        Report report = Monitor.against(BASELINE)
                .watching(throwing, refusing, MEAN_INCOME)
                .check(Customers.drawn(100, 2).dataset());
        assertThat(report.failures()).hasSize(2);
        assertThat(report.failures().get(0)).contains("row 1").contains("no such luck");
        assertThat(report.failures().get(1)).contains("not today");
        assertThat(report.metric("mean_income", "income")).isNotNull();
        assertThat(report.isHealthy()).isFalse();
    }

    @Test
    void aProfileCalculatorThatThrowsIsReported() {
        Report report = Monitor.against(BASELINE)
                .profiling((current, reference, baseline) -> {
                    throw new IllegalStateException("broken");
                })
                .check(Customers.drawn(100, 2).dataset());
        assertThat(report.failures()).singleElement().asString().contains("broken");
    }

    @Test
    void everyListenerIsTold() {
        List<Report> told = new ArrayList<>();
        Report report = Monitor.against(BASELINE)
                .reportingTo(ignored -> {
                    throw new IllegalStateException("deaf");
                })
                .reportingTo(told::add)
                .check(Customers.drawn(100, 2).dataset());
        assertThat(told).containsExactly(report);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void theNumberOfThreadsChangesNothing(int threads) {
        Dataset window = Customers.drawn(5_000, 2).dataset();
        Monitor monitor = Monitor.against(BASELINE).watching(MEAN_INCOME);
        Report one = monitor.threads(1).check(window);
        Report many = monitor.threads(threads).check(window);
        assertThat(many).hasToString(one.toString());
        assertThat(many.metrics().stream().map(Metric::value).toList())
                .isEqualTo(one.metrics().stream().map(Metric::value).toList());
    }

    @Test
    void requiredConstraintsReplaceSuggestedOnesAndCanReplaceAll() {
        Constraint wanted = on("age").completeness().atLeast(0.5);
        assertThat(Monitor.against(BASELINE).requiring(wanted).constraints().list())
                .contains(wanted)
                .hasSameSizeAs(Monitor.against(BASELINE).constraints().list());
        Constraints only = new Constraints(
                BASELINE.schema(), List.of(onDataset().metric("rows").atLeast(10)));
        Report report = Monitor.against(BASELINE)
                .requiring(only)
                .check(Customers.drawn(5, 2).dataset());
        assertThat(violated(report)).containsExactly(" rows");
    }

    @Test
    void anEditedDomainIsWhatCounts() {
        Constraints suggested = Monitor.against(BASELINE).constraints();
        Constraints edited =
                suggested.with(suggested.schema().feature("channel").withDomain(List.of("web", "branch")));
        Report report = Monitor.against(BASELINE)
                .requiring(edited)
                .check(Customers.drawn(1_000, 2).dataset());
        assertThat(violated(report)).containsExactly("channel domain_share");
    }

    @Test
    void nonsenseIsRefusedInOneLine() {
        Monitor monitor = Monitor.against(BASELINE);
        assertThatThrownBy(() -> monitor.threads(0)).hasMessage("threads is 0; allowed is at least 1");
        assertThatThrownBy(() -> monitor.named(" ")).hasMessageContaining("name is ' '");
        assertThatThrownBy(() -> monitor.correcting(MultipleTesting.HOLM, 5)).hasMessageContaining("level is 5.0");
    }

    private static List<String> violated(Report report) {
        return report.violations().stream()
                .map(violation ->
                        violation.subject() + " " + violation.constraint().metric())
                .toList();
    }

    /** Rows of id, age, income and channel. */
    private record Customers(List<@Nullable Object[]> rows, long seed) {

        interface Change {
            void apply(@Nullable Object[] row, SplittableRandom random);
        }

        static Customers drawn(int count, long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            String[] channels = {"web", "branch", "phone"};
            List<@Nullable Object[]> rows = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                rows.add(new @Nullable Object[] {
                    "C%08d".formatted(seed * 1_000_000 + i),
                    18 + random.nextInt(60),
                    20_000 + Math.rint(50_000 * random.nextDouble()),
                    channels[random.nextInt(3)]
                });
            }
            return new Customers(rows, seed);
        }

        Customers changing(Change change) {
            SplittableRandom random = new SplittableRandom(seed + 1);
            rows.forEach(row -> change.apply(row, random));
            return this;
        }

        Dataset dataset() {
            return Datasets.of(Schema.ofNames("id", "age", "income", "channel"), rows);
        }
    }
}
