package io.modelmonitor.stats.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.ValueKind;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The grammar as regular expressions is the oracle. */
class LexicalFormTest {

    private static final Pattern INTEGRAL = Pattern.compile("[+-]?[0-9]+");
    private static final Pattern FRACTIONAL =
            Pattern.compile("[+-]?([0-9]+\\.[0-9]*|\\.[0-9]+|[0-9]+)([eE][+-]?[0-9]+)?");
    private static final Pattern BOOLEAN = Pattern.compile("(?i:true|false)");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "0",
                "-0",
                "+7",
                "007",
                "12345678901234567890",
                "1.0",
                "1.",
                ".5",
                "-.5",
                "+0.25",
                "1e5",
                "1E-3",
                "2.5e+10",
                "1e",
                "e5",
                ".",
                "+",
                "-",
                "+ 7",
                " 7",
                "7 ",
                "- 3.5",
                "--1",
                "1.2.3",
                "1,234",
                "0x1F",
                "1d",
                "1f",
                "NaN",
                "Infinity",
                "-inf",
                "true",
                "TRUE",
                "True",
                "false",
                "falSE",
                "tru",
                "truex",
                "yes",
                "\u0661\u0662",
                "1e5.0",
                "1.e5",
                ".e5",
                "1e+",
                "1 e5",
                "+ .5",
                "  7",
                "\u00bd",
                "trve",
                "\uff11",
                "t\u0155ue"
            })
    void agreesWithTheGrammar(String text) {
        assertThat(LexicalForm.of(text)).as(text).isEqualTo(expected(text));
    }

    @Test
    void agreesWithTheGrammarOnRandomTexts() {
        Random random = new Random(1);
        String alphabet = "0123456789009.+-eE  tTrRuUfaAlLsS,x";
        for (int i = 0; i < 300_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(7); length >= 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(LexicalForm.of(text)).as("'%s'", text).isEqualTo(expected(text.toString()));
        }
    }

    @Test
    void readsASliceAndNothingAroundIt() {
        char[] text = "x12.5y".toCharArray();

        assertThat(LexicalForm.of(text, 1, 5)).isEqualTo(ValueKind.FRACTIONAL);
        assertThat(LexicalForm.of(text, 1, 3)).isEqualTo(ValueKind.INTEGRAL);
        assertThat(LexicalForm.of(text, 1, 4)).isEqualTo(ValueKind.FRACTIONAL);
        assertThat(LexicalForm.of(text, 1, 6)).isEqualTo(ValueKind.STRING);
        assertThat(LexicalForm.of(text, 1, 1)).isEqualTo(ValueKind.STRING);
    }

    private static byte expected(String text) {
        return INTEGRAL.matcher(text).matches()
                ? ValueKind.INTEGRAL
                : FRACTIONAL.matcher(text).matches()
                        ? ValueKind.FRACTIONAL
                        : BOOLEAN.matcher(text).matches() ? ValueKind.BOOLEAN : ValueKind.STRING;
    }
}
