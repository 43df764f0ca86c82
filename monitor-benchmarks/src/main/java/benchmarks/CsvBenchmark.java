package benchmarks;

import com.sun.management.OperatingSystemMXBean;
import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.modelmonitor.Baseline;
import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.data.Datasets;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures how fast CSV is read, and a baseline is made of it, beside FastCSV in the same run. Arguments: rows (1,000,000 unless given) and
 * rounds (7).
 *
 * <pre>{@code
 * mvn -q compile -Pbenchmark -Dbenchmark=CsvBenchmark
 * }</pre>
 */
public final class CsvBenchmark {

    private CsvBenchmark() {}

    private interface Task {
        long run() throws IOException;
    }

    private record Contender(String name, Task task, List<Double> seconds, List<Double> processorSeconds) {

        private Contender(String name, Task task) {
            this(name, task, new ArrayList<>(), new ArrayList<>());
        }

        private void run(boolean counts) throws IOException {
            long processorBefore = PROCESS.getProcessCpuTime();
            long before = System.nanoTime();
            if (task.run() == 0) {
                throw new IllegalStateException(name + " read nothing");
            }
            if (counts) {
                seconds.add((System.nanoTime() - before) / 1e9);
                processorSeconds.add((PROCESS.getProcessCpuTime() - processorBefore) / 1e9);
            }
        }
    }

    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    /** Runs the benchmark and prints its table. */
    public static void main(String[] arguments) throws IOException {
        int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 7;
        Path file = csv(rows);
        List<Contender> contenders = List.of(
                new Contender("FastCSV to strings, one thread", () -> fastCsvStrings(file)),
                new Contender("FastCSV, callback without strings", () -> fastCsvCallback(file)),
                new Contender("batches, not decoded", () -> batches(file, false)),
                new Contender("batches, every column decoded", () -> batches(file, true)),
                new Contender("baseline, one thread", () -> baseline(file, 1)),
                new Contender("baseline, two threads", () -> baseline(file, 2)));
        for (int round = -2; round < rounds; round++) {
            for (Contender contender : contenders) {
                contender.run(round >= 0);
            }
        }
        System.out.printf("%,d rows x 20 columns, median of %d; CPU is the time of all threads%n", rows, rounds);
        System.out.printf("%-36s %8s %8s %8s %8s %10s%n", "", "seconds", "ratio", "CPU", "ratio", "M rows/s");
        double yardstick = median(contenders.get(0).seconds);
        double processorYardstick = median(contenders.get(0).processorSeconds);
        for (Contender contender : contenders) {
            double seconds = median(contender.seconds);
            double processorSeconds = median(contender.processorSeconds);
            System.out.printf(
                    "%-36s %8.3f %8.2f %8.3f %8.2f %10.2f%n",
                    contender.name,
                    seconds,
                    seconds / yardstick,
                    processorSeconds,
                    processorSeconds / processorYardstick,
                    rows / seconds / 1e6);
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    /** Returns the benchmark table as a file, written at the first run. */
    private static Path csv(int rows) throws IOException {
        Path file = Path.of(System.getProperty("java.io.tmpdir"), "model-monitor-benchmark-" + rows + ".csv");
        if (!Files.exists(file)) {
            Path part = Files.createTempFile(file.getParent(), "model-monitor-benchmark-", ".part");
            BenchmarkTable.of(rows).writeCsv(part);
            Files.move(part, file);
        }
        return file;
    }

    private static long fastCsvStrings(Path file) throws IOException {
        long characters = 0;
        try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(file)) {
            for (CsvRecord record : reader) {
                for (int i = 0; i < record.getFieldCount(); i++) {
                    characters += record.getField(i).length();
                }
            }
        }
        return characters;
    }

    private static long fastCsvCallback(Path file) throws IOException {
        Counter counter = new Counter();
        try (CsvReader<Integer> reader = CsvReader.builder().build(counter, file)) {
            reader.forEach(record -> {});
        }
        return counter.characters;
    }

    private static final class Counter extends AbstractBaseCsvCallbackHandler<Integer> {
        private long characters;

        @Override
        protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
            characters += length;
        }

        @Override
        protected Integer buildRecord() {
            return 0;
        }
    }

    private static long baseline(Path file, int threads) {
        return Baseline.of(threads, Datasets.csv(file)).profile().rows();
    }

    private static long batches(Path file, boolean decode) {
        long seen = 0;
        try (Dataset.Cursor cursor = Datasets.csv(file).open()) {
            for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
                seen += batch.size();
                for (int i = 0; decode && i < batch.schema().size(); i++) {
                    seen += batch.column(i).kinds()[0];
                }
            }
        }
        return seen;
    }
}
