package io.modelmonitor.stats.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Evidence.ComparedMean;
import io.modelmonitor.api.Evidence.ComparedProportion;
import io.modelmonitor.api.Evidence.Limits;
import io.modelmonitor.api.Evidence.Proportion;
import io.modelmonitor.api.Evidence.StandardError;
import io.modelmonitor.api.Metric;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.statistics.distribution.HypergeometricDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests evidence beside the baseline's, and the ends of tables, by second formulas. */
class ComparedEvidenceTest {

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    @ParameterizedTest
    @CsvSource({"10, 320, 0, 300", "1, 5, 3, 40", "4, 4, 2, 9", "7, 30, 8, 31", "2, 2, 1, 1"})
    void aShareIsJudgedBesideTheBaselinesByTheSumOfTheTablesThatDifferAsMuch(
            int have, int rows, int had, int rowsBefore) {
        ComparedProportion more = compared(have, rows, had, rowsBefore);
        double expected = 0;
        for (int k = have; k <= Math.min(rows, have + had); k++) {
            expected += tables(k, rows, have + had - k, rowsBefore);
        }
        assertThat(PValues.of(more, more.current().value(), Bound.atMost(0).asEstimate()))
                .isCloseTo(expected, within(1e-12));

        ComparedProportion fewer = compared(rows - have, rows, rowsBefore - had, rowsBefore);
        assertThat(PValues.of(fewer, fewer.current().value(), Bound.atLeast(1).asEstimate()))
                .as("of those without the property")
                .isCloseTo(expected, within(1e-12));
    }

    @Test
    void aShareInsideAnEstimatedBoundIsNoEvidenceAndOneOutsideARequirementIsJudgedAlone() {
        ComparedProportion share = compared(10, 320, 0, 300);
        double value = share.current().value();
        assertThat(PValues.of(share, value, Bound.atMost(0.05).asEstimate())).isEqualTo(1);
        assertThat(PValues.of(share, value, Bound.atMost(0.01)))
                .isEqualTo(PValues.of(share.current(), value, Bound.atMost(0.01)))
                .isLessThan(0.01);
    }

    @Test
    void aWindowInWhichNothingHasThePropertyIsNoEvidenceThatMoreHave() {
        ComparedProportion none = compared(0, 20, 7, 100);
        assertThat(PValues.of(none, 0, Bound.atMost(-1).asEstimate())).isEqualTo(1);
    }

    @Test
    void sharesOfMoreRowsThanAnIntegerHoldsAreBinomialGivenTheirSum() {
        long before = 3_000_000_000L;
        ComparedProportion share = new ComparedProportion(new Proportion(5, 50_000_000), new Proportion(100, before));
        double q = 50_000_000 / (50_000_000.0 + before);
        double expected = 0;
        for (int k = 5; k <= 105; k++) {
            expected += choose(105, k) * Math.pow(q, k) * Math.pow(1 - q, 105 - k);
        }
        assertThat(PValues.of(share, share.current().value(), Bound.atMost(0).asEstimate()))
                .isCloseTo(expected, within(1e-10));
    }

    @Test
    void atTheNumberOfRowsWhereTheTestChangesBothAgree() {
        Proportion window = new Proportion(9, 1_000_000);
        long rest = Integer.MAX_VALUE - 1_000_000L;
        Bound none = Bound.atMost(0).asEstimate();
        double exact = PValues.of(new ComparedProportion(window, new Proportion(900, rest)), 9e-6, none);
        double conditional = PValues.of(new ComparedProportion(window, new Proportion(900, rest + 1)), 9e-6, none);
        assertThat(exact)
                .isBetween(1e-10, 1e-8)
                .isEqualTo(HypergeometricDistribution.of(Integer.MAX_VALUE, 909, 1_000_000)
                        .survivalProbability(8));
        // The conditional test leaves out that rows are not drawn twice, which changes the ninth digit here.
        assertThat(conditional).isNotEqualTo(exact).isCloseTo(exact, within(1e-4 * exact));
    }

    @Test
    void aSkewedValueIsJudgedAtItsNearerEnd() {
        StandardError skewed = new StandardError(2, 0.9);
        assertThat(PValues.of(skewed, 1, Bound.between(0, 10))).isEqualTo(PValues.of(skewed, 1, Bound.atLeast(0)));
        assertThat(PValues.of(skewed, 9, Bound.between(0, 10))).isEqualTo(PValues.of(skewed, 9, Bound.atMost(10)));
        assertThat(PValues.of(skewed, 1, Bound.between(0, 10)))
                .isNotCloseTo(PValues.of(skewed, 9, Bound.between(0, 10)), within(0.01));
    }

    @Test
    void aBaselineWithoutSpreadExplainsNothingOutsideAndEverythingInside() {
        ComparedMean constant = new ComparedMean(new StandardError(0), new StandardError(0));
        assertThat(PValues.of(constant, 10, Bound.atMost(10))).isEqualTo(1);
        assertThat(PValues.of(constant, 10.5, Bound.atMost(10))).isZero();
        ComparedMean wasConstant = new ComparedMean(new StandardError(1), new StandardError(0));
        assertThat(PValues.of(wasConstant, 10, Bound.atMost(10))).isEqualTo(1);
        assertThat(PValues.of(wasConstant, 9, Bound.atMost(10))).isEqualTo(1);
        ComparedMean once = new ComparedMean(new StandardError(0), new StandardError(1));
        assertThat(PValues.of(once, 12, Bound.atMost(10))).isCloseTo(NORMAL.survivalProbability(2), within(1e-15));
    }

    @Test
    void towardsTheEndAwayFromTheSkewABaselineIsTakenForNormal() {
        // Means of exponential values are skewed upwards: Pearson's tail above, the normal one below.
        ComparedMean mean = new ComparedMean(new StandardError(0.1), new StandardError(0.5, 1));
        assertThat(PValues.of(mean, 0, Bound.atLeast(1))).isCloseTo(NORMAL.survivalProbability(2), within(1e-12));
        // Of shape 9, so of skewness 2/3: P(Gamma(9) >= 9 + 3 t), by its series, at t = 2.
        double series = 0;
        double term = 1;
        for (int i = 0; i < 9; i++) {
            series += term;
            term *= 15.0 / (i + 1);
        }
        ComparedMean ofNine = new ComparedMean(new StandardError(0.1), new StandardError(0.5, 2 / 3.0));
        assertThat(PValues.of(ofNine, 2, Bound.atMost(1))).isCloseTo(Math.exp(-15) * series, within(1e-12));
        ComparedMean mirrored = new ComparedMean(new StandardError(0.1), new StandardError(0.5, -1));
        assertThat(PValues.of(mirrored, 0, Bound.atLeast(1))).isEqualTo(PValues.of(mean, 2, Bound.atMost(1)));
    }

    @Test
    void limitsGiveTheirLevelAtEachLimitAndAreConstantWhereOneIsInfinite() {
        List<Double> grid = new ArrayList<>();
        for (int i = 0; i < Limits.SIZE; i++) {
            grid.add(10 + Limits.quantile(i));
        }
        Limits limits = new Limits(1, Double.NaN, grid);
        for (int i = 0; i < Limits.SIZE / 2; i++) {
            assertThat(PValues.of(limits, 10, Bound.atMost(grid.get(i))))
                    .as("limit %d", i)
                    .isCloseTo(NORMAL.cumulativeProbability(Limits.quantile(i)), within(1e-12));
        }
        double least = PValues.of(limits, 10, Bound.atMost(-1e9));
        assertThat(least).as("beyond all limits").isEqualTo(NORMAL.cumulativeProbability(Limits.quantile(0)));

        List<Double> open = new ArrayList<>(grid);
        open.set(0, Double.NEGATIVE_INFINITY);
        Limits half = new Limits(1, Double.NaN, open);
        assertThat(PValues.of(half, 10, Bound.atMost(open.get(1) - 0.1)))
                .as("between an infinite limit and the next one")
                .isEqualTo(NORMAL.cumulativeProbability(Limits.quantile(1)));
    }

    @Test
    void anInfiniteLimitFurtherOnDoesNotKeepLevelsFromBeingInterpolated() {
        List<Double> grid = new ArrayList<>();
        for (int i = 0; i < Limits.SIZE; i++) {
            grid.add(i == Limits.SIZE - 1 ? Double.POSITIVE_INFINITY : Limits.quantile(i));
        }
        double between = (grid.get(Limits.SIZE - 3) + grid.get(Limits.SIZE - 2)) / 2;
        assertThat(PValues.of(new Limits(1, Double.NaN, grid), 100, Bound.atMost(between)))
                .isCloseTo(NORMAL.cumulativeProbability(between), within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.5, Double.NaN})
    void aConfidenceThatIsNoneIsRefused(double confidence) {
        Metric metric = Metric.of("", "mean", 7, new StandardError(2));
        assertThatThrownBy(() -> ConfidenceLimit.upper(metric, confidence))
                .hasMessage("confidence is " + confidence + "; allowed is between 0 and 1");
    }

    @Test
    void ofEqualLimitsTheGreaterLevelCountsAndAllBelowExplainEverything() {
        List<Double> grid = new ArrayList<>();
        for (int i = 0; i < Limits.SIZE; i++) {
            grid.add(i < 3 ? 1.0 : 2.0);
        }
        Limits limits = new Limits(1, Double.NaN, grid);
        assertThat(PValues.of(limits, 3, Bound.atMost(1.5)))
                .isCloseTo(NORMAL.cumulativeProbability(Limits.quantile(3) - 0.25), within(1e-12));
        assertThat(PValues.of(limits, 3, Bound.atMost(2))).isEqualTo(1);
    }

    @Test
    void twentyReplicatesAreEnoughAndOneLessIsNot() {
        assertThat(Replicates.of(new double[20]).quantile(0.5)).isZero();
        assertThatThrownBy(() -> Replicates.of(new double[19])).hasMessageContaining("19 of 19");
    }

    @Test
    void aLimitIsFoundAtAnyScaleWithoutAStandardErrorToStartFrom() {
        for (double scale : new double[] {1e-6, 1, 1e9}) {
            Limits limits = ConfidenceLimit.limits(
                    3 * scale,
                    Double.NaN,
                    Double.NaN,
                    (value, bound) -> PValues.of(new StandardError(scale), value, bound));
            // A confidence next to 1 holds seven digits of what is left to 1.
            assertThat(limits.limits().get(0)).isCloseTo((3 + Limits.quantile(0)) * scale, within(1e-7 * scale));
            assertThat(limits.limits()).isSorted();
        }
    }

    private static ComparedProportion compared(int have, int rows, int had, int rowsBefore) {
        return new ComparedProportion(new Proportion(have, rows), new Proportion(had, rowsBefore));
    }

    /** Returns the probability of a table given its margins. */
    private static double tables(int have, int rows, int had, int rowsBefore) {
        return choose(rows, have) * choose(rowsBefore, had) / choose(rows + rowsBefore, have + had);
    }

    private static double choose(int n, int k) {
        double result = 1;
        for (int i = 1; i <= k; i++) {
            result = result * (n - k + i) / i;
        }
        return k < 0 || k > n ? 0 : result;
    }
}
