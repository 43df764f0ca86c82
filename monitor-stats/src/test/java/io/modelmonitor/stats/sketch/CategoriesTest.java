package io.modelmonitor.stats.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.modelmonitor.stats.Saved;
import java.nio.CharBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CategoriesTest {

    @Test
    void countsByExactSpelling() {
        Categories categories = of("b", "a", "1", "1.0", "b", "", "B");

        assertThat(categories.isComplete()).isTrue();
        assertThat(categories.size()).isEqualTo(6);
        assertThat(categories.total()).isEqualTo(7);
        assertThat(categories.other()).isZero();
        assertThat(categories.countError()).isZero();
        assertThat(categories.count("b")).isEqualTo(2);
        assertThat(categories.count("1")).isEqualTo(1);
        assertThat(categories.count("x")).isZero();
        assertThat(categories.distinct().estimate()).isEqualTo(6);
        assertThat(categories.distinctNumbers().estimate()).isEqualTo(1);
        assertThat(categories).hasToString("6 values of 7");
    }

    @Test
    void listsTheMostFrequentFirstAndThenByCodePoints() {
        String beyond = "\uD83D\uDE00";
        Categories categories = of("\uFF21", beyond, "z", "y", "y", "za");

        assertThat(categories.values().stream().map(Category::value)).containsExactly("y", "z", "za", "\uFF21", beyond);
        assertThat(categories.top(2)).containsExactly(new Category("y", 2), new Category("z", 1));
        assertThat(categories.top(99)).hasSize(5);
    }

    @Test
    void knownValuesAreFoundInAnyKindOfCharSequence() {
        Categories categories = of("north");
        categories.add(CharBuffer.wrap("north"));

        assertThat(categories.values()).containsExactly(new Category("north", 2));
        assertThat(categories.count(CharBuffer.wrap("north"))).isEqualTo(2);
    }

    @Test
    void numbersWithoutSpellingAreWrittenInTheirShortestForm() {
        Categories whole = Categories.create();
        whole.add(new double[] {3, -0.0, 0.0, 3}, 0, 4, false);
        Categories fractional = Categories.create();
        fractional.add(new double[] {3, 0.1, Double.NaN, 1e21}, 0, 4, true);

        assertThat(whole.values()).containsExactly(new Category("0", 2), new Category("3", 2));
        assertThat(whole.count("3")).isEqualTo(2);
        assertThat(whole.count("3.0")).isZero();
        assertThat(fractional.values().stream().map(Category::value)).containsExactly("0.1", "1.0E21", "3.0", "NaN");
    }

    @Test
    void numbersWithAndWithoutSpellingMeet() {
        Categories spelled = of("3", "x");
        Categories unspelled = Categories.create();
        unspelled.add(new double[] {3, 4}, 0, 2, false);

        for (Categories merged : List.of(spelled.merge(unspelled), unspelled.merge(spelled))) {
            assertThat(merged.values())
                    .containsExactly(new Category("3", 2), new Category("4", 1), new Category("x", 1));
            assertThat(merged.distinct().estimate()).isEqualTo(3);
        }
        spelled.add(new double[] {3}, 0, 1, false);
        unspelled.add("3");
        assertThat(spelled.count("3")).isEqualTo(2);
        assertThat(unspelled.count("3")).isEqualTo(2);
    }

    @Test
    void beyondTheLimitNumbersAreDroppedAndTextsStay() {
        Categories categories = of("n/a", "n/a");
        for (int i = 0; i < 10_000; i++) {
            categories.add(Integer.toString(i));
        }
        categories.add("n/a");

        assertThat(categories.isComplete()).isFalse();
        assertThat(categories.values()).containsExactly(new Category("n/a", 3));
        assertThat(categories.countError()).isZero();
        assertThat(categories.other()).isEqualTo(10_000);
        assertThat(categories.distinct().estimate()).isCloseTo(10_001, withinPercentage(2));
        assertThat(categories.distinctNumbers().estimate()).isCloseTo(10_000, withinPercentage(2));
        assertThat(categories.numbers()).isNull();
    }

    @Test
    void theLimitItselfIsWithin() {
        Categories categories = of(number -> "t" + number, Categories.MAX_VALUES);
        assertThat(categories.isComplete()).isTrue();
        categories.add("one more");
        assertThat(categories.isComplete()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void heavyHittersAreFoundAndTheirCountsAreTooLowByTheStatedErrorAtMost(int seed) {
        Random random = new Random(seed);
        int n = 200_000;
        String[] values = new String[n];
        Arrays.setAll(
                values,
                i -> "v" + (int) Math.min(1e7, 1 / (1e-9 + random.nextDouble())) % 60_000
                        + (random.nextBoolean() ? "" : "-" + random.nextInt(50_000)));
        Categories categories = of(values);

        assertThat(categories.countError()).isPositive().isLessThanOrEqualTo(n / 2048);
        assertThat(categories.size()).isLessThanOrEqualTo(Categories.MAX_VALUES);
        Map<String, Long> exact = Arrays.stream(values)
                .collect(java.util.stream.Collectors.groupingBy(
                        value -> value, java.util.TreeMap::new, java.util.stream.Collectors.counting()));
        exact.forEach((value, count) ->
                assertThat(categories.count(value)).as(value).isBetween(count - categories.countError(), count));
        long here = categories.values().stream().mapToLong(Category::count).sum();
        assertThat(categories.other()).isEqualTo(n - here);
    }

    @Test
    void mergingCompleteOnesIsExactInAnyOrder() {
        Categories a = of("x", "y", "y", "1");
        Categories b = of("y", "z", "2.50");
        Categories c = Categories.create();
        byte[] whole = Saved.bytes(of("x", "y", "y", "1", "y", "z", "2.50")::write);
        byte[] before = Saved.bytes(a::write);

        assertThat(Saved.bytes(a.merge(b).merge(c)::write)).isEqualTo(whole);
        assertThat(Saved.bytes(c.merge(b.merge(a))::write)).isEqualTo(whole);
        assertThat(Saved.bytes(b.merge(a)::write)).isEqualTo(whole);
        assertThat(Saved.bytes(a::write)).isEqualTo(before);
    }

    @Test
    void mergingIncompleteOnesIsCommutativeAndErrorsAdd() {
        String[] frequent = Collections.nCopies(3_000, "often").toArray(String[]::new);
        Categories a = of(number -> "a" + number, 9_000).merge(of(frequent));
        Categories b = of(number -> "b" + number % 5_000, 9_000).merge(of(frequent));
        Categories few = of("rare", "often", "7");

        for (List<Categories> pair : List.of(List.of(a, b), List.of(a, few), List.of(few, b))) {
            Categories one = pair.get(0);
            Categories other = pair.get(1);
            Categories merged = one.merge(other);
            assertThat(Saved.bytes(merged::write)).isEqualTo(Saved.bytes(other.merge(one)::write));
            assertThat(merged.isComplete()).isFalse();
            assertThat(merged.total()).isEqualTo(one.total() + other.total());
            assertThat(merged.size()).isLessThanOrEqualTo(Categories.MAX_VALUES);
            long often = (one == few ? 1L : 3_000L) + (other == few ? 1L : 3_000L);
            assertThat(merged.count("often")).isBetween(often - merged.countError(), often);
        }
        assertThat(a.merge(b).distinct().estimate()).isCloseTo(14_001, withinPercentage(2));
        assertThat(few.isComplete()).isTrue();
    }

    @Test
    void longTextsAreHeldByTheirBeginningAndAHash() {
        String one = "a".repeat(10_000_000);
        String other = "a".repeat(9_999_999) + "b";
        Categories categories = of(one, other, one, "a".repeat(256));

        assertThat(categories.count(one)).isEqualTo(2);
        assertThat(categories.count(other)).isEqualTo(1);
        assertThat(categories.values().get(0).value())
                .hasSize(256 + 2 + 16)
                .startsWith("aaa")
                .contains("\u2026#");
        assertThat(categories.count("a".repeat(256))).isEqualTo(1);
        Categories loaded = Saved.copy(categories::write, Categories::read);
        loaded.add(one);
        assertThat(loaded.count(one)).isEqualTo(3);
    }

    @Test
    void aPairOfSurrogatesIsNotTornApart() {
        String text = "a".repeat(255) + "\uD83D\uDE00".repeat(50);

        String held = of(text).values().get(0).value();

        assertThat(held.chars()
                        .filter(unit -> Character.isSurrogate((char) unit))
                        .count())
                .isZero();
        assertThat(held).hasSizeGreaterThan(256);
        assertThat(of(text).merge(of(text)).count(text)).isEqualTo(2);
    }

    @Test
    void charactersAreBoundedToo() {
        Categories categories = of(number -> number + "x".repeat(250), 3_000);

        assertThat(categories.isComplete()).isFalse();
        assertThat(categories.values().stream()
                        .mapToInt(category -> category.value().length())
                        .sum())
                .isLessThanOrEqualTo(Categories.MAX_CHARACTERS);
        assertThat(categories.distinct().estimate()).isCloseTo(3_000, withinPercentage(2));
    }

    @Test
    void wholeNumbersBeyondDoublesAreToldApartBySpelling() {
        Categories categories = of("9007199254740992", "9007199254740993", "9007199254740993");
        Categories many = of(number -> Long.toString(9_007_199_254_740_992L + number), 6_000);

        assertThat(categories.count("9007199254740993")).isEqualTo(2);
        assertThat(categories.distinctNumbers().estimate()).isEqualTo(1);
        assertThat(many.distinct().estimate()).isCloseTo(6_000, withinPercentage(2));
    }

    @Test
    void numbersAreKnownExactlyWhileComplete() {
        WeightedValues numbers = of("1", "1.0", "x", "-2", "1e999").numbers();

        assertThat(numbers.values()).containsExactly(-2, 1);
        assertThat(numbers.cumulativeWeights()).containsExactly(1, 3);
    }

    @Test
    void countsOfAFileAreTakenOver() {
        Categories all = Categories.of(Map.of("CA", 17L, "NY", 3L), 20, DistinctCount.stated(2));
        Categories some = Categories.of(Map.of(), 100, DistinctCount.stated(48));

        assertThat(all.isComplete()).isTrue();
        assertThat(all.count("CA")).isEqualTo(17);
        assertThat(all.distinct().estimate()).isEqualTo(2);
        assertThat(some.isComplete()).isFalse();
        assertThat(some.other()).isEqualTo(100);
        assertThat(some.countError()).isEqualTo(100);
        assertThat(some.distinct().estimate()).isEqualTo(48);
        assertThat(some.merge(all).distinct().estimate()).isEqualTo(48);
        assertThatThrownBy(() -> Categories.of(Map.of("a", 0L), 5, DistinctCount.create()))
                .hasMessageContaining("0 of 'a'");
        assertThatThrownBy(() -> Categories.of(Map.of("a", 6L), 5, DistinctCount.create()))
                .hasMessageContaining("total: 5");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4_096, 4_097, 30_000})
    void savingAndLoadingIsIdentity(int size) {
        Categories categories = of(number -> number % 3 == 0 ? "" + number : "t" + number, size);
        categories.add(new double[] {2.5}, 0, 1, true);
        Categories loaded = Saved.copy(categories::write, Categories::read);

        assertThat(Saved.bytes(loaded::write)).isEqualTo(Saved.bytes(categories::write));
        for (Categories each : List.of(categories, loaded)) {
            IntStream.range(0, 5_000).forEach(number -> each.add("u" + number));
        }
        assertThat(Saved.bytes(loaded::write)).isEqualTo(Saved.bytes(categories::write));
    }

    private static Categories of(String... values) {
        Categories categories = Categories.create();
        for (String value : values) {
            categories.add(value);
        }
        return categories;
    }

    private static Categories of(IntFunction<String> value, int size) {
        return of(IntStream.range(0, size).mapToObj(value).toArray(String[]::new));
    }
}
