package io.modelmonitor.stats.attribution;

import io.modelmonitor.api.Explanation;
import io.modelmonitor.stats.internal.Packed;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The contribution of each feature over many explained rows.
 *
 * <p>A state that takes one explanation at a time and merges with another, as if it had seen the other's rows too. Means are
 * exact over all rows, whatever their number (compensated sums). Medians, and what is computed by resampling rows, come from
 * a uniform sample of at most {@value #MOST_SAMPLED} rows, and so are exact up to that number. Memory is bounded by that
 * sample. Not thread-safe.
 */
public final class GlobalAttribution {

    /** The most rows that are kept for medians, resampling and pictures. */
    public static final int MOST_SAMPLED = 1000;

    private static final int SPREAD_REPLICATES = 200;

    private final RowSample sample;
    private int outputs;
    private int features;
    private long rows;
    private CompensatedSums values = new CompensatedSums(0);
    private CompensatedSums magnitudes = new CompensatedSums(0);
    private CompensatedSums squares = new CompensatedSums(0);
    private CompensatedSums expected = new CompensatedSums(0);

    private GlobalAttribution(RowSample sample) {
        this.sample = sample;
    }

    /**
     * Returns a state that has seen nothing.
     *
     * @param seed what makes the sample of rows repeatable
     */
    public static GlobalAttribution empty(long seed) {
        return new GlobalAttribution(RowSample.of(MOST_SAMPLED, seed));
    }

    /**
     * Takes the explanation of one more row.
     *
     * @throws IllegalArgumentException if it has not as many outputs and features as those before, or a contribution is not
     *     finite
     */
    public void add(Explanation explanation) {
        double[] row = new double[explanation.outputs() * explanation.features()];
        for (int output = 0; output < explanation.outputs(); output++) {
            for (int feature = 0; feature < explanation.features(); feature++) {
                double contribution = explanation.contribution(output, feature);
                if (!Double.isFinite(contribution)) {
                    throw new IllegalArgumentException("a contribution is " + contribution + "; it has to be finite");
                }
                row[output * explanation.features() + feature] = contribution;
            }
        }
        shape(explanation.outputs(), explanation.features());
        for (int cell = 0; cell < row.length; cell++) {
            values.add(cell, row[cell]);
            magnitudes.add(cell, Math.abs(row[cell]));
            squares.add(cell, row[cell] * row[cell]);
        }
        for (int output = 0; output < outputs; output++) {
            expected.add(output, explanation.expected(output));
        }
        sample.add(row);
        rows++;
    }

    /**
     * Adds what another state has seen; the other is not changed.
     *
     * @return this
     * @throws IllegalArgumentException if the numbers of outputs or features differ
     */
    public GlobalAttribution merge(GlobalAttribution other) {
        if (other.rows > 0) {
            shape(other.outputs, other.features);
            values.add(other.values);
            magnitudes.add(other.magnitudes);
            squares.add(other.squares);
            expected.add(other.expected);
            sample.merge(other.sample);
            rows += other.rows;
        }
        return this;
    }

    /** Writes this state in bytes, from which {@link #read} makes an equal one. */
    public void write(DataOutput out) throws IOException {
        sample.write(out);
        if (rows > 0) {
            Packed.writeCount(out, outputs);
            Packed.writeCount(out, features);
            values.write(out);
            magnitudes.write(out);
            squares.write(out);
            expected.write(out);
        }
    }

    /**
     * Reads the state that {@link #write} wrote.
     *
     * @throws IllegalArgumentException if no state can be what is read; the message is one line
     */
    public static GlobalAttribution read(DataInput in) throws IOException {
        GlobalAttribution read = new GlobalAttribution(RowSample.read(in));
        read.rows = read.sample.rows();
        if (read.rows > 0) {
            read.outputs = Packed.readCount(in, "outputs", Integer.MAX_VALUE);
            read.features = Packed.readCount(in, "features", Integer.MAX_VALUE);
            long count = (long) read.outputs * read.features;
            Packed.check(read.outputs > 0 && count <= Integer.MAX_VALUE, "outputs", count, " contributions of a row");
            read.values = CompensatedSums.read(in, (int) count);
            read.magnitudes = CompensatedSums.read(in, (int) count);
            read.squares = CompensatedSums.read(in, (int) count);
            read.expected = CompensatedSums.read(in, read.outputs);
            read.checkSizes((int) count);
        }
        return read;
    }

    private void checkSizes(int count) {
        List<RowSample.Row> kept = sample.ordered();
        Packed.check(
                sample.capacity() == MOST_SAMPLED
                        && kept.size() == Math.min(rows, MOST_SAMPLED)
                        && kept.stream().allMatch(row -> row.length() == count && row.isFinite()),
                "explained rows",
                "not each of ",
                kept.size(),
                " that are kept has ",
                count,
                " finite contributions");
        for (int i = 0; i < count; i++) {
            Packed.check(
                    !(magnitudes.get(i) < 0) && !(squares.get(i) < 0),
                    "contributions",
                    "sums of sizes of ",
                    magnitudes.get(i),
                    " and of squares of ",
                    squares.get(i));
        }
    }

    private void shape(int newOutputs, int newFeatures) {
        if (rows == 0) {
            outputs = newOutputs;
            features = newFeatures;
            values = new CompensatedSums(outputs * features);
            magnitudes = new CompensatedSums(outputs * features);
            squares = new CompensatedSums(outputs * features);
            expected = new CompensatedSums(outputs);
        } else if (newOutputs != outputs || newFeatures != features) {
            throw new IllegalArgumentException("explanation of " + newOutputs + " outputs and " + newFeatures
                    + " features; those before had " + outputs + " and " + features);
        }
    }

    /** Returns the number of explained rows. */
    public long rows() {
        return rows;
    }

    /** Returns the number of outputs; 0 before the first row. */
    public int outputs() {
        return outputs;
    }

    /** Returns the number of features; 0 before the first row. */
    public int features() {
        return features;
    }

    /** Returns an output's expected value, as the mean over the explanations; NaN if they do not know it, or for no rows. */
    public double expected(int output) {
        return rows == 0 ? Double.NaN : expected.get(output) / rows;
    }

    /** Returns the mean of the contributions of each feature to an output, with their signs. */
    public double[] means(int output) {
        return perRow(values, output);
    }

    /**
     * Returns one number for each feature.
     *
     * @param aggregation which
     * @param output a position from 0
     */
    public double[] of(Aggregation aggregation, int output) {
        return aggregation.of(this, output);
    }

    /**
     * Returns the contributions of a feature to an output in the rows that were kept, in the order of the rows.
     *
     * @param output a position from 0
     * @param feature a position from 0
     */
    public double[] sampled(int output, int feature) {
        int cell = output * features + feature;
        return sample.ordered().stream().mapToDouble(row -> row.value(cell)).toArray();
    }

    /**
     * Returns the contributions to an output in a uniform sample of the rows that were kept.
     *
     * @param output a position from 0
     * @param most how many rows to return at most
     * @return for each row, in their order, a contribution of each feature
     */
    public double[][] sampledRows(int output, int most) {
        return sample.shuffled().stream()
                .limit(most)
                .sorted(Comparator.comparingLong(RowSample.Row::position))
                .map(row -> Arrays.copyOfRange(row.values(), output * features, (output + 1) * features))
                .toArray(double[][]::new);
    }

    /**
     * Returns the aggregates again, of rows drawn with replacement from those that were kept (B. Efron, Bootstrap methods,
     * 1979). A draw takes all features of a row together. Takes replicates · rows · features multiplications.
     *
     * @param aggregation which
     * @param output a position from 0
     * @param replicates how often to draw
     * @param seed what makes the draws repeatable
     * @return for each replicate a number for each feature
     */
    public double[][] resampled(Aggregation aggregation, int output, int replicates, long seed) {
        double[][] kept = sampledRows(output, MOST_SAMPLED);
        SplittableRandom random = new SplittableRandom(seed);
        double[][] resampled = new double[replicates][];
        int[] chosen = new int[kept.length];
        for (int replicate = 0; replicate < replicates; replicate++) {
            for (int i = 0; i < chosen.length; i++) {
                chosen[i] = random.nextInt(chosen.length);
            }
            resampled[replicate] = aggregation.of(kept, chosen, 0, chosen.length);
        }
        return resampled;
    }

    /**
     * Returns how much one row scatters the aggregate of each feature: its standard error by resampling, times the root of
     * the number of rows that were resampled. For means this is the standard deviation of what is averaged.
     *
     * @param aggregation which
     * @param output a position from 0
     * @param seed what makes the draws repeatable
     * @return for each feature a number of at least 0; NaN for fewer than two rows
     */
    public double[] spreads(Aggregation aggregation, int output, long seed) {
        double[] spreads = new double[features];
        if (rows < 2) {
            Arrays.fill(spreads, Double.NaN);
            return spreads;
        }
        double[][] replicates = resampled(aggregation, output, SPREAD_REPLICATES, seed);
        double kept = Math.min(rows, MOST_SAMPLED);
        for (int feature = 0; feature < features; feature++) {
            double mean = 0;
            double sum = 0;
            for (int i = 0; i < replicates.length; i++) {
                double delta = replicates[i][feature] - mean;
                mean += delta / (i + 1);
                sum += delta * (replicates[i][feature] - mean);
            }
            // Resampling n rows finds a variance of n − 1 of them.
            spreads[feature] = Math.sqrt(sum / (replicates.length - 1) * kept / (kept - 1) * kept);
        }
        return spreads;
    }

    double[] meanMagnitudes(int output) {
        return perRow(magnitudes, output);
    }

    double[] meanSquares(int output) {
        return perRow(squares, output);
    }

    private double[] perRow(CompensatedSums sums, int output) {
        double[] means = new double[features];
        for (int feature = 0; feature < features; feature++) {
            means[feature] = rows == 0 ? Double.NaN : sums.get(output * features + feature) / rows;
        }
        return means;
    }
}
