package io.modelmonitor.stats.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.stats.Saved;
import io.modelmonitor.stats.internal.Packed;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Saved counts of outcomes, read whole and damaged. */
class SavedOutcomesTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 300})
    void carriesOnAsIfItHadNeverBeenSaved(int people) {
        OutcomeCounts counts = counts(1, people);
        OutcomeCounts loaded = Saved.copy(counts::write, OutcomeCounts::read);
        int[] codes = IntStream.range(0, 9).map(code -> 8 - code).toArray();
        for (OutcomeCounts each : List.of(counts, loaded)) {
            add(each, 2, 100);
            each.merge(counts(3, 50), codes, codes, codes);
        }
        assertThat(Saved.bytes(loaded::write)).isEqualTo(Saved.bytes(counts::write));
        for (int group = 0; group < counts.groups(); group++) {
            for (BiasMetric metric : BiasMetric.values()) {
                assertThat(metric.of(loaded.comparison(group)))
                        .isEqualTo(Double.valueOf(metric.of(counts.comparison(group))));
            }
        }
    }

    @Test
    void damageIsRefusedInOneLineOrIsAStateThatCarriesOn() {
        Saved.damage(Saved.bytes(counts(1, 200)::write), OutcomeCounts::read, 2_000, counts -> {
            assertThat(counts.groups()).isNotNegative();
            counts.outcomes(0);
            add(counts, 2, 5);
        });
    }

    @Test
    void impossibleCountsAreRefused() {
        long[] pair = {2, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0};
        assertThatThrownBy(() -> Saved.read(OutcomeCounts::read, Saved.bytes(out -> Packed.writeCounts(out, pair))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("groups and strata: a pair occurs twice or holds nobody");
        assertThatThrownBy(() -> Saved.read(
                        OutcomeCounts::read, Saved.bytes(out -> Packed.writeCounts(out, new long[] {1, 1L << 30}))))
                .hasMessageContaining("group: 1073741824; at most");
    }

    private static OutcomeCounts counts(long seed, int people) {
        OutcomeCounts counts = OutcomeCounts.create();
        add(counts, seed, people);
        return counts;
    }

    private static void add(OutcomeCounts counts, long seed, int people) {
        Random random = new Random(seed);
        for (int i = 0; i < people; i++) {
            int group = random.nextInt(7);
            counts.add(group, random.nextInt(9) - 1, random.nextInt(3), random.nextInt(3));
            counts.addCategory(group, random.nextInt(6) - 1);
        }
    }
}
