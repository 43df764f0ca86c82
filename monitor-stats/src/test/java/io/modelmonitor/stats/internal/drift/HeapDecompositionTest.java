package io.modelmonitor.stats.internal.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.stats.test.TestResult;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers of which one value holds much of the mass raise no false alarms, whatever its share and however few the rows. */
@Tag("simulation")
class HeapDecompositionTest {

    private static final double[] LEVELS = {0.05, 0.01, 0.0025};
    private static final double[] SHARES = {0.05, 0.2, 0.5, 0.8, 0.95, 0.99};

    @ParameterizedTest
    @ValueSource(strings = {"zeros", "heap in the middle", "three heaps", "prices", "counts"})
    void pValuesAreAtMostTheirLevelForEveryShareOfTiesAndEveryWindow(String kind) {
        int[] exceeding = new int[LEVELS.length];
        int runs = 0;
        for (double share : SHARES) {
            for (int n : new int[] {50, 1_000}) {
                for (int m : new int[] {1, 2, 5, 20, 100, 500}) {
                    int[] ofCell = exceeding(kind, share, n, m, 400);
                    runs += 400;
                    for (int i = 0; i < LEVELS.length; i++) {
                        exceeding[i] += ofCell[i];
                        assertThat(ofCell[i])
                                .as("p <= %s of 400 at share %s, %s rows, window of %s", LEVELS[i], share, n, m)
                                .isLessThan(most(400, LEVELS[i], 4.5));
                    }
                }
            }
        }
        for (int i = 0; i < LEVELS.length; i++) {
            assertThat(exceeding[i]).as("p <= %s of %s", LEVELS[i], runs).isLessThan(most(runs, LEVELS[i], 3));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10, 50, 2_000})
    void largeReferencesRaiseNoFalseAlarmsEither(int m) {
        for (double share : SHARES) {
            int[] exceeding = exceeding("zeros", share, 10_000, m, 200);
            for (int i = 0; i < LEVELS.length; i++) {
                assertThat(exceeding[i])
                        .as("p <= %s of 200 at share %s", LEVELS[i], share)
                        .isLessThan(most(200, LEVELS[i], 4.5));
            }
        }
    }

    /** Returns a number of events that independent ones exceed by so many standard errors, and one. */
    private static int most(int runs, double level, double errors) {
        return (int) Math.ceil(runs * level + errors * Math.sqrt(runs * level * (1 - level))) + 1;
    }

    private static int[] exceeding(String kind, double share, int n, int m, int runs) {
        SplittableRandom random = new SplittableRandom(kind.hashCode() + 31L * n + m + (long) (1_000 * share));
        int[] exceeding = new int[LEVELS.length];
        for (int run = 0; run < runs; run++) {
            double p = p(draw(random, kind, share, n), draw(random, kind, share, m));
            for (int i = 0; i < LEVELS.length; i++) {
                exceeding[i] += p <= LEVELS[i] ? 1 : 0;
            }
        }
        return exceeding;
    }

    private static double[] draw(SplittableRandom random, String kind, double share, int size) {
        return random.doubles(size)
                .map(u -> value(kind, share, u, random.nextDouble()))
                .toArray();
    }

    private static double value(String kind, double share, double u, double v) {
        return switch (kind) {
            case "zeros" -> u < share ? 0 : 1 + v;
            case "heap in the middle" -> u < share ? 0 : 2 * v - 1;
            case "three heaps" -> u < share ? Math.floor(3 * v) / 2 : 2 * v - 0.5;
            case "prices" -> u < share ? 9.99 : Math.round(100 * Math.pow(1 - v, -0.7)) / 100.0;
            default -> Math.floor(Math.log(1 - u) / Math.log(1 - share));
        };
    }

    private static double p(double[] one, double[] other) {
        TestResult result = NumericChange.test(EmpiricalDistribution.of(one), EmpiricalDistribution.of(other));
        return result.isDefined() ? result.pValue() : 1;
    }

    /** One row in five is like that; p was 5e-7. */
    @Test
    void oneRowThatIsNotZeroIsNoDriftWhereOneInFiveIsNot() {
        double[] reference = new double[10_000];
        for (int i = 0; i < 2_000; i++) {
            reference[i] = i + 1;
        }
        assertThat(p(reference, new double[] {500})).isGreaterThan(0.1);
        assertThat(p(reference, new double[] {0})).isGreaterThan(0.5);
        assertThat(p(reference, new double[] {3_000})).isCloseTo(1e-4, within(1e-4));
    }

    @Test
    void aHeapThatGrewIsSeenAmongFewRowsBesideIt() {
        SplittableRandom random = new SplittableRandom(31);
        double[] reference = draw(random, "zeros", 0.98, 10_000);
        double[] window = draw(random, "zeros", 0.8, 100);
        assertThat(p(reference, window)).isLessThan(1e-9);
    }

    @Test
    void fewRowsBesideAHeapThatMovedAreSeen() {
        SplittableRandom random = new SplittableRandom(32);
        double[] reference = draw(random, "zeros", 0.95, 10_000);
        double[] window =
                Arrays.stream(draw(random, "zeros", 0.95, 200)).map(x -> 2 * x).toArray();
        assertThat(p(reference, window)).isLessThan(1e-4);
    }

    /** The sum over all counts is the chance of a product as small, whatever the p-value of the rest. */
    @Test
    void theJointPValueIsThatOfAllCountsBesideTheHeap() {
        double[] reference = new double[90];
        double[] current = new double[10];
        Arrays.fill(reference, 0, 6, 1);
        Arrays.fill(reference, 6, 9, 2);
        current[0] = 2;
        PooledEcdf pooled = PooledEcdf.of(EmpiricalDistribution.of(reference), EmpiricalDistribution.of(current));
        // With nothing to say of the rest, the p-value is the exact one of the count: 1 of 10 is the likeliest.
        assertThat(HeapDecomposition.pValue(pooled, pooled.mode(), 1)).isCloseTo(1, within(1e-12));
        assertThat(HeapDecomposition.pValue(pooled, pooled.mode(), 0)).isZero();
    }

    @Test
    void smallSamplesHaveThePValueOfAllWaysToShareTheRows() {
        // Of C(6, 3) = 20 ways the two that keep all values of a side together are the farthest out.
        assertThat(p(new double[] {1, 2, 3}, new double[] {4, 5, 6})).isCloseTo(0.1, within(1e-12));
        // 1 of 15 ways for each end.
        assertThat(p(new double[] {1, 2, 3, 4}, new double[] {5, 6})).isCloseTo(2 / 15.0, within(1e-12));
        assertThat(p(new double[] {5, 6}, new double[] {1, 2, 3, 4})).isCloseTo(2 / 15.0, within(1e-12));
        assertThat(p(new double[] {0, 0, 0, 1, 2}, new double[] {1, 1, 2})).isBetween(0.05, 0.5);
    }

    @Test
    void aSingleRowHasThePValueOfItsRank() {
        double[] reference = new SplittableRandom(33).doubles(999).toArray();
        assertThat(p(reference, new double[] {2})).isCloseTo(0.002, within(1e-12));
        assertThat(p(new double[] {-1}, reference)).isCloseTo(0.002, within(1e-12));
        assertThat(p(reference, new double[] {0.5})).isGreaterThan(0.9);
    }
}
