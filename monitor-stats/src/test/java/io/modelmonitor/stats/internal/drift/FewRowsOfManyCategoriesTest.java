package io.modelmonitor.stats.internal.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.Distribution.Kind;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The p-value of windows of few rows where one category rules and many are rare. */
@Tag("simulation")
class FewRowsOfManyCategoriesTest {

    private static final int RUNS = 1_500;

    @ParameterizedTest(name = "{0} rows, {1} categories beside one of {2}, {3} in the reference")
    @CsvSource({
        "1, 10, 0.92, 5000",
        "5, 10, 0.92, 5000",
        "3, 62, 0.9, 200",
        "8, 105, 0.985, 200",
        "4, 13, 0.88, 200",
        "20, 300, 0.97, 5000",
        "2, 5, 0.5, 50"
    })
    void smallOnesAreNoMoreFrequentThanTheySay(int rows, int others, double share, int reference) {
        SplittableRandom random = new SplittableRandom(rows + others);
        int atOneInTwenty = 0;
        int atOneInAThousand = 0;
        for (int run = 0; run < RUNS; run++) {
            double[] before = counts(random, reference, others, share);
            double[] now = counts(random, rows, others, share);
            PooledCounts.Builder cells = new PooledCounts.Builder();
            for (int i = 0; i <= others; i++) {
                cells.add(Kind.VALUES, "c" + i, before[i], now[i]);
            }
            double p = CategoryChange.test(cells.build(0)).pValue();
            atOneInTwenty += p <= 0.05 ? 1 : 0;
            atOneInAThousand += p <= 0.001 ? 1 : 0;
        }
        // Four standard errors above.
        assertThat(atOneInTwenty).isLessThanOrEqualTo((int) (0.05 * RUNS + 4 * Math.sqrt(0.0475 * RUNS)));
        assertThat(atOneInAThousand).isLessThanOrEqualTo((int) (0.001 * RUNS + 4 * Math.sqrt(0.001 * RUNS)));
    }

    private static double[] counts(SplittableRandom random, int rows, int others, double share) {
        double[] counts = new double[others + 1];
        for (int row = 0; row < rows; row++) {
            counts[random.nextDouble() < share ? others : random.nextInt(others)]++;
        }
        return counts;
    }
}
