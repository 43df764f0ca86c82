package io.modelmonitor.spark;

import static io.modelmonitor.fairness.Bias.bias;
import static io.modelmonitor.quality.ModelQuality.modelQuality;

import benchmarks.BenchmarkTable;
import io.modelmonitor.Baseline;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.spi.MetricCalculator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.spark.sql.SparkSession;

/**
 * Measures a baseline of the benchmark table in Parquet, on two threads, warm, beside its yardstick: reading the file with Spark's
 * own sink that does nothing, and our profile from memory. Medians of one run. Arguments: rows (1,000,000 unless given), rounds (5).
 */
public final class SparkBenchmark {

    private SparkBenchmark() {}

    /** Runs the benchmark and prints a table. */
    public static void main(String[] arguments) throws IOException {
        int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        Path folder = Files.createTempDirectory("spark-benchmark");
        SparkSession spark = Sessions.on("local[2]");
        Path csv = folder.resolve("table.csv");
        BenchmarkTable table = BenchmarkTable.of(rows);
        table.writeCsv(csv);
        String parquet = folder.resolve("table").toString();
        spark.read()
                .option("header", true)
                .option("inferSchema", true)
                .csv(csv.toString())
                .write()
                .parquet(parquet);
        Dataset inMemory = table.dataset(1024);
        MetricCalculator<?>[] beside = {
            modelQuality().label("d0").prediction("d1").regression(),
            bias("s1", "seg_B").labelAbove("d0", 0).predictionAbove("d1", 1)
        };
        List<LongSupplier> tasks = List.of(
                () -> {
                    spark.read()
                            .parquet(parquet)
                            .write()
                            .format("noop")
                            .mode("overwrite")
                            .save();
                    return rows;
                },
                () -> Baseline.of(2, inMemory).measurement().rows(),
                () -> SparkMonitor.baseline(spark.read().parquet(parquet))
                        .measurement()
                        .rows(),
                () -> SparkMonitor.baseline(spark.read().parquet(parquet), beside)
                        .measurement()
                        .rows());
        double[][] seconds = new double[tasks.size()][rounds];
        for (int round = -2; round < rounds; round++) {
            for (int i = 0; i < tasks.size(); i++) {
                long start = System.nanoTime();
                if (tasks.get(i).getAsLong() != rows) {
                    throw new IllegalStateException("rows are missing");
                }
                if (round >= 0) {
                    seconds[i][round] = (System.nanoTime() - start) / 1e9;
                }
            }
        }
        for (double[] times : seconds) {
            Arrays.sort(times);
        }
        int middle = rounds / 2;
        System.out.printf(
                "%,d rows x 20: noop %.2f s, in memory %.2f s, baseline %.2f s (%.2f of both), with quality and bias %.2f s%n",
                rows,
                seconds[0][middle],
                seconds[1][middle],
                seconds[2][middle],
                seconds[2][middle] / (seconds[0][middle] + seconds[1][middle]),
                seconds[3][middle]);
        spark.stop();
    }
}
