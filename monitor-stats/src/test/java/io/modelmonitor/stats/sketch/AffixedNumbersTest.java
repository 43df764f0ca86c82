package io.modelmonitor.stats.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.stats.internal.text.TextForm;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AffixedNumbersTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "12.5 zł; 9 zł; 12.5",
                "~12.5; ~9; 12.5",
                "~-12.5; ~9; -12.5",
                "-3 stars; 9 stars; -3",
                "[1,234.5]; [9]; 1234.5",
                "approx 12; approx 9; 12",
                "12.5 GHz*; 9 GHz*; 12.5",
                "Fr. 1'200.50; Fr. 9; 1200.5",
                "<5; <9; 5",
                "12 per cent; 9 per cent; 12",
                "12 of 30; 9 of 30; 12",
                "12.5 mm 3; 9 mm 3; 12.5",
                "$12.50/mo; $9/mo; 12.5",
                "12.5\u00b10.5; 9\u00b10.5; 12.5",
                "RM7,134.58; RM9; 7134.58",
                "R12.50; R9; 12.5",
                "S/12.50; S/9; 12.5",
                "Bs.1,250; Bs.9; 1250",
                "KSh1,234; KSh9; 1234",
                "Fr1'200.50; Fr9; 1200.5",
                "R-12.50; R9; -12.5",
                "lat:48.1234; lat:9; 48.1234",
                "230.12V; 9V; 230.12",
                "pH7.4; pH9; 7.4",
                "1,234.50 Cr; 9 Cr; 1234.5",
                "KSh950; KSh9\u2026; 950",
                "C50.1; C9\u2026; 50.1",
                "12B; 9B\u2026; 12",
            })
    void aNumberStandsApartFromWhatIsAroundIt(String text, String affixes, double number) {
        TextForm form = new TextForm();
        form.read(text);

        assertThat(form.isAffixed()).isTrue();
        assertThat(form.affixes()).isEqualTo(affixes);
        assertThat(form.value(false)).isEqualTo(number);
        assertThat(form.family()).isEqualTo(TextForm.Family.TEXT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A1234",
                "v3.2",
                "Version1.25",
                "flat 12B",
                "12345B",
                "lat:48",
                "R-12",
                "v3.2.1",
                "SKU-1234",
                "order-8000",
                "12-34",
                "#17",
                "x 007",
                "12/30",
                "12b30",
                "12/B",
                "a text that is long 5",
                "5 apples and a pear",
                "a/b:12",
                "none",
                "",
                "12:30 x"
            })
    void codesAndTextsHaveNoNumberThatStandsApart(String text) {
        TextForm form = new TextForm();
        form.read(text);

        assertThat(form.isAffixed()).isFalse();
        assertThat(form.value(false)).isNaN();
    }

    @Test
    void partsGiveWhatOnePassGives() throws IOException {
        TextForms all = new TextForms();
        TextForms[] parts = {new TextForms(), new TextForms(), new TextForms()};
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 900; i++) {
            String text = String.format(
                    Locale.ROOT, random.nextBoolean() ? "%.2f z\u0142" : "~%.1f", 100 * random.nextDouble());
            all.add(text, 1);
            parts[i / 300].add(text, 1);
        }
        all.flush();
        for (TextForms part : parts) {
            part.flush();
        }
        TextForms merged = copy(parts[0]).merge(parts[1]).merge(copy(parts[2]));

        assertThat(bytes(copy(all))).isEqualTo(bytes(all));
        assertThat(merged.affixed().counts(false, AffixWords.NONE))
                .isEqualTo(all.affixed().counts(false, AffixWords.NONE))
                .hasSize(2);
        assertThat(merged.affixed().numbers(AffixWords.NONE).moments(false).mean())
                .isCloseTo(all.affixed().numbers(AffixWords.NONE).moments(false).mean(), within(1e-9));
        assertThat(merged.affixed()
                        .numbers(new AffixWords(Set.of("9 z\u0142"), Set.of()))
                        .moments(false)
                        .count())
                .isEqualTo(all.affixed().counts(false, AffixWords.NONE).get("~9"));
        assertThat(parts[0].affixed().numbers(AffixWords.NONE).moments(false).count())
                .isEqualTo(300);
    }

    @Test
    void tooManyBeginningsAndEndsAreNoDress() {
        TextForms one = new TextForms();
        TextForms other = new TextForms();
        for (int i = 0; i < 20; i++) {
            one.add((char) ('a' + i) + " 12", 1);
            other.add("12 " + (char) ('a' + i) + "b", 1);
        }
        one.flush();
        other.flush();

        assertThat(one.affixed().counts(false, AffixWords.NONE)).hasSize(20);
        TextForms merged = one.merge(other);
        assertThat(merged.affixed().areTooVarious()).isTrue();
        assertThat(merged.affixed().counts(false, AffixWords.NONE)).isEmpty();
        assertThat(merged.forms()).isNotEmpty();
    }

    @Test
    void aBeginningOfOneNumberAloneMakesWords() {
        TextForms texts = new TextForms();
        texts.add("<5", 40);
        texts.add("7.5 z\u0142", 2);
        texts.add("8.5 z\u0142", 2);
        texts.flush();

        assertThat(texts.affixed().words().words()).containsExactly("<9");
        assertThat(texts.affixed().countOfFew(false, texts.affixed().words())).isEqualTo(4);
    }

    @Test
    void doubtfulNumbersAreSomeWhereOthersOfTheirBeginningCertainlyAre() {
        TextForms texts = new TextForms();
        for (int i = 0; i < 30; i++) {
            texts.add("KSh" + (300 + i), 2);
            texts.add("KSh1," + (300 + i), 1);
            texts.add("A" + (30 + i), 1);
        }
        texts.flush();
        AffixWords words = texts.affixed().words();

        assertThat(texts.affixed().counts(false, words)).containsOnly(entry("KSh9", 90L));
        assertThat(words.has("KSh9\u2026")).isFalse();
        assertThat(words.has("A9\u2026")).isTrue();
        assertThat(new AffixWords(Set.of(), Set.of()).has("A9\u2026")).isTrue();
    }

    @Test
    void creditsAreCroresButInALedger() throws IOException {
        TextForms crores = new TextForms();
        crores.add("1.25 Cr", 1);
        crores.add("2.50 Cr", 1);
        crores.flush();
        TextForms ledger = new TextForms();
        ledger.add("150.25 Dr", 1);
        ledger.add("160.25 Dr", 1);
        ledger.flush();
        TextForms both = copy(crores.merge(ledger));

        assertThat(numbers(crores).max()).isEqualTo(25_000_000);
        assertThat(numbers(both).max()).isEqualTo(160.25);
        assertThat(numbers(both).count()).isEqualTo(4);
        assertThat(both.affixed().counts(false, both.affixed().words()))
                .containsOnly(entry("9 Cr", 2L), entry("9 Dr", 2L));
    }

    private static Moments numbers(TextForms of) {
        return of.affixed().numbers(of.affixed().words()).moments(false);
    }

    private static byte[] bytes(TextForms forms) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        forms.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static TextForms copy(TextForms forms) throws IOException {
        return TextForms.read(new DataInputStream(new ByteArrayInputStream(bytes(forms))));
    }
}
