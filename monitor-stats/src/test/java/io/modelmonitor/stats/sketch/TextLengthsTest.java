package io.modelmonitor.stats.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextLengthsTest {

    private static TextLengths of(Stream<String> texts) {
        TextLengths lengths = TextLengths.create();
        texts.forEach(lengths::add);
        return lengths;
    }

    @ParameterizedTest
    @CsvSource({
        "abcd efgh, 4, 0",
        "abcd efg, 4, 1",
        "abc efg, 4, 2",
        "abcd e, 4, 1",
        "a b, 4, 2",
        "abcde efg, 4, 1",
        "abcdefgh e f, 4, 1",
        "a ab abc abcd, 4, 2"
    })
    void soManyTextsAreCertainlyShorter(String texts, int length, long shorter) {
        List<String> all = List.of(texts.split(" "));
        assertThat(of(all.stream()).shorterThan(length)).isEqualTo(shorter);
        assertThat(shorter)
                .isLessThanOrEqualTo(
                        all.stream().filter(text -> text.length() < length).count());
    }

    @Test
    void lengthsOfPartsAreThoseOfAll() {
        TextLengths merged = of(Stream.of("abc", "\ud83d\ude00")).merge(of(Stream.of("", "abcdef")));
        assertThat(merged.count()).isEqualTo(4);
        assertThat(merged.minUnits()).isZero();
        assertThat(merged.maxUnits()).isEqualTo(6);
        assertThat(merged.meanUnits()).isEqualTo(11 / 4.0);
        assertThat(merged.meanCodePoints()).isEqualTo(10 / 4.0);
        assertThat(TextLengths.create().shorterThan(5)).isZero();
    }
}
