package io.modelmonitor.internal.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.ValueKind;
import io.modelmonitor.stats.internal.text.LexicalForm;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellReaderTest {

    private static final CellReader READER = new CellReader(Set.of());

    @ParameterizedTest
    @Tag("exhaustive")
    @ValueSource(longs = {1, 2, 3, 4})
    void anyNumberIsWhatTheJdkAndTheGeneralGrammarMakeOfIt(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 300_000; i++) {
            check(number(random), 1 + random.nextInt(9));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "-0.0",
                "0.0",
                "1.",
                ".5",
                "-.5",
                "-",
                "+1",
                "1.2.3",
                "1,5",
                "4.9E-324",
                "4.9e-324",
                "2.2250738585072014E-308",
                "1.7976931348623157E308",
                "1E400",
                "9223372036854775807",
                "-9223372036854775808",
                "18446744073709551616",
                "0000000000000000001",
                "00000000000000000001",
                "0.123456789012345678",
                "0.1234567890123456789",
                "9.999999999999999999",
                "999999999999999999.9",
                "1.0000000000000002220446049250313080847263336181640625",
                "0.12345678x",
                "0.1234567:",
                "0.123456/8",
                "12345678901234567.25",
                "3.14159265358979323846",
                "2024-05-01",
                "12:30:15",
                "12 KB",
                "5 ",
                "1f",
                "7D",
                "1e",
                "1e+",
                "12E3",
                "0x1F",
                "99999999999999999999e5",
                "99999999999999999999-5"
            })
    void cellsAtTheEdgeOfPlainnessAreReadAsAllOthers(String text) {
        for (int from = 0; from < 9; from++) {
            check(text, from);
        }
    }

    private static String number(SplittableRandom random) {
        StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "-" : "");
        digits(text, random, random.nextInt(random.nextInt(4) == 0 ? 22 : 4));
        if (random.nextInt(5) > 0) {
            text.append('.');
            digits(text, random, random.nextInt(21));
        }
        if (random.nextInt(20) == 0) {
            text.append(random.nextBoolean() ? "E-" : "e").append(random.nextInt(330));
        }
        return text.toString();
    }

    private static void digits(StringBuilder text, SplittableRandom random, int count) {
        int zeros = random.nextInt(3) == 0 ? random.nextInt(count + 1) : 0;
        for (int i = 0; i < count; i++) {
            text.append(i < zeros ? 0 : random.nextInt(10));
        }
    }

    /** Reads a cell that begins and ends among others, beside digits that are not its own, and at the end of all. */
    private static void check(String text, int from) {
        check(text, from, (",".repeat(from) + text + ",123456789").getBytes(StandardCharsets.US_ASCII));
        check(text, from, ("0".repeat(from) + text + "123456789").getBytes(StandardCharsets.US_ASCII));
        check(text, from, ("0".repeat(from) + text).getBytes(StandardCharsets.US_ASCII));
    }

    private static void check(String text, int from, byte[] row) {
        double[] numbers = new double[1];
        byte kind = READER.read(row, from, from + text.length(), numbers, 0);
        byte expected = text.isEmpty() ? ValueKind.MISSING : LexicalForm.of(text.toCharArray(), 0, text.length());
        long bits = Double.doubleToLongBits(ValueKind.isNumber(expected) ? Double.parseDouble(text) : Double.NaN);
        if (kind != expected || Double.doubleToLongBits(numbers[0]) != bits) {
            assertThat(kind).as("kind of '%s'", text).isEqualTo(expected);
            assertThat(numbers[0]).as("'%s'", text).isEqualTo(Double.longBitsToDouble(bits));
        }
    }
}
