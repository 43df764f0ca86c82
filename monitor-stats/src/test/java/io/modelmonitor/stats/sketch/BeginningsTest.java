package io.modelmonitor.stats.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.stats.Saved;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BeginningsTest {

    @ParameterizedTest
    @CsvSource({
        "INV-1234, INV-",
        "https://a.com/7, https://",
        "user12@mail.com, user",
        "order 7, 'order '",
        "C0001, C",
        "log_2024-01-25.txt, log_"
    })
    void lettersAndSignsAreABeginning(String text, String beginning) {
        assertThat(of(text).counts()).containsOnlyKeys(beginning).containsValue(1L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "word",
                "1234-A",
                "cjld2cjxh0000qzrmn831i7rn",
                "a1b2",
                "Jan_7.csv",
                "Sept7",
                "monday-7",
                "agosto-7",
                "-x",
                "x-",
                "Stra\u00dfe 7",
                "aLongWordThatGoesOn-1"
            })
    void otherTextsHaveNone(String text) {
        assertThat(of(text).counts()).isEmpty();
    }

    @Test
    void tooManyAreNoneWhateverPartsTheyAreMergedFrom() {
        Beginnings few = of("a-1", "b-1", "a-2", "c-1", "d-1");
        Beginnings others = of("e-1", "f-1", "a-3", "g-1", "h-1");

        assertThat(few.merge(others).counts()).hasSize(Beginnings.MOST).containsEntry("a-", 3L);
        assertThat(others.merge(few).counts()).isEqualTo(few.merge(others).counts());
        assertThat(few.merge(others).merge(of("i-1")).counts()).isNull();
        assertThat(of("i-1").merge(others.merge(few)).counts()).isNull();
        assertThat(of("a-1", "b-1", "c-1", "d-1", "e-1", "f-1", "g-1", "h-1", "i-1")
                        .counts())
                .isNull();
    }

    @Test
    void theyAreReadAsTheyWereWritten() {
        Beginnings more = of("a-1", "b-1", "c-1", "d-1", "e-1", "f-1", "g-1", "h-1", "i-1", "j-1", "k-1");
        for (Beginnings written : List.of(of(), of("a-1", "b-1", "a-2"), many(), more, more.merge(of("l-1")))) {
            byte[] bytes = Saved.bytes(written::write);
            Beginnings read = Saved.read(in -> Beginnings.read(in, 3), bytes);
            assertThat(read.counts()).isEqualTo(written.counts());
            assertThat(Saved.bytes(read::write)).isEqualTo(bytes);
        }
    }

    private static Beginnings many() {
        Beginnings many = new Beginnings();
        many.giveUp();
        return many;
    }

    private static Beginnings of(String... texts) {
        Beginnings beginnings = new Beginnings();
        for (String text : texts) {
            beginnings.add(text, 1);
        }
        beginnings.flush();
        return beginnings;
    }
}
