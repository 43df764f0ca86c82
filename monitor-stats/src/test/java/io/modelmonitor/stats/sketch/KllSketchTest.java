package io.modelmonitor.stats.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.stats.Saved;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KllSketchTest {

    @Test
    void keepsEveryNumberInItsOrderUpToTheRoomOfTheFirstLevel() {
        double[] values = random(1, 2050);
        KllSketch sketch = sketchOf(values);

        assertThat(sketch.isExact()).isTrue();
        assertThat(sketch.rankError()).isZero();
        assertThat(sketch.levels()).hasSize(1);
        assertThat(sketch.levels().get(0)).containsExactly(values);
    }

    @Test
    void theFirstCompactionKeepsEverySecondOfTheSortedNumbersAndTheLastToArrive() {
        double[] values = random(2, 2333);
        KllSketch sketch = sketchOf(values);

        double[] first = Arrays.copyOf(values, 2050);
        Arrays.sort(first);
        assertThat(sketch.levels()).hasSize(2);
        assertThat(sketch.levels().get(0)).containsExactly(Arrays.copyOfRange(values, 2050, 2333));
        assertThat(sketch.levels().get(1))
                .containsExactly(
                        IntStream.range(0, 1025).mapToDouble(i -> first[2 * i]).toArray());
        assertThat(sketch.isExact()).isFalse();
    }

    @Test
    void compactionsStartAtFirstSecondSecondFirst() {
        // Ascending data: what goes up from a block shows by its parity where the compaction started.
        KllSketch sketch = KllSketch.create();
        StringBuilder starts = new StringBuilder();
        int seen = 0;
        for (int i = 0; starts.length() < 4; i++) {
            sketch.update(i);
            double[] second = sketch.levels().size() > 1 ? sketch.levels().get(1) : new double[0];
            if (second.length > seen) {
                double[] added = Arrays.copyOfRange(second, seen, second.length);
                starts.append(added[1] - added[0] == 2 ? (int) (added[0] - firstOfBlock(added, sketch, i)) : -1);
            }
            seen = second.length;
        }
        assertThat(starts).hasToString("0110");
    }

    /** Blocks follow each other without gap, and the last to arrive stays: the block ends before it. */
    private static double firstOfBlock(double[] added, KllSketch sketch, int last) {
        boolean leftover = sketch.levels().get(0).length == 1;
        return (leftover ? last - 1 : last) - 2.0 * added.length + 1;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 2051, 5000, 40_000, 250_000})
    void equalInputGivesEqualLevelsHoweverItIsCutIntoBlocks(int size) {
        double[] values = random(3, size);
        KllSketch oneByOne = KllSketch.create();
        for (double value : values) {
            oneByOne.update(value);
        }
        KllSketch inBlocks = KllSketch.create();
        for (int from = 0, step = 1; from < size; from += step, step = step * 3 % 4099 + 1) {
            inBlocks.update(values, from, Math.min(size, from + step));
        }
        assertThat(Saved.bytes(inBlocks::write)).isEqualTo(Saved.bytes(oneByOne::write));
        assertThat(Saved.bytes(sketchOf(values)::write)).isEqualTo(Saved.bytes(oneByOne::write));
    }

    @Test
    void weightsAddUpToTheCount() {
        KllSketch sketch = sketchOf(random(4, 123_457));

        long weight = 0;
        for (int h = 0; h < sketch.levels().size(); h++) {
            weight += (long) sketch.levels().get(h).length << h;
        }
        assertThat(weight).isEqualTo(123_457).isEqualTo(sketch.count());
        assertThat(sketch.values().total()).isEqualTo(123_457);
    }

    @ParameterizedTest
    @ValueSource(ints = {3000, 20_000, 200_000})
    void ranksStayWithinTheStatedError(int size) {
        double[] values = random(5, size);
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        KllSketch sketch = sketchOf(values);
        KllSketch merged =
                sketchOf(Arrays.copyOf(values, size / 3)).merge(sketchOf(Arrays.copyOfRange(values, size / 3, size)));

        for (KllSketch each : List.of(sketch, merged)) {
            assertThat(each.rankError()).isPositive().isLessThan(0.003);
            for (int i = 0; i < size; i += 97) {
                assertThat(each.rank(sorted[i])).isCloseTo((i + 1.0) / size, within(each.rankError()));
            }
        }
    }

    @Test
    void answersExactlyWhileNothingWasDropped() {
        KllSketch sketch = sketchOf(3, 1, 2, 2);

        assertThat(sketch.quantiles(new double[] {0, 0.25, 0.26, 0.75, 0.76, 1}))
                .containsExactly(1, 1, 2, 2, 3, 3);
        assertThat(sketch.rank(2)).isEqualTo(0.75);
        assertThat(sketch.rankBelow(2)).isEqualTo(0.25);
        assertThat(sketch.rank(0)).isZero();
        assertThat(sketch.rankBelow(0)).isZero();
        assertThat(sketch.rank(9)).isEqualTo(1);
        assertThat(sketch.rankBelow(9)).isEqualTo(1);
    }

    @Test
    void extremesAreExactForever() {
        double[] values = random(6, 100_000);
        values[500] = -1e9;
        values[77_000] = 1e9;
        KllSketch sketch = sketchOf(values);

        assertThat(sketch.quantile(0)).isEqualTo(-1e9).isEqualTo(sketch.min());
        assertThat(sketch.quantile(1)).isEqualTo(1e9).isEqualTo(sketch.max());
        assertThat(sketch.rank(1e9)).isEqualTo(1);
    }

    @Test
    void anEmptySketchKnowsNothing() {
        KllSketch sketch = KllSketch.create();

        assertThat(sketch.quantile(0.5)).isNaN();
        assertThat(sketch.rank(1)).isNaN();
        assertThat(sketch.rankBelow(1)).isNaN();
        assertThat(sketch.rankError()).isZero();
        assertThat(sketch.merge(KllSketch.create()).count()).isZero();
        assertThat(Saved.bytes(Saved.copy(sketch::write, KllSketch::read)::write))
                .isEqualTo(Saved.bytes(sketch::write));
    }

    @Test
    void infinitiesHaveRanksAndNaNHasNone() {
        KllSketch sketch = sketchOf(Double.NEGATIVE_INFINITY, 0, 1, Double.POSITIVE_INFINITY);

        assertThat(sketch.rank(0)).isEqualTo(0.5);
        assertThat(sketch.quantile(1)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThatThrownBy(() -> sketch.update(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NaN");
        assertThat(sketch.count()).isEqualTo(4);
    }

    @Test
    void zerosOfBothSignsAreEqual() {
        KllSketch sketch = sketchOf(-0.0, 0.0, 1);

        assertThat(sketch.values().size()).isEqualTo(2);
        assertThat(sketch.rank(-0.0)).isEqualTo(sketch.rank(0.0)).isEqualTo(2 / 3.0);
        assertThat(sketch.rankBelow(0.0)).isZero();
    }

    @Test
    void mergingJoinsLevelsThisOnesNumbersFirst() {
        KllSketch one = sketchOf(random(7, 700));
        KllSketch other = sketchOf(random(8, 800));
        byte[] before = Saved.bytes(one::write);

        KllSketch merged = one.merge(other);

        double[] joined = IntStream.range(0, 1500)
                .mapToDouble(
                        i -> i < 700 ? one.levels().get(0)[i] : other.levels().get(0)[i - 700])
                .toArray();
        assertThat(merged.levels().get(0)).containsExactly(joined);
        assertThat(Saved.bytes(one::write)).isEqualTo(before);
        assertThat(other.count()).isEqualTo(800);
    }

    @Test
    void mergingCondensesUntilThereIsRoom() {
        KllSketch merged = sketchOf(random(9, 1025)).merge(sketchOf(random(10, 1025)));

        assertThat(merged.levels().stream().map(level -> level.length)).containsExactly(0, 1025);
        assertThat(merged.count()).isEqualTo(2050);
    }

    @Test
    void aSavedSketchCarriesOnAsIfNothingHadHappened() {
        double[] values = random(11, 30_000);
        KllSketch whole = sketchOf(values);
        KllSketch loaded = Saved.copy(sketchOf(Arrays.copyOf(values, 17_000))::write, KllSketch::read);
        loaded.update(values, 17_000, 30_000);

        assertThat(Saved.bytes(loaded::write)).isEqualTo(Saved.bytes(whole::write));
    }

    @Test
    void levelsOfAFileAreEnoughToCarryOn() {
        double[] values = random(12, 100_000);
        KllSketch written = sketchOf(Arrays.copyOf(values, 60_000));
        KllSketch loaded = KllSketch.ofLevels(written.levels(), written.min(), written.max());

        assertThat(loaded.count()).isEqualTo(60_000);
        assertThat(loaded.quantile(0.3)).isEqualTo(written.quantile(0.3));
        assertThat(loaded.rankError()).isBetween(written.rankError() / 3, written.rankError() * 3);
        loaded.update(values, 60_000, 100_000);
        Arrays.sort(values);
        assertThat(loaded.rank(values[49_999])).isCloseTo(0.5, within(0.003));
    }

    @Test
    void levelsThatCannotBeAreRefused() {
        assertThatThrownBy(() -> KllSketch.ofLevels(List.of(new double[] {1, 5}), 0, 4))
                .hasMessageContaining("level 0 holds 5.0");
        assertThatThrownBy(() -> KllSketch.ofLevels(List.of(new double[] {Double.NaN}), 0, 4))
                .isInstanceOf(IllegalArgumentException.class);
        List<double[]> many =
                IntStream.range(0, 61).mapToObj(i -> new double[0]).toList();
        assertThatThrownBy(() -> KllSketch.ofLevels(many, 0, 4)).hasMessageContaining("60");
    }

    @Test
    void bucketsAreThoseOfTheService() {
        double[] values = IntStream.range(0, 1000).mapToDouble(i -> i / 7.0).toArray();
        EqualWidthBuckets buckets = sketchOf(values).values().equalWidthBuckets(0, values[999], 10);

        assertThat(buckets.size()).isEqualTo(10);
        assertThat(Arrays.stream(buckets.counts()).sum()).isEqualTo(1000);
        for (int i = 0; i < 10; i++) {
            assertThat(buckets.lowerBound(i)).isEqualTo(0 + (values[999] - 0) * i / 10);
        }
        assertThat(buckets.upperBound(9)).isEqualTo(values[999]);
    }

    private static KllSketch sketchOf(double... values) {
        KllSketch sketch = KllSketch.create();
        sketch.update(values, 0, values.length);
        return sketch;
    }

    private static double[] random(long seed, int size) {
        Random random = new Random(seed);
        return IntStream.range(0, size).mapToDouble(i -> random.nextGaussian()).toArray();
    }
}
