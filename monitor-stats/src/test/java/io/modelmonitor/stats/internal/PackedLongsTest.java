package io.modelmonitor.stats.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrays of integers are read as they were written: in runs and in no order, with steps of any width and some far wider. */
class PackedLongsTest {

    private static final int MOST = 1 << 10;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 300})
    void integersOfAnyWidthInRunsAreReadAsTheyWereWritten(int runs) throws IOException {
        SplittableRandom random = new SplittableRandom(runs);
        for (int shift = 0; shift < Long.SIZE; shift++) {
            for (int size = 1; size <= 300; size += 13) {
                long[] values = new long[size];
                for (int i = 0; i < size; i++) {
                    values[i] = random.nextInt(40) == 0 ? random.nextLong() : random.nextLong() >>> shift;
                }
                for (int run = 0; run < runs; run++) {
                    Arrays.sort(values, size * run / runs, size * (run + 1) / runs);
                }
                assertThat(read(written(values))).isEqualTo(values);
            }
        }
    }

    @Test
    void stepsOfWhichSomeAreManyTimesAsWideAreReadAsTheyWereWritten() throws IOException {
        SplittableRandom random = new SplittableRandom(5);
        for (int shift = 8; shift < Long.SIZE; shift++) {
            for (int times = 2; times < 64; times++) {
                long[] values = new long[200];
                values[0] = random.nextLong() >> 1;
                for (int i = 1; i < values.length; i++) {
                    long step = (random.nextLong() >>> shift) * (random.nextInt(5) == 0 ? times : 1);
                    values[i] = Math.max(values[i - 1], values[i - 1] + step);
                }
                assertThat(read(written(values))).isEqualTo(values);
            }
        }
    }

    @Test
    void bytesThatEndBeforeTheStepsDoAreRefused() throws IOException {
        long[] values = new SplittableRandom(7).longs(200).sorted().toArray();
        byte[] written = written(values);
        for (int length = 0; length < written.length; length++) {
            byte[] less = Arrays.copyOf(written, length);
            assertThatThrownBy(() -> read(less)).isInstanceOfAny(IOException.class, IllegalArgumentException.class);
        }
    }

    private static byte[] written(long[] values) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PackedLongs.write(new DataOutputStream(bytes), values, values.length);
        return bytes.toByteArray();
    }

    private static long[] read(byte[] bytes) throws IOException {
        return PackedLongs.read(new DataInputStream(new ByteArrayInputStream(bytes)), "values", MOST);
    }
}
