package io.modelmonitor.stats.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.dynatrace.hash4j.distinctcount.UltraLogLog;
import io.modelmonitor.stats.Saved;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistinctCountTest {

    @Test
    void isExactWhileThereAreFew() {
        DistinctCount count = of(0, DistinctCount.EXACT_LIMIT);
        add(count, 0, DistinctCount.EXACT_LIMIT);

        assertThat(count.isExact()).isTrue();
        assertThat(count.estimate()).isEqualTo(DistinctCount.EXACT_LIMIT);
        assertThat(count.relativeError()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {4_097, 10_000, 100_000, 1_000_000})
    void isWithinThreeStandardErrorsWhenThereAreMany(int size) {
        DistinctCount count = of(0, size);

        assertThat(count.isExact()).isFalse();
        assertThat(count.relativeError()).isEqualTo(0.0061);
        assertThat(count.estimate()).isCloseTo(size, withinPercentage(2));
    }

    @Test
    void numbersAreEqualAsNumbersAreAndTextsAreNoNumbers() {
        DistinctCount count = DistinctCount.create();
        count.add(0.0);
        count.add(-0.0);
        count.add(Double.NaN);
        count.add(Double.longBitsToDouble(0x7ff8000000000001L));
        count.add("0.0");
        count.add("");

        assertThat(count.estimate()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 3_000, 5_000, 200_000})
    void mergingEqualsOnePassInAnyOrder(int size) {
        DistinctCount a = of(0, size);
        DistinctCount b = of(size / 2, 2 * size);
        DistinctCount c = of(0, 7);
        byte[] whole = Saved.bytes(of(0, 2 * size)::write);

        assertThat(Saved.bytes(a.merge(b).merge(c)::write)).isEqualTo(whole);
        assertThat(Saved.bytes(c.merge(b.merge(a))::write)).isEqualTo(whole);
        assertThat(Saved.bytes(b.merge(a)::write)).isEqualTo(whole);
        assertThat(c.estimate()).isEqualTo(7);
    }

    @Test
    void hashesEnterRegistersAsTheyEnterThoseOfUltraLogLog() {
        UltraLogLog expected = UltraLogLog.create(14);
        byte[] registers = new byte[1 << 14];
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 300_000; i++) {
            // Of few registers, so that these see many places, and with many zeros at times, which are rare by chance.
            long hash = random.nextLong() & 0xFF03_FFFF_FFFF_FFFFL;
            long rare = i % 5 == 0 ? hash & (0xFF03_FFFF_FFFF_FFFFL ^ (-1L >>> random.nextInt(14, 64))) : hash;
            expected.add(rare);
            DistinctCount.addTo(registers, rare);
        }

        assertThat(registers).isEqualTo(expected.getState());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4_096, 4_097, 50_000})
    void savingAndLoadingIsIdentity(int size) {
        DistinctCount count = of(0, size);
        DistinctCount loaded = Saved.copy(count::write, DistinctCount::read);

        assertThat(Saved.bytes(loaded::write)).isEqualTo(Saved.bytes(count::write));
        assertThat(loaded.estimate()).isEqualTo(count.estimate());
        add(loaded, 0, 2 * size);
        add(count, 0, 2 * size);
        assertThat(Saved.bytes(loaded::write)).isEqualTo(Saved.bytes(count::write));
    }

    @Test
    void aStatedCountIsALowerBoundOnceMerged() {
        DistinctCount stated = DistinctCount.stated(24_000);

        assertThat(stated.estimate()).isEqualTo(24_000);
        assertThat(stated.relativeError()).isNaN();
        assertThat(stated.isExact()).isFalse();
        assertThat(stated.merge(of(0, 5)).estimate()).isEqualTo(24_000);
        assertThat(of(0, 5).merge(DistinctCount.stated(3)).estimate()).isEqualTo(5);
        assertThat(Saved.copy(stated::write, DistinctCount::read).estimate()).isEqualTo(24_000);
        assertThatThrownBy(() -> DistinctCount.stated(-1)).hasMessageContaining("-1");
    }

    private static DistinctCount of(int from, int to) {
        DistinctCount count = DistinctCount.create();
        add(count, from, to);
        return count;
    }

    private static void add(DistinctCount count, int from, int to) {
        double[] numbers = IntStream.range(from, to).asDoubleStream().toArray();
        count.add(numbers, 0, numbers.length);
    }
}
