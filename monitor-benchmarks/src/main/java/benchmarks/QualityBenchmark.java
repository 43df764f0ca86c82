package benchmarks;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.Column;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Payload;
import io.modelmonitor.api.Schema;
import io.modelmonitor.api.ValueKind;
import io.modelmonitor.labels.GroundTruth;
import io.modelmonitor.labels.LabelledCaptures;
import io.modelmonitor.quality.ModelQuality;
import io.modelmonitor.spi.MetricCalculator;
import io.modelmonitor.stats.quality.BinaryQuality;
import io.modelmonitor.stats.quality.ConstantClassifier;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;

/**
 * Measures the quality of binary predictions with scores, beside sorting and counting by hand in the same run, on one thread
 * from memory; then joins labels. Arguments: rows (1,000,000 unless given), rounds (9), labels to join (10,000,000).
 *
 * <pre>{@code
 * mvn -q -pl monitor-benchmarks -am compile exec:exec -Dexec.executable=java \
 *   -Dexec.args="-Xmx1g -cp %classpath benchmarks.QualityBenchmark"
 * }</pre>
 */
public final class QualityBenchmark {

    private QualityBenchmark() {}

    /** Predictions in arrays. */
    private static final class Predictions {

        private final boolean[] actual;
        private final double[] scores;

        private Predictions(boolean[] actual, double[] scores) {
            this.actual = actual;
            this.scores = scores;
        }

        /** Calibrated scores, all different or rounded to so many steps. */
        static Predictions of(int rows, double steps) {
            SplittableRandom random = new SplittableRandom(1);
            boolean[] actual = new boolean[rows];
            double[] scores = new double[rows];
            for (int i = 0; i < rows; i++) {
                double score = random.nextDouble();
                scores[i] = steps == 0 ? score : Math.rint(score * steps) / steps;
                actual[i] = random.nextDouble() < score;
            }
            return new Predictions(actual, scores);
        }
    }

    /** Runs the benchmark and prints its table. */
    public static void main(String[] arguments) {
        int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 9;
        int labels = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 10_000_000;
        Predictions distinct = Predictions.of(rows, 0);
        Predictions rounded = Predictions.of(rows, 10_000);
        System.out.printf(Locale.ROOT, "%,d binary predictions with scores, processor time of one thread%n", rows);
        double yardstick = measure("by hand: accuracy, F1, AUC (sorting)", rounds, 0, () -> byHand(distinct));
        measure("all metrics, all scores distinct", rounds, yardstick, () -> state(distinct));
        measure("all metrics, 10,001 distinct scores", rounds, yardstick, () -> state(rounded));
        Batch batch = batch(distinct);
        measure("the same as a calculator over rows", rounds, yardstick, () -> calculator(batch));
        join(labels);
    }

    private static double measure(String what, int rounds, double yardstick, DoubleSupplier task) {
        double[] seconds = new double[rounds];
        double result = 0;
        for (int i = -2; i < rounds; i++) {
            long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            result = task.getAsDouble();
            if (i >= 0) {
                seconds[i] = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / 1e9;
            }
        }
        Arrays.sort(seconds);
        double median = seconds[rounds / 2];
        String ratio = yardstick == 0 ? "" : String.format(Locale.ROOT, "%6.2f x", median / yardstick);
        System.out.printf(Locale.ROOT, "%-40s %7.3f s %9s  AUC %.6f%n", what, median, ratio, result);
        return median;
    }

    private static double byHand(Predictions predictions) {
        int rows = predictions.scores.length;
        long[] keys = new long[rows];
        int right = 0;
        int truePositives = 0;
        int errors = 0;
        for (int i = 0; i < rows; i++) {
            boolean predicted = predictions.scores[i] > 0.5;
            right += predicted == predictions.actual[i] ? 1 : 0;
            truePositives += predicted && predictions.actual[i] ? 1 : 0;
            errors += predicted == predictions.actual[i] ? 0 : 1;
            // The label in the last bit of the score: of no consequence for its order.
            keys[i] = Double.doubleToRawLongBits(predictions.scores[i]) << 1 | (predictions.actual[i] ? 1 : 0);
        }
        Arrays.sort(keys);
        double negatives = 0;
        double positives = 0;
        double pairs = 0;
        for (long key : keys) {
            boolean actual = (key & 1) != 0;
            pairs += actual ? negatives : 0;
            positives += actual ? 1 : 0;
            negatives += actual ? 0 : 1;
        }
        double f1 = 2.0 * truePositives / (2.0 * truePositives + errors);
        return right > 0 && f1 > 0 ? pairs / positives / negatives : Double.NaN;
    }

    private static double state(Predictions predictions) {
        BinaryQuality quality = BinaryQuality.empty();
        for (int i = 0; i < predictions.scores.length; i++) {
            quality.add(predictions.actual[i], predictions.scores[i] > 0.5, predictions.scores[i]);
        }
        return quality.summary("0", "1", ConstantClassifier.ofMajority()).metrics().stream()
                .filter(metric -> metric.name().equals("roc_auc"))
                .mapToDouble(Metric::value)
                .sum();
    }

    private static double calculator(Batch batch) {
        return measured(ModelQuality.modelQuality().label("label").score("score"), batch);
    }

    private static <S> double measured(MetricCalculator<S> calculator, Batch batch) {
        S state = calculator.start();
        calculator.add(state, batch);
        return calculator.measure(state, null, Constraints.none()).stream()
                .filter(metric -> metric.name().equals("roc_auc"))
                .mapToDouble(Metric::value)
                .sum();
    }

    private static Batch batch(Predictions predictions) {
        double[] labels = new double[predictions.actual.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = predictions.actual[i] ? 1 : 0;
        }
        Column[] columns = {column(labels), column(predictions.scores)};
        return new Batch(Schema.ofNames("label", "score"), labels.length, columns);
    }

    private static Column column(double[] numbers) {
        byte[] kinds = new byte[numbers.length];
        Arrays.fill(kinds, ValueKind.FRACTIONAL);
        return Column.of(kinds, numbers, row -> Double.toString(numbers[row]), false);
    }

    private static void join(int count) {
        long before = System.nanoTime();
        GroundTruth labels = GroundTruth.create();
        for (int i = 0; i < count; i++) {
            labels.record("inference-" + i, (i & 7) == 0 ? "1" : "0");
        }
        double recorded = (System.nanoTime() - before) / 1e9;
        Iterable<CaptureRecord> captures = () -> captures(count);
        long rows = 0;
        try (Dataset.Cursor cursor = LabelledCaptures.of(captures, labels).open()) {
            for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
                rows += batch.size();
            }
        }
        double joined = (System.nanoTime() - before) / 1e9 - recorded;
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        System.out.printf(
                Locale.ROOT,
                "%,d labels recorded in %.1f s, %,d requests joined in %.1f s, %d MB in use of a heap of %d MB%n",
                labels.size(),
                recorded,
                rows,
                joined,
                (runtime.totalMemory() - runtime.freeMemory()) >> 20,
                runtime.maxMemory() >> 20);
        if (rows < count) {
            throw new IllegalStateException(count - rows + " labels were not joined");
        }
    }

    private static Iterator<CaptureRecord> captures(int count) {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < count;
            }

            @Override
            public CaptureRecord next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                String id = "inference-" + next++;
                return new CaptureRecord("event", id, null, Payload.csv("1,2"), Payload.csv("0.5"), List.of());
            }
        };
    }
}
