package io.modelmonitor.stats.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.stats.internal.text.TextForm;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextFormsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user_000123",
                "INV-2024-00017",
                "a1b2c3d4e5",
                "May 7, 2024",
                "Mon 3/4/2024",
                "Q3 2024",
                "FY24",
                "h2-2024",
                "US$ 1,234.50",
                "kr500",
                "EUR 12,50",
                "2024-01-31",
                "12:34",
                "#17",
                "(17)",
                "\"17\"",
                "-5 kg",
                "[2024-01-31]",
                "log_2024-01-31.txt",
                "https://a.b/c?d=17",
                "9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d",
                "m\u00e4rz 12",
                "O'Neil 7",
                "x 1",
                "Aa-1 ",
                "R$17",
                "AB$5",
                "mai-24",
                "Sat",
                "17 May 2024",
                "FY24-P02",
                "FY2025Q4",
                "Q4'25",
                "CW43/25",
                "Oct'25",
                "20OCT2025:10:20:30",
                "ISODate(\"2025-10-20T10:20:30Z\")",
                "/Date(1760918400000)/",
                "le 20/10/2025",
                "lun. 20/10/2025",
                "RM7,134.58",
                "KSh950",
                "KSh1.25 Cr",
                "pH7.4",
                "PT5M3S",
                "P12",
                "P1DT2H",
                "$9/mo",
                "9 of 17",
                "9 \u00b1 0.5",
                "2024M02",
                "January 2nd, 2024",
                "2 stycznia 2024",
                "2 \u044f\u043d\u0432\u0430\u0440\u044f 2024",
                "\u044f\u043d\u0432\u0430\u0440\u044c 2024"
            })
    void textsOfOnePatternAreReadAsEachWouldBeAlone(String like) throws IOException {
        SplittableRandom random = new SplittableRandom(like.hashCode());
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder(like);
            for (int changes = random.nextInt(4); changes > 0; changes--) {
                int place = random.nextInt(text.length());
                text.setCharAt(place, another(text.charAt(place), random));
            }
            texts.add(text.toString());
        }

        TextForms together = new TextForms();
        TextForms alone = new TextForms();
        for (String text : texts) {
            together.add(text, 1);
            TextForms one = new TextForms();
            one.add(text, 1);
            one.flush();
            alone = alone.merge(one);
        }
        together.flush();

        assertThat(counts(together)).isEqualTo(counts(alone));
        assertThat(together.beginnings()).isEqualTo(alone.beginnings());
        assertThat(together.traits()).isEqualTo(alone.traits());
        for (TextForm.Family family : TextForm.Family.values()) {
            assertThat(together.count(family)).isEqualTo(alone.count(family));
        }
    }

    /** Returns another character, mostly of the same class. */
    private static char another(char c, SplittableRandom random) {
        String of = random.nextInt(5) == 0
                ? "0123456789 -/.,:$%Az\u00e9\u20ac"
                : Character.isDigit(c)
                        ? "0123456789"
                        : Character.isUpperCase(c) ? "ABCDEFMSTX" : Character.isLetter(c) ? "abcdefmrxy" : "-/._: ";
        return of.charAt(random.nextInt(of.length()));
    }

    private static List<String> counts(TextForms forms) throws IOException {
        List<String> counts = new ArrayList<>();
        forms.forms()
                .forEach((form, count) -> counts.add(form + " " + count.family() + " " + count.count() + " "
                        + count.readable(false) + " " + count.readable(true)));
        ByteArrayOutputStream size = new ByteArrayOutputStream();
        forms.write(new DataOutputStream(size));
        assertThat(size.size()).isPositive();
        return counts;
    }

    @Test
    void traitsTellLengthsKindsAndWhatStandsBetween() {
        TextForms forms = new TextForms();
        List.of("plain", "two words", "CAPITALS", "12345", "a_b", "gr\u00fc\u00dfe", "\u6771\u4eac", "...", "")
                .forEach(text -> forms.add(text, 1));

        assertThat(forms.traits().keySet())
                .containsExactlyInAnyOrder(
                        "letters in one word, from 4 long",
                        "letters, from 8 long",
                        "capitals in one word, from 8 long",
                        "digits in one word, from 4 long",
                        "letters with signs of code, from 3 long",
                        "letters with some beyond ASCII, from 4 long",
                        "letters beyond ASCII in one word, from 2 long",
                        "signs in one word, from 3 long",
                        "signs in one word, from 0 long");
    }
}
