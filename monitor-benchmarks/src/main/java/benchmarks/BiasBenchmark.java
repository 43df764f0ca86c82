package benchmarks;

import static io.modelmonitor.fairness.Bias.bias;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Column;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Schema;
import io.modelmonitor.api.ValueKind;
import io.modelmonitor.fairness.Bias;
import io.modelmonitor.fairness.Facet;
import io.modelmonitor.spi.MetricCalculator;
import io.modelmonitor.stats.fairness.FlipTest;
import io.modelmonitor.stats.fairness.People;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.function.IntFunction;

/**
 * Measures how fast bias is computed on one thread: five facets over rows in memory, every measure of counts with a bootstrap of a
 * thousand replicates, and the flip test. The yardstick is one count of the same rows by hand. Prints a table; every figure
 * is the best of several runs in time of this thread on a processor, and all ratios are of one run of the program.
 *
 * <p>Arguments: the number of rows (1,000,000), people of the flip test (40,000), and how often to repeat (7).
 */
public final class BiasBenchmark {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Schema SCHEMA =
            Schema.ofNames("sex", "race", "age", "region", "disabled", "department", "hired", "offer");
    private static final String[] SEXES = {"F", "M"};
    private static final String[] RACES = {"a", "b", "c", "d", "e"};
    private static final String[] REGIONS = {"north", "east", "south", "west"};
    private static final String[] DEPARTMENTS = {"law", "sales", "research", "production", "service", "logistics"};
    private static final int FEATURES = 10;

    private final int rows;
    private final int people;
    private final int repetitions;
    private final byte[][] codes;
    private final double[] ages;
    private final Batch batch;
    private double checksum;

    private BiasBenchmark(int rows, int people, int repetitions) {
        this.rows = rows;
        this.people = people;
        this.repetitions = repetitions;
        this.codes = new byte[7][rows];
        this.ages = new double[rows];
        SplittableRandom random = new SplittableRandom(11);
        int[] sizes = {SEXES.length, RACES.length, REGIONS.length, 10, DEPARTMENTS.length, 2, 2};
        for (int i = 0; i < rows; i++) {
            ages[i] = 18 + random.nextInt(60);
            for (int c = 0; c < sizes.length; c++) {
                codes[c][i] = (byte) random.nextInt(sizes[c]);
            }
        }
        this.batch = batch();
    }

    /** Runs the benchmark. */
    public static void main(String[] arguments) {
        int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        int people = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 40_000;
        int repetitions = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 7;
        new BiasBenchmark(rows, people, repetitions).run();
    }

    private void run() {
        Bias one = bias("sex", "F").label("hired").prediction("offer").group("department");
        Bias five = bias(
                        Facet.of("sex", "F"),
                        Facet.of("race", "b"),
                        Facet.above("age", 45),
                        Facet.of("region", "south"),
                        Facet.of("disabled", "1"))
                .label("hired")
                .prediction("offer")
                .group("department");
        double byHand = best(this::byHand);
        System.out.printf("%d rows, one thread, best of %d%n", rows, repetitions);
        System.out.printf("%-56s %8s %10s%n", "", "seconds", "ratio");
        print("five facets counted by hand from arrays of codes", byHand, byHand);
        print("one facet, all measures with intervals", best(() -> measure(one, rows)), byHand);
        print("five facets, all measures with intervals", best(() -> measure(five, rows)), byHand);
        print("the same of 1,000 rows: the bootstrap alone", best(() -> measure(five, 1_000)), byHand);
        People normal = flipPeople(0);
        People correlated = flipPeople(1);
        print("flip test, " + people + " people x 10 independent normals", best(() -> flip(normal)), byHand);
        print("flip test, " + people + " people x 10 correlated normals", best(() -> flip(correlated)), byHand);
        System.out.println("(checksum " + checksum + ")");
    }

    private double best(DoubleSupplier work) {
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < repetitions; i++) {
            long start = THREADS.getCurrentThreadCpuTime();
            checksum += work.getAsDouble();
            best = Math.min(best, (THREADS.getCurrentThreadCpuTime() - start) / 1e9);
        }
        return best;
    }

    private static void print(String what, double seconds, double yardstick) {
        System.out.printf("%-56s %8.3f %10.1f%n", what, seconds, seconds / yardstick);
    }

    private double byHand() {
        long[][] counts = new long[5][2 * 6 * 4];
        for (int i = 0; i < rows; i++) {
            int cell = codes[4][i] * 4 + codes[5][i] * 2 + codes[6][i];
            counts[0][(codes[0][i] == 0 ? 24 : 0) + cell]++;
            counts[1][(codes[1][i] == 1 ? 24 : 0) + cell]++;
            counts[2][(ages[i] > 45 ? 24 : 0) + cell]++;
            counts[3][(codes[2][i] == 2 ? 24 : 0) + cell]++;
            counts[4][(codes[3][i] == 1 ? 24 : 0) + cell]++;
        }
        return counts[0][0] + counts[4][3];
    }

    private double measure(Bias bias, int count) {
        return measure((MetricCalculator<?>) bias, batch.slice(0, count));
    }

    private static <S> double measure(MetricCalculator<S> calculator, Batch rows) {
        S state = calculator.start();
        calculator.add(state, rows);
        return calculator.measure(state, null, Constraints.none()).size();
    }

    private Batch batch() {
        Column[] columns = {
            texts(0, SEXES),
            texts(1, RACES),
            numbers(ages),
            texts(2, REGIONS),
            numbers(3),
            texts(4, DEPARTMENTS),
            numbers(5),
            numbers(6)
        };
        return new Batch(SCHEMA, rows, columns);
    }

    private Column texts(int column, String[] words) {
        double[] numbers = new double[rows];
        Arrays.fill(numbers, Double.NaN);
        return column(ValueKind.STRING, numbers, row -> words[codes[column][row]]);
    }

    private Column numbers(int column) {
        double[] numbers = new double[rows];
        Arrays.setAll(numbers, row -> codes[column][row]);
        return numbers(numbers);
    }

    private static Column numbers(double[] numbers) {
        return column(ValueKind.INTEGRAL, numbers, row -> Double.toString(numbers[row]));
    }

    private double flip(People all) {
        return FlipTest.withNeighbours(FlipTest.NEIGHBOURS).of(all).value();
    }

    private People flipPeople(double common) {
        Random random = new Random(5);
        People all = People.with(FEATURES, 0);
        for (int i = 0; i < people; i++) {
            double shared = common * random.nextGaussian();
            double[] features = new double[FEATURES];
            for (int f = 0; f < FEATURES; f++) {
                features[f] = shared + random.nextGaussian();
            }
            all.add(features, new int[0], random.nextBoolean(), features[0] + features[1] + random.nextGaussian() > 0);
        }
        return all;
    }

    private static Column column(byte kind, double[] numbers, IntFunction<String> texts) {
        byte[] kinds = new byte[numbers.length];
        Arrays.fill(kinds, kind);
        return Column.of(kinds, numbers, texts, false);
    }
}
