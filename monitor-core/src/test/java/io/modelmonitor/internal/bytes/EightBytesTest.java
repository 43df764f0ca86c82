package io.modelmonitor.internal.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EightBytesTest {

    @Test
    void theFirstHitIsThatOfALoop() {
        SplittableRandom random = new SplittableRandom(1);
        byte[] bytes = new byte[11];
        for (int i = 0; i < 300_000; i++) {
            random.nextBytes(bytes);
            for (int j = 0; j < bytes.length; j++) {
                // Bytes near to each other, which borrow, and near to both ends.
                bytes[j] = switch (random.nextInt(6)) {
                    case 0 -> (byte) -1;
                    case 1 -> bytes[j];
                    case 2 -> (byte) ("\"\\ ".charAt(random.nextInt(3)) + random.nextInt(2));
                    default -> (byte) ((bytes[j] & 3) | (random.nextBoolean() ? 32 : 0));
                };
            }
            int from = random.nextInt(4);
            long eight = EightBytes.at(bytes, from);
            int limit = 1 + random.nextInt(128);
            char ascii = (char) random.nextInt(128);
            int below = 0;
            int equal = 0;
            int beyond = 0;
            int escaped = 0;
            while (below < 8 && (bytes[from + below] < 0 || bytes[from + below] >= limit)) {
                below++;
            }
            while (equal < 8 && bytes[from + equal] != ascii) {
                equal++;
            }
            while (beyond < 8 && bytes[from + beyond] >= 0) {
                beyond++;
            }
            assertThat(EightBytes.first(EightBytes.below(eight, limit))).isEqualTo(below);
            assertThat(EightBytes.first(EightBytes.equalTo(eight, ascii))).isEqualTo(equal);
            while (escaped < 8 && !isEscaped(bytes[from + escaped])) {
                escaped++;
            }
            assertThat(EightBytes.first(EightBytes.beyondAscii(eight))).isEqualTo(beyond);
            assertThat(EightBytes.first(EightBytes.escapedInJson(eight))).isEqualTo(escaped);
        }
    }

    private static boolean isEscaped(byte b) {
        return (b >= 0 && b < ' ') || b == '"' || b == '\\';
    }

    @Test
    void digitsAreRecognisedAndJoined() {
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 100_000; i++) {
            int number = random.nextInt(100_000_000) >> random.nextInt(27);
            byte[] bytes = String.format(Locale.ROOT, "%08d", number).getBytes(StandardCharsets.US_ASCII);
            assertThat(EightBytes.areDigits(EightBytes.at(bytes, 0))).isTrue();
            assertThat(EightBytes.number(EightBytes.at(bytes, 0))).isEqualTo(number);
        }
        for (int place = 0; place < 8; place++) {
            for (int b = -128; b < 128; b++) {
                byte[] bytes = "12345678".getBytes(StandardCharsets.US_ASCII);
                bytes[place] = (byte) b;
                assertThat(EightBytes.areDigits(EightBytes.at(bytes, 0))).isEqualTo(b >= '0' && b <= '9');
            }
        }
    }
}
