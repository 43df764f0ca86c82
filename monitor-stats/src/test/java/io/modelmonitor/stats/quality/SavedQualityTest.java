package io.modelmonitor.stats.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.stats.Saved;
import io.modelmonitor.stats.internal.Packed;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Saved states of quality, read whole and damaged. */
@Tag("exhaustive")
class SavedQualityTest {

    private static final List<String> LABELS = List.of("low", "", "high");

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 500, 150_000})
    void binaryQualityCarriesOn(int rows) {
        BinaryQuality state = binary(1, rows);
        BinaryQuality loaded = Saved.copy(state::write, BinaryQuality::read);
        assertThat(metrics(loaded)).isEqualTo(metrics(state));
        for (BinaryQuality each : List.of(state, loaded)) {
            add(each, 2, 3_000);
            each.merge(binary(3, 700));
        }
        assertThat(metrics(loaded)).isEqualTo(metrics(state));
        assertThat(Saved.bytes(loaded::write)).isEqualTo(Saved.bytes(state::write));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 500, 60_000})
    void multiclassQualityCarriesOn(int rows) {
        MulticlassQuality state = multiclass(1, rows);
        MulticlassQuality loaded = Saved.copy(state::write, MulticlassQuality::read);
        assertThat(metrics(loaded)).isEqualTo(metrics(state));
        for (MulticlassQuality each : List.of(state, loaded)) {
            add(each, 2, 300);
            each.merge(multiclass(3, 700));
        }
        assertThat(metrics(loaded)).isEqualTo(metrics(state));
        assertThat(Saved.bytes(loaded::write)).isEqualTo(Saved.bytes(state::write));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 500, 150_000})
    void regressionQualityCarriesOn(int rows) {
        RegressionQuality state = regression(1, rows);
        RegressionQuality loaded = Saved.copy(state::write, RegressionQuality::read);
        assertThat(metrics(loaded)).isEqualTo(metrics(state));
        for (RegressionQuality each : List.of(state, loaded)) {
            add(each, 2, 300);
            each.merge(regression(3, 700));
        }
        assertThat(metrics(loaded)).isEqualTo(metrics(state));
        assertThat(Saved.bytes(loaded::write)).isEqualTo(Saved.bytes(state::write));
    }

    @Test
    void aTableOfAnyLimitCarriesOn() {
        Random random = new Random(5);
        for (int limit : new int[] {2, 3, 100, 128}) {
            CountTable table = new CountTable(limit);
            for (int i = 0; i < 2_000; i++) {
                table.add(random.nextGaussian(), i % 3 == 0);
                CountTable loaded = new CountTable(limit);
                Saved.copy(table::write, in -> loaded.read(in));
                table = i % 100 == 0 ? loaded : table;
                if (i % 250 == 0) {
                    assertThat(loaded.sorted().numbers())
                            .isEqualTo(table.sorted().numbers());
                }
            }
            assertThat(table.sorted().size()).isBetween(1, limit);
        }
    }

    @Test
    @Tag("simulation")
    void damageIsRefusedInOneLineOrIsAStateThatCarriesOn() {
        Saved.damage(Saved.bytes(binary(1, 60)::write), BinaryQuality::read, 2_000, state -> {
            assertThat(state.rows()).isNotNegative();
            state.merge(binary(2, 5));
            metrics(state);
        });
        Saved.damage(Saved.bytes(multiclass(1, 60)::write), MulticlassQuality::read, 2_000, state -> {
            assertThat(state.rows()).isNotNegative();
            add(state, 2, 5);
        });
        Saved.damage(Saved.bytes(regression(1, 60)::write), RegressionQuality::read, 2_000, state -> {
            assertThat(state.rows()).isNotNegative();
            state.merge(regression(2, 5));
            metrics(state);
        });
    }

    @Test
    void impossibleStatesAreRefused() {
        assertThatThrownBy(() -> Saved.read(BinaryQuality::read, Saved.bytes(out -> {
                    Packed.writeCounts(out, new long[] {1, 0, 0, 0, 1, 0});
                    CountTable scores = new CountTable(9);
                    scores.add(0.5, true);
                    scores.write(out);
                    out.write(new byte[22]);
                })))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("scores: 1 valid and 1 invalid ones of 1 rows");
        assertThatThrownBy(() -> Saved.read(MulticlassQuality::read, Saved.bytes(out -> {
                    Packed.writeCounts(out, new long[] {0, 2});
                    Packed.writeText(out, "a");
                    Packed.writeText(out, "a");
                })))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("labels: one occurs twice");
        assertThatThrownBy(() -> Saved.read(RegressionQuality::read, Saved.bytes(out -> {
                    Packed.writeCount(out, 0);
                    new CountTable(9).write(out);
                    out.writeDouble(0);
                    Packed.writeCounts(out, new long[] {0, 0, 0, 0, 1, 0, 0});
                })))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rows: the parts are not of the same 0");
    }

    private static String metrics(BinaryQuality state) {
        return state.summary("no", "yes", ConstantClassifier.ofMajority()).metrics().stream()
                .map(metric -> metric.name() + metric.value())
                .toList()
                .toString();
    }

    private static String metrics(MulticlassQuality state) {
        return state.summary(ConstantClassifier.ofMajority()).metrics().stream()
                .map(metric -> metric.name() + metric.subject() + metric.value())
                .toList()
                .toString();
    }

    private static String metrics(RegressionQuality state) {
        return state.summary().metrics().stream()
                .map(metric -> metric.name() + metric.value())
                .toList()
                .toString();
    }

    private static BinaryQuality binary(long seed, int rows) {
        BinaryQuality state = BinaryQuality.empty();
        add(state, seed, rows);
        return state;
    }

    private static void add(BinaryQuality state, long seed, int rows) {
        Random random = new Random(seed);
        for (int i = 0; i < rows; i++) {
            double score = random.nextInt(50) == 0 ? Double.NaN : random.nextDouble();
            state.add(random.nextDouble() < score, score > 0.5, score);
        }
    }

    private static MulticlassQuality multiclass(long seed, int rows) {
        MulticlassQuality state = MulticlassQuality.scoring(LABELS);
        add(state, seed, rows);
        return state;
    }

    private static void add(MulticlassQuality state, long seed, int rows) {
        Random random = new Random(seed);
        for (int i = 0; i < rows; i++) {
            int actual = random.nextInt(9) == 0 ? state.position("other" + random.nextInt(3)) : random.nextInt(3);
            state.add(actual, random.nextInt(3), random.doubles(3).toArray());
        }
    }

    private static RegressionQuality regression(long seed, int rows) {
        RegressionQuality state = RegressionQuality.empty();
        add(state, seed, rows);
        return state;
    }

    private static void add(RegressionQuality state, long seed, int rows) {
        Random random = new Random(seed);
        for (int i = 0; i < rows; i++) {
            double truth = random.nextInt(9) == 0 ? 0 : random.nextGaussian();
            state.add(truth, random.nextInt(4) == 0 ? 0 : truth + random.nextGaussian());
        }
    }
}
