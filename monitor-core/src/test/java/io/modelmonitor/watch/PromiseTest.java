package io.modelmonitor.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.api.Assessment;
import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("simulation")
class PromiseTest {

    private static final int COLUMNS = 5;
    private static final int HOURS = 500;
    private static final int ROWS = 500;
    private static final int BASELINE_ROWS = 2_000;

    @Test
    void eValuesOfAPValueHaveAMeanOfAtMostOne() {
        double[] mean = new double[EValues.SIZE];
        int steps = 1_000_000;
        for (int i = 0; i < steps; i++) {
            double[] logarithms = EValues.ofPValue((i + 0.5) / steps);
            for (int j = 0; j < mean.length; j++) {
                mean[j] += Math.exp(logarithms[j]) / steps;
            }
        }
        assertThat(mean[0]).isCloseTo(1, within(1e-3));
        for (double value : mean) {
            assertThat(value).isLessThanOrEqualTo(1 + 1e-9);
        }
    }

    @Test
    void eValuesOfCountsHaveAMeanOfOneAtTheBoundAndLessInside() {
        double[] atBound = meanOfCounts(50, 0.1, 0.1);
        double[] inside = meanOfCounts(50, 0.08, 0.1);
        for (int j = 0; j < EValues.SIZE; j++) {
            assertThat(atBound[j]).isCloseTo(1, within(1e-9));
            assertThat(inside[j]).isLessThan(1);
        }
    }

    private static double[] meanOfCounts(int trials, double truth, double rate) {
        double[] mean = new double[EValues.SIZE];
        double probability = Math.pow(1 - truth, trials);
        for (int k = 0; k <= trials; k++) {
            double[] logarithms = EValues.ofCounts(k, trials, rate);
            for (int j = 0; j < mean.length; j++) {
                mean[j] += probability * Math.exp(logarithms[j]);
            }
            probability *= (double) (trials - k) / (k + 1) * truth / (1 - truth);
        }
        return mean;
    }

    /** The baseline is a quarter of a window only, so that its error would ring without being charged for. */
    @Test
    void withoutAChangeNoMoreHorizonsThanPromisedHaveAnAlert() {
        double promised = 0.2;
        int horizons = 200;
        int alerted = 0;
        for (int horizon = 0; horizon < horizons; horizon++) {
            alerted += firstAlert(new SplittableRandom(horizon), promised, 0) > 0 ? 1 : 0;
        }
        assertThat(alerted).isLessThanOrEqualTo((int) (promised * horizons));
    }

    @Test
    void smallEvidenceAddsUpUntilTheChangeIsFound() {
        List<Integer> delays = new ArrayList<>();
        for (int trial = 0; trial < 21; trial++) {
            int first = firstAlert(new SplittableRandom(900 + trial), 0.05, 0.2);
            assertThat(first).isPositive();
            delays.add(first);
        }
        assertThat(delays.stream().sorted().toList().get(10)).isLessThan(40);
    }

    @Test
    void aShareOfTenPercentThatBecomesFifteenIsFoundInTwoWindowsAndTwelveInTwenty() {
        assertThat(medianDelayOfShare(0.15)).isLessThanOrEqualTo(2);
        assertThat(medianDelayOfShare(0.12)).isLessThanOrEqualTo(20);
    }

    private static int medianDelayOfShare(double share) {
        List<Integer> delays = new ArrayList<>();
        for (int trial = 0; trial < 21; trial++) {
            delays.add(firstAlertOfShares(
                    new SplittableRandom(500 + trial),
                    new Promise(0.05, Duration.ofDays(365)),
                    20,
                    100_000,
                    share,
                    200));
        }
        return delays.stream().sorted().toList().get(10);
    }

    /** The baseline has twice a window's rows only, so that its error would ring without being charged for. */
    @Test
    void sharesAtTheirBaselineAlertInNoMoreHorizonsThanPromised() {
        int horizons = 100;
        int alerted = 0;
        for (int horizon = 0; horizon < horizons; horizon++) {
            Promise promise = new Promise(0.2, Duration.ofHours(HOURS));
            int first = firstAlertOfShares(new SplittableRandom(horizon), promise, 5, 2_000, 0.1, HOURS);
            alerted += first < Integer.MAX_VALUE ? 1 : 0;
        }
        assertThat(alerted).isLessThanOrEqualTo(horizons / 5);
    }

    /** Returns the window of the first alert when one of several shares of 10 % becomes another, from 1; the greatest int if there is none. */
    private static int firstAlertOfShares(
            SplittableRandom random, Promise promise, int columns, int baselineRows, double share, int windows) {
        int rows = 1_000;
        List<Constraint> constraints = new ArrayList<>();
        List<Evidence.Proportion> baselines = new ArrayList<>();
        for (int column = 0; column < columns; column++) {
            Evidence.Proportion baseline = count(random, 0.1, baselineRows);
            baselines.add(baseline);
            constraints.add(new Constraint(
                    "x" + column, "share", Bound.atMost(baseline.value()).asEstimate()));
        }
        Tracker tracker =
                new Tracker("test", promise, Counting.EACH, List.of(), constraints, baselineRows, Duration.ofHours(1));
        for (int hour = 0; hour < windows; hour++) {
            List<Assessment> assessments = new ArrayList<>();
            for (int column = 0; column < columns; column++) {
                Evidence.Proportion now = count(random, column == 0 ? share : 0.1, rows);
                Metric metric = Metric.of(
                        "x" + column,
                        "share",
                        now.value(),
                        new Evidence.ComparedProportion(now, baselines.get(column)));
                assessments.add(new Assessment(constraints.get(column), metric, 1, 1, Assessment.Outcome.HOLDS));
            }
            Instant start = Hours.hour(hour);
            if (!tracker.add(report(assessments, rows), new Window(start, start.plusSeconds(3600)), List.of())
                    .isEmpty()) {
                return hour + 1;
            }
        }
        return Integer.MAX_VALUE;
    }

    private static Evidence.Proportion count(SplittableRandom random, double share, int rows) {
        int count = BinomialDistribution.of(rows, share).inverseCumulativeProbability(random.nextDouble());
        return new Evidence.Proportion(count, rows);
    }

    /** Returns the window of the first alert, from 1; 0 if there is none. */
    private static int firstAlert(SplittableRandom random, double promised, double shift) {
        List<Constraint> constraints = new ArrayList<>();
        double[] baseline = new double[COLUMNS];
        for (int column = 0; column < COLUMNS; column++) {
            constraints.add(Constraint.on("x" + column).metric("change").atMost(0));
            baseline[column] = random.nextGaussian() / Math.sqrt(BASELINE_ROWS);
        }
        Promise promise = new Promise(promised, Duration.ofHours(HOURS));
        Tracker tracker =
                new Tracker("test", promise, Counting.EACH, List.of(), constraints, BASELINE_ROWS, Duration.ofHours(1));
        for (int hour = 0; hour < HOURS; hour++) {
            List<Assessment> assessments = new ArrayList<>();
            for (int column = 0; column < COLUMNS; column++) {
                double mean = random.nextGaussian() / Math.sqrt(ROWS) + (column == 0 ? shift : 0);
                double z = Math.abs(mean - baseline[column]) / Math.sqrt(1.0 / ROWS + 1.0 / BASELINE_ROWS);
                double p = 2 * NormalDistribution.of(0, 1).survivalProbability(z);
                Metric metric = Metric.of("x" + column, "change", z, Evidence.ofPValue(p));
                assessments.add(new Assessment(constraints.get(column), metric, p, p, Assessment.Outcome.HOLDS));
            }
            Instant start = Hours.hour(hour);
            if (!tracker.add(report(assessments, ROWS), new Window(start, start.plusSeconds(3600)), List.of())
                    .isEmpty()) {
                return hour + 1;
            }
        }
        return 0;
    }

    private static Report report(List<Assessment> assessments, int rows) {
        return new Report(
                "test",
                Report.Status.HEALTHY,
                rows,
                null,
                null,
                "",
                assessments,
                List.of(),
                List.of(),
                List.of(),
                "none",
                0.05);
    }

    @Test
    void aStandingSaysHowFarTheEvidenceIs() {
        Promise promise = new Promise(0.05, Duration.ofDays(365));
        double needed = promise.thresholds(29, Duration.ofHours(1))[0];
        assertThat(needed).isCloseTo(Math.log(29 * 8_760 / 0.02), within(1e-12));
        Constraint constraint = Constraint.on("income").drift();
        assertThat(new Standing(constraint, 4.21, needed, Hours.hour(3), false, false))
                .hasToString("income drift <= 0.01: evidence 4.2 of 16.4 since 2026-01-01T03:00:00Z");
    }

    @Test
    void promisesThatAreNoneAreRefused() {
        assertThatThrownBy(() -> new Promise(1, Duration.ofDays(1)))
                .hasMessage("probability is 1.0; allowed is between 0 and 1, such as 0.05");
        assertThatThrownBy(() -> new Promise(0.05, Duration.ofMinutes(1))).hasMessageStartingWith("horizon is PT1M");
    }
}
