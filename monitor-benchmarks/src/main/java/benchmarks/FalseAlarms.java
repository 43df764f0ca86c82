package benchmarks;

import benchmarks.KindsOfColumns.Cell;
import io.modelmonitor.Baseline;
import io.modelmonitor.Measurement;
import io.modelmonitor.Monitor;
import io.modelmonitor.Season;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Report;
import io.modelmonitor.data.Datasets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Prints in how many reports something alerts though nothing changed: windows of the same process, later in time, with nothing
 * configured, beside the default rules of others on the same numbers and categories; and how often what changed is found.
 *
 * <p>Arguments: the number of reports of each cell (5), rows of the baseline (5000), and rows of a window, separated by commas
 * (20,200,2000).
 *
 * <pre>{@code
 * mvn -q compile -Pbenchmark -Dbenchmark=FalseAlarms -Darguments="40 20000 50,1000,100000"
 * }</pre>
 */
public final class FalseAlarms {

    private static final List<String> RULES = List.of("ours", "KS 0.05", "Evidently", "NannyML", "Robust");
    private static final int DAYS = 28;

    private final int reports;
    private final int reference;
    private final int[] windows;

    private FalseAlarms(int reports, int reference, int... windows) {
        this.reports = reports;
        this.reference = reference;
        this.windows = windows;
    }

    /** Runs the benchmark. */
    public static void main(String[] arguments) {
        int reports = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
        int reference = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5_000;
        String windows = arguments.length > 2 ? arguments[2] : "20,200,2000";
        new FalseAlarms(
                        reports,
                        reference,
                        Arrays.stream(windows.split(","))
                                .mapToInt(Integer::parseInt)
                                .toArray())
                .run();
    }

    private void run() {
        System.out.printf(
                "Share of %d reports that alert though nothing changed; baseline of %,d rows%n", reports, reference);
        System.out.printf("%-34s %8s %s%n", "table", "window", String.join("  ", RULES));
        for (int rows : windows) {
            table("20 ordinary columns", KindsOfColumns.ordinary(), rows);
            table("20 and one of each kind", KindsOfColumns.all(), rows);
            customers(rows);
        }
        days("weekends 0.3 sd, season", 0.3, 0, true);
        days("batch effects 0.2 sd, own windows", 0, 0.2, false);
        System.out.printf("%nShare of %d reports that find a change in 2,000 rows%n", reports);
        changes().forEach(this::power);
    }

    private void table(String name, Map<String, Cell> columns, int rows) {
        int[] alerts = new int[RULES.size()];
        int[] judged = new int[RULES.size()];
        Map<String, Integer> blamed = new LinkedHashMap<>();
        for (int i = 0; i < reports; i++) {
            Dataset before = KindsOfColumns.table(columns, 0, reference, 1_000 + i);
            Dataset now = KindsOfColumns.table(columns, reference, rows, 50_000 + i);
            Report report = Monitor.against(Baseline.of(before)).check(now);
            count(alerts, judged, "ours", report.status() == Report.Status.VIOLATED);
            report.violations()
                    .forEach(violation -> blamed.merge(
                            violation.subject() + " " + violation.constraint().metric(), 1, Integer::sum));
            others(before, now, rows).forEach((rule, alarm) -> count(alerts, judged, rule, alarm));
        }
        print(name, rows, alerts, judged, blamed);
    }

    private static void count(int[] alerts, int[] judged, String rule, boolean alarm) {
        int place = RULES.indexOf(rule);
        judged[place]++;
        alerts[place] += alarm ? 1 : 0;
    }

    /** Returns which of the published rules alarm in any column. */
    private static Map<String, Boolean> others(Dataset before, Dataset now, int rows) {
        Map<String, double[]> mine = numbers(now);
        Map<String, Boolean> alarms = new LinkedHashMap<>();
        numbers(before).forEach((name, values) -> {
            double[] window = mine.get(name);
            if (window != null && window.length > 0) {
                new PublishedRules(values, name.startsWith("class"), rows)
                        .judge(window)
                        .forEach((rule, alarm) -> alarms.merge(rule, alarm, Boolean::logicalOr));
            }
        });
        return alarms;
    }

    /** Returns the columns of numbers, and the ordinary categories as numbers. */
    private static Map<String, double[]> numbers(Dataset table) {
        Map<String, List<Double>> lists = new LinkedHashMap<>();
        table.rows().forEach(row -> {
            for (int column = 0; column < row.schema().size(); column++) {
                String name = row.schema().features().get(column).name();
                String text = row.text(column);
                double value = name.startsWith("class") && text != null
                        ? Double.parseDouble(text.substring(1))
                        : row.number(column);
                if (!Double.isNaN(value)) {
                    lists.computeIfAbsent(name, first -> new ArrayList<>()).add(value);
                }
            }
        });
        Map<String, double[]> arrays = new LinkedHashMap<>();
        lists.forEach((name, list) ->
                arrays.put(name, list.stream().mapToDouble(Double::doubleValue).toArray()));
        return arrays;
    }

    /** Customers of 1 to 20 equal rows: every row, and one row of each. */
    private void customers(int rows) {
        int[] all = new int[2];
        for (int i = 0; i < reports; i++) {
            Dataset before = customers(1_000 + i, reference);
            Dataset now = customers(50_000 + i, rows);
            all[0] += alert(Monitor.against(Baseline.of(before)).check(now));
            all[1] += alert(
                    Monitor.against(Baseline.of(before.per("customer_id"))).check(now));
        }
        print("customers of 1 to 20 rows", rows, new int[] {all[0]}, new int[] {reports}, Map.of());
        print("the same per(\"customer_id\")", rows, new int[] {all[1]}, new int[] {reports}, Map.of());
    }

    private static Dataset customers(int seed, int rows) {
        SplittableRandom random = new SplittableRandom(seed);
        String[] id = new String[rows];
        double[][] values = new double[6][rows];
        int left = 0;
        for (int row = 0; row < rows; row++) {
            boolean isNew = left-- == 0;
            id[row] = isNew ? "K" + seed + "-" + row : id[row - 1];
            for (double[] column : values) {
                column[row] = isNew ? random.nextGaussian() : column[row - 1];
            }
            left = isNew ? random.nextInt(20) : left;
        }
        var table = Datasets.columns().add("customer_id", id);
        for (int i = 0; i < values.length; i++) {
            table.add("x" + i, values[i]);
        }
        return table.build();
    }

    /** Days of a baseline of four weeks, and a day of the fifth. */
    private void days(String name, double weekend, double batch, boolean isSeasonal) {
        int rows = Math.max(50, reference / DAYS);
        int alerts = 0;
        for (int i = 0; i < reports; i++) {
            SplittableRandom random = new SplittableRandom(i);
            List<Measurement> days = new ArrayList<>();
            LongFunction<Measurement> measured = day -> {
                Instant start = Instant.parse("2024-01-01T00:00:00Z").plus(Duration.ofDays(day));
                return Measurement.of(day(random, rows, day % 7 >= 5 ? weekend : 0, batch))
                        .during(start, start.plus(Duration.ofDays(1)))
                        .asWindow();
            };
            for (int day = 0; day < DAYS; day++) {
                days.add(measured.apply(day));
            }
            Monitor monitor = Monitor.against(Baseline.of(Measurement.merged(days)));
            Monitor chosen = isSeasonal ? monitor.seasonal(Season.DAY_OF_WEEK) : monitor;
            alerts += alert(chosen.judge(measured.apply(DAYS + i % 7)));
        }
        print(name, rows, new int[] {alerts}, new int[] {reports}, Map.of());
    }

    private static Dataset day(SplittableRandom random, int rows, double weekend, double batch) {
        var table = Datasets.columns();
        for (int column = 0; column < 16; column++) {
            double mean = weekend + batch * random.nextGaussian();
            table.add(
                    "x" + column,
                    random.doubles(rows).map(u -> mean + random.nextGaussian()).toArray());
        }
        return table.build();
    }

    private static int alert(Report report) {
        return report.status() == Report.Status.VIOLATED ? 1 : 0;
    }

    private static void print(String name, int rows, int[] alerts, int[] judged, Map<String, Integer> blamed) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-34s %8d", name, rows));
        for (int rule = 0; rule < alerts.length; rule++) {
            line.append(
                    judged[rule] == 0
                            ? "      -"
                            : String.format(Locale.ROOT, " %5.0f%%", 100.0 * alerts[rule] / judged[rule]));
        }
        System.out.println(line + (blamed.isEmpty() ? "" : "  " + blamed));
    }

    private record Change(String column, Cell cell) {}

    private Map<String, Change> changes() {
        Map<String, Change> changes = new LinkedHashMap<>();
        changes.put("0.3 sd", new Change("normal0", (random, row) -> 0.3 + random.nextGaussian()));
        changes.put("one in 20 stuck", changed("normal0", (random, value) -> random.nextInt(20) == 0 ? 0.5 : value));
        changes.put("-999 in 1 %", changed("normal0", (random, value) -> random.nextInt(100) == 0 ? -999.0 : value));
        changes.put("one decimal", changed("normal0", (random, value) -> Math.rint(10 * (double) value) / 10));
        changes.put("5 % missing", changed("normal0", (random, value) -> random.nextInt(20) == 0 ? null : value));
        changes.put("price as text", changed("price", (random, value) -> "USD " + value));
        changes.put("1s 5 % to 25 %", changed("flag", (random, value) -> random.nextInt(5) == 0 ? (Long) 1L : value));
        changes.put("ids twice", new Change("order", (random, row) -> "order-" + (8_000 + row / 2)));
        changes.put("another id format", new Change("order", (random, row) -> "ord/" + (8_000 + row)));
        changes.put(
                "a tenth of the days left out",
                new Change(
                        "date",
                        (random, row) -> KindsOfColumns.date(row + (row - reference > 900 ? 200 : 0), "dd.MM.yyyy")));
        changes.put(
                "a stamp that stands still",
                changed("minute", (random, value) -> random.nextInt(50) == 0 ? value : "2024-03-01T10:00"));
        changes.put("accounts twice", new Change("account", (random, row) -> 10_000_000_000L + 7_919 * (row / 2)));
        changes.put("durations times 1.5", new Change("duration", (random, row) -> {
            int seconds = (int) (-135 * Math.log(1 - random.nextDouble()));
            return String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
        }));
        changes.put(
                "files of another source",
                new Change("file", (random, row) -> "out_" + KindsOfColumns.date(row, "yyyy-MM-dd") + ".txt"));
        changes.put("d.M to M/d", new Change("date", (random, row) -> KindsOfColumns.date(row, "MM/dd/yyyy")));
        changes.put(
                "amount times 1.5",
                new Change(
                        "amount",
                        (random, row) ->
                                String.format(Locale.ROOT, "$%,.2f", 1.5 * Math.exp(5 + random.nextGaussian()))));
        changes.put(
                "codes without zeros",
                changed("code", (random, value) -> String.valueOf(Integer.parseInt(value.toString()))));
        return changes;
    }

    private interface Changed {
        @Nullable
        Object of(SplittableRandom random, Object value);
    }

    private static Change changed(String column, Changed change) {
        Cell before = Objects.requireNonNull(KindsOfColumns.all().get(column));
        return new Change(column, (random, row) -> change.of(random, Objects.requireNonNull(before.of(random, row))));
    }

    private void power(String name, Change change) {
        int found = 0;
        int innocent = 0;
        for (int i = 0; i < reports; i++) {
            Map<String, Cell> columns = KindsOfColumns.all();
            Monitor monitor = Monitor.against(Baseline.of(KindsOfColumns.table(columns, 0, reference, 1_000 + i)));
            columns.put(change.column(), change.cell());
            Report report = monitor.check(KindsOfColumns.table(columns, reference, 2_000, 50_000 + i));
            found += report.violations().stream().anyMatch(v -> v.subject().equals(change.column())) ? 1 : 0;
            innocent += report.violations().stream().anyMatch(v -> !v.subject().equals(change.column())) ? 1 : 0;
        }
        System.out.printf(
                "%-34s %5.0f%%, others blamed in %.0f%%%n", name, 100.0 * found / reports, 100.0 * innocent / reports);
    }
}
