package benchmarks;

import io.modelmonitor.api.Dataset;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.data.TableBuilder;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Columns of every kind that tables have, from processes that go on in time. */
final class KindsOfColumns {

    /** The value of a row of a process. */
    interface Cell {

        /** Returns a number, a text, or null for none; {@code row} is counted since the beginning of the process. */
        @Nullable
        Object of(SplittableRandom random, long row);
    }

    private KindsOfColumns() {}

    /** Returns 20 columns as they are in examples. */
    static Map<String, Cell> ordinary() {
        Map<String, Cell> columns = new LinkedHashMap<>();
        for (int i = 0; i < 8; i++) {
            columns.put("normal" + i, (random, row) -> random.nextGaussian());
        }
        for (int i = 0; i < 4; i++) {
            columns.put("skewed" + i, (random, row) -> Math.exp(1 + random.nextGaussian()));
        }
        for (int i = 0; i < 4; i++) {
            columns.put("count" + i, (random, row) -> (long) (-20 * Math.log(1 - random.nextDouble())));
        }
        for (int i = 0; i < 4; i++) {
            int classes = 3 + 4 * i;
            columns.put(
                    "class" + i, (random, row) -> "c" + (int) (classes * random.nextDouble() * random.nextDouble()));
        }
        return columns;
    }

    /** Returns the ordinary columns, and one of each other kind. */
    static Map<String, Cell> all() {
        Map<String, Cell> columns = ordinary();
        columns.putAll(kinds());
        return columns;
    }

    /** Returns a column of each kind that is not ordinary. */
    static Map<String, Cell> kinds() {
        Map<String, Cell> columns = new LinkedHashMap<>();
        columns.put("mostly zero", (random, row) -> random.nextInt(20) > 0 ? 0 : 900 * random.nextDouble());
        columns.put("price", (random, row) -> random.nextInt(3) == 0 ? 9.99 : cents(5 + 90 * random.nextDouble()));
        columns.put("flag", (random, row) -> random.nextInt(20) == 0 ? 1L : 0L);
        columns.put("rare", (random, row) -> "r" + (int) (1 / (1 - random.nextDouble())));
        columns.put("coupon", (random, row) -> random.nextInt(33) == 0 ? "C" + random.nextInt(3) : null);
        columns.put("row", (random, row) -> row);
        columns.put("wide row", (random, row) -> 5_000_000L + 9_000 * row + random.nextInt(9_000));
        columns.put("order", (random, row) -> "order-" + (8_000 + row));
        columns.put("snowflake", (random, row) -> ((1_700_000_000_000L + 977 * row) << 22) + random.nextInt(4096));
        columns.put("uuid", (random, row) -> new UUID(random.nextLong(), random.nextLong()).toString());
        columns.put("time", (random, row) -> Instant.ofEpochSecond(1_700_000_000L + 613 * row)
                .toString());
        columns.put("minute", (random, row) -> LocalDateTime.of(2024, 1, 1, 0, 0)
                .plusMinutes(11 * row + random.nextInt(11))
                .toString());
        columns.put("date", (random, row) -> date(row, "dd.MM.yyyy"));
        columns.put("month", (random, row) -> date(row, "yyyyMM"));
        columns.put("epoch", (random, row) -> 1_700_000_000L + 61 * row + random.nextInt(60));
        columns.put("short date", (random, row) -> date(row, "yyMMdd"));
        columns.put("day of a sheet", (random, row) -> 44_197 + row / 20);
        columns.put("batch", (random, row) -> "B" + (100 + row / 90));
        columns.put("file", (random, row) -> "log_" + date(row, "yyyy-MM-dd") + ".txt");
        columns.put("meter", (random, row) -> Math.rint(7 * row + 9 * random.nextDouble()) / 10);
        columns.put("hour", (random, row) -> 11 * row / 60 % 24);
        columns.put("duration", (random, row) -> {
            int seconds = (int) (-90 * Math.log(1 - random.nextDouble()));
            return String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
        });
        columns.put("account", (random, row) -> 10_000_000_000L + random.nextLong(90_000_000_000L));
        columns.put(
                "amount", (random, row) -> String.format(Locale.ROOT, "$%,.2f", Math.exp(5 + random.nextGaussian())));
        columns.put("percent", (random, row) -> String.format(Locale.ROOT, "%.1f%%", 100 * random.nextDouble()));
        columns.put("code", (random, row) -> String.format(Locale.ROOT, "%05d", random.nextInt(1_800)));
        columns.put("remark", (random, row) -> "word" + random.nextInt(99) + " of " + random.nextInt(9_999));
        columns.put("odd", (random, row) -> random.nextInt(2_000) == 0 ? Double.NaN : random.nextGaussian());
        return columns;
    }

    static double cents(double value) {
        return Math.rint(100 * value) / 100;
    }

    static String date(long row, String pattern) {
        return LocalDate.of(2021, 1, 1).plusDays(row / 20).format(DateTimeFormatter.ofPattern(pattern, Locale.ROOT));
    }

    /** Returns rows of a process. */
    static Dataset table(Map<String, Cell> columns, long from, int rows, long seed) {
        TableBuilder table = Datasets.columns();
        columns.forEach((name, cell) -> {
            SplittableRandom random = new SplittableRandom(31 * seed + name.hashCode());
            @Nullable Object[] values = new Object[rows];
            for (int row = 0; row < rows; row++) {
                values[row] = cell.of(random, from + row);
            }
            table.add(name, values);
        });
        return table.build();
    }
}
