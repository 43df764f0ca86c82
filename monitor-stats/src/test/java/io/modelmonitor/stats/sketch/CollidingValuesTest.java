package io.modelmonitor.stats.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.stats.internal.Hashes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Values that were made to have equal hashes cost little more than others, and are counted alike. */
class CollidingValuesTest {

    private static final int FEW = 1_000;

    /** Returns up to 4,096 texts of equal hashes: "Aa" and "BB" are such, so all that are made of twelve of them are. */
    private static List<String> colliding(int texts) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < texts; i++) {
            StringBuilder text = new StringBuilder();
            for (int bit = 0; bit < 12; bit++) {
                text.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            found.add(text.toString());
        }
        assertThat(found.stream().map(String::hashCode).distinct()).hasSize(1);
        return found;
    }

    private static long steps(List<String> texts, int times) {
        TextCounts counts = new TextCounts();
        for (int i = 0; i < times; i++) {
            texts.forEach(text -> counts.add(text, Double.NaN, 1));
        }
        for (String text : texts) {
            assertThat(counts.count(text)).isEqualTo(times);
        }
        assertThat(counts.size()).isEqualTo(texts.size());
        return counts.steps();
    }

    @Test
    void fourTimesAsManyTextsThatCollideCostAboutFourTimesAsMuch() {
        List<String> texts = colliding(4 * FEW);
        long few = steps(texts.subList(0, FEW), 4);
        assertThat(steps(texts, 4)).isLessThan(6 * few);
    }

    @Test
    void textsThatCollideAreCountedAsTheirLikesInEveryOrderOfMerging() {
        List<String> texts = colliding(FEW);
        TextCounts one = new TextCounts();
        TextCounts other = new TextCounts();
        texts.forEach(text -> one.add(text, Double.NaN, 1));
        texts.forEach(text -> other.add(text, Double.NaN, 2));
        one.addAll(other, true);
        assertThat(one.stream()).hasSize(FEW).allSatisfy(category -> assertThat(category.count())
                .isEqualTo(3));
        one.purge();
        assertThat(one.size()).isZero();
        one.add("after", Double.NaN, 5);
        assertThat(one.count("after")).isEqualTo(5);
    }

    @Test
    void copiesAndSavedTablesOfWhatCollidesFindAllOfIt() throws IOException {
        TextCounts texts = new TextCounts();
        List<String> colliding = colliding(FEW);
        colliding.forEach(text -> texts.add(text, Double.NaN, 2));
        NumberCounts numbers = new NumberCounts();
        List<Double> collidingNumbers = collidingNumbers(FEW);
        collidingNumbers.forEach(number -> numbers.add(number, 2));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PackedTexts.write(new DataOutputStream(bytes), texts);
        numbers.write(new DataOutputStream(bytes));
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
        for (TextCounts same : List.of(texts.copy(), PackedTexts.read(in))) {
            colliding.forEach(text -> same.add(text, Double.NaN, 1));
            assertThat(same.size()).isEqualTo(FEW);
            assertThat(colliding)
                    .allSatisfy(text -> assertThat(same.count(text)).isEqualTo(3));
        }
        for (NumberCounts same : List.of(numbers.copy(), NumberCounts.read(in))) {
            collidingNumbers.forEach(number -> same.add(number, 1));
            assertThat(same.size()).isEqualTo(FEW);
            assertThat(collidingNumbers)
                    .allSatisfy(number -> assertThat(same.count(number)).isEqualTo(3));
        }
        assertThat(texts.count(colliding.get(0))).as("the copy is its own").isEqualTo(2);
    }

    private static List<Double> collidingNumbers(int count) {
        List<Double> numbers = new ArrayList<>();
        for (long i = 1; numbers.size() < count; i++) {
            if ((Hashes.of((double) i) & (1 << 14) - 1) == 0) {
                numbers.add((double) i);
            }
        }
        return numbers;
    }

    @Test
    void fourTimesAsManyNumbersThatCollideCostAboutFourTimesAsMuch() {
        List<Double> numbers = collidingNumbers(4 * FEW);
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
            counts.add(text, Double.NaN, 1);
        }
        assertThat(counts.steps()).isLessThan(3L * texts);
    }

    @Test
    void aTableIsAddedToASmallOneOrReadWithoutTheTree() throws IOException {
        int values = Categories.MAX_VALUES;
        TextCounts texts = new TextCounts();
        NumberCounts numbers = new NumberCounts();
        for (int i = 0; i < values; i++) {
            String text = "value " + i;
            texts.add(text, Double.NaN, 1);
            numbers.add(i + 0.5, 1);
        }
        TextCounts addedTexts = new TextCounts();
        addedTexts.addAll(texts, true);
        NumberCounts addedNumbers = new NumberCounts();
        addedNumbers.addAll(numbers);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        numbers.write(new DataOutputStream(bytes));
        NumberCounts readNumbers =
                NumberCounts.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        assertThat(List.of(addedTexts.size(), addedNumbers.size(), readNumbers.size()))
                .containsOnly(values);
        assertThat(List.of(addedTexts.steps(), addedNumbers.steps(), readNumbers.steps()))
                .allSatisfy(steps -> assertThat(steps).isLessThan(3L * values));
    }
}
