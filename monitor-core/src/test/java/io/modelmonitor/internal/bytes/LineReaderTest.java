package io.modelmonitor.internal.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineReaderTest {

    private static final int LONGEST = 1 << 20;

    /** Hands out so many bytes at a time. */
    private static InputStream slowly(String text, int atMost) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public int read(byte[] target, int from, int length) {
                return super.read(target, from, Math.min(atMost, length));
            }
        };
    }

    /** Hands out so many letters, which need no memory. */
    private static InputStream endless(long letters) {
        return new InputStream() {
            private long left = letters;

            @Override
            public int read() {
                return left-- > 0 ? 'x' : -1;
            }

            @Override
            public int read(byte[] target, int from, int length) {
                int count = (int) Math.min(length, left);
                Arrays.fill(target, from, from + count, (byte) 'x');
                left -= count;
                return count == 0 && length > 0 ? -1 : count;
            }
        };
    }

    private static List<String> lines(String text, int atMost) throws IOException {
        List<String> lines = new ArrayList<>();
        try (LineReader reader = new LineReader(slowly(text, atMost), LONGEST, Long.MAX_VALUE)) {
            while (reader.next()) {
                lines.add(reader.isTooLong() ? "too long" : reader.text());
                assertThat(reader.line()).isEqualTo(lines.size());
            }
            assertThat(reader.line()).isEqualTo(lines.size());
        }
        return lines;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8, 9, 1 << 16})
    void linesEndInLineFeedReturnOrBoth(int atMost) throws IOException {
        assertThat(lines("one\ntwo\rthree\r\nfour\n\rsix\r\n\r\neight\tand\tmore\n\n", atMost))
                .containsExactly("one", "two", "three", "four", "", "six", "", "eight\tand\tmore", "");
        assertThat(lines("one\r", atMost)).containsExactly("one");
        assertThat(lines("", atMost)).isEmpty();
    }

    @Test
    void aLineOfFourHundredMegabytesIsReadOver() throws IOException {
        byte[] rest = "\nnext\n".getBytes(StandardCharsets.UTF_8);
        InputStream in = new SequenceInputStream(endless(400L << 20), new ByteArrayInputStream(rest));
        LineReader reader = new LineReader(in, LONGEST, Long.MAX_VALUE);
        assertThat(reader.next()).isTrue();
        assertThat(reader.isTooLong()).isTrue();
        assertThat(reader.next()).isTrue();
        assertThat(reader.isTooLong()).isFalse();
        assertThat(reader.text()).isEqualTo("next");
        assertThat(reader.line()).isEqualTo(2);
        assertThat(reader.next()).isFalse();
    }

    @Test
    void aLineThatIsLongerThanMayBeReadOverIsRefused() {
        LineReader reader = new LineReader(slowly("x".repeat(100_000), 1000), 1000, 50_000);
        assertThatThrownBy(reader::next)
                .isInstanceOf(IOException.class)
                .hasMessage("line 1 does not end within 50000 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n", "\t", "x\t\t\t\n", "\u0000"})
    void bytesAreLookedAtOnce(String text) throws IOException {
        for (int atMost : new int[] {1000, 1 << 16}) {
            String all = text.repeat(500_000);
            LineReader reader = new LineReader(slowly(all, atMost), LONGEST, Long.MAX_VALUE);
            while (reader.next()) {
                // Lines are of no interest.
            }
            assertThat(reader.steps()).isLessThan(3L * all.length());
        }
    }
}
