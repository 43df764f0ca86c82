package io.modelmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Report;
import io.modelmonitor.data.Datasets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys of JSON and of maps that rows may do without: that a window has none of them, or the baseline, is told once chance does not do it. */
@Tag("simulation")
class OptionalColumnsTest {

    private interface Cell {
        Object of(SplittableRandom random, int row);
    }

    static Stream<Arguments> cells() {
        return Stream.of(
                cell("a text", (random, row) -> random.nextInt(2) == 0 ? "SAVE10" : "VIP"),
                cell("a number", (random, row) -> random.nextInt(10_000) / 100.0),
                cell("a truth value", (random, row) -> random.nextInt(4) == 0),
                cell("a code", (random, row) -> "R-" + (100_000 + random.nextInt(900_000))),
                cell("a date", (random, row) -> LocalDate.of(2024, 1, 1)
                        .plusDays(row / 50)
                        .toString()));
    }

    private static Arguments cell(String name, Cell cell) {
        return Arguments.of(name, cell);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    void windowsWithoutOneAreNoChange(String name, Cell cell) {
        for (double share : new double[] {0.005, 0.03, 0.5}) {
            List<Monitor> monitors = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                monitors.add(Monitor.against(Baseline.of(table(i, 0, i % 2 == 0 ? 50 : 2_000, share, cell))));
            }
            for (int rows : new int[] {1, 20, 300}) {
                int alerts = 0;
                for (int i = 0; i < 40; i++) {
                    Report report = monitors.get(i % 8).check(table(1_000 + i, 2_000, rows, share, cell));
                    alerts += report.isHealthy() ? 0 : 1;
                }
                assertThat(alerts).as(share + " of rows, " + rows).isLessThanOrEqualTo(6);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    void aKeyThatIsGoneOrNewForCertainIsToldOnce(String name, Cell cell) {
        Dataset half = table(1, 0, 2_000, 0.5, cell);
        Dataset all = table(1, 0, 2_000, 1, cell);
        Dataset none = table(1, 0, 2_000, 0, cell);

        assertThat(Tables.violated(Monitor.against(Baseline.of(half)).check(table(2, 2_000, 300, 0, cell))))
                .containsExactly(" missing_columns");
        assertThat(Tables.violated(Monitor.against(Baseline.of(all)).check(table(2, 2_000, 1, 0, cell))))
                .containsExactly(" missing_columns");
        assertThat(Tables.violated(Monitor.against(Baseline.of(none)).check(table(2, 2_000, 1, 1, cell))))
                .containsExactly(" extra_columns");
    }

    @Test
    void aKeyThatComesMoreRarelyIsToldByItsCompleteness() {
        Cell cell = (random, row) -> random.nextInt(10_000) / 100.0;
        Monitor monitor = Monitor.against(Baseline.of(table(1, 0, 5_000, 0.1, cell)));

        assertThat(Tables.violated(monitor.check(table(2, 5_000, 2_000, 0.04, cell))))
                .containsExactly("x completeness");
    }

    @Test
    void aRareTimeThatNoRowHasLeavesNothingUnjudged() {
        for (int rows : new int[] {1, 20, 300}) {
            Monitor monitor = Monitor.against(Baseline.of(Tables.csv(
                    "y,refunded",
                    5_000,
                    i -> i * 48_271 % 9_973 + "," + (i % 250 == 7 ? "2024-02-0" + (1 + i / 600) : ""))));

            assertThat(monitor.check(Tables.csv("y,refunded", rows, i -> i * 48_271 % 9_973 + ","))
                            .isHealthy())
                    .isTrue();
        }
    }

    private static Dataset table(int seed, int first, int count, double share, Cell cell) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("y", random.nextInt(1_000_000) / 1e4);
            if (random.nextDouble() < share) {
                row.put("x", cell.of(random, first + i));
            }
            rows.add(row);
        }
        return Datasets.rows(rows::stream);
    }
}
