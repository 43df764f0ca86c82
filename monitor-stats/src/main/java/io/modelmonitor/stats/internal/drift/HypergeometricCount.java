package io.modelmonitor.stats.internal.drift;

import java.util.Arrays;

/**
 * The null distribution of the number of a cell's pooled rows that are of the current data: counts with their probabilities. Exact where
 * these are few, else eight that have the moments of a normal distribution bent to the hypergeometric's skewness, on either
 * side of the mean. Not changed once built.
 */
final class HypergeometricCount {

    /** The variance from which a count is normal but for its skewness. */
    static final double NORMAL_FROM = 25;

    /** Probabilities below this, in units of the greatest, are left out. */
    private static final double NEGLIGIBLE = 1e-14;

    /** The probability below which runs are taken together. */
    private static final double UNLIKELY = 1e-7;

    private static final int MOST_RUNS = 24;

    // Gauss quadrature for the normal distribution on the positive half line, with four nodes.
    private static final double[] NODES = {0.18918846566792433, 0.8829284441871048, 1.8986352010260337, 3.19989079048788
    };
    private static final double[] WEIGHTS = {
        0.18353256395969203, 0.23758424042291754, 0.07528686870428025, 0.0035963269131101747
    };

    /** The number of pooled rows. */
    final double rows;

    final double[] counts;

    /** The part of each count beyond the outermost row of the reference, where a cell is drawn with what is out of range. */
    final double[] beyond;

    final double[] probabilities;

    /** True if a cell is drawn together with those out of range. */
    final boolean hasRun;

    final double mean;
    final double variance;

    /** The third central moment. */
    final double third;

    /** The variance of what the squared distance from the mean has beyond a line. */
    final double ofSquares;

    private HypergeometricCount(double rows, double[] counts, double[] beyond, double[] probabilities, boolean hasRun) {
        this.rows = rows;
        this.hasRun = hasRun;
        this.counts = counts;
        this.beyond = beyond;
        this.probabilities = probabilities;
        double sum = 0;
        for (int i = 0; i < counts.length; i++) {
            sum += probabilities[i] * counts[i];
        }
        double second = 0;
        double cubes = 0;
        double fourths = 0;
        for (int i = 0; i < counts.length; i++) {
            double excess = counts[i] - sum;
            second += probabilities[i] * excess * excess;
            cubes += probabilities[i] * excess * excess * excess;
            fourths += probabilities[i] * excess * excess * excess * excess;
        }
        mean = sum;
        variance = second;
        third = cubes;
        double rest = second == 0 ? 0 : fourths - second * second - cubes * cubes / second;
        ofSquares = rest > 1e-9 * fourths ? rest : 0;
    }

    /** Returns the law of a cell of so many pooled rows, where n of all are of the reference and m of the current data. */
    static HypergeometricCount shared(double rows, double n, double m) {
        double all = n + m;
        double mean = rows * m / all;
        double variance = rows * (m / all) * (n / all) * (all - rows) / Math.max(1, all - 1);
        double least = Math.max(0, rows - n);
        double most = Math.min(rows, m);
        if (variance < NORMAL_FROM) {
            return exact(rows, n, m, Math.rint(mean), least, most);
        }
        double skewness = (all - 2 * m) * (all - 2 * rows) / (all * (all - 2));
        double[] counts = new double[2 * NODES.length];
        double[] probabilities = new double[counts.length];
        for (int i = 0; i < counts.length; i++) {
            int node = i / 2;
            double z = i % 2 == 0 ? NODES[node] : -NODES[node];
            double count = mean + Math.sqrt(variance) * z + skewness * (z * z - 1) / 6;
            counts[i] = Math.max(least, Math.min(most, count));
            probabilities[i] = WEIGHTS[node];
        }
        return new HypergeometricCount(rows, counts, new double[counts.length], probabilities, false);
    }

    private static HypergeometricCount exact(double rows, double n, double m, double mode, double least, double most) {
        double[] up = terms(rows, n, m, mode, most, 1);
        double[] down = terms(rows, n, m, mode, least, -1);
        double[] counts = new double[up.length + down.length + 1];
        double[] probabilities = new double[counts.length];
        double sum = 0;
        for (int i = 0; i < counts.length; i++) {
            int from = i - down.length;
            counts[i] = mode + from;
            probabilities[i] = from < 0 ? down[-from - 1] : from == 0 ? 1 : up[from - 1];
            sum += probabilities[i];
        }
        for (int i = 0; i < counts.length; i++) {
            probabilities[i] /= sum;
        }
        return new HypergeometricCount(rows, counts, new double[counts.length], probabilities, false);
    }

    /** Returns the probabilities of the counts beyond the mode on one side, in units of the mode's. */
    private static double[] terms(double rows, double n, double m, double mode, double end, int step) {
        double[] terms = new double[8];
        int size = 0;
        double term = 1;
        for (double k = mode; k != end; k += step) {
            term *= step > 0
                    ? (rows - k) * (m - k) / ((k + 1) * (n - rows + k + 1))
                    : k * (n - rows + k) / ((rows - k + 1) * (m - k + 1));
            if (term < NEGLIGIBLE) {
                break;
            }
            if (size == terms.length) {
                terms = Arrays.copyOf(terms, 2 * size);
            }
            terms[size++] = term;
        }
        return Arrays.copyOf(terms, size);
    }

    /**
     * Returns this law where a run of current rows beyond the outermost one of the reference is taken apart. Each row of the
     * run is followed by another with the same probability. Long runs are taken together by halves of their length.
     */
    HypergeometricCount withRun(double another) {
        double mean = another / (1 - another);
        double[] joint = new double[MOST_RUNS * counts.length];
        double[] runs = new double[joint.length];
        double[] products = new double[joint.length];
        int size = 0;
        double from = 0;
        double atLeast = 1;
        for (int part = 1; part <= MOST_RUNS && atLeast > 0; part++) {
            double length = Math.max(1, Math.floor(Math.max(from / 2, mean / 4)));
            double within = StrictMath.pow(another, length);
            boolean isLast = part == MOST_RUNS || atLeast * within < UNLIKELY;
            // The mean of a geometric variable below a length.
            double run = from + mean - (isLast ? 0 : length * within / (1 - within));
            for (int i = 0; i < counts.length; i++) {
                joint[size] = counts[i];
                runs[size] = Math.min(counts[i], run);
                products[size++] = probabilities[i] * (isLast ? atLeast : atLeast * (1 - within));
            }
            from += length;
            atLeast = isLast ? 0 : atLeast * within;
        }
        return new HypergeometricCount(
                rows, Arrays.copyOf(joint, size), Arrays.copyOf(runs, size), Arrays.copyOf(products, size), true);
    }
}
