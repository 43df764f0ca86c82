package io.modelmonitor.stats.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MultipleTestingTest {

    private static final double[] P_VALUES = {0.04, 0.01, 0.03, 0.005};

    @Test
    void benjaminiHochbergTakesTheLeastOfAllLaterRatios() {
        assertThat(MultipleTesting.BENJAMINI_HOCHBERG.adjust(P_VALUES)).containsExactly(0.04, 0.02, 0.04, 0.02);
    }

    @Test
    void benjaminiYekutieliMultipliesByTheHarmonicNumber() {
        double harmonic = 1 + 1.0 / 2 + 1.0 / 3 + 1.0 / 4;
        double[] adjusted = MultipleTesting.BENJAMINI_YEKUTIELI.adjust(P_VALUES);
        assertThat(adjusted[0]).isEqualTo(0.04 * harmonic, within(1e-15));
        assertThat(adjusted[3]).isEqualTo(0.02 * harmonic, within(1e-15));
    }

    @Test
    void holmTakesTheGreatestOfAllEarlierProducts() {
        assertThat(MultipleTesting.HOLM.adjust(P_VALUES))
                .containsExactly(new double[] {0.06, 0.03, 0.06, 0.02}, within(1e-15));
    }

    @Test
    void hochbergTakesTheLeastOfAllLaterProducts() {
        assertThat(MultipleTesting.HOCHBERG.adjust(P_VALUES))
                .containsExactly(new double[] {0.04, 0.03, 0.04, 0.02}, within(1e-15));
    }

    @Test
    void bonferroniMultipliesByTheNumber() {
        assertThat(MultipleTesting.BONFERRONI.adjust(P_VALUES)).containsExactly(0.16, 0.04, 0.12, 0.02);
    }

    @Test
    void sidakIsExactForTheSmallestProbabilities() {
        assertThat(MultipleTesting.SIDAK.adjust(new double[] {1e-20, 0.5})).containsExactly(2e-20, 0.75);
    }

    @Test
    void noneLeavesProbabilitiesAlone() {
        assertThat(MultipleTesting.NONE.adjust(P_VALUES)).containsExactly(P_VALUES);
    }

    @ParameterizedTest
    @EnumSource
    void doesNotCountWhatCouldNotBeTested(MultipleTesting method) {
        double[] adjusted = method.adjust(new double[] {Double.NaN, 0.04, 0.01, Double.NaN, 0.03, 0.005});
        double[] without = method.adjust(P_VALUES);
        assertThat(adjusted).containsExactly(Double.NaN, without[0], without[1], Double.NaN, without[2], without[3]);
    }

    @ParameterizedTest
    @EnumSource
    void leavesASingleProbabilityAlone(MultipleTesting method) {
        assertThat(method.adjust(new double[] {0.03})[0]).isEqualTo(0.03, within(1e-16));
        assertThat(method.adjust(new double[0])).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheOrderAndNeverLowersAProbability(MultipleTesting method) {
        SplittableRandom random = new SplittableRandom(1);
        for (int run = 0; run < 100; run++) {
            double[] p = random.doubles(1 + random.nextInt(40))
                    .map(u -> Math.rint(u * u * 100) / 100)
                    .toArray();
            double[] adjusted = method.adjust(p);
            for (int i = 0; i < p.length; i++) {
                assertThat(adjusted[i]).isBetween(p[i] - 1e-15, 1.0);
                for (int j = 0; j < p.length; j++) {
                    assertThat(p[i] < p[j] && adjusted[i] > adjusted[j]).isFalse();
                    assertThat(p[i] == p[j] && adjusted[i] != adjusted[j]).isFalse();
                }
            }
        }
    }

    @Test
    void hommelLiesBetweenSimesAndHochberg() {
        SplittableRandom random = new SplittableRandom(2);
        for (int run = 0; run < 200; run++) {
            double[] p = random.doubles(2 + random.nextInt(20)).map(u -> u * u).toArray();
            double[] hommel = MultipleTesting.HOMMEL.adjust(p);
            double[] hochberg = MultipleTesting.HOCHBERG.adjust(p);
            double[] benjamini = MultipleTesting.BENJAMINI_HOCHBERG.adjust(p);
            for (int i = 0; i < p.length; i++) {
                assertThat(hommel[i]).isBetween(benjamini[i] - 1e-12, hochberg[i] + 1e-12);
            }
        }
    }

    @Test
    void hommelIsTheSmallestLevelAtWhichSimesRejectsEverySetWithTheTest() {
        SplittableRandom random = new SplittableRandom(3);
        for (int run = 0; run < 100; run++) {
            // Many ones, as of constraints that hold.
            double[] p = random.doubles(2 + random.nextInt(8))
                    .map(u -> u > 0.6 ? 1 : u * u)
                    .toArray();
            double[] hommel = MultipleTesting.HOMMEL.adjust(p);
            for (int i = 0; i < p.length; i++) {
                double greatest = 0;
                for (int set = 0; set < 1 << p.length; set++) {
                    greatest = (set >> i & 1) == 1 ? Math.max(greatest, simes(p, set)) : greatest;
                }
                assertThat(hommel[i]).isCloseTo(greatest, within(1e-12));
            }
        }
    }

    private static double simes(double[] p, int set) {
        double[] chosen = IntStream.range(0, p.length)
                .filter(i -> (set >> i & 1) == 1)
                .mapToDouble(i -> p[i])
                .sorted()
                .toArray();
        return IntStream.range(0, chosen.length)
                .mapToDouble(i -> chosen.length * chosen[i] / (i + 1))
                .min()
                .orElse(1);
    }

    @ParameterizedTest
    @EnumSource
    void certaintiesAloneStayCertain(MultipleTesting method) {
        for (int m = 1; m <= 4; m++) {
            double[] ones = new double[m];
            Arrays.fill(ones, 1);
            assertThat(method.adjust(ones)).containsExactly(ones);
            assertThat(method.adjust(new double[m])).containsExactly(new double[m]);
        }
    }

    @Test
    void refusesWhatIsNoProbability() {
        assertThatThrownBy(() -> MultipleTesting.HOLM.adjust(new double[] {0.1, 1.2}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("pValues has 1.2; allowed is 0 to 1, or NaN for no test");
    }

    @Test
    void hasATitleToPrint() {
        assertThat(MultipleTesting.BENJAMINI_HOCHBERG.title()).isEqualTo("Benjamini-Hochberg");
    }
}
