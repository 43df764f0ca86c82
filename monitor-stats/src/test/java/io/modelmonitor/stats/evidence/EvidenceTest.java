package io.modelmonitor.stats.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Evidence.Proportion;
import io.modelmonitor.api.Evidence.StandardError;
import io.modelmonitor.api.Metric;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvidenceTest {

    @ParameterizedTest
    @CsvSource({"3, 10, 0.5", "0, 5, 0.2", "5, 5, 0.9", "7, 40, 0.1", "40, 40, 0.99", "1, 1, 0.5"})
    void theTailsOfAProportionAreSumsOfBinomialProbabilities(int successes, int trials, double share) {
        Proportion proportion = new Proportion(successes, trials);
        double below = 0;
        double above = 0;
        for (int k = 0; k <= trials; k++) {
            double probability = binomial(trials, k) * Math.pow(share, k) * Math.pow(1 - share, trials - k);
            below += k <= successes ? probability : 0;
            above += k >= successes ? probability : 0;
        }
        assertThat(PValues.of(proportion, proportion.value(), Bound.atLeast(share)))
                .isCloseTo(below, within(1e-12));
        assertThat(PValues.of(proportion, proportion.value(), Bound.atMost(share)))
                .isCloseTo(above, within(1e-12));
    }

    @Test
    void oneMissingRowRefutesThatNoneCanBeMissing() {
        assertThat(PValues.of(new Proportion(9_999, 10_000), 0.9999, Bound.atLeast(1)))
                .isZero();
        assertThat(PValues.of(new Proportion(10_000, 10_000), 1, Bound.atLeast(1)))
                .isEqualTo(1);
        assertThat(PValues.of(new Proportion(1, 10_000), 0.0001, Bound.atMost(0)))
                .isZero();
        assertThat(PValues.of(new Proportion(0, 10_000), 0, Bound.atMost(0))).isEqualTo(1);
    }

    @Test
    void nothingIsRefutedByNoRows() {
        Proportion none = new Proportion(0, 0);
        assertThat(none.value()).isNaN();
        assertThat(PValues.of(none, Double.NaN, Bound.atLeast(0.9))).isEqualTo(1);
    }

    @Test
    void moreRowsThanAnIntegerHoldsAreCounted() {
        Proportion many = new Proportion(4_999_000_000L, 10_000_000_000L);
        double z = -1_000_000 / Math.sqrt(2.5e9);
        assertThat(PValues.of(many, many.value(), Bound.atLeast(0.5)))
                .isCloseTo(PValues.of(new StandardError(1), z, Bound.atLeast(0)), within(1e-6));
    }

    @Test
    void numbersThatCannotBeAreNamedAndResamplesOfThemRefused() {
        assertThat(new Proportion(3, 2).problem()).isEqualTo("successes 3 of 2 trials; allowed is 0 to 2");
        assertThat(new Proportion(-1, 2).problem()).contains("-1");
        assertThat(new StandardError(-1).problem()).contains("-1");
        assertThat(new StandardError(Double.NaN).problem()).contains("NaN");
        assertThatThrownBy(() -> Replicates.of(new double[] {1, Double.NaN})).hasMessageContaining("1 of 2");
    }

    @Test
    void aStandardErrorCountsDistancesFromTheNearerEnd() {
        StandardError evidence = new StandardError(2);
        assertThat(PValues.of(evidence, 10, Bound.atMost(10))).isCloseTo(0.5, within(1e-15));
        // Table value: P(Z >= 1.959963984540054) = 0.025.
        assertThat(PValues.of(evidence, 10 + 2 * 1.959963984540054, Bound.atMost(10)))
                .isCloseTo(0.025, within(1e-12));
        assertThat(PValues.of(evidence, -2 * 1.959963984540054, Bound.between(0, 10)))
                .isCloseTo(0.025, within(1e-12));
        assertThat(PValues.of(evidence, 5, Bound.between(0, 10))).isGreaterThan(0.99);
        assertThat(PValues.of(new StandardError(0), 1, Bound.atMost(1))).isEqualTo(1);
        assertThat(PValues.of(new StandardError(0), 1.1, Bound.atMost(1))).isZero();
    }

    @Test
    void skewedMeansAreJudgedByHallsTransformationTowardsBothEnds() {
        StandardError evidence = new StandardError(2, 0.6);
        // g(t) = t + a/3 t^2 + a^2/27 t^3 + a/6, a = 0.6.
        double up = 1.5 + 0.2 * 2.25 + 0.36 / 27 * 3.375 + 0.1;
        assertThat(PValues.of(evidence, 13, Bound.atMost(10)))
                .isCloseTo(PValues.of(new StandardError(1), up, Bound.atMost(0)), within(1e-12));
        double down = -1.5 + 0.2 * 2.25 - 0.36 / 27 * 3.375 + 0.1;
        assertThat(PValues.of(evidence, 7, Bound.atLeast(10)))
                .isCloseTo(PValues.of(new StandardError(1), down, Bound.atLeast(0)), within(1e-12));
        assertThat(new StandardError(1, Double.NaN).problem()).contains("skewness NaN");
    }

    @Test
    void aMeanBesideTheBaselineHasToBeBeyondChanceByBothSpreads() {
        Evidence narrow = new Evidence.ComparedMean(new StandardError(0.1), new StandardError(2));
        assertThat(PValues.of(narrow, 12, Bound.atMost(10)))
                .isEqualTo(PValues.of(new StandardError(2), 12, Bound.atMost(10)));
        Evidence wide = new Evidence.ComparedMean(new StandardError(2), new StandardError(0.1));
        assertThat(PValues.of(wide, 12, Bound.atMost(10)))
                .isEqualTo(PValues.of(new StandardError(2), 12, Bound.atMost(10)));
        // Of the mean of four exponential values, of skewness 1: P(Gamma(4) >= 4 + 4) by its series.
        Evidence skewed = new Evidence.ComparedMean(new StandardError(0.1), new StandardError(0.5, 1));
        assertThat(PValues.of(skewed, 2, Bound.atMost(1)))
                .isCloseTo(Math.exp(-8) * (1 + 8 + 32 + 512 / 6.0), within(1e-12));
        assertThat(wide.standardError()).isEqualTo(narrow.standardError()).isEqualTo(2);
    }

    @Test
    void replicatesAreCountedOnTheSideOfTheBound() {
        double[] hundred = DoubleStream.iterate(1, i -> i + 1).limit(100).toArray();
        Replicates evidence = Replicates.of(hundred);
        assertThat(evidence.pValue(50, Bound.atMost(60))).isEqualTo(1);
        assertThat(evidence.pValue(50, Bound.atMost(5))).isEqualTo(6 / 101.0);
        assertThat(evidence.pValue(50, Bound.atLeast(96))).isEqualTo(6 / 101.0);
        assertThat(evidence.pValue(50, Bound.atMost(0))).isEqualTo(1 / 101.0);
        assertThat(evidence.quantile(0.025)).isEqualTo(3);
        assertThat(evidence.quantile(1)).isEqualTo(100);
        assertThat(evidence.standardError()).isCloseTo(Math.sqrt(100 * 101 / 12.0), within(1e-9));
    }

    @Test
    void replicatesWithoutANumberAreLeftOut() {
        double[] values = new double[30];
        values[3] = Double.NaN;
        assertThat(Replicates.of(values).quantile(0.5)).isZero();
        values[4] = Double.POSITIVE_INFINITY;
        assertThat(Replicates.of(values).standardError()).isNaN();
    }

    @Test
    void limitsOfAProportionAreThoseOfClopperAndPearson() {
        // n = 20, x = 20: the lower limit solves p^20 = 0.05. n = 10, x = 3: R's binom.test gives 0.08726443 and
        // 0.6066242.
        assertThat(ConfidenceLimit.lower(share(20, 20), 0.95)).isCloseTo(Math.pow(0.05, 0.05), within(1e-9));
        assertThat(ConfidenceLimit.lower(share(3, 10), 0.95)).isCloseTo(0.08726443, within(1e-8));
        assertThat(ConfidenceLimit.upper(share(3, 10), 0.95)).isCloseTo(0.6066242, within(1e-7));
    }

    @Test
    void limitsOfAStandardErrorAreSymmetric() {
        Metric metric = Metric.of("x", "mean", 7, new StandardError(2));
        assertThat(ConfidenceLimit.lower(metric, 0.975)).isCloseTo(7 - 2 * 1.959963984540054, within(1e-9));
        assertThat(ConfidenceLimit.upper(metric, 0.975)).isCloseTo(7 + 2 * 1.959963984540054, within(1e-9));
    }

    @Test
    void limitsOnTheGridGiveBackThePValuesOfTheTestTheyWereMadeOf() {
        StandardError normal = new StandardError(2);
        Evidence.Limits limits = ConfidenceLimit.limits(7, 2, 0.5, (value, bound) -> PValues.of(normal, value, bound));
        assertThat(limits.standardError()).isEqualTo(2);
        assertThat(limits.expectedByChance()).isEqualTo(0.5);
        for (double end = -4; end < 7; end += 0.37) {
            // Linear between levels, which for a normal value is exact.
            assertThat(PValues.of(limits, 7, Bound.atMost(end)))
                    .isCloseTo(PValues.of(normal, 7, Bound.atMost(end)), within(1e-9));
            assertThat(PValues.of(limits, 7, Bound.atLeast(14 - end)))
                    .isCloseTo(PValues.of(normal, 7, Bound.atLeast(14 - end)), within(1e-9));
        }
        assertThat(PValues.of(limits, 7, Bound.atMost(8))).isEqualTo(1);
        Metric metric = Metric.of("", "m", 7, limits);
        assertThat(ConfidenceLimit.lower(metric, 0.975)).isCloseTo(7 - 2 * 1.959963984540054, within(1e-6));
    }

    @Test
    void limitsAreFartherAwayOnTheSideOnWhichATestRejectsLess() {
        // Exponential on each side, of scale 1 below the value and 3 above, so that limits lie at scale * -ln(1 -
        // confidence).
        Evidence.Limits limits = ConfidenceLimit.limits(
                7,
                2,
                Double.NaN,
                (value, bound) -> Double.isFinite(bound.upper())
                        ? Math.exp(bound.upper() - value)
                        : Math.exp((value - bound.lower()) / 3));
        NormalDistribution normal = NormalDistribution.of(0, 1);
        for (int i = 0; i < Evidence.Limits.SIZE; i++) {
            double z = Evidence.Limits.quantile(i);
            double away = -Math.log(normal.survivalProbability(Math.abs(z)));
            assertThat(limits.limits().get(i))
                    .as("at %s", z)
                    .isCloseTo(z == 0 ? 7 : z < 0 ? 7 - away : 7 + 3 * away, within(1e-6));
        }
    }

    @Test
    void whereLimitsDoNotTellTheGreaterPValueCounts() {
        double[] hundred = DoubleStream.iterate(1, i -> i + 1).limit(100).toArray();
        Replicates replicates = Replicates.of(hundred);
        Evidence.Limits limits = ConfidenceLimit.limits(50, 29, Double.NaN, replicates::pValue);
        for (double end = -50; end < 50; end += 0.7) {
            assertThat(PValues.of(limits, 50, Bound.atMost(end)))
                    .as("at most %s", end)
                    .isBetween(0.9 * replicates.pValue(50, Bound.atMost(end)) - 0.01, 1.0);
        }
    }

    @Test
    void anExactValueViolatesOutsideItsBoundOnly() {
        assertThat(PValues.of(Evidence.exact(), 1, Bound.atMost(0))).isZero();
        assertThat(PValues.of(Evidence.exact(), 0, Bound.atMost(0))).isEqualTo(1);
    }

    @Test
    void aTestThatWasNotMadeExplainsNothingByChance() {
        assertThat(PValues.of(Evidence.PValue.UNTESTED, 1, Bound.atMost(0))).isZero();
        assertThat(PValues.of(Evidence.ofPValue(0.3), 1, Bound.atMost(0))).isEqualTo(0.3);
        assertThat(PValues.of(Evidence.ofPValue(0.3), 0, Bound.atMost(0))).isEqualTo(1);
        assertThat(PValues.of(Metric.undefined("x", "m", "none"), Bound.atMost(0)))
                .isNaN();
    }

    @Test
    void aFactIsItsOwnLimitAndAnUndefinedMetricHasNone() {
        assertThat(ConfidenceLimit.lower(Metric.of("", "rows", 7), 0.99)).isEqualTo(7);
        assertThat(ConfidenceLimit.upper(Metric.undefined("", "rows", "none"), 0.99))
                .isNaN();
        assertThatThrownBy(() -> ConfidenceLimit.lower(Metric.of("", "rows", 7), 95))
                .hasMessageContaining("95");
    }

    @Test
    void evidenceThatExplainsEverythingHasNoLimit() {
        Metric vague = Metric.of("", "m", 1, Evidence.ofPValue(1));
        assertThat(ConfidenceLimit.lower(vague, 0.95)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(ConfidenceLimit.upper(vague, 0.95)).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aProportionAtItsBoundAlertsNoMoreOftenThanItsLevel(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int alerts = 0;
        for (int i = 0; i < 2_000; i++) {
            int successes = 0;
            for (int j = 0; j < 200; j++) {
                successes += random.nextDouble() < 0.9 ? 1 : 0;
            }
            alerts += PValues.of(new Proportion(successes, 200), successes / 200.0, Bound.atLeast(0.9)) <= 0.05 ? 1 : 0;
        }
        // Four standard deviations of a binomial count above 5 % of 2,000.
        assertThat(alerts).isLessThan(100 + 39);
    }

    private static Metric share(long successes, long trials) {
        Proportion proportion = new Proportion(successes, trials);
        return Metric.of("x", "share", proportion.value(), proportion);
    }

    private static double binomial(int n, int k) {
        double result = 1;
        for (int i = 1; i <= k; i++) {
            result = result * (n - k + i) / i;
        }
        return result;
    }
}
