package benchmarks;

import io.modelmonitor.Baseline;
import io.modelmonitor.Monitor;
import io.modelmonitor.api.Batch;
import io.modelmonitor.api.CaptureBatch;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Payload;
import io.modelmonitor.api.Schema;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.internal.data.CaptureRows;
import io.modelmonitor.internal.data.LiveRows;
import io.modelmonitor.spi.CaptureSink;
import io.modelmonitor.stats.sketch.ColumnProfile;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Measures what a monitor behind a capture costs the capture's worker, in time of its processor, for each record of 20 numbers and
 * an answer: rows as values,
 * beside the same rows as text, and beside the profile alone of columns that are there already. Arguments: records (200,000
 * unless given), records in a batch (512, the most that a capture hands over) and rounds (15).
 *
 * <pre>{@code
 * mvn -q compile -Pbenchmark -Dbenchmark=LiveBenchmark
 * }</pre>
 */
public final class LiveBenchmark {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int WIDTH = 20;
    private static final int WARM_UP = 5;
    /** So few that they stay in the processor's cache, as records do that the worker has just made; more than a profile counts. */
    private static final int DIFFERENT = 8192;

    private static final List<String> NAMES =
            IntStream.range(0, WIDTH).mapToObj(i -> "x" + i).toList();

    private LiveBenchmark() {}

    private interface Task {
        void run() throws Exception;
    }

    private record Contender(String name, Task task, List<Double> nanos) {

        private Contender(String name, Task task) {
            this(name, task, new ArrayList<>());
        }

        private void run(boolean counts, int records) throws Exception {
            long before = THREADS.getCurrentThreadCpuTime();
            task.run();
            if (counts) {
                nanos.add((THREADS.getCurrentThreadCpuTime() - before) / (double) records);
            }
        }
    }

    /** Runs the benchmark and prints its table. */
    public static void main(String[] args) throws Exception {
        int count = args.length > 0 ? Integer.parseInt(args[0]) : 200_000;
        int size = args.length > 1 ? Integer.parseInt(args[1]) : 512;
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 15;
        double[][] rows = rows(Math.min(count, DIFFERENT));
        int repeats = count / rows.length;
        List<CaptureBatch> typed = batches(rows, size, true);
        List<CaptureBatch> text = batches(rows, size, false);
        List<Batch> columns = columns(rows);
        Monitor monitor = Monitor.against(Baseline.of(dataset(rows)));
        List<Contender> contenders = List.of(
                new Contender("profile of columns, alone", () -> profile(columns, repeats)),
                new Contender("rows of values", () -> rows(typed, repeats)),
                new Contender("rows of text", () -> rows(text, repeats)),
                new Contender("monitor, values", () -> monitor(monitor, typed, repeats)),
                new Contender("monitor, text", () -> monitor(monitor, text, repeats)));
        for (int round = -WARM_UP; round < rounds; round++) {
            for (Contender contender : contenders) {
                contender.run(round >= 0, repeats * rows.length);
            }
        }
        System.out.printf(
                "%,d records of %d numbers in batches of %d; median of %d%n",
                repeats * rows.length, WIDTH, size, rounds);
        System.out.printf("%-28s %14s %8s%n", "", "ns per record", "ratio");
        double yardstick = median(contenders.get(0));
        for (Contender contender : contenders) {
            double nanos = median(contender);
            System.out.printf("%-28s %14.0f %8.2f%n", contender.name, nanos, nanos / yardstick);
        }
    }

    private static double median(Contender contender) {
        return contender.nanos.stream().sorted().toList().get(contender.nanos.size() / 2);
    }

    private static double[][] rows(int count) {
        SplittableRandom random = new SplittableRandom(1);
        double[][] rows = new double[count][WIDTH];
        for (double[] row : rows) {
            for (int i = 0; i < WIDTH; i++) {
                row[i] = i % 4 == 0 ? random.nextInt(100) : Math.rint(random.nextDouble() * 1e5) / 1e3;
            }
        }
        return rows;
    }

    private static List<CaptureBatch> batches(double[][] rows, int size, boolean typed) {
        Schema schema = Schema.ofNames(NAMES);
        List<CaptureBatch> batches = new ArrayList<>();
        for (int from = 0; from < rows.length; from += size) {
            List<CaptureRecord> records = new ArrayList<>();
            for (double[] row : Arrays.copyOfRange(rows, from, Math.min(rows.length, from + size))) {
                Payload input = typed
                        ? Payload.of("text/csv", Payload.Encoding.CSV, schema, List.of(row), () -> csv(row))
                        : Payload.csv(csv(row)).withSchema(schema);
                Payload output = typed
                        ? Payload.of(
                                "text/csv",
                                Payload.Encoding.CSV,
                                null,
                                List.of(new double[] {row[1]}),
                                () -> csv(row[1]))
                        : Payload.csv(csv(row[1]));
                records.add(new CaptureRecord("event", null, Instant.EPOCH, input, output, List.of()));
            }
            batches.add(new CaptureBatch("bench", CaptureBatch.ALL_TRAFFIC, records));
        }
        return batches;
    }

    private static String csv(double... row) {
        return DoubleStream.of(row).mapToObj(String::valueOf).collect(Collectors.joining(","));
    }

    private static Dataset dataset(double[][] rows) {
        List<String> names = new ArrayList<>(List.of("_c0"));
        names.addAll(NAMES);
        return Datasets.of(
                Schema.ofNames(names),
                Arrays.stream(rows)
                        .map(row -> DoubleStream.concat(DoubleStream.of(row[1]), Arrays.stream(row))
                                .toArray())
                        .toList());
    }

    private static List<Batch> columns(double[][] rows) {
        List<Batch> batches = new ArrayList<>();
        try (Dataset.Cursor cursor = dataset(rows).open()) {
            for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
                batches.add(batch);
            }
        }
        return batches;
    }

    private static void profile(List<Batch> batches, int repeats) {
        ColumnProfile[] profiles = IntStream.rangeClosed(0, WIDTH)
                .mapToObj(i -> ColumnProfile.create())
                .toArray(ColumnProfile[]::new);
        for (int n = 0; n < repeats * batches.size(); n++) {
            Batch batch = batches.get(n % batches.size());
            for (int i = 0; i < profiles.length; i++) {
                profiles[i].add(batch.column(i), batch.size());
            }
        }
        if (profiles[0].rows() == 0) {
            throw new IllegalStateException("nothing was profiled");
        }
    }

    private static void rows(List<CaptureBatch> batches, int repeats) {
        long seen = 0;
        try (LiveRows live = CaptureRows.standard().live()) {
            for (int n = 0; n < repeats * batches.size(); n++) {
                live.add(batches.get(n % batches.size()).records());
                for (Batch rows = live.next(); rows != null; rows = live.next()) {
                    seen += rows.size();
                    for (int i = 0; i < rows.schema().size(); i++) {
                        seen += rows.column(i).kinds()[0]
                                + (long) rows.column(i).numbers()[0];
                    }
                }
            }
        }
        if (seen == 0) {
            throw new IllegalStateException("no rows were made");
        }
    }

    private static void monitor(Monitor monitor, List<CaptureBatch> batches, int repeats) throws Exception {
        // Never closed, so that no window ends and only the worker's share is measured.
        CaptureSink live = monitor.everyRows(Long.MAX_VALUE);
        for (int n = 0; n < repeats * batches.size(); n++) {
            live.write(batches.get(n % batches.size()));
        }
    }
}
