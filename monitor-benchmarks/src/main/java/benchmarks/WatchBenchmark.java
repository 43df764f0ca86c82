package benchmarks;

import io.modelmonitor.Baseline;
import io.modelmonitor.Measurement;
import io.modelmonitor.Monitor;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.ForwardingCursor;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.api.Report;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.data.TableBuilder;
import io.modelmonitor.watch.History;
import io.modelmonitor.watch.Watch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Measures what watches cost: judging and remembering a window, idle schedules, a year's history and a metric's series in it, and twenty
 * replicas' measurements, in processor time of the thread. Argument: the hours of the history (8,760 unless given). Writes to a temporary
 * folder, and deletes it.
 */
public final class WatchBenchmark {

    private static final int COLUMNS = 20;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** Windows that are closed until the compiler is done with what closes them. */
    private static final int WARM_UPS = 60;

    private static final int WINDOWS = 31;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private WatchBenchmark() {}

    /** Prints a line for each figure. */
    public static void main(String[] arguments) throws IOException {
        int hours = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 8_760;
        Path folder = Files.createTempDirectory("watch-benchmark");
        try {
            Monitor monitor = monitor(COLUMNS);
            closing(monitor, folder.resolve("closing"));
            replicas(monitor);
            idle(monitor);
            year(hours, false, folder.resolve("year"));
            year(hours, true, folder.resolve("promising"));
        } finally {
            delete(folder);
        }
    }

    private static Monitor monitor(int columns) {
        Constraints constraints = Constraints.none();
        for (int column = 0; column < columns; column++) {
            constraints = constraints.with(Constraint.on("x" + column).drift());
        }
        return Monitor.against(Baseline.of(1, rows(1, columns, 20_000)))
                .named("credit")
                .threads(1)
                .requiringOnly(constraints);
    }

    private static Dataset rows(long seed, int columns, int rows) {
        SplittableRandom random = new SplittableRandom(seed);
        TableBuilder table = Datasets.columns();
        for (int column = 0; column < columns; column++) {
            double[] numbers = new double[rows];
            for (int i = 0; i < rows; i++) {
                numbers[i] = random.nextGaussian();
            }
            table = table.add("x" + column, numbers);
        }
        return table.build();
    }

    /** Returns processor time, which a machine that does other things too does not change; it holds no waiting for the disk. */
    private static double milliseconds(Supplier<?> work) {
        long start = THREADS.getCurrentThreadCpuTime();
        if (work.get() == null) {
            throw new IllegalStateException("nothing was done");
        }
        return (THREADS.getCurrentThreadCpuTime() - start) / 1e6;
    }

    /** Returns the median processor time of 15 runs after 15 others. */
    private static double median(Supplier<?> work) {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            double time = milliseconds(work);
            if (i >= 15) {
                times.add(time);
            }
        }
        return times.stream().sorted().toList().get(times.size() / 2);
    }

    private static void closing(Monitor monitor, Path folder) {
        for (int size : new int[] {1_000, 100_000}) {
            Measurement measured = monitor.measure(rows(2, COLUMNS, size));
            History history = History.folder(folder.resolve("" + size));
            System.out.printf(
                    "judging a window of %,d rows of %d columns: %.1f ms; its measurement: %,d bytes%n",
                    size,
                    COLUMNS,
                    median(() -> monitor.report(measured)),
                    saved(measured, folder).length());
            // Processor time at which the last rows of a window had been made and measured.
            long[] read = {0};
            Watch watch = Watch.of(
                            monitor, window -> noting(rows(window.start().getEpochSecond(), COLUMNS, size), read))
                    .since(START)
                    .clock(Clock.fixed(START, ZoneOffset.UTC))
                    .history(history)
                    .promise(0.05, Duration.ofDays(365))
                    .open();
            List<Double> times = new ArrayList<>();
            for (int hour = 1; hour <= WARM_UPS + WINDOWS; hour++) {
                watch.runDue(START.plus(Duration.ofHours(hour)));
                if (hour > WARM_UPS) {
                    times.add((THREADS.getCurrentThreadCpuTime() - read[0]) / 1e6);
                }
            }
            System.out.printf(
                    "closing a window of %,d rows, which have been measured: %.1f ms%n",
                    size, times.stream().sorted().toList().get(WINDOWS / 2));
            watch.close();
        }
    }

    /** Returns the dataset, which notes the processor time of its thread when its rows have been read. */
    private static Dataset noting(Dataset rows, long[] read) {
        return rows.readThrough(cursor -> new ForwardingCursor(cursor) {
            @Override
            public void close() {
                super.close();
                read[0] = THREADS.getCurrentThreadCpuTime();
            }
        });
    }

    private static java.io.File saved(Measurement measurement, Path folder) {
        Path file = folder.resolve("measurement.bin");
        measurement.save(file);
        return file.toFile();
    }

    private static void replicas(Monitor monitor) {
        List<Measurement> parts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            parts.add(monitor.measure(rows(100 + i, COLUMNS, 5_000)));
        }
        Supplier<Report> judged = () -> {
            Measurement merged = parts.get(0);
            for (Measurement part : parts.subList(1, parts.size())) {
                merged = merged.merge(part);
            }
            return monitor.report(merged);
        };
        System.out.printf("twenty replicas' measurements merged and judged: %.1f ms%n", median(judged));
    }

    private static void idle(Monitor monitor) {
        long before = used();
        List<Watch> watches = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            watches.add(Watch.of(monitor, window -> rows(1, COLUMNS, 1))
                    .named("schedule-" + i)
                    .daily()
                    .start());
        }
        long after = used();
        long threads = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("monitor-watch"))
                .count();
        System.out.printf("1,000 idle schedules: %.1f MB, %d thread%n", Math.max(0, after - before) / 1e6, threads);
        watches.forEach(Watch::close);
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Three columns have some fifty metrics. */
    private static void year(int hours, boolean isPromising, Path folder) throws IOException {
        Monitor monitor = monitor(3);
        Dataset[] windows = new Dataset[50];
        for (int i = 0; i < windows.length; i++) {
            windows[i] = rows(500 + i, 3, 200);
        }
        int metrics = monitor.report(monitor.measure(windows[0])).metrics().size();
        History history = History.folder(folder).retention(Duration.ofDays(30));
        int[] next = {0};
        var builder = Watch.of(monitor, window -> windows[next[0]++ % windows.length])
                .since(START)
                .clock(Clock.fixed(START, ZoneOffset.UTC))
                .history(isPromising ? history : History.folder(folder));
        if (isPromising) {
            builder.promise(0.05, Duration.ofDays(365));
        }
        try (Watch watch = builder.open()) {
            watch.runDue(START.plus(Duration.ofHours(hours)));
        }
        History read = History.folder(folder);
        Supplier<List<History.Point>> series = () -> read.series(
                "credit/watch", new MetricId("x0", "mean"), START, START.plus(Duration.ofHours(hours + 1L)));
        System.out.printf(
                "%,d hours of %d metrics%s: lines %.1f MB, state %.1f KB, measurements %.1f MB; a series of %,d points %.0f ms%n",
                hours,
                metrics,
                isPromising ? " with a promise, measurements of 30 days" : "",
                bytes(folder, ".jsonl") / 1e6,
                bytes(folder, ".json") / 1e3,
                bytes(folder, ".measurement") / 1e6,
                series.get().size(),
                median(series));
    }

    private static long bytes(Path folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
