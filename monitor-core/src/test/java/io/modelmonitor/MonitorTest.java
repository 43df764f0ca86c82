package io.modelmonitor;

import static io.modelmonitor.api.Constraint.on;
import static io.modelmonitor.api.Constraint.onDataset;
import static java.util.stream.Collectors.averagingDouble;
import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.summingDouble;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.api.Report;
import io.modelmonitor.api.Schema;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.quality.DataQuality;
import io.modelmonitor.spi.MetricCalculator;
import io.modelmonitor.stats.test.MultipleTesting;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MonitorTest {

    private static final MetricCalculator<?> MEAN_INCOME =
            MetricCalculator.of("mean_income", averagingDouble(row -> row.number("income")));

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
        assertThat(report.metric("channel", "domain_share").note()).startsWith("new: 'partner'");
    }

    @Test
    void textAmongNumbersIsFound() {
        Report report = Monitor.against(BASELINE)
                .check(Customers.drawn(1_000, 2)
                        .changing((row, random) -> row[1] = random.nextDouble() < 0.05 ? "old" : row[1])
                        .dataset());
        assertThat(violated(report)).contains("age type_share");
        assertThat(report.metric("age", "type_share").note()).matches("([0-9]+) texts: \\1 of 1,000 cells are 'old'");
    }

    @Test
    void aSpellingOfMissingAmongNumbersIsMissing() {
        Report report = Monitor.against(BASELINE)
                .check(Customers.drawn(1_000, 2)
                        .changing((row, random) -> row[1] = random.nextDouble() < 0.05 ? "n/a" : row[1])
                        .dataset());
        assertThat(violated(report)).containsExactly("age completeness");
        assertThat(report.metric("age", "completeness").note())
                .matches("missing 0.0 % -> [0-9.]+ %; [0-9]+ of 1,000 cells are 'n/a'");
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
        assertThat(report.metric(MetricId.DATASET, "missing_columns").note()).isEqualTo("id, age, income");
        assertThat(report.metric(MetricId.DATASET, "extra_columns").note()).isEqualTo("visits");
        assertThat(violated(report)).containsExactly(" missing_columns", " extra_columns", "channel drift");
    }

    @Test
    void anEmptyWindowIsNoData() {
        Report report = Monitor.against(BASELINE).check(Datasets.of(Schema.ofNames("age"), List.of()));
        assertThat(report.status()).isEqualTo(Report.Status.NO_DATA);
    }

    @Test
    void aCalculatorMeasuresTheWindowAsItDidTheBaseline() {
        Report report = Monitor.against(BASELINE)
                .requiring(onDataset().metric("mean_income").atMost(1))
                .check(Customers.drawn(1_000, 2).dataset());
        assertThat(violated(report)).containsExactly(" mean_income");
        assertThat(BASELINE.metric("", "mean_income").value())
                .isCloseTo(
                        report.metric("", "mean_income").value(), org.assertj.core.api.Assertions.withinPercentage(10));
    }

    @Test
    void aCalculatorThatThrowsIsNamedAndStopsNoOther() {
        MetricCalculator<?> throwing = MetricCalculator.of("throwing", summingDouble(row -> {
            throw new IllegalStateException("no such luck");
        }));
        MetricCalculator<?> refusing = MetricCalculator.ofMetrics("refusing", collectingAndThen(counting(), count -> {
            throw new StackOverflowError("not\ntoday");
        }));
        Report report = Monitor.against(BASELINE)
                .watching(throwing, refusing)
                .check(Customers.drawn(100, 2).dataset());
        assertThat(report.failures())
                .containsExactly(
                        new Report.Failure("throwing", "at row 1: IllegalStateException: no such luck"),
                        new Report.Failure("refusing", "StackOverflowError: not today"));
        assertThat(report.metric("", "mean_income")).isNotNull();
        assertThat(report.status()).isEqualTo(Report.Status.INCOMPLETE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void aFailureIsTheSameOnAnyNumberOfThreads(int threads) {
        MetricCalculator<?> throwing = MetricCalculator.of("throwing", summingDouble(row -> {
            if (row.number("age") > 40 && !row.text("id").endsWith("1")) {
                throw new IllegalStateException(row.text("id"));
            }
            return 1;
        }));
        Dataset window = Customers.drawn(20_000, 2).dataset();
        Report one = Monitor.against(BASELINE).watching(throwing).threads(1).check(window);
        for (int i = 0; i < 5; i++) {
            assertThat(Monitor.against(BASELINE)
                            .watching(throwing)
                            .threads(threads)
                            .check(window)
                            .failures())
                    .isEqualTo(one.failures());
        }
    }

    @Test
    void dataQualityThatFailsIsReportedLikeAnyOther() {
        Report report = Monitor.against(BASELINE)
                .watching(DataQuality.drift("drift.mine", (reference, current) -> {
                    throw new IllegalStateException("broken");
                }))
                .check(Customers.drawn(100, 2).dataset());
        assertThat(report.metric("age", "drift.mine").note()).contains("broken");
        assertThat(report.failures()).isEmpty();
    }

    @Test
    void aUsersMeasureOfDriftIsJudgedByWhatChanceGives() {
        MetricCalculator<?> greatest =
                DataQuality.drift("drift.greatest", (reference, current) -> IntStream.range(0, reference.size())
                        .mapToDouble(i -> Math.abs(reference.share(i) - current.share(i)))
                        .max()
                        .orElse(0));
        Monitor monitor = Monitor.against(BASELINE)
                .watching(greatest)
                .requiring(on("channel").metric("drift.greatest").atMost(0.01));
        assertThat(monitor.check(Customers.drawn(1_000, 2).dataset()).isHealthy())
                .isTrue();
        Report changed = monitor.check(Customers.drawn(1_000, 3)
                .changing((row, random) -> row[3] = random.nextDouble() < 0.2 ? "web" : row[3])
                .dataset());
        assertThat(violated(changed)).contains("channel drift.greatest");
    }

    @Test
    void calculatorsOfTheBaselineAreWatchedWithoutSayingSo() {
        Report report = Monitor.against(BASELINE).check(Customers.drawn(100, 2).dataset());
        assertThat(report.metric("", "mean_income")).isNotNull();
        assertThat(Monitor.against(BASELINE)
                        .watchingOnly(DataQuality.standard())
                        .check(Customers.drawn(100, 2).dataset())
                        .metric("", "mean_income"))
                .isNull();
    }

    @Test
    void partsThatWereMeasuredElsewhereAreJudgedAsOne() {
        Monitor monitor = Monitor.against(BASELINE).requiring(on("income").drift("psi"));
        List<@Nullable Object[]> rows = Customers.drawn(3_000, 2).rows();
        Measurement merged = null;
        for (int part = 0; part < 3; part++) {
            Measurement measured = monitor.measure(Datasets.of(
                    Schema.ofNames("id", "age", "income", "channel"), rows.subList(1_000 * part, 1_000 * (part + 1))));
            merged = merged == null ? measured : merged.merge(measured);
        }
        Report whole = monitor.check(Customers.drawn(3_000, 2).dataset());
        Report parts = monitor.judge(merged);
        assertThat(parts.rows()).isEqualTo(3_000);
        assertThat(parts.status()).isEqualTo(whole.status());
        assertThat(parts.metrics()).hasSameSizeAs(whole.metrics());
        for (int i = 0; i < whole.metrics().size(); i++) {
            Metric expected = whole.metrics().get(i);
            assertThat(parts.metrics().get(i).id()).isEqualTo(expected.id());
            if (!expected.name().startsWith("drift")) {
                assertThat(parts.metrics().get(i).value())
                        .as("%s", expected.id())
                        .isCloseTo(expected.value(), within(1e-9 * Math.max(1, Math.abs(expected.value()))));
            } else {
                // Each part is exact here, but in the quantiles of more than 2,048 numbers.
                assertThat(parts.metrics().get(i).value())
                        .as("%s", expected.id())
                        .isCloseTo(expected.value(), within(0.01));
            }
        }
    }

    @Test
    void aMeasurementOfOtherCalculatorsIsIncomplete() {
        Measurement without = Monitor.against(
                        Baseline.of(Customers.drawn(100, 1).dataset()))
                .measure(Customers.drawn(100, 2).dataset());
        Report report = Monitor.against(BASELINE).judge(without);
        assertThat(report.failures())
                .containsExactly(new Report.Failure("mean_income", "the data were measured without it"));
        assertThat(report.status()).isEqualTo(Report.Status.INCOMPLETE);
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
        Monitor monitor = Monitor.against(BASELINE);
        Report one = monitor.threads(1).check(window);
        Report many = monitor.threads(threads).check(window);
        assertThat(many).isEqualTo(one);
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
                .requiringOnly(only)
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
        assertThatThrownBy(() -> monitor.correction(MultipleTesting.HOLM, 5)).hasMessageContaining("level is 5.0");
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
