package io.modelmonitor.stats.internal.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.HypergeometricDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CategoryChangeTest {

    @ParameterizedTest
    @CsvSource({"3, 50, 40", "12, 50, 40", "78, 50, 40", "87, 50, 40"})
    void aSparseCellHasFishersPValue(int pooled, int n, int m) {
        HypergeometricDistribution exact = HypergeometricDistribution.of(n + m, pooled, m);
        for (int k = exact.getSupportLowerBound(); k <= exact.getSupportUpperBound(); k++) {
            double limit = exact.probability(k) * (1 + 1e-7);
            double p = 0;
            for (int other = exact.getSupportLowerBound(); other <= exact.getSupportUpperBound(); other++) {
                p += exact.probability(other) <= limit ? exact.probability(other) : 0;
            }
            assertThat(CategoryChange.extreme(pooled - k, k, n, m))
                    .as("%s of %s", k, pooled)
                    .isCloseTo(p, within(1e-9));
        }
    }

    @ParameterizedTest
    @CsvSource({"60, 100, 100", "100, 300, 50", "250, 300, 50", "400, 50, 450", "2000, 9000, 3000"})
    void aDenseCellHasTwiceItsTail(int pooled, int n, int m) {
        HypergeometricDistribution exact = HypergeometricDistribution.of(n + m, pooled, m);
        double mean = (double) pooled * m / (n + m);
        double deviation = Math.sqrt(exact.getVariance());
        for (double errors = -6; errors <= 6; errors += 0.75) {
            int k = (int) Math.rint(mean + errors * deviation);
            double tail = k >= mean ? exact.survivalProbability(k - 1) : exact.cumulativeProbability(k);
            assertThat(CategoryChange.extreme(pooled - k, k, n, m))
                    .as("%s of %s", k, pooled)
                    .isCloseTo(Math.min(1, 2 * tail), withinPercentage(1e-4));
        }
    }

    @Test
    void aCountThatIsNotWholeIsRoundedTowardsWhatIsExpected() {
        assertThat(CategoryChange.extreme(30 - 10.5, 10.5, 100, 100))
                .isEqualTo(CategoryChange.extreme(19, 11, 100, 100));
        assertThat(CategoryChange.extreme(30 - 19.5, 19.5, 100, 100))
                .isEqualTo(CategoryChange.extreme(11, 19, 100, 100));
    }

    @Test
    void tenThousandExpectedRowsAreNormal() {
        double n = 200_000;
        double pooled = 50_000;
        double deviation = Math.sqrt(pooled * 0.25 * (2 * n - pooled) / (2 * n - 1));
        assertThat(CategoryChange.extreme(25_000 - 300, 25_000 + 300, n, n))
                .isCloseTo(
                        2 * NormalDistribution.of(0, 1).survivalProbability(300 / deviation), withinPercentage(1e-7));
        HypergeometricDistribution exact = HypergeometricDistribution.of((int) (2 * n), (int) pooled, (int) n);
        assertThat(CategoryChange.extreme(25_000 - 300, 25_000 + 300, n, n))
                .isCloseTo(2 * exact.survivalProbability(25_299), withinPercentage(2));
    }

    /** Of billions of rows few ones are shared like independent throws, whether a cell has few or lacks few. */
    @Test
    void fewOfBillionsOfRowsAreBinomial() {
        double n = 3e9;
        BinomialDistribution eight = BinomialDistribution.of(8, 0.25);
        for (int k = 0; k <= 8; k++) {
            double tail = Math.min(eight.survivalProbability(k - 1), eight.cumulativeProbability(k));
            double p = Math.min(1, 2 * tail);
            assertThat(CategoryChange.extreme(8 - k, k, n, 1e9))
                    .as("%s of 8", k)
                    .isCloseTo(p, within(1e-9));
            assertThat(CategoryChange.extreme(n - (8 - k), 1e9 - k, n, 1e9))
                    .as("all but %s of 8", k)
                    .isCloseTo(p, within(1e-9));
        }
    }

    @Test
    void theMostExtremeOfSomeCellsHasTheProbabilityOfIndependentOnes() {
        assertThat(CategoryChange.ofMany(3, 0.1)).isCloseTo(1 - 0.9 * 0.9 * 0.9, within(1e-15));
        assertThat(CategoryChange.ofMany(1000, 1e-18)).isCloseTo(1e-15, withinPercentage(1e-6));
        assertThat(CategoryChange.ofMany(5, 1)).isEqualTo(1);
    }
}
