package benchmarks;

import io.modelmonitor.api.Explanation;
import io.modelmonitor.spi.Attributor;
import io.modelmonitor.stats.attribution.Attributors;
import io.modelmonitor.stats.attribution.Background;
import io.modelmonitor.stats.attribution.GlobalAttribution;
import io.modelmonitor.stats.attribution.Link;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Measures the time of explanations: a logistic model of 20 features, 10 rows against a background of 100,
 * 2,088 coalitions; beside it, as the yardstick, the same model asked as often about rows that are already there. One thread.
 * And how exact they are: {@link AttributionErrors}.
 */
public final class AttributionBenchmark {

    private static final int FEATURES = 20;
    private static final int ROWS = 10;
    private static final int BACKGROUND = 100;
    private static final int ROUNDS = 25;
    private static final int ERROR_SEEDS = 40;

    private AttributionBenchmark() {}

    /**
     * Prints tables.
     *
     * @param arguments {@code speed} or {@code errors} for one of them; none for both
     */
    public static void main(String[] arguments) {
        List<String> wanted = arguments.length == 0 ? List.of("speed", "errors") : List.of(arguments);
        if (wanted.contains("speed")) {
            speed();
        }
        if (wanted.contains("errors")) {
            AttributionErrors.print(ERROR_SEEDS);
        }
    }

    private static void speed() {
        double[] coefficients = rows(1, FEATURES, 1)[0];
        UnaryOperator<double[][]> model = logistic(coefficients);
        double[][] rows = rows(ROWS, FEATURES, 2);
        Background background = Background.of(rows(BACKGROUND, FEATURES, 3));
        Attributor kernel = Attributors.kernelShap(model, background, Link.IDENTITY, 42);
        Attributor permutation = Attributors.permutation(model, background, Link.IDENTITY);
        Attributor linear = Attributors.linear(new double[][] {coefficients}, new double[1], background);
        int samples = Attributors.defaultSamples(FEATURES);

        double yardstick = best(() -> predict(model, ROWS * BACKGROUND * samples));
        double shap = best(() -> explain(kernel, rows));
        double oneByOne = best(() -> explain(permutation, rows));
        double[][] many = rows(100_000, FEATURES, 4);
        double closed = best(() -> explain(linear, many));
        double summed = best(() -> sum(linear, many));

        System.out.printf("%-66s %10s %8s%n", "what", "ms", "ratio");
        line(
                "yardstick: the model alone, " + ROWS * BACKGROUND * samples + " rows that are there",
                yardstick,
                yardstick);
        line(
                "Kernel SHAP, " + ROWS + " rows x " + BACKGROUND + " background, " + samples + " samples",
                shap,
                yardstick);
        line("permutation importance, the same rows", oneByOne, yardstick);
        line("linear closed form, 1,000,000 rows", 10 * closed, yardstick);
        line("linear closed form and aggregation, 1,000,000 rows", 10 * summed, yardstick);
    }

    private static double explain(Attributor attributor, double[][] rows) {
        double sum = 0;
        for (double[] row : rows) {
            Explanation explanation = attributor.explain(row);
            sum += explanation.contribution(0, 0);
        }
        return sum;
    }

    private static double sum(Attributor attributor, double[][] rows) {
        GlobalAttribution global = GlobalAttribution.empty(1);
        for (double[] row : rows) {
            global.add(attributor.explain(row));
        }
        return global.means(0)[0];
    }

    private static double predict(UnaryOperator<double[][]> model, int count) {
        double[][] batch = rows(1000, FEATURES, 5);
        double sum = 0;
        for (int asked = 0; asked < count; asked += batch.length) {
            sum += model.apply(batch)[0][0];
        }
        return sum;
    }

    private static UnaryOperator<double[][]> logistic(double[] coefficients) {
        return rows -> {
            double[][] outputs = new double[rows.length][];
            for (int i = 0; i < rows.length; i++) {
                double[] row = rows[i];
                double logit = 0;
                for (int j = 0; j < row.length; j++) {
                    logit += coefficients[j] * row[j];
                }
                outputs[i] = new double[] {1 / (1 + Math.exp(-logit))};
            }
            return outputs;
        };
    }

    private static double[][] rows(int count, int features, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] rows = new double[count][];
        Arrays.setAll(rows, i -> random.doubles(features, -1, 1).toArray());
        return rows;
    }

    /** The best of several rounds in milliseconds; what others do on the machine only makes rounds slower. */
    private static double best(Supplier<Double> work) {
        double best = Double.POSITIVE_INFINITY;
        double sum = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            sum += work.get();
            best = Math.min(best, (System.nanoTime() - start) / 1e6);
        }
        if (Double.isNaN(sum)) {
            throw new IllegalStateException("the work came to nothing");
        }
        return best;
    }

    private static void line(String what, double milliseconds, double yardstick) {
        System.out.printf("%-66s %10.1f %8.2f%n", what, milliseconds, milliseconds / yardstick);
    }
}
