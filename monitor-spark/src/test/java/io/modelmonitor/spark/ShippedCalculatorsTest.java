package io.modelmonitor.spark;

import static io.modelmonitor.attribution.Attribution.attributionByRow;
import static io.modelmonitor.fairness.Bias.bias;
import static io.modelmonitor.quality.ModelQuality.modelQuality;
import static java.util.stream.Collectors.averagingDouble;
import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.Baseline;
import io.modelmonitor.Measurement;
import io.modelmonitor.Monitor;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Report;
import io.modelmonitor.api.Schema;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.fairness.Facet;
import io.modelmonitor.quality.DataQuality;
import io.modelmonitor.quality.Segments;
import io.modelmonitor.spi.MetricCalculator;
import io.modelmonitor.stats.fairness.BiasMetric;
import io.modelmonitor.stats.quality.ConstantClassifier;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which calculators reach the executors, and what is said of those that do not. */
class ShippedCalculatorsTest {

    private final SparkSession spark = Sessions.on("local[2]");

    static Stream<MetricCalculator<?>> calculators() {
        return Stream.of(
                modelQuality().label("defaulted").prediction("predicted").regression(),
                modelQuality().label("defaulted").score("score").binary().constant(ConstantClassifier.of("1")),
                modelQuality().label("region").prediction("channel").multiclass(),
                modelQuality().label("defaulted").prediction("predicted").named("challenger"),
                modelQuality().label("defaulted").prediction("predicted").onOneThread(),
                modelQuality().label("defaulted").prediction("predicted").by("channel"),
                bias("gender")
                        .label("defaulted")
                        .prediction("predicted")
                        .score("score")
                        .flipTest("age", "income"),
                bias(Facet.intersection(Facet.of("gender", "F"), Facet.above("age", 40)), Facet.upTo("income", 30_000))
                        .label("defaulted", "1")
                        .predictionAbove("score", 0.5)
                        .measures(BiasMetric.DPPL),
                MetricCalculator.portable(() -> attributionByRow(row -> row[0] / 100 + row[1] / 1_000_000)
                        .background(
                                Datasets.of(
                                        Schema.ofNames("age", "income"),
                                        List.of(new Object[] {30, 20_000}, new Object[] {50, 60_000})),
                                "age",
                                "income")
                        .maxRows(50)),
                MetricCalculator.portable(
                        () -> Segments.of(modelQuality().label("defaulted").prediction("predicted"))
                                .by("adult", row -> row.number("age") > 40)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("calculators")
    void aCalculatorMeasuresOnExecutorsWhatItMeasuresHere(MetricCalculator<?> calculator) {
        Baseline there = SparkMonitor.baseline(Applications.frame(spark, 0, 2_000, 1), calculator);
        Baseline here = Baseline.of(1, Applications.rows(0, 2_000), calculator);
        assertThat(there.metrics()).isEqualTo(here.metrics());
        assertThat(there.metrics().size())
                .isGreaterThan(
                        Baseline.of(Applications.rows(0, 2_000)).metrics().size());
    }

    @Test
    void measuresOfDriftAreWatchedThoughTheyHaveNoStateOfTheirOwn() {
        MetricCalculator<?> mine = DataQuality.drift("drift.mine", (before, now) -> 0.25);
        Dataset<Row> rows = Applications.frame(spark, 0, 500, 2);
        Baseline baseline = SparkMonitor.baseline(rows, mine);
        Monitor monitor = Monitor.against(baseline);
        Report report = monitor.judge(SparkMonitor.measure(rows, monitor));
        assertThat(report.metric("age", "drift.mine").value()).isEqualTo(0.25);
    }

    @Test
    void aLambdaThatIsNotSerialisableIsNamedInOneLineBeforeAnythingRuns() {
        MetricCalculator<?> mean = MetricCalculator.of("mean_income", averagingDouble(row -> row.number("income")));
        assertThatThrownBy(() -> SparkMonitor.baseline(Applications.frame(spark, 0, 500, 2), mean))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("calculator 'mean_income' cannot be sent to the executors:"
                        + " its io.modelmonitor.spi.CollectorCalculator is not serialisable;"
                        + " make it there, by MetricCalculator.portable(() -> ..)");
    }

    @Test
    void aConditionThatIsNotSerialisableIsNamedToo() {
        MetricCalculator<?> byAge = Segments.of(
                        modelQuality().label("defaulted").prediction("predicted"))
                .by("adult", row -> row.number("age") > 40);
        assertThatThrownBy(() -> SparkMonitor.baseline(Applications.frame(spark, 0, 500, 2), byAge))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("calculator 'model_quality by adult' cannot be sent to the executors: its ")
                .hasMessageContaining("MetricCalculator.portable(() -> ..)")
                .hasMessageNotContaining("\n");
    }

    @Test
    void aStateThatCannotBeWrittenIsNamedBeforeAnythingRuns() {
        MetricCalculator<?> regions = MetricCalculator.portable(() -> MetricCalculator.of(
                "regions", collectingAndThen(mapping(row -> row.text("region"), toSet()), Set::size)));
        assertThatThrownBy(() -> SparkMonitor.baseline(Applications.frame(spark, 0, 500, 2), regions))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageStartingWith("calculator 'regions' cannot be saved: its collector has a state of HashSet");
    }

    @Test
    void aCalculatorThatFailsOnSomeRowsStopsNoOther() {
        MetricCalculator<?> failing = MetricCalculator.portable(() -> MetricCalculator.of(
                "failing", averagingDouble(row -> row.number("age") == 40 ? Integer.parseInt("forty") : 1)));
        Monitor monitor =
                Monitor.against(Baseline.of(Applications.rows(0, 2_000))).watching(failing);
        Measurement measurement = SparkMonitor.measure(Applications.frame(spark, 0, 2_000, 3), monitor);
        assertThat(measurement.failures()).hasSize(1);
        assertThat(measurement.failures().get(0).toString())
                .contains("failing")
                .contains("at row ")
                .contains("For input string: \"forty\"");
        Report report = monitor.judge(measurement);
        assertThat(report.status()).isEqualTo(Report.Status.INCOMPLETE);
        assertThat(report.metrics()).extracting(Metric::name).contains("completeness");
    }
}
