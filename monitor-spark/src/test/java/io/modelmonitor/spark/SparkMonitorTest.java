package io.modelmonitor.spark;

import static io.modelmonitor.api.Constraint.on;
import static io.modelmonitor.fairness.Bias.bias;
import static io.modelmonitor.quality.ModelQuality.modelQuality;
import static java.util.stream.Collectors.averagingDouble;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.Baseline;
import io.modelmonitor.Measurement;
import io.modelmonitor.Monitor;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Report;
import io.modelmonitor.api.ValueKind;
import io.modelmonitor.quality.DataQuality;
import io.modelmonitor.quality.Segments;
import io.modelmonitor.spi.MetricCalculator;
import io.modelmonitor.stats.sketch.ColumnProfile;
import io.modelmonitor.stats.sketch.KllSketch;
import io.modelmonitor.stats.sketch.Profile;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds what is measured of data frames beside what one machine measures of the same rows. */
class SparkMonitorTest {

    private static final int ROWS = 20_000;

    /** Metrics that are a sum of numbers that are not whole, or follow from one. */
    private static final Set<String> SUMS = Set.of(
            "mean", "standard_deviation", "mean_income", "log_loss", "brier_score", "expected_calibration_error");

    private static final Set<String> SAMPLED = Set.of("rounded_share");

    private static final MetricCalculator<?>[] CALCULATORS = {
        modelQuality().label("defaulted").prediction("predicted").score("score"),
        bias("gender", "F").label("defaulted").prediction("predicted").group("channel"),
        Segments.of(modelQuality().label("defaulted").prediction("predicted")).by("channel"),
        MetricCalculator.portable(
                () -> MetricCalculator.of("mean_income", averagingDouble(row -> row.number("income"))))
    };

    private final SparkSession spark = Sessions.on("local[2]");

    @ParameterizedTest(name = "{0} partitions")
    @ValueSource(ints = {1, 2, 7, 64, 300})
    void whatIsCountedIsEqualToOneMachineAndSumsAreUpToRounding(int partitions) {
        Baseline here = Baseline.of(Applications.rows(0, ROWS), CALCULATORS);
        Baseline there = SparkMonitor.baseline(Applications.frame(spark, 0, ROWS, partitions), CALCULATORS);
        assertThat(there.schema()).isEqualTo(here.schema());
        assertThat(there.calculators()).isEqualTo(here.calculators());
        assertThat(there.metrics().stream().map(Metric::id).toList())
                .isEqualTo(here.metrics().stream().map(Metric::id).toList());
        for (Metric metric : here.metrics()) {
            Metric other = there.metric(metric.subject(), metric.name());
            if (SUMS.contains(metric.name()) && metric.isDefined()) {
                assertThat(other.value())
                        .as("%s", metric.id())
                        .isCloseTo(metric.value(), within(1e-12 * Math.abs(metric.value())));
            } else if (SAMPLED.contains(metric.name()) && metric.isDefined()) {
                // A share of the numbers that a sketch holds, which depend on how rows are parted: four standard errors
                // of 2,000.
                assertThat(other.value()).as("%s", metric.id()).isCloseTo(metric.value(), within(0.045));
            } else {
                assertThat(other).as("%s", metric.id()).isEqualTo(metric);
            }
        }
        for (String name : here.profile().names()) {
            alike(there.profile().column(name), here.profile().column(name), name);
        }
    }

    private static void alike(ColumnProfile there, ColumnProfile here, String name) {
        for (int kind = 0; kind < ValueKind.COUNT; kind++) {
            assertThat(there.count(kind)).as(name).isEqualTo(here.count(kind));
        }
        assertThat(there.distinctCount()).as(name).isEqualTo(here.distinctCount());
        assertThat(there.moments().count()).as(name).isEqualTo(here.moments().count());
        assertThat(there.moments().min())
                .as(name)
                .isEqualTo(Double.valueOf(here.moments().min()));
        assertThat(there.moments().max())
                .as(name)
                .isEqualTo(Double.valueOf(here.moments().max()));
        if (Double.isFinite(here.moments().skewness())) {
            assertThat(there.moments().skewness())
                    .as(name)
                    .isCloseTo(here.moments().skewness(), within(1e-12));
        }
        assertThat(there.categories().toString())
                .as(name)
                .isEqualTo(here.categories().toString());
    }

    @ParameterizedTest(name = "{0} partitions")
    @ValueSource(ints = {1, 3, 40})
    void quantilesStayWithinTheStatedError(int partitions) {
        int rows = 60_000;
        Measurement there = SparkMonitor.baseline(Applications.frame(spark, 0, rows, partitions))
                .measurement();
        Profile profile = there.state(DataQuality.standard());
        KllSketch scores = profile.column("score").quantiles();
        assertThat(scores.isExact()).isFalse();
        double[] sorted = LongStream.range(0, rows)
                .mapToDouble(number -> (Double) Applications.values(number)[5])
                .filter(score -> !Double.isNaN(score))
                .sorted()
                .toArray();
        assertThat(scores.count()).isEqualTo(sorted.length);
        for (int percent = 1; percent < 100; percent++) {
            double quantile = scores.quantile(percent / 100.0);
            double rank = Arrays.binarySearch(sorted, quantile) / (double) sorted.length;
            assertThat(rank).isCloseTo(percent / 100.0, within(scores.rankError() + 1.0 / sorted.length));
        }
    }

    @Test
    void aWindowIsJudgedAsOneMachineJudgesIt() {
        Monitor monitor = Monitor.against(SparkMonitor.baseline(Applications.frame(spark, 0, ROWS, 4), CALCULATORS))
                .named("credit-risk")
                .requiring(on("income").drift("psi"), on("age").mean().atMost(30));
        Report here = monitor.check(Applications.rows(50_000, 55_000));
        Report there = monitor.judge(SparkMonitor.measure(Applications.frame(spark, 50_000, 55_000, 4), monitor));
        assertThat(there.status()).isEqualTo(Report.Status.VIOLATED).isEqualTo(here.status());
        assertThat(there.violations().stream().map(v -> v.constraint().id()).toList())
                .isEqualTo(
                        here.violations().stream().map(v -> v.constraint().id()).toList());
        assertThat(there).hasToString(here.toString());
    }

    @Test
    void measurementsOfFramesAndOfOtherRowsMerge() {
        Monitor monitor = Monitor.against(Baseline.of(Applications.rows(0, ROWS), CALCULATORS));
        Measurement onCluster = SparkMonitor.measure(Applications.frame(spark, 0, 3_000, 3), monitor);
        Measurement inService = monitor.measure(Applications.rows(3_000, 4_000));
        Report merged = monitor.judge(onCluster.merge(inService));
        assertThat(merged.rows()).isEqualTo(4_000);
        assertThat(merged)
                .hasToString(monitor.check(Applications.rows(0, 4_000)).toString());
    }
}
