package io.modelmonitor.stats.internal.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.stats.sketch.KllSketch;
import io.modelmonitor.stats.sketch.WeightedValues;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EmpiricalDistancesTest {

    private static final EmpiricalDistribution NONE = EmpiricalDistribution.of();

    @Test
    void aShiftMovesEveryRowByItself() {
        double[] sample = new SplittableRandom(1).doubles(500).toArray();
        EmpiricalDistribution reference = EmpiricalDistribution.of(sample);
        EmpiricalDistribution shifted =
                EmpiricalDistribution.of(Arrays.stream(sample).map(v -> v + 3).toArray());
        assertThat(EmpiricalDistances.wasserstein(reference, shifted)).isCloseTo(3, within(1e-12));
        assertThat(EmpiricalDistances.kolmogorovSmirnov(reference, shifted)).isEqualTo(1);
        assertThat(EmpiricalDistances.kolmogorovSmirnovGreater(reference, shifted))
                .isEqualTo(1);
        assertThat(EmpiricalDistances.kolmogorovSmirnovLess(reference, shifted)).isZero();
    }

    @Test
    void normedDistancesDoNotDependOnTheUnit() {
        SplittableRandom random = new SplittableRandom(2);
        double[] one = random.doubles(300).toArray();
        double[] other = random.doubles(200).map(u -> u * u).toArray();
        EmpiricalDistribution p = EmpiricalDistribution.of(one);
        EmpiricalDistribution q = EmpiricalDistribution.of(other);
        EmpiricalDistribution p1000 =
                EmpiricalDistribution.of(Arrays.stream(one).map(v -> 1000 * v).toArray());
        EmpiricalDistribution q1000 =
                EmpiricalDistribution.of(Arrays.stream(other).map(v -> 1000 * v).toArray());
        assertThat(EmpiricalDistances.energyNormed(p1000, q1000))
                .isCloseTo(EmpiricalDistances.energyNormed(p, q), within(1e-12));
        assertThat(EmpiricalDistances.wassersteinNormed(p1000, q1000))
                .isCloseTo(EmpiricalDistances.wassersteinNormed(p, q), within(1e-12));
    }

    @Test
    void normedDistancesDoNotLeaveTheRangeOfDoubles() {
        EmpiricalDistribution p = EmpiricalDistribution.of(1e300, 2e300, 4e300);
        EmpiricalDistribution q = EmpiricalDistribution.of(2e300, 3e300, 5e300);
        EmpiricalDistribution ones = EmpiricalDistribution.of(1, 2, 4);
        EmpiricalDistribution others = EmpiricalDistribution.of(2, 3, 5);
        assertThat(EmpiricalDistances.wassersteinNormed(p, q))
                .isEqualTo(EmpiricalDistances.wassersteinNormed(ones, others), within(1e-12));
        assertThat(EmpiricalDistribution.of(-1.5e308, 1.5e308, 0).standardDeviation())
                .isEqualTo(Math.sqrt(2.0 / 3) * 1.5e308, within(1e295));
        assertThat(EmpiricalDistribution.of(1e-320, 3e-320).standardDeviation())
                .isEqualTo(1e-320, within(2 * Double.MIN_VALUE));
    }

    @Test
    void aConstantReferenceStillScalesADistance() {
        assertThat(EmpiricalDistances.wassersteinNormed(
                        EmpiricalDistribution.of(5, 5, 5), EmpiricalDistribution.of(6, 6)))
                .isCloseTo(1000, within(1e-9));
    }

    @Test
    void theRobustDistanceIsNeverNegative() {
        EmpiricalDistribution p = EmpiricalDistribution.of(1, 2, 3);
        assertThat(EmpiricalDistances.robust(p, EmpiricalDistribution.of(1, 2, 4)))
                .isZero();
    }

    @Test
    void nothingIsFarFromNoRows() {
        EmpiricalDistribution some = EmpiricalDistribution.of(1, 2);
        assertThat(EmpiricalDistances.kolmogorovSmirnov(some, NONE)).isNaN();
        assertThat(EmpiricalDistances.wasserstein(NONE, some)).isNaN();
        assertThat(EmpiricalDistances.energy(NONE, NONE)).isNaN();
        assertThat(NONE.mean()).isNaN();
        assertThat(NONE.standardDeviation()).isNaN();
    }

    @Test
    void weighsValuesByTheirRows() {
        KllSketch sketch = KllSketch.create();
        for (double value : new double[] {3, 3, 3, 7, 7, 9}) {
            sketch.update(value);
        }
        WeightedValues values = sketch.values();
        EmpiricalDistribution reference = new EmpiricalDistribution(values, 0);
        assertThat(reference.total()).isEqualTo(6);
        assertThat(EmpiricalDistances.kolmogorovSmirnov(reference, EmpiricalDistribution.of(3, 7)))
                .isCloseTo(1.0 / 6, within(1e-15));
        assertThat(reference.mean()).isCloseTo(32.0 / 6, within(1e-12));
    }

    @Test
    void staysPreciseFarFromZero() {
        double[] sample = {1e9, 1e9 + 1, 1e9, 1e9 + 1};
        assertThat(EmpiricalDistribution.of(sample).standardDeviation()).isEqualTo(0.5);
    }

    @Test
    void refusesNaNAndRankErrorsThatAreNoShare() {
        assertThatThrownBy(() -> EmpiricalDistribution.of(1, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new EmpiricalDistribution(WeightedValues.of(1), -0.1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-0.1");
    }
}
