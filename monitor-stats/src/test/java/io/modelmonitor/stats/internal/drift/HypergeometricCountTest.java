package io.modelmonitor.stats.internal.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.HypergeometricDistribution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HypergeometricCountTest {

    @ParameterizedTest
    @CsvSource({"3, 5, 4", "8, 5, 4", "7, 90, 20", "40, 30, 20", "60, 30, 40", "30, 4000, 500", "50, 10, 100"})
    void fewCountsHaveTheirExactProbabilities(int rows, int n, int m) {
        HypergeometricDistribution exact = HypergeometricDistribution.of(n + m, rows, m);
        HypergeometricCount law = HypergeometricCount.shared(rows, n, m);
        for (int k = exact.getSupportLowerBound(); k <= exact.getSupportUpperBound(); k++) {
            int count = k;
            double probability = 0;
            for (int i = 0; i < law.counts.length; i++) {
                probability += law.counts[i] == count ? law.probabilities[i] : 0;
            }
            assertThat(probability).as("of %s", k).isCloseTo(exact.probability(k), within(1e-13));
        }
        assertThat(Arrays.stream(law.counts))
                .allMatch(k -> k >= exact.getSupportLowerBound() && k <= exact.getSupportUpperBound());
        assertMoments(law, exact, 1e-7);
    }

    @ParameterizedTest
    @CsvSource({"200, 600, 400", "700, 600, 400", "300, 5000, 700", "400, 300, 2000", "2000, 40000, 1000"})
    void manyCountsHaveTheMomentsOfTheExactLaw(int rows, int n, int m) {
        HypergeometricCount law = HypergeometricCount.shared(rows, n, m);
        assertThat(law.counts).hasSize(8);
        assertThat(Arrays.stream(law.probabilities).sum()).isCloseTo(1, within(1e-9));
        assertMoments(law, HypergeometricDistribution.of(n + m, rows, m), 1);
    }

    private static void assertMoments(HypergeometricCount law, HypergeometricDistribution exact, double percent) {
        double mean = exact.getMean();
        double[] central = new double[5];
        for (int k = exact.getSupportLowerBound(); k <= exact.getSupportUpperBound(); k++) {
            for (int power = 2; power <= 4; power++) {
                central[power] += exact.probability(k) * Math.pow(k - mean, power);
            }
        }
        assertThat(law.mean).isCloseTo(mean, withinPercentage(1e-7));
        assertThat(law.variance).isCloseTo(central[2], withinPercentage(percent));
        assertThat(law.third).isCloseTo(central[3], withinPercentage(2 * percent));
        assertThat(law.ofSquares)
                .as("variance of squares that no line explains")
                .isCloseTo(
                        central[4] - central[2] * central[2] - central[3] * central[3] / central[2],
                        within(percent / 100 * central[4]));
    }

    /** A run goes on with the same probability after each row, and is no longer than the cell. */
    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.3, 0.7})
    void aRunBesideACellIsGeometric(double another) {
        HypergeometricCount cell = HypergeometricCount.shared(6, 90, 30);
        HypergeometricCount both = cell.withRun(another);
        assertThat(both.hasRun).isTrue();
        assertThat(both.rows).isEqualTo(6);
        assertThat(both.mean).isCloseTo(cell.mean, within(1e-12));
        assertThat(both.variance).isCloseTo(cell.variance, within(1e-12));
        assertThat(Arrays.stream(both.probabilities).sum()).isCloseTo(1, within(1e-12));
        double mean = 0;
        double exact = 0;
        for (int i = 0; i < both.counts.length; i++) {
            mean += both.probabilities[i] * both.beyond[i];
            assertThat(both.beyond[i]).isBetween(0.0, both.counts[i]);
        }
        for (int i = 0; i < cell.counts.length; i++) {
            for (int length = 1; length <= cell.counts[i]; length++) {
                exact += cell.probabilities[i] * Math.pow(another, length);
            }
        }
        assertThat(mean).isCloseTo(exact, withinPercentage(0.1));
    }
}
