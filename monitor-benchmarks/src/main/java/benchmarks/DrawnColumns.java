package benchmarks;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Metric;
import io.modelmonitor.spi.MetricCalculator;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.jspecify.annotations.Nullable;

/**
 * Draws what rows without a change add up to, in place of the rows: sums of normal numbers, which chi-square tests of 1, 5 and 20 degrees
 * of freedom compare with those of the reference, and counts of a rate. States merge as those of rows do, so that merged windows are
 * tested with the law that they have. A state is, for each column, its sums, and last the number of rows.
 */
final class DrawnColumns implements MetricCalculator<double[][]> {

    static final double RATE = 0.1;
    /** The degrees of freedom of columns in turn; 0 for a rate. */
    private static final int[] DEGREES = {1, 1, 5, 20, 1, 5, 20, 1, 5, 0};

    private final int columns;
    private final SplittableRandom random;
    private final double size;
    private int hour;

    DrawnColumns(int columns, SplittableRandom random) {
        this(columns, random, 0);
    }

    /**
     * Creates columns that are all rates, which vary from window to window by a daily season and an effect of the window, both of half a size, if
     * that is more than 0.
     */
    DrawnColumns(int columns, SplittableRandom random, double size) {
        this.columns = columns;
        this.random = random;
        this.size = size;
    }

    boolean isRate(int column) {
        return size > 0 || DEGREES[column % DEGREES.length] == 0;
    }

    /** Returns the rate of the next window; that of the reference, which comes first, has no season. */
    private double rate() {
        double season = Math.sin(2 * Math.PI * hour / 24);
        return size == 0 || hour == 0 ? RATE : RATE + size * (season + random.nextDouble(-1, 1)) / 2;
    }

    @Override
    public String name() {
        return "drawn";
    }

    @Override
    public boolean isOnOneThread() {
        return true;
    }

    @Override
    public double[][] start() {
        double[][] state = new double[columns + 1][];
        Arrays.setAll(state, i -> new double[i == columns || isRate(i) ? 1 : DEGREES[i % DEGREES.length]]);
        return state;
    }

    @Override
    public void add(double[][] state, Batch batch) {
        int rows = batch.size();
        double rate = rate();
        hour++;
        for (int column = 0; column < columns; column++) {
            if (isRate(column)) {
                state[column][0] +=
                        BinomialDistribution.of(rows, rate).inverseCumulativeProbability(random.nextDouble());
            } else {
                for (int i = 0; i < state[column].length; i++) {
                    state[column][i] += Math.sqrt(rows) * random.nextGaussian();
                }
            }
        }
        state[columns][0] += rows;
    }

    @Override
    public double[][] merge(double[][] earlier, double[][] later) {
        double[][] merged = start();
        for (int i = 0; i < merged.length; i++) {
            for (int j = 0; j < merged[i].length; j++) {
                merged[i][j] = earlier[i][j] + later[i][j];
            }
        }
        return merged;
    }

    @Override
    public List<Metric> measure(double[][] current, double @Nullable [][] reference, Constraints wanted) {
        List<Metric> metrics = new ArrayList<>();
        double m = current[columns][0];
        for (int column = 0; column < columns; column++) {
            double n = reference == null ? 0 : reference[columns][0];
            if (isRate(column)) {
                Evidence.Proportion now = new Evidence.Proportion((long) current[column][0], (long) m);
                metrics.add(Metric.of(
                        "x" + column,
                        "share",
                        current[column][0] / m,
                        reference == null
                                ? now
                                : new Evidence.ComparedProportion(
                                        now, new Evidence.Proportion((long) reference[column][0], (long) n))));
            } else if (reference != null) {
                double sum = 0;
                for (int i = 0; i < current[column].length; i++) {
                    double difference = current[column][i] / m - reference[column][i] / n;
                    sum += difference * difference / (1 / m + 1 / n);
                }
                double p = ChiSquaredDistribution.of(current[column].length).survivalProbability(sum);
                metrics.add(Metric.of("x" + column, "change", sum / current[column].length, Evidence.ofPValue(p)));
            }
        }
        return metrics;
    }

    @Override
    public void write(double[][] state, DataOutput out) throws IOException {
        for (double[] column : state) {
            for (double value : column) {
                out.writeDouble(value);
            }
        }
    }

    @Override
    public double[][] read(DataInput in) throws IOException {
        double[][] state = start();
        for (double[] column : state) {
            for (int i = 0; i < column.length; i++) {
                column[i] = in.readDouble();
            }
        }
        return state;
    }
}
