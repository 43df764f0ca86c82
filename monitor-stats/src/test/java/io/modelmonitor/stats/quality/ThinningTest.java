package io.modelmonitor.stats.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThinningTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 3, 4, 50, 999, 1000, 5000})
    void keepsABinomialNumberOfEachCount(long count) {
        SplittableRandom random = new SplittableRandom(count);
        int repetitions = 20_000;
        long[] counts = new long[repetitions];
        Arrays.fill(counts, count);
        Mean mean = new Mean();
        for (long left : Thinning.of(counts, random)) {
            assertThat(left).isBetween(0L, count);
            mean.add((double) left);
        }

        double spread = mean.standardError() * Math.sqrt(repetitions);
        double expected = Math.sqrt(count * 0.8 * 0.2);
        assertThat(mean.value()).isCloseTo(0.8 * count, within(1e-9 + 5 * expected / Math.sqrt(repetitions)));
        assertThat(spread).isCloseTo(expected, within(0.03 * expected));
    }
}
