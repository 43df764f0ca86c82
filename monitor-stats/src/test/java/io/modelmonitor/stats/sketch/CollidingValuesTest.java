package io.modelmonitor.stats.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Values that were made to have equal hashes cost little more than others, and are counted alike. */
class CollidingValuesTest {

    private static final int FEW = 1_000;

    /** Returns texts whose hashes end with so many zero bits, in a fixed order. */
    private static List<String> colliding(int texts, int bits) {
        List<String> found = new ArrayList<>();
        for (int i = 0; found.size() < texts; i++) {
            String text = Integer.toString(i, 36);
            if ((Hashes.of(text) & (1L << bits) - 1) == 0) {
                found.add(text);
            }
        }
        return found;
    }

    private static long steps(List<String> texts, int times) {
        TextCounts counts = new TextCounts();
        for (int i = 0; i < times; i++) {
            texts.forEach(text -> counts.add(text, Hashes.of(text), Double.NaN, 1));
        }
        for (String text : texts) {
            assertThat(counts.count(text)).isEqualTo(times);
        }
        assertThat(counts.size()).isEqualTo(texts.size());
        return counts.steps();
    }

    @Test
    void fourTimesAsManyTextsThatCollideCostAboutFourTimesAsMuch() {
        List<String> texts = colliding(4 * FEW, 13);
        long few = steps(texts.subList(0, FEW), 4);
        assertThat(steps(texts, 4)).isLessThan(6 * few);
    }

    @Test
    void textsThatCollideAreCountedAsTheirLikesInEveryOrderOfMerging() {
        List<String> texts = colliding(FEW, 12);
        TextCounts one = new TextCounts();
        TextCounts other = new TextCounts();
        texts.forEach(text -> one.add(text, Hashes.of(text), Double.NaN, 1));
        texts.forEach(text -> other.addHeld(text, 2));
        one.addAll(other);
        assertThat(one.sorted()).hasSize(FEW).allSatisfy(category -> assertThat(category.count())
                .isEqualTo(3));
        one.purge();
        assertThat(one.size()).isZero();
        one.addHeld("after", 5);
        assertThat(one.count("after")).isEqualTo(5);
    }

    @Test
    void fourTimesAsManyNumbersThatCollideCostAboutFourTimesAsMuch() {
        List<Double> numbers = new ArrayList<>();
        for (long i = 1; numbers.size() < 4 * FEW; i++) {
            if ((Hashes.of((double) i) & (1 << 14) - 1) == 0) {
                numbers.add((double) i);
            }
        }
        long few = steps(numbers.subList(0, FEW));
        assertThat(steps(numbers)).isLessThan(6 * few);
    }

    private static long steps(Iterable<Double> numbers) {
        NumberCounts counts = new NumberCounts();
        for (int i = 0; i < 4; i++) {
            numbers.forEach(number -> counts.add(number, 1));
        }
        numbers.forEach(number -> assertThat(counts.count(number)).isEqualTo(4));
        return counts.steps();
    }

    @Test
    void valuesThatDoNotCollideAreFoundWithoutTheTree() {
        TextCounts counts = new TextCounts();
        int texts = 100_000;
        for (int i = 0; i < texts; i++) {
            String text = "value " + i;
            counts.add(text, Hashes.of(text), Double.NaN, 1);
        }
        assertThat(counts.steps()).isLessThan(3L * texts);
    }
}
