package io.modelmonitor.stats.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.api.Bound;
import io.modelmonitor.stats.evidence.PValues;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Few rows look badly calibrated whatever the model; that is no alarm. */
class CalibrationTest {

    private static final Bound SMALL = Bound.atMost(0.02);

    @ParameterizedTest(name = "{0} rows")
    @ValueSource(ints = {2, 5, 20, 60, 200, 2_000})
    void trueProbabilitiesRarelyRing(int rows) {
        SplittableRandom random = new SplittableRandom(rows);
        int rings = 0;
        for (int run = 0; run < 1_000; run++) {
            Calibration calibration = drawn(random, rows, 0);
            rings += PValues.of(calibration.evidence(), calibration.expectedError(), SMALL) <= 0.05 ? 1 : 0;
        }
        assertThat(rings).isLessThanOrEqualTo(50);
    }

    @Test
    void probabilitiesThatAreTooHighRing() {
        Calibration calibration = drawn(new SplittableRandom(7), 1_000, 0.2);
        assertThat(calibration.expectedError()).isGreaterThan(0.15);
        assertThat(PValues.of(calibration.evidence(), calibration.expectedError(), SMALL))
                .isLessThan(1e-6);
        assertThat(PValues.of(calibration.evidence(), calibration.expectedError(), Bound.atMost(0.5)))
                .isEqualTo(1);
    }

    /** One bin of rows that are said to have the probability seen: chance gives the mean deviation of a binomial count. */
    @Test
    void whatChanceGivesIsTheMeanDeviationOfTheCount() {
        Calibration calibration = new Calibration();
        for (int i = 0; i < 40; i++) {
            calibration.add(0.55, i % 2 == 0);
        }
        double sum = 0;
        for (int k = 0; k <= 40; k++) {
            sum += Math.abs(k - 20) * choose(40, k) * Math.pow(0.5, 40);
        }
        assertThat(calibration.evidence().expectedByChance()).isCloseTo(sum / 40, within(1e-12));
    }

    @Test
    void anErrorBelowItsBoundIsExplainedByChanceOnlyIfItIsNear() {
        Calibration calibration = drawn(new SplittableRandom(8), 1_000, 0.2);
        double error = calibration.expectedError();
        assertThat(PValues.of(calibration.evidence(), error, Bound.atLeast(error + 0.005)))
                .isBetween(0.1, 0.6);
        assertThat(PValues.of(calibration.evidence(), error, Bound.atLeast(error + 0.2)))
                .isLessThan(1e-6);
    }

    @Test
    void oneRowSaysNothing() {
        Calibration calibration = new Calibration();
        calibration.add(0.99, false);
        assertThat(PValues.of(calibration.evidence(), 0.99, SMALL)).isEqualTo(1);
    }

    private static Calibration drawn(SplittableRandom random, int rows, double tooHigh) {
        Calibration calibration = new Calibration();
        for (int i = 0; i < rows; i++) {
            double score = random.nextDouble();
            calibration.add(score, random.nextDouble() < score - tooHigh);
        }
        return calibration;
    }

    private static double choose(int n, int k) {
        double product = 1;
        for (int i = 1; i <= k; i++) {
            product *= (n - k + i) / (double) i;
        }
        return product;
    }
}
