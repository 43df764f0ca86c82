package io.modelmonitor.fairness;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CodesTest {

    @Test
    void valuesKeepTheirCodesWhetherOrNotTheyWereMadeToCollide() {
        ValueEncoder codes = new ValueEncoder();
        List<String> values = colliding(ValueEncoder.MOST);
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < values.size(); i++) {
                assertThat(codes.of(values.get(i))).isEqualTo(i);
            }
        }
        assertThat(codes.of("another")).isEqualTo(ValueEncoder.TOO_MANY);
    }

    @Test
    void valuesThatWereMadeToCollideCostAboutWhatOthersDo() {
        List<String> made = colliding(4_096);
        List<String> others =
                IntStream.range(0, 4_096).mapToObj(i -> "value-" + 7_919L * i).toList();
        assertThat(made.stream().mapToInt(String::hashCode).distinct()).hasSize(1);
        long ordinary = Long.MAX_VALUE;
        long hostile = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            ordinary = Math.min(ordinary, nanosToCode(others));
            hostile = Math.min(hostile, nanosToCode(made));
        }
        // 200 values in one chain cost 40 times as much.
        assertThat(hostile).isLessThan(10 * ordinary);
    }

    private static long nanosToCode(List<String> values) {
        // Full of values that were made to collide, it hashes all texts alike, which costs more than a hash that a text
        // remembers.
        ValueEncoder codes = new ValueEncoder();
        colliding(ValueEncoder.MOST).forEach(codes::of);
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        for (int round = 0; round < 20; round++) {
            values.forEach(codes::of);
        }
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
    }

    /** Returns texts of equal hash codes. */
    private static List<String> colliding(int count) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder text = new StringBuilder();
            for (int bit = 0; bit < 12; bit++) {
                text.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            texts.add(text.toString());
        }
        return texts;
    }
}
