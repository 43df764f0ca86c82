package examples.bench;

import io.modelmonitor.Baseline;
import io.modelmonitor.Monitor;
import io.modelmonitor.ProfileCalculator;
import io.modelmonitor.api.Metric;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.data.TableBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Measures how long it takes to hold one profile against another: 1,000 columns of 2,000 rows, and 20 columns of 200,000,
 * beside one sort of each current column. Arguments: rounds (9 unless given).
 *
 * <pre>{@code
 * mvn -q compile -Pbenchmark -Dbenchmark=EvaluationBenchmark
 * }</pre>
 */
public final class EvaluationBenchmark {

    private EvaluationBenchmark() {}

    /** Runs the benchmark and prints its table. */
    public static void main(String[] arguments) {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 9;
        System.out.printf("%-32s %14s %14s %10s%n", "", "milliseconds", "sorting alone", "ratio");
        measure(1_000, 2_000, rounds);
        measure(20, 200_000, rounds);
    }

    private static void measure(int columns, int rows, int rounds) {
        double[][] values = values(columns, rows, 2);
        Baseline reference = baseline(values(columns, rows, 1));
        Baseline current = baseline(values);
        Monitor monitor = Monitor.against(reference);
        double[] evaluation = new double[rounds];
        double[] sorting = new double[rounds];
        for (int round = -3; round < rounds; round++) {
            long before = System.nanoTime();
            List<Metric> metrics =
                    ProfileCalculator.standard().measure(current.profile(), monitor.constraints(), reference.profile());
            long between = System.nanoTime();
            for (double[] column : values) {
                Arrays.sort(column.clone());
            }
            long after = System.nanoTime();
            if (metrics.size() < columns) {
                throw new IllegalStateException("too little was measured");
            }
            if (round >= 0) {
                evaluation[round] = (between - before) / 1e6;
                sorting[round] = (after - between) / 1e6;
            }
        }
        double median = median(evaluation);
        System.out.printf(
                "%-32s %14.1f %14.1f %10.2f%n",
                columns + " columns of " + rows + " rows", median, median(sorting), median / median(sorting));
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private static Baseline baseline(double[][] values) {
        TableBuilder table = Datasets.columns();
        for (int i = 0; i < values.length; i++) {
            table.add("x" + i, values[i]);
        }
        return Baseline.of(table.build());
    }

    private static double[][] values(int columns, int rows, long seed) {
        Random random = new Random(seed);
        double[][] values = new double[columns][rows];
        for (double[] column : values) {
            Arrays.setAll(column, i -> random.nextGaussian());
        }
        return values;
    }
}
