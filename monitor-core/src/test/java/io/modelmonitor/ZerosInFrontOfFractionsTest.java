package io.modelmonitor;

import static io.modelmonitor.Cells.monitor;
import static io.modelmonitor.Cells.normal;
import static io.modelmonitor.Cells.table;
import static io.modelmonitor.Cells.typeOf;
import static io.modelmonitor.Tables.violated;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.Cells.Cell;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Codes and measures with a point that have zeros in front, up to a width. */
class ZerosInFrontOfFractionsTest {

    private static final int ROWS = 3_000;
    private static final int WINDOW = 500;

    @ParameterizedTest
    @CsvSource({
        "%03d.%d, %d.%d, 200, 10",
        "%03d.%02d, %d.%02d, 998, 100",
        "%04d.%02d, %d.%02d, 3000, 100",
        "%02d.%d, %d.%d, 20, 3",
        "%05d.%03d, %d.%03d, 40000, 1000",
        "%03d.%d, %02d.%d, 90, 10",
    })
    void lostZerosAreSeen(String with, String without, int numbers, int parts) {
        Cell cell = code(with, numbers, parts);
        Monitor monitor = monitor(cell, ROWS);

        assertThat(typeOf(cell)).startsWith("fraction, with zeros in front");
        assertThat(violated(monitor.check(table(2, ROWS, WINDOW, code(without, numbers, parts)))))
                .containsExactly("x type_share");
        for (int seed = 3; seed < 7; seed++) {
            assertThat(violated(monitor.check(table(seed, ROWS, WINDOW, cell)))).isEmpty();
        }
    }

    @Test
    void measuresOfAFixedWidthAreComparedAsNumbers() {
        Monitor monitor = monitor(measure(100), ROWS);

        assertThat(violated(monitor.check(table(2, ROWS, 2_000, measure(115))))).containsExactly("x drift");
        assertThat(violated(monitor.check(table(3, ROWS, 2_000, measure(100))))).isEmpty();
    }

    @Test
    void numbersOfSeveralWidthsMayHaveAnyZeros() {
        Cell cell = (random, row) -> random.nextInt(5) == 0
                ? code("%03d.%d", 99, 10).of(random, row)
                : code("%d.%d", 99, 10).of(random, row);

        assertThat(typeOf(cell)).doesNotContain("with zeros in front");
        assertThat(violated(monitor(cell, ROWS).check(table(2, ROWS, WINDOW, code("%d.%d", 99, 10)))))
                .isEmpty();
    }

    private static Cell code(String format, int numbers, int parts) {
        return (random, row) -> String.format(Locale.ROOT, format, 1 + random.nextInt(numbers), random.nextInt(parts));
    }

    private static Cell measure(double mean) {
        return (random, row) -> String.format(Locale.ROOT, "%05.1f", Math.abs(mean + 25 * normal(random)));
    }
}
