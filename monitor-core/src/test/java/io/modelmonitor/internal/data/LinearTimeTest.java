package io.modelmonitor.internal.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.internal.capture.CsvRows;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text that was made to be slow takes four times as long when there is four times as much of it, not sixteen times. */
class LinearTimeTest {

    private static final int TIMES = 20_000;

    /** The most that four times as much may cost, as a multiple. */
    private static final double MOST = 6;

    private static long steps(String text, boolean trimmed) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        CsvScanner scanner =
                new CsvScanner(new ByteArrayInputStream(bytes), (byte) ',', (byte) '"', trimmed, Long.MAX_VALUE);
        for (int cells = 0; cells != CsvScanner.END; cells = scanner.next(8)) {
            if (scanner.scanned() > CsvScanner.READ) {
                scanner.startBatch(CsvScanner.READ, 8);
            }
        }
        return scanner.steps();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\",\"\n",
                "\"\n",
                "\"a\n",
                "\"a\n\"b\n\"\"c\n",
                "\"a\r",
                "\"a,\"\"\n",
                "a,\" \n",
                "\"x\"y\n\"\n",
                "\"a\"\n\"\n",
                "\" \"\n",
                "\",\"\n\"\"\",\n"
            })
    void linesWithQuotesThatDoNotFitAreReadInLinearTime(String line) throws IOException {
        for (boolean trimmed : new boolean[] {false, true}) {
            long few = steps(line.repeat(TIMES), trimmed);
            assertThat(steps(line.repeat(4 * TIMES), trimmed)).isLessThan((long) (MOST * few));
            assertThat(few).isLessThan(10L * TIMES * line.length());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a,", "\"\"a,", "\"a\" ,", "\" ,", "\"\"\" \",", "a\" ", " \"", "\"\"", "\" "})
    void aLineWithQuotesThatDoNotFitIsReadInLinearTime(String cell) throws IOException {
        for (boolean trimmed : new boolean[] {false, true}) {
            for (String start : new String[] {"", "\"", " ", " ".repeat(TIMES) + "x", "\"x\"y,"}) {
                for (String end : new String[] {"\n", "\"x\n", "x\n"}) {
                    String line = start + cell.repeat(TIMES) + end;
                    long few = steps(line, trimmed);
                    String longer = start.repeat(start.length() > TIMES ? 4 : 1) + cell.repeat(4 * TIMES) + end;
                    assertThat(steps(longer, trimmed)).isLessThan((long) (MOST * few) + 100);
                    assertThat(few).isLessThan(10L * line.length());
                }
            }
        }
    }

    /** Texts that have no counter are timed, the best of several rounds each, and may cost twice as much as they should. */
    private static void assertLinear(Runnable few, Runnable many) {
        long best = Long.MAX_VALUE;
        long bestOfMany = Long.MAX_VALUE;
        for (int i = 0; i < 7; i++) {
            best = Math.min(best, nanos(few));
            bestOfMany = Math.min(bestOfMany, nanos(many));
        }
        assertThat(bestOfMany).isLessThan(9 * best + 20_000_000);
    }

    private static long nanos(Runnable run) {
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        run.run();
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\",\"\n", "\"a\n", "\"\"", " \" ", "\"a\" ,", "\r", ",\r\n", "\uFFFF,"})
    void capturedCsvIsReadInLinearTime(String text) {
        String few = text.repeat(TIMES);
        String many = text.repeat(4 * TIMES);
        assertLinear(() -> CsvRows.of(few), () -> CsvRows.of(many));
    }

    @ParameterizedTest
    @CsvSource({"UTF-16LE,216", "UTF-16LE,0", "UTF-32BE,255", "ISO-8859-1,233", "windows-1252,129"})
    void otherEncodingsAreReadInLinearTimeWhenAllOfTheirBytesAreBad(String charset, int value) {
        assertLinear(() -> transcode(charset, value, 4 * TIMES), () -> transcode(charset, value, 16 * TIMES));
    }

    private static void transcode(String charset, int value, int length) {
        byte[] bytes = new byte[length];
        java.util.Arrays.fill(bytes, (byte) value);
        try {
            new Transcoder(new ByteArrayInputStream(bytes), Charset.forName(charset)).readAllBytes();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void namesOfNestedObjectsAreMadeInLinearTime() {
        String few = nested(TIMES);
        String many = nested(4 * TIMES);
        assertLinear(() -> readJson(few), () -> readJson(many));
    }

    /** A long name above many short ones. */
    private static String nested(int times) {
        return "{\"" + "n".repeat(times) + "\":[" + "1,".repeat(times) + "1]}\n";
    }

    private static void readJson(String text) {
        JsonLinesSource source = new JsonLinesSource(
                TextSource.of(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "test"), "test", false);
        new PackingCursor(source).close();
    }
}
