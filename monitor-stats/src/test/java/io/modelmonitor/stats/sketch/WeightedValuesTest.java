package io.modelmonitor.stats.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WeightedValuesTest {

    private final WeightedValues values = WeightedValues.of(5, 1, 3, 3, -0.0, 0.0);

    @Test
    void addsUpEqualValues() {
        assertThat(values.values()).containsExactly(0, 1, 3, 5);
        assertThat(values.cumulativeWeights()).containsExactly(2, 3, 5, 6);
        assertThat(values.size()).isEqualTo(4);
        assertThat(values.total()).isEqualTo(6);
        assertThat(values.value(2)).isEqualTo(3);
        assertThat(values.cumulativeWeight(2)).isEqualTo(5);
        assertThat(values.weight(0)).isEqualTo(2);
        assertThat(values.weight(2)).isEqualTo(2);
    }

    @Test
    void countsBelowAndAtMost() {
        assertThat(values.countBelow(3)).isEqualTo(3);
        assertThat(values.countAtMost(3)).isEqualTo(5);
        assertThat(values.countAtMost(4)).isEqualTo(5);
        assertThat(values.countAtMost(-1)).isZero();
        assertThat(values.countBelow(Double.NaN)).isZero();
        assertThat(values.countAtMost(Double.NaN)).isZero();
        assertThat(values.rank(3)).isEqualTo(5 / 6.0);
        assertThat(values.rankBelow(3)).isEqualTo(0.5);
    }

    @Test
    void observationsAreCountedByTheDecimalsThatWriteThem() {
        WeightedValues prices = WeightedValues.of(1, 1.5, 1.5, 0.1, 2.25, 1 / 3.0, -1e300, 1e14 + 0.5, 1e-9);
        assertThat(IntStream.rangeClosed(0, WeightedValues.MOST_DECIMALS).mapToLong(prices::rounded))
                .containsExactly(2L, 6L, 7L, 7L, 7L, 7L, 7L, 7L, 7L, 8L);
        assertThat(prices.rounded(1)).as("asked again").isEqualTo(6);
        assertThat(WeightedValues.of().rounded(3)).isZero();
        assertThatThrownBy(() -> prices.rounded(10)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void wholeNumbersAreCountedByTheDigitsThatWriteThem() {
        WeightedValues people = WeightedValues.of(0, 7, -30, 250, 4_000, 12_300, 5e6, 0x1p80, 0.5);
        assertThat(IntStream.rangeClosed(WeightedValues.LEAST_DECIMALS, 1).mapToLong(people::rounded))
                .containsExactly(3L, 3L, 3L, 4L, 5L, 7L, 8L, 9L);
        assertThatThrownBy(() -> people.rounded(-7)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aQuantileIsTheOrderStatisticThatReachesTheShare() {
        WeightedValues hundred =
                WeightedValues.of(IntStream.rangeClosed(1, 100).asDoubleStream().toArray());

        for (int i = 1; i <= 100; i++) {
            assertThat(hundred.quantile(i / 100.0)).isEqualTo(i);
        }
        assertThat(hundred.quantile(0)).isEqualTo(1);
        assertThat(hundred.quantile(0.001)).isEqualTo(1);
        assertThat(hundred.quantile(0.991)).isEqualTo(100);
    }

    @Test
    void anInterpolatedQuantileLiesBetweenOrderStatistics() {
        WeightedValues four = WeightedValues.of(1, 2, 2, 10);

        assertThat(four.interpolatedQuantile(0.5)).isEqualTo(2);
        assertThat(four.interpolatedQuantile(0.25)).isEqualTo(1.75);
        assertThat(four.interpolatedQuantile(1)).isEqualTo(10);
        assertThat(WeightedValues.of(-1e308, 1e308).interpolatedQuantile(0.5)).isZero();
    }

    @Test
    void nothingHasNoQuantilesAndNoRanks() {
        WeightedValues none = WeightedValues.of();

        assertThat(none.quantile(0.5)).isNaN();
        assertThat(none.interpolatedQuantile(0.5)).isNaN();
        assertThat(none.rank(0)).isNaN();
        assertThat(none.total()).isZero();
        assertThat(none).hasToString("0 distinct values of 0");
    }

    @Test
    void wrongArgumentsNameThemselves() {
        assertThatThrownBy(() -> values.quantile(1.5)).hasMessage("p: 1.5; a share from 0 to 1 is expected");
        assertThatThrownBy(() -> values.interpolatedQuantile(Double.NaN)).hasMessageStartingWith("p: NaN");
        assertThatThrownBy(() -> WeightedValues.of(1, Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> values.equalWidthBuckets(2, 1, 10)).hasMessageStartingWith("min, max: 2.0, 1.0");
        assertThatThrownBy(() -> values.equalWidthBuckets(0, Double.POSITIVE_INFINITY, 10))
                .hasMessageContaining("finite");
        assertThatThrownBy(() -> values.equalWidthBuckets(0, 1, 0)).hasMessageStartingWith("buckets: 0");
    }

    @Test
    void bucketsAreClosedBelowAndTheLastAtBothEnds() {
        EqualWidthBuckets buckets = values.equalWidthBuckets(0, 5, 5);

        assertThat(buckets.bounds()).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(buckets.counts()).containsExactly(2, 1, 0, 2, 1);
        assertThat(buckets.count(3)).isEqualTo(2);
    }

    @Test
    void aConstantIsInTheLastBucket() {
        assertThat(WeightedValues.of(7, 7).equalWidthBuckets(7, 7, 10).counts())
                .containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 0, 2);
    }

    @Test
    void theLastBucketHoldsTheMaximumThoughTheFormulaRoundsBelowIt() {
        double max = IntStream.range(1, 10_000)
                .mapToDouble(i -> 0.1 + i / 3.0)
                .filter(candidate -> 0.1 + (candidate - 0.1) * 10 / 10 < candidate)
                .findFirst()
                .orElseThrow();

        EqualWidthBuckets buckets = WeightedValues.of(0.1, max).equalWidthBuckets(0.1, max, 10);

        assertThat(buckets.upperBound(9)).isEqualTo(max);
        assertThat(buckets.count(9)).isEqualTo(1);
    }

    @Test
    void bucketsSpanTheWholeRangeOfDoubles() {
        EqualWidthBuckets buckets = WeightedValues.of(-1e308, 0, 1e308).equalWidthBuckets(-1e308, 1e308, 4);

        assertThat(buckets.bounds()).containsExactly(-1e308, -5e307, 0, 5e307, 1e308);
        assertThat(buckets.counts()).containsExactly(1, 0, 1, 1);
    }
}
