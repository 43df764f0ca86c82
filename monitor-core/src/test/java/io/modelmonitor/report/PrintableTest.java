package io.modelmonitor.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PrintableTest {

    /** Control characters, marks of direction, halves of pairs, invisible separators, and what is no character. */
    private static final String UNSEEN =
            "(?s).*[\\p{Cc}\\p{Cs}\\u061C\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2060-\\u206F\\uFEFF\\uFDD0-\\uFDEF\\uFFFE\\uFFFF].*";

    @Test
    void nothingShownIsInvisibleOrMovesWhatStandsAroundIt() {
        for (String text : texts()) {
            assertThat(Printable.of(text)).doesNotMatch(UNSEEN);
        }
    }

    @Test
    void nothingShownIsMarkup() {
        for (String text : texts()) {
            assertThat(Printable.html(text).replaceAll("&(amp|lt|gt|quot|#39);", ""))
                    .doesNotContainPattern("[&<>\"']");
        }
    }

    @Test
    void whatIsHarmlessIsLeftAlone() {
        assertThat(Printable.of("Stra\u00DFe \uD83D\uDC68\u200D\uD83D\uDC67"))
                .isEqualTo("Stra\u00DFe \uD83D\uDC68\u200D\uD83D\uDC67");
        assertThat(Printable.of("a\u202Eb")).isEqualTo("a[U+202E]b");
        assertThat(Printable.of("a\nb")).isEqualTo("a\u240Ab");
        assertThat(Printable.of("x".repeat(5_000))).hasSizeLessThan(300).endsWith("... (5,000 characters)");
    }

    @Test
    void aLiteralOfJavaIsAsciiAndMeansTheText() {
        for (String text : texts()) {
            String literal = Printable.java(text);
            assertThat(literal).matches("\"[\\x20-\\x7E]*\"");
            assertThat(meaning(literal)).isEqualTo(text);
        }
    }

    private static List<String> texts() {
        SplittableRandom random = new SplittableRandom(5);
        List<String> texts = new ArrayList<>(Samples.HOSTILE);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(40);
            for (int k = 0; k < length; k++) {
                switch (random.nextInt(5)) {
                    case 0 -> text.append((char) random.nextInt(0x10000));
                    case 1 -> text.appendCodePoint(random.nextInt(0x110000));
                    case 2 -> text.append((char) random.nextInt(0x2000, 0x2070));
                    case 3 -> text.append("<>&\"'`\\/-!".charAt(random.nextInt(10)));
                    default -> text.append((char) random.nextInt(256));
                }
            }
            texts.add(text.toString());
        }
        return texts;
    }

    private static String meaning(String literal) {
        StringBuilder text = new StringBuilder();
        int i = 1;
        while (i < literal.length() - 1) {
            char c = literal.charAt(i++);
            if (c != '\\') {
                text.append(c);
            } else if (literal.charAt(i) == 'u') {
                text.append((char) Integer.parseInt(literal.substring(i + 1, i + 5), 16));
                i += 5;
            } else if (Character.isDigit(literal.charAt(i))) {
                text.append((char) Integer.parseInt(literal.substring(i, i + 3), 8));
                i += 3;
            } else {
                text.append(literal.charAt(i++));
            }
        }
        return text.toString();
    }
}
