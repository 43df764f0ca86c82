package io.modelmonitor.stats.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.api.Explanation;
import io.modelmonitor.stats.Saved;
import io.modelmonitor.stats.internal.Packed;
import io.modelmonitor.stats.internal.PackedDoubles;
import io.modelmonitor.stats.internal.PackedLongs;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Saved samples and attributions, read whole and damaged. */
class SavedAttributionTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 40, 3_000})
    void aSampleCarriesOn(int rows) {
        RowSample sample = sample(1, rows);
        RowSample loaded = Saved.copy(sample::write, RowSample::read);
        for (RowSample each : List.of(sample, loaded)) {
            add(each, 2, 100);
            each.skip();
            each.merge(sample(3, 50));
            assertThat(sample(4, 50).merge(each).rows()).isEqualTo(rows + 201);
        }
        assertThat(Saved.bytes(loaded::write)).isEqualTo(Saved.bytes(sample::write));
        assertThat(loaded.shuffled().stream().map(RowSample.Row::position))
                .containsExactlyElementsOf(
                        sample.shuffled().stream().map(RowSample.Row::position).toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 40, 3_000})
    void anAttributionCarriesOn(int rows) {
        GlobalAttribution state = attribution(1, rows);
        GlobalAttribution loaded = Saved.copy(state::write, GlobalAttribution::read);
        for (GlobalAttribution each : List.of(state, loaded)) {
            add(each, 2, 100);
            each.merge(attribution(3, 50));
        }
        assertThat(Saved.bytes(loaded::write)).isEqualTo(Saved.bytes(state::write));
        for (Aggregation aggregation : Aggregation.values()) {
            assertThat(loaded.of(aggregation, 1)).isEqualTo(state.of(aggregation, 1));
            assertThat(loaded.spreads(aggregation, 1, 9)).isEqualTo(state.spreads(aggregation, 1, 9));
        }
    }

    @Test
    void damageIsRefusedInOneLineOrIsAStateThatCarriesOn() {
        Saved.damage(Saved.bytes(sample(1, 60)::write), RowSample::read, 2_000, sample -> {
            assertThat(sample.ordered().size()).isLessThanOrEqualTo((int) Math.min(sample.rows(), Integer.MAX_VALUE));
            add(sample, 2, 5);
        });
        Saved.damage(Saved.bytes(attribution(1, 30)::write), GlobalAttribution::read, 2_000, state -> {
            assertThat(state.rows()).isNotNegative();
            state.merge(GlobalAttribution.empty(1));
        });
    }

    @Test
    void impossibleSamplesAreRefused() {
        assertThatThrownBy(() -> Saved.read(RowSample::read, Saved.bytes(out -> {
                    Packed.writeCount(out, 5);
                    out.writeLong(1);
                    Packed.writeCount(out, 2);
                    PackedLongs.write(out, new long[] {3}, 1);
                    PackedLongs.write(out, new long[] {3}, 1);
                    PackedLongs.write(out, new long[] {1}, 1);
                    PackedDoubles.write(out, new double[] {1}, 1);
                })))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rows of a sample: row 3 of 2");
        assertThatThrownBy(() -> Saved.read(GlobalAttribution::read, Saved.bytes(out -> {
                    RowSample sample = RowSample.of(GlobalAttribution.MOST_SAMPLED, 1);
                    sample.add(new double[] {1, 2, 3});
                    sample.write(out);
                    Packed.writeCounts(out, new long[] {1, 2});
                    for (int count : new int[] {2, 2, 2, 1}) {
                        new CompensatedSums(count).write(out);
                    }
                })))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not each of 1 that are kept has 2 finite contributions");
    }

    private static RowSample sample(long seed, int rows) {
        RowSample sample = RowSample.of(30, 7);
        add(sample, seed, rows);
        return sample;
    }

    private static void add(RowSample sample, long seed, int rows) {
        Random random = new Random(seed);
        for (int i = 0; i < rows; i++) {
            sample.add(new double[] {random.nextGaussian(), random.nextInt(9), Double.NaN});
        }
    }

    private static GlobalAttribution attribution(long seed, int rows) {
        GlobalAttribution state = GlobalAttribution.empty(7);
        add(state, seed, rows);
        return state;
    }

    private static void add(GlobalAttribution state, long seed, int rows) {
        Random random = new Random(seed);
        for (int i = 0; i < rows; i++) {
            state.add(Explanation.of(
                    new double[] {0.5, Double.NaN}, random.doubles(6, -1, 1).toArray()));
        }
    }
}
