package io.modelmonitor.parquet;

import benchmarks.BenchmarkTable;
import io.modelmonitor.Baseline;
import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.data.Datasets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Measures how fast a baseline is made of the benchmark table in Parquet, packed by Snappy, beside its yardsticks of the same run: the
 * same table as CSV, and in memory. Medians. Arguments: rows (1,000,000 unless given) and rounds (5).
 */
public final class ParquetBenchmark {

    private ParquetBenchmark() {}

    /** Runs the benchmark and prints its table. */
    public static void main(String[] arguments) throws IOException {
        int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        Path folder = Files.createTempDirectory("parquet-benchmark");
        BenchmarkTable table = BenchmarkTable.of(rows);
        Path csv = folder.resolve("table.csv");
        table.writeCsv(csv);
        Dataset parquet = Parquet.dataset(write(table, folder.resolve("table.parquet")));
        Dataset inMemory = table.dataset(1024);
        Map<String, LongSupplier> tasks = new LinkedHashMap<>();
        tasks.put("CSV to a baseline, two threads", () -> rows(2, Datasets.csv(csv)));
        tasks.put("memory to a baseline, two threads", () -> rows(2, inMemory));
        tasks.put("Parquet, batches only", () -> batches(parquet));
        tasks.put("Parquet to a baseline, one thread", () -> rows(1, parquet));
        tasks.put("Parquet to a baseline, two threads", () -> rows(2, parquet));
        Map<String, List<Double>> seconds = new LinkedHashMap<>();
        for (int round = -2; round < rounds; round++) {
            for (Map.Entry<String, LongSupplier> task : tasks.entrySet()) {
                long before = System.nanoTime();
                if (task.getValue().getAsLong() != rows) {
                    throw new IllegalStateException(task.getKey() + " did not read all rows");
                }
                if (round >= 0) {
                    seconds.computeIfAbsent(task.getKey(), name -> new ArrayList<>())
                            .add((System.nanoTime() - before) / 1e9);
                }
            }
        }
        System.out.printf("%,d rows x 20 columns, median of %d%n", rows, rounds);
        double yardstick = median(seconds.values().iterator().next());
        seconds.forEach((name, times) ->
                System.out.printf("%-36s %8.3f s %6.2f x%n", name, median(times), median(times) / yardstick));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static long rows(int threads, Dataset dataset) {
        return Baseline.of(threads, dataset).measurement().rows();
    }

    private static long batches(Dataset dataset) {
        long rows = 0;
        try (Dataset.Cursor cursor = dataset.open()) {
            for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
                rows += batch.size();
            }
        }
        return rows;
    }

    private static Path write(BenchmarkTable table, Path file) {
        List<String> names = table.schema().names();
        String fields = names.stream()
                .map(name -> switch (name.charAt(0)) {
                    case 'd' -> "optional double " + name + ";";
                    case 'l' -> "optional int64 " + name + ";";
                    default -> "optional binary " + name + " (STRING);";
                })
                .collect(Collectors.joining(" "));
        return Written.file(
                file,
                "message table { " + fields + " }",
                table.rows(),
                (row, number) -> {
                    for (String name : names) {
                        int column = Integer.parseInt(name.substring(1));
                        switch (name.charAt(0)) {
                            case 'd' -> {
                                if (!table.missing(column)[number]) {
                                    row.append(name, table.doubles(column)[number]);
                                }
                            }
                            case 'l' -> row.append(name, table.longs(column)[number]);
                            default -> row.append(name, table.texts(column)[number]);
                        }
                    }
                },
                settings -> settings.packedBy(CompressionCodecName.SNAPPY));
    }
}
