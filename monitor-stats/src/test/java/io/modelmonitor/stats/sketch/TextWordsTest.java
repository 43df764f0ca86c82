package io.modelmonitor.stats.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.stats.Saved;
import io.modelmonitor.stats.internal.LongText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextWordsTest {

    @ParameterizedTest
    @CsvSource({
        "user12@GMX.de, GMX",
        "17 Stra\u00dfe, Stra\u00dfe",
        "Caf\u00e9, Caf\u00e9",
        "INV-1234, INV",
        "9f/log_a1_.x.7Z, log",
        "\u6771, \u6771"
    })
    void runsOfLettersAreWords(String text, String word) {
        assertThat(counts(of(text))).isEqualTo(Map.of(word, 1L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12", "a-bc-d", "a1b2c3", "x9yz", "Jan 7", "monday", "7 agosto", "--", "abc1", "1abc"})
    void otherTextsHaveNone(String text) {
        assertThat(counts(of(text))).isEqualTo(Map.of("", 1L));
    }

    @Test
    void everyWordOfATextIsDrawnAsOften() {
        TextWords words = new TextWords();
        for (int i = 0; i < 30_000; i++) {
            words.add("https://shop.example.com/item/" + (1_000_000 + i), 1);
        }
        Map<String, Long> counts = counts(words);
        assertThat(counts.keySet()).containsExactlyInAnyOrder("https", "shop", "example", "com", "item");
        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(5_700L, 6_300L));
    }

    @Test
    void aTextWithWordsWhereTheOneBeforeHasThemIsCountedAsAnyOther() {
        TextWords one = new TextWords();
        TextWords other = new TextWords();
        for (int i = 0; i < 1_000; i++) {
            String text = "mr " + (i % 3 == 0 ? "smith" : "jones") + " of " + (i % 2 == 0 ? "york" : "kent") + i % 10;
            one.add(text, 2);
            if (i == 0) {
                other.add(text, 2);
            } else {
                other.addAsBefore(text, false, 2);
            }
        }
        assertThat(Saved.bytes(one::write)).isEqualTo(Saved.bytes(other::write));
    }

    @Test
    void aTextOfTheSameWordsIsCountedAsAnyOther() {
        for (String pattern : List.of("user-%04d", "user-%04d@web.de", "monday %04d", "ab%04d", "a user of %04d")) {
            TextWords one = of("other words", "use", "user");
            TextWords other = of("other words", "use", "user");
            for (int i = 0; i < 1_000; i++) {
                String text = String.format(pattern, i);
                one.add(text, 1);
                if (i == 0 || i % 300 == 0) {
                    other.add(text, 1);
                } else {
                    other.addAsBefore(text, true, 1);
                }
            }
            assertThat(Saved.bytes(one::write)).as(pattern).isEqualTo(Saved.bytes(other::write));
        }
    }

    @Test
    void aTextOfTheSameWordsIsCountedAsAnyOtherBehindOneOfOtherWords() {
        TextWords one = of("a-foo 1", "a-bar 2", "a-foo 3", "a-foo 4");
        TextWords other = of("a-foo 1");
        other.addAsBefore("a-bar 2", false, 1);
        other.addAsBefore("a-foo 3", true, 1);
        other.addAsBefore("a-foo 4", true, 1);
        assertThat(Saved.bytes(other::write)).isEqualTo(Saved.bytes(one::write));
        assertThat(counts(other)).isEqualTo(Map.of("foo", 3L, "bar", 1L));
    }

    @Test
    void countsOfPartsAddUpAndTheirGreatestWordIsThatOfAll() {
        SplittableRandom random = new SplittableRandom(3);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            texts.add(random.nextInt(4) > 0 ? "frequent " + i : Long.toString(random.nextLong() >>> 1, 36) + " rare");
        }
        TextWords whole = of(texts.toArray(String[]::new));
        TextWords parts = new TextWords();
        for (int i = 0; i < texts.size(); i += 1_000) {
            parts = parts.merge(of(texts.subList(i, i + 1_000).toArray(String[]::new)));
        }
        assertThat(parts.cells().stream().map(Category::count))
                .containsExactlyElementsOf(
                        whole.cells().stream().map(Category::count).toList());
        assertThat(counts(parts)).containsKeys("frequent", "rare");
        assertThat(parts.total()).isEqualTo(texts.size());
    }

    @Test
    void hostileTextsCostNoMoreThanOthers() {
        TextWords words = new TextWords();
        words.add("abc ".repeat(1 << 20), 1);
        words.add("a".repeat(1 << 22), 1);
        words.add("\ud800\udc00\ud800 \u202e\0", 1);
        assertThat(words.total()).isEqualTo(3);
        assertThat(words.cells())
                .allSatisfy(cell -> assertThat(cell.value().length()).isLessThanOrEqualTo(LongText.LIMIT));
        assertThat(Saved.bytes(words::write)).hasSizeLessThan(1_000);
    }

    @Test
    void theyAreReadAsTheyWereWritten() {
        TextWords many = new TextWords();
        for (int i = 0; i < 5_000; i++) {
            many.add(Integer.toString(i, 36).replaceAll("\\d", "x") + "abc", 1);
        }
        for (TextWords written : List.of(of(), of("abc", "abd 7", "7"), many)) {
            byte[] bytes = Saved.bytes(written::write);
            TextWords read = Saved.read(in -> TextWords.read(in, written.total()), bytes);
            assertThat(read.cells()).isEqualTo(written.cells());
            assertThat(Saved.bytes(read::write)).isEqualTo(bytes);
        }
    }

    @Test
    void damageIsRefusedOrIsAStateThatGoesOn() {
        TextWords written = of("abc", "abd 7", "7", "some more words", "of texts");
        Saved.damage(Saved.bytes(written::write), in -> TextWords.read(in, written.total()), 3_000, words -> {
            assertThat(words.total()).isEqualTo(written.total());
            words.merge(written).add("abc", 1);
        });
    }

    private static TextWords of(String... texts) {
        TextWords words = new TextWords();
        for (String text : texts) {
            words.add(text, 1);
        }
        return words;
    }

    private static Map<String, Long> counts(TextWords words) {
        Map<String, Long> counts = new HashMap<>();
        words.cells().stream()
                .filter(cell -> cell.count() > 0)
                .forEach(cell -> counts.merge(cell.value(), cell.count(), Long::sum));
        return counts;
    }
}
