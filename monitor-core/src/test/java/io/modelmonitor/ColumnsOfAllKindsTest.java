package io.modelmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Report;
import io.modelmonitor.report.Reports;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables of columns that are made at random of cells of every kind: what is saved is what was measured, whatever it holds. */
@Tag("exhaustive")
class ColumnsOfAllKindsTest {

    private static final int COLUMNS = 6;
    private static final int[] ROWS = {1, 2, 7, 60, 900, 6_000};
    private static final DateTimeFormatter[] CLOCKS = List.of(
                    "yyyy-MM-dd",
                    "dd/MM/yyyy HH:mm",
                    "yyyyMMdd",
                    "MMMM d yyyy",
                    "HH:mm:ss",
                    "EEE",
                    "yyyy-MM-dd'T'HH:mm:ss'Z'")
            .stream()
            .map(pattern -> DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH))
            .toArray(DateTimeFormatter[]::new);
    private static final List<String> ODD = List.of(
            "", "NaN", "NA", "-", "null", "0", "-0.0", "1e999", "Infinity", "true", "FALSE", "00501", "1,5", " 7 ");

    /** Makes the text of a cell. */
    private interface Cells {
        String cell(SplittableRandom random, long row);
    }

    private static Cells cells(SplittableRandom choice) {
        int various = 1 << choice.nextInt(1, 18);
        DateTimeFormatter clock = CLOCKS[choice.nextInt(CLOCKS.length)];
        LocalDateTime start = LocalDateTime.of(2024, 1, 31, 0, 0);
        long step = 1L << choice.nextInt(2, 20);
        String letters = "abcdefghijklmnopqrstuvwxyzABCXYZ0123456789 -_.:/@#%$\u00e9\u6771\ud83d\ude00";
        return switch (choice.nextInt(12)) {
            case 0 -> (random, row) -> Long.toString(row * step);
            case 1 -> (random, row) -> Double.toString(random.nextDouble() * various);
            case 2 -> (random, row) -> Integer.toString(random.nextInt(various) - various / 4);
            case 3 ->
                (random, row) -> start.plus(Duration.ofSeconds(row * step)).format(clock);
            case 4 -> (random, row) -> new UUID(random.nextLong(), random.nextLong()).toString();
            case 5 -> (random, row) -> word(random, letters, 1 + random.nextInt(12));
            case 6 -> (random, row) -> (char) ('a' + random.nextInt(26)) + "-" + random.nextInt(various);
            case 7 -> (random, row) -> "user" + random.nextInt(various) + "@" + word(random, "abc", 3) + ".com";
            case 8 -> (random, row) -> String.format(Locale.ROOT, "$%,.2f", random.nextDouble() * various);
            case 9 -> (random, row) -> ODD.get(random.nextInt(ODD.size()));
            case 10 -> (random, row) -> "c" + random.nextInt(Math.min(various, 40));
            default -> (random, row) -> word(random, letters, random.nextInt(400));
        };
    }

    private static String word(SplittableRandom random, String letters, int length) {
        int[] points = letters.codePoints().toArray();
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < length; i++) {
            word.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return word.toString();
    }

    /** Returns cells of one kind, in which some of another kind may be mixed. */
    private static Cells mixed(SplittableRandom choice) {
        Cells most = cells(choice);
        Cells some = cells(choice);
        double share = choice.nextInt(3) == 0 ? choice.nextDouble(0.5) : choice.nextInt(2) * 0.002;
        return (random, row) -> (random.nextDouble() < share ? some : most).cell(random, row);
    }

    static LongStream seeds() {
        return LongStream.range(0, 24);
    }

    private static Dataset table(List<Cells> columns, int rows, long from, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        String header = String.join(
                ",", IntStream.range(0, COLUMNS).mapToObj(i -> "c" + i).toList());
        return Tables.csv(header, rows, row -> {
            List<String> cells = new ArrayList<>();
            columns.forEach(
                    column -> cells.add('"' + column.cell(random, from + row).replace("\"", "\"\"") + '"'));
            return String.join(",", cells);
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsSavedIsWhatWasMeasured(long seed) {
        SplittableRandom choice = new SplittableRandom(seed);
        List<Cells> columns =
                IntStream.range(0, COLUMNS).mapToObj(i -> mixed(choice)).toList();
        int rows = ROWS[(int) (seed % ROWS.length)];
        Baseline baseline = Baseline.of(table(columns, rows, 0, seed));
        Baseline merged = baseline.merge(Baseline.of(table(columns, rows / 2 + 1, rows, seed + 1)));

        for (Baseline one : List.of(baseline, merged)) {
            Baseline loaded = Tables.saved(one);
            assertThat(loaded.metrics()).isEqualTo(one.metrics());
            assertThat(loaded.describe()).isEqualTo(one.describe());
            Monitor monitor = Monitor.against(one);
            Monitor other = Monitor.against(loaded);
            assertThat(other.constraints()).isEqualTo(monitor.constraints());
            for (int window : new int[] {0, 1, 40, rows}) {
                Dataset data = table(columns, window, 2L * rows, seed + 2);
                Report report = monitor.check(data);
                assertThat(other.check(data)).isEqualTo(report);
                assertThat(Reports.fromJson(Reports.json(report))).isEqualTo(report);
            }
        }
    }
}
