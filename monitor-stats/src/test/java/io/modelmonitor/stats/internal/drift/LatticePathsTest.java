package io.modelmonitor.stats.internal.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The exact probability of a Kolmogorov-Smirnov distance, beside all ways to share the pooled rows. */
class LatticePathsTest {

    @ParameterizedTest
    @CsvSource({"1, 1, 9", "1, 5, 9", "5, 1, 9", "4, 6, 100", "6, 4, 100", "6, 7, 4", "7, 7, 2", "5, 8, 6"})
    void itIsTheShareOfAllWaysToShareTheRowsThatAreAsFarApart(int n, int m, int distinct) {
        SplittableRandom random = new SplittableRandom(n + 31L * m);
        for (int run = 0; run < 5; run++) {
            double[] pooled = random.doubles(n + m)
                    .map(u -> Math.floor(u * distinct))
                    .sorted()
                    .toArray();
            LatticePaths paths = LatticePaths.of(PooledEcdf.of(
                    EmpiricalDistribution.of(Arrays.copyOf(pooled, n)),
                    EmpiricalDistribution.of(Arrays.copyOfRange(pooled, n, n + m))));
            double[] distances = distances(pooled, n);
            for (double distance : Arrays.stream(distances).distinct().toArray()) {
                long asFar = Arrays.stream(distances)
                        .filter(each -> each >= distance - 1e-9)
                        .count();
                assertThat(paths.pValue(distance))
                        .as("%s of %s", distance, Arrays.toString(pooled))
                        .isCloseTo((double) asFar / distances.length, within(1e-12));
            }
        }
    }

    /** Returns the distance of each choice of n rows from the others, as the greatest difference behind a value. */
    private static double[] distances(double[] pooled, int n) {
        int rows = pooled.length;
        double[] distances = new double[1 << rows];
        int ways = 0;
        for (int choice = 0; choice < 1 << rows; choice++) {
            if (Integer.bitCount(choice) == n) {
                double distance = 0;
                for (int end = 1; end <= rows; end++) {
                    int chosen = Integer.bitCount(choice & ((1 << end) - 1));
                    boolean isBehindValue = end == rows || pooled[end] > pooled[end - 1];
                    double difference = (double) chosen / n - (double) (end - chosen) / (rows - n);
                    distance = isBehindValue ? Math.max(distance, Math.abs(difference)) : distance;
                }
                distances[ways++] = distance;
            }
        }
        return Arrays.copyOf(distances, ways);
    }

    @Test
    void smallProbabilitiesKeepTheirDigits() {
        double[] low = new double[30];
        double[] high = new double[40];
        Arrays.setAll(low, i -> i);
        Arrays.setAll(high, i -> 100 + i);
        double p = LatticePaths.of(PooledEcdf.of(EmpiricalDistribution.of(low), EmpiricalDistribution.of(high)))
                .pValue(1);
        // Two of all ways to choose 30 of 70 rows are wholly apart.
        double ways = 1;
        for (int i = 1; i <= 30; i++) {
            ways *= (40.0 + i) / i;
        }
        assertThat(p * ways).isCloseTo(2, within(1e-9));
    }
}
