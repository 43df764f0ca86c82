package benchmarks;

import io.modelmonitor.Baseline;
import io.modelmonitor.Monitor;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Metric;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.data.TableBuilder;
import io.modelmonitor.quality.DataQuality;
import io.modelmonitor.stats.sketch.Profile;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Measures how long it takes to hold one profile against another: 1,000 columns of 2,000 rows, and 20 columns of 200,000,
 * beside one sort of each current column. A profile sorts what it remembers when first asked, so the current one is asked
 * once anew in every round and once again. Of the 20 columns also all measures of drift with their p-values. Arguments:
 * rounds (9 unless given).
 *
 * <pre>{@code
 * mvn -q compile -Pbenchmark -Dbenchmark=EvaluationBenchmark
 * }</pre>
 */
public final class EvaluationBenchmark {

    private EvaluationBenchmark() {}

    /** The task that is timed. */
    private interface Task {
        void run(Profile current);
    }

    /** Runs the benchmark and prints its table. */
    public static void main(String[] arguments) {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 9;
        System.out.printf(
                "%-44s %12s %12s %14s %10s%n", "milliseconds", "new profile", "asked again", "sorting alone", "ratio");
        measure(1_000, 2_000, rounds, false);
        measure(20, 200_000, rounds, false);
        measure(20, 200_000, rounds, true);
    }

    private static void measure(int columns, int rows, int rounds, boolean everything) {
        double[][] values = values(columns, rows, 2);
        Profile reference = baseline(values(columns, rows, 1)).profile();
        Constraints constraints =
                Monitor.against(baseline(values(columns, rows, 1))).constraints();
        Task task = everything
                ? current -> DriftBenchmark.fullReport(reference, current)
                : current -> evaluate(reference, current, constraints);
        double[] first = new double[rounds];
        double[] again = new double[rounds];
        double[] sorting = new double[rounds];
        for (int round = -5; round < rounds; round++) {
            Profile current = baseline(values).profile();
            long start = System.nanoTime();
            task.run(current);
            long afterFirst = System.nanoTime();
            task.run(current);
            long afterAgain = System.nanoTime();
            for (double[] column : values) {
                Arrays.sort(column.clone());
            }
            long end = System.nanoTime();
            if (round >= 0) {
                first[round] = (afterFirst - start) / 1e6;
                again[round] = (afterAgain - afterFirst) / 1e6;
                sorting[round] = (end - afterAgain) / 1e6;
            }
        }
        System.out.printf(
                "%-44s %12.1f %12.1f %14.1f %10.2f%n",
                columns + " columns of " + rows + " rows" + (everything ? ", all measures" : ""),
                median(first),
                median(again),
                median(sorting),
                median(first) / median(sorting));
    }

    private static void evaluate(Profile reference, Profile current, Constraints constraints) {
        List<Metric> metrics = DataQuality.standard().measure(current, reference, constraints);
        if (metrics.size() < current.names().size()) {
            throw new IllegalStateException("too little was measured");
        }
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
