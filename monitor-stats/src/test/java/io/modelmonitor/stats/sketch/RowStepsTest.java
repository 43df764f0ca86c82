package io.modelmonitor.stats.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.stats.Saved;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowStepsTest {

    @ParameterizedTest
    @CsvSource({
        "1 2 3 3 4, 4, 3, 0",
        "4 3 3 1, 3, 2, 0",
        "1 2 1 2 2, 4, 3, 1",
        "7, 0, 0, 0",
        "1 NaN 2 3, 2, 2, 0",
        "NaN 2 NaN NaN, 0, 0, 0",
        "0.0 -0.0 0.0, 2, 0, 0",
    })
    void stepsOfNumbersAreCounted(String numbers, long total, long changes, long back) {
        double[] values = Arrays.stream(numbers.split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
        RowSteps whole = new RowSteps();
        whole.add(values, values.length, false, false);
        RowSteps ordinary = new RowSteps();
        double[] known =
                Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
        ordinary.add(known, known.length, true, false);

        assertThat(bytes(ordinary)).isEqualTo(bytes(whole));
        assertThat(whole.total()).isEqualTo(total);
        assertThat(whole.changes()).isEqualTo(changes);
        assertThat(whole.back()).isEqualTo(back);
    }

    @Test
    void partsInOrderAreTheWhole() {
        SplittableRandom random = new SplittableRandom(1);
        for (int run = 0; run < 50; run++) {
            double[] values = random.doubles(60)
                    .map(u -> u < 0.1 ? Double.NaN : Math.floor(6 * u))
                    .toArray();
            RowSteps whole = new RowSteps();
            RowSteps merged = new RowSteps();
            whole.add(values, values.length, false, false);
            for (int from = 0; from < values.length; ) {
                int to = Math.min(values.length, from + random.nextInt(9));
                RowSteps part = new RowSteps();
                part.add(Arrays.copyOfRange(values, from, to), to - from, false, false);
                merged = merged.merge(part);
                from = to;
            }
            assertThat(bytes(merged)).isEqualTo(bytes(whole));
            assertThat(bytes(Saved.read(RowSteps::read, bytes(whole)))).isEqualTo(bytes(whole));
        }
    }

    @Test
    void partsOfTextsInOrderAreTheWhole() {
        String[] words = {"a", "b", "", "2", "17", "c".repeat(300), "c".repeat(299) + "d"};
        SplittableRandom random = new SplittableRandom(1);
        for (int run = 0; run < 50; run++) {
            RowSteps whole = new RowSteps();
            RowSteps merged = new RowSteps();
            RowSteps part = new RowSteps();
            long equal = 0;
            String before = null;
            for (int i = 0; i < 60; i++) {
                String text = words[random.nextInt(words.length)];
                whole.add(text);
                part.add(text);
                equal += text.equals(before) ? 1 : 0;
                before = text;
                if (random.nextInt(4) == 0) {
                    merged = merged.merge(Saved.read(RowSteps::read, bytes(part)));
                    part = new RowSteps();
                }
            }
            merged = merged.merge(part);
            assertThat(bytes(merged)).isEqualTo(bytes(whole));
            assertThat(whole.total() - whole.changes()).isGreaterThanOrEqualTo(equal);
        }
    }

    @Test
    void theEndsLeadUpOrDownOrNowhere() {
        double[] up = new SplittableRandom(1).doubles(2_000).toArray();
        Arrays.setAll(up, i -> i + 40 * up[i]);
        double[] down = Arrays.stream(up).map(value -> -value).toArray();
        double[] nowhere = new SplittableRandom(2).doubles(2_000).toArray();

        assertThat(leads(up)).isTrue();
        assertThat(leads(down)).isTrue();
        assertThat(leads(nowhere)).isFalse();
        assertThat(leads(Arrays.copyOf(up, 60))).isFalse();
    }

    private static boolean leads(double[] values) {
        RowSteps steps = new RowSteps();
        steps.add(values, values.length, false, false);
        return steps.ends()
                .leadFromEndToEnd(
                        Arrays.stream(values).min().orElseThrow(),
                        Arrays.stream(values).max().orElseThrow(),
                        0.05,
                        0);
    }

    @Test
    void textsThatBeginWithADigitStepInTheirOrderAndOthersToAnotherOrNot() {
        for (String before : new String[] {"2024-01-0", "day "}) {
            RowSteps first = of(before + 1, before + 1, before + 2);
            RowSteps second = of(before + 1, before + 3);

            RowSteps merged = first.merge(new RowSteps()).merge(second);
            assertThat(merged.total()).isEqualTo(4);
            assertThat(merged.changes()).isEqualTo(3);
            assertThat(merged.total() - merged.changes()).isEqualTo(1);
            assertThat(merged.back()).isEqualTo(before.startsWith("2") ? 1 : 0);
            assertThat(merged.areDirected()).isEqualTo(before.startsWith("2"));
            assertThat(merged.areOfOneDirection()).isFalse();
            assertThat(bytes(Saved.read(RowSteps::read, bytes(merged))))
                    .isEqualTo(bytes(merged))
                    .isEqualTo(bytes(of(before + 1, before + 1, before + 2, before + 1, before + 3)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 2 3 n.b.", "36 38 M L", "0 1 3+", "1a 2b c", "7 x", "1 NaN a"})
    void valuesOfOtherKindsBetweenEqualOnesKeepThemApart(String values) {
        List<String> different = List.of(values.split(" ", -1));
        SplittableRandom random = new SplittableRandom(1);
        for (int run = 0; run < 50; run++) {
            RowSteps whole = new RowSteps();
            RowSteps merged = new RowSteps();
            List<String> part = new ArrayList<>();
            long equal = 0;
            String before = "";
            for (int i = 0; i < 60; i++) {
                String value = different.get(random.nextInt(different.size()));
                part.add(value);
                if (!value.equals("NaN")) {
                    equal += value.equals(before) ? 1 : 0;
                    before = value;
                }
                if (i == 59 || random.nextInt(5) == 0) {
                    add(whole, part);
                    RowSteps next = new RowSteps();
                    add(next, part);
                    merged = merged.merge(Saved.read(RowSteps::read, bytes(next)));
                    part.clear();
                }
            }
            assertThat(whole.total() - whole.turns()).isEqualTo(equal);
            assertThat(bytes(merged))
                    .isEqualTo(bytes(whole))
                    .isEqualTo(bytes(Saved.read(RowSteps::read, bytes(whole))));
        }
    }

    /** Adds values as a block of rows: first all numbers, then each in the order of rows. */
    private static void add(RowSteps steps, List<String> values) {
        double[] numbers = values.stream()
                .filter(value -> value.matches("\\d+|NaN"))
                .mapToDouble(Double::parseDouble)
                .toArray();
        boolean withTexts = numbers.length < values.size();
        steps.add(numbers, numbers.length, false, withTexts);
        for (String value : values) {
            if (!value.matches("\\d+|NaN")) {
                steps.add(value);
            } else if (withTexts) {
                steps.turn(Double.parseDouble(value));
            }
        }
    }

    @Test
    void oneDirectionIsUpOrDownButNotToAnything() {
        assertThat(of("1", "2", "2").areOfOneDirection()).isTrue();
        assertThat(of("3", "2", "2").areOfOneDirection()).isTrue();
        assertThat(of("3", "2", "3").areOfOneDirection()).isFalse();
        assertThat(of("a", "b").areOfOneDirection()).isFalse();
    }

    @Test
    void equalValuesAreInRunsIfMoreAreNextToEachOtherThanChanceHas() {
        SplittableRandom random = new SplittableRandom(1);
        double[] independent =
                random.doubles(2_000).map(u -> Math.floor(10 * u)).toArray();
        double[] inRuns = new double[2_000];
        Arrays.setAll(inRuns, i -> independent[i / 2]);
        RowSteps without = new RowSteps();
        without.add(independent, independent.length, true, false);
        RowSteps with = new RowSteps();
        with.add(inRuns, inRuns.length, true, false);

        assertThat(without.areWithoutRuns(0.1, 2_000)).isTrue();
        assertThat(with.areWithoutRuns(0.1, 2_000)).isFalse();
        assertThat(without.areWithoutRuns(0.1, 4_000))
                .as("where half of the steps are unknown")
                .isFalse();
    }

    private static RowSteps of(String... texts) {
        RowSteps steps = new RowSteps();
        for (String text : texts) {
            steps.add(text);
        }
        return steps;
    }

    private static byte[] bytes(RowSteps steps) {
        return Saved.bytes(out -> steps.write(out, true));
    }
}
