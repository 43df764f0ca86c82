package io.modelmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.Dataset;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes of which each row follows the one before it, with nothing configured. */
@Tag("simulation")
class RowsThatFollowTest {

    private static final int NUMBERS = 6;
    private static final int TABLES = 12;
    private static final int WINDOWS = 5;

    @ParameterizedTest(name = "serial correlation {0}, baseline of {1}, windows of {2} rows")
    @CsvSource({
        "0.2, 3000, 20",
        "0.2, 3000, 300",
        "0.2, 3000, 2000",
        "0.5, 500, 20",
        "0.5, 500, 300",
        "0.5, 3000, 20",
        "0.5, 3000, 300",
        "0.5, 3000, 2000",
        "0.5, 20000, 2000",
        "0.9, 500, 300",
        "0.9, 3000, 20",
        "0.9, 3000, 300",
        "0.9, 3000, 2000",
        "0.9, 20000, 20",
        "0.9, 20000, 2000",
    })
    void atMostOneReportInTwentyAlerts(double correlation, int rows, int window) {
        int alerts = 0;
        for (int table = 0; table < TABLES; table++) {
            Following process = new Following(correlation, table);
            Monitor monitor = Monitor.against(Baseline.of(process.next(rows)));
            for (int i = 0; i < WINDOWS; i++) {
                alerts += monitor.check(process.next(window)).isHealthy() ? 0 : 1;
            }
        }
        assertThat(alerts).isLessThanOrEqualTo(TABLES * WINDOWS / 20);
    }

    @ParameterizedTest(name = "serial correlation {0}, moved by {1} sd")
    @CsvSource({"0, 0.3", "0.2, 0.3", "0.5, 0.5", "0.9, 1.5"})
    void whatMovesMoreThanAProcessDoesIsFound(double correlation, double shift) {
        for (int table = 0; table < TABLES; table++) {
            Following process = new Following(correlation, 100 + table);
            Monitor monitor = Monitor.against(Baseline.of(process.next(5_000)));
            process.shift = shift;
            assertThat(Tables.violated(monitor.check(process.next(2_000)))).contains("x0 drift");
        }
    }

    @ParameterizedTest(name = "serial correlation {0}, windows of {1} rows")
    @CsvSource({"0.5, 20", "0.5, 300", "0.9, 20", "0.9, 100", "0.9, 300", "0.97, 20", "0.97, 100", "0.97, 2000"})
    void aJumpFarOutIsFoundInAFewRows(double correlation, int window) {
        for (int table = 0; table < TABLES; table++) {
            Following rows = new Following(correlation, 200 + table);
            Monitor monitor = Monitor.against(Baseline.of(rows.next(3_000)));
            rows.shift = 10;
            assertThat(Tables.violated(monitor.check(rows.next(window)))).anyMatch(line -> line.startsWith("x0 "));
        }
    }

    @ParameterizedTest(name = "serial correlation {0}")
    @ValueSource(doubles = {0.2, 0.5, 0.9})
    void rowsOfAWindowThatAreIndependentCountOneByOne(double correlation) {
        for (int table = 0; table < TABLES; table++) {
            Monitor monitor = Monitor.against(Baseline.of(new Following(correlation, table).next(20_000)));
            Following independent = new Following(0, table);
            independent.shift = 0.4;
            assertThat(Tables.violated(monitor.check(independent.next(2_000)))).contains("x0 drift");
        }
    }

    @Test
    void ofAFileThatIsSortedByClassesThoseOfASortedWindowCountOneByOne() {
        for (int seed = 0; seed < TABLES; seed++) {
            Monitor monitor = Monitor.against(Baseline.of(sorted(seed, 3_000, 0)));
            assertThat(Tables.violated(monitor.check(sorted(100 + seed, 1_000, 2))))
                    .contains("x drift");
        }
    }

    @Test
    void classesInRunsAlertNoMoreThanOthers() {
        int alerts = 0;
        for (int table = 0; table < 40; table++) {
            SplittableRandom random = new SplittableRandom(table);
            Monitor monitor = Monitor.against(Baseline.of(runs(random, 5_000, 0)));
            alerts += monitor.check(runs(random, 1_000, 0)).isHealthy() ? 0 : 1;
            assertThat(Tables.violated(monitor.check(runs(random, 2_000, 0.6)))).contains("state drift");
        }
        assertThat(alerts).isLessThanOrEqualTo(2);
    }

    private static Dataset sorted(int seed, int rows, int shift) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> values = IntStream.range(0, rows)
                .mapToObj(i -> "c" + Math.min(random.nextInt(6), random.nextInt(6) + shift))
                .sorted()
                .toList();
        return Tables.csv("x", rows, values::get);
    }

    private static Dataset runs(SplittableRandom random, int rows, double more) {
        String[] values = new String[rows];
        for (int i = 0; i < rows; i++) {
            values[i] = i > 0 && random.nextInt(8) > 0
                    ? values[i - 1]
                    : random.nextDouble() < more ? "s0" : "s" + random.nextInt(4);
        }
        return Tables.csv("state", rows, i -> values[i]);
    }

    /** Rows of numbers that go on, of which the first may be moved. */
    private static final class Following {

        private final double correlation;
        private final SplittableRandom random;
        private final double[] last = new double[NUMBERS];
        private double shift;

        Following(double correlation, int seed) {
            this.correlation = correlation;
            this.random = new SplittableRandom(31L * seed + 7);
            Arrays.setAll(last, i -> random.nextGaussian());
        }

        Dataset next(int rows) {
            List<String> lines = IntStream.range(0, rows).mapToObj(i -> line()).toList();
            String names = IntStream.range(0, NUMBERS).mapToObj(i -> "x" + i).collect(Collectors.joining(","));
            return Tables.csv(names, rows, lines::get);
        }

        private String line() {
            for (int i = 0; i < NUMBERS; i++) {
                last[i] =
                        correlation * last[i] + StrictMath.sqrt(1 - correlation * correlation) * random.nextGaussian();
            }
            return IntStream.range(0, NUMBERS)
                    .mapToObj(i -> Double.toString(last[i] + (i == 0 ? shift : 0)))
                    .collect(Collectors.joining(","));
        }
    }
}
