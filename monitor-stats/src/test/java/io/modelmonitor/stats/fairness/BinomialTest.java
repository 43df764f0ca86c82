package io.modelmonitor.stats.fairness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinomialTest {

    private static final int DRAWS = 40_000;

    @ParameterizedTest
    @CsvSource({"1, 0.3", "20, 0.1", "20, 0.9", "30, 0.5", "200, 0.06", "1000, 0.4", "100000, 0.97"})
    void drawsWithTheProbabilitiesOfTheDistribution(int n, double p) {
        Binomial binomial = new Binomial(new SplittableRandom(9));
        BinomialDistribution distribution = BinomialDistribution.of(n, p);
        int[] deciles = new int[9];
        for (int i = 0; i < deciles.length; i++) {
            deciles[i] = distribution.inverseCumulativeProbability((i + 1) / 10.0);
        }
        int[] notAbove = new int[deciles.length];
        for (int draw = 0; draw < DRAWS; draw++) {
            long k = binomial.draw(n, p);
            assertThat(k).isBetween(0L, (long) n);
            for (int i = 0; i < deciles.length; i++) {
                notAbove[i] += k <= deciles[i] ? 1 : 0;
            }
        }
        for (int i = 0; i < deciles.length; i++) {
            double expected = distribution.cumulativeProbability(deciles[i]);
            double deviation = Math.sqrt(expected * (1 - expected) / DRAWS);
            assertThat((double) notAbove[i] / DRAWS)
                    .as("share up to " + deciles[i])
                    .isBetween(expected - 4.5 * deviation - 1e-12, expected + 4.5 * deviation + 1e-12);
        }
    }

    @Test
    void drawsWhatIsCertain() {
        Binomial binomial = new Binomial(new SplittableRandom(9));

        assertThat(binomial.draw(0, 0.5)).isZero();
        assertThat(binomial.draw(70, 0)).isZero();
        assertThat(binomial.draw(70, 1)).isEqualTo(70);
    }

    @Test
    void givesEachTableAsManyPeopleAndTheExpectedShares() {
        double[] weights = {0, 500, 0.5, 1_500, 8_000};
        Multinomial multinomial = new Multinomial(weights, 10_000, new SplittableRandom(2));
        long[] cells = new long[weights.length];
        double[] sums = new double[weights.length];
        for (int i = 0; i < 1_000; i++) {
            multinomial.draw(cells);
            assertThat(cells[0]).isZero();
            long people = 0;
            for (int cell = 0; cell < cells.length; cell++) {
                people += cells[cell];
                sums[cell] += cells[cell] / 1_000.0;
            }
            assertThat(people).isEqualTo(10_000);
        }
        assertThat(sums[1]).isBetween(497.0, 503.0);
        assertThat(sums[2]).isBetween(0.4, 0.6);
        assertThat(sums[4]).isBetween(7_994.0, 8_006.0);
    }
}
