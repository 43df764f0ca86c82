package io.modelmonitor.stats.internal.drift;

import java.util.Arrays;

/**
 * Tests a sample in which one value, the heap, holds much of the mass: the number of rows beside the heap by its exact null
 * distribution, joined with a p-value of the rows beside it given that number.
 *
 * <p>Given the pooled values, the number X of current rows beside the heap is hypergeometric. Let {@code s(x)} be its two-sided
 * mid-p-value, and q the p-value of the rest, of which {@code P(q <= t | X) <= t}. Then, whatever s,
 *
 * <pre>{@code
 * P(s(X) q <= k) = sum over x of P(X = x) P(q <= k / s(x) | X = x) <= sum over x of P(X = x) min(1, k / s(x)),
 * }</pre>
 *
 * which is the p-value at the observed product k. For a continuous s it is Fisher's {@code k (1 - ln k)}; the sum keeps what
 * the few values of a discrete s would lose. Source: Fisher (1932), Statistical Methods for Research Workers, 4th edition.
 */
final class HeapDecomposition {

    /** The share of the pooled rows from which a value is a heap. */
    private static final double HEAP = 0.1;

    /**
     * The number of rows on the smaller side, in units of Anderson and Darling's weights, from which their statistic has its
     * approximate null distribution, heap or not.
     */
    private static final double MANY = 12;

    /** Probabilities that differ by rounding are equal. */
    private static final double EQUALLY_LIKELY = 1e-7;

    private static final double NEGLIGIBLE = 1e-17;

    private HeapDecomposition() {}

    /**
     * Returns whether the value with most rows is a heap with few rows beside it: heaps have lost a share of Anderson and
     * Darling's weights, which add up to nearly 1 without any, and those that are left are of few rows.
     *
     * @param weights the sum of the weights
     */
    static boolean applies(PooledEcdf pooled, double weights) {
        return weights <= 1 - HEAP
                && weights * Math.min(pooled.n, pooled.m) < MANY
                && pooled.weight(pooled.mode()) >= HEAP * (pooled.n + pooled.m);
    }

    /**
     * Returns the joint p-value.
     *
     * @param heap the value with much of the mass
     * @param ofRest the p-value of the other values, given how many rows each side has of them
     */
    static double pValue(PooledEcdf pooled, int heap, double ofRest) {
        double all = pooled.n + pooled.m;
        double beside = all - pooled.weight(heap);
        double expected = beside * (pooled.m / all);
        double excess = pooled.m - pooled.currentWeight(heap) - expected;
        // The share on the heap is the difference of two ranks.
        double error = 2 * pooled.rankError() * (pooled.n * pooled.m / all);
        double left = Math.max(0, Math.abs(excess) - error);
        double observed = expected + Math.signum(excess) * left;
        // A count that is not whole, as it has been shrunk, is rounded towards what is expected.
        double count = excess > 0 ? Math.floor(observed + 1e-9) : Math.ceil(observed - 1e-9);
        return joint(new Counts(beside, pooled.m, all, left == 0 ? Math.rint(expected) : count), ofRest);
    }

    private static double joint(Counts counts, double ofRest) {
        double[] s = twoSided(counts.probabilities);
        double product = s[counts.observed] * ofRest;
        double p = 0;
        for (int i = 0; i < s.length; i++) {
            p += counts.probabilities[i] * (product >= s[i] ? 1 : product / s[i]);
        }
        return Math.min(1, p);
    }

    /** Returns for each probability the sum of all smaller ones, and half of those that equal it. */
    private static double[] twoSided(double[] probabilities) {
        double[] ascending = probabilities.clone();
        Arrays.sort(ascending);
        double[] upTo = new double[ascending.length + 1];
        for (int i = 0; i < ascending.length; i++) {
            upTo[i + 1] = upTo[i] + ascending[i];
        }
        double[] s = new double[ascending.length];
        for (int i = 0; i < s.length; i++) {
            double below = upTo[first(ascending, probabilities[i] * (1 - EQUALLY_LIKELY))];
            double equal = upTo[first(ascending, probabilities[i] * (1 + EQUALLY_LIKELY))];
            s[i] = (below + equal) / 2;
        }
        return s;
    }

    /** Returns the number of probabilities below a limit. */
    private static int first(double[] ascending, double limit) {
        int low = 0;
        int high = ascending.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ascending[middle] < limit) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The probabilities of all numbers of current rows beside the heap that are not negligible beside that of the observed one. */
    private static final class Counts {

        private final double beside;
        private final double m;
        private final double all;
        private double[] probabilities = new double[16];
        private int size;
        private int observed = -1;

        private Counts(double beside, double m, double all, double count) {
            this.beside = beside;
            this.m = m;
            this.all = all;
            double mode = Math.min(Math.min(beside, m), Math.floor((beside + 1) * (m + 1) / (all + 2)));
            add(1, mode == count);
            walk(mode, Math.min(beside, m), 1, count);
            walk(mode, Math.max(0, m - (all - beside)), -1, count);
            if (observed < 0) {
                // The probability of the observed number is below the least double.
                add(0, true);
            }
            probabilities = Arrays.copyOf(probabilities, size);
            double sum = Arrays.stream(probabilities).sum();
            for (int i = 0; i < size; i++) {
                probabilities[i] /= sum;
            }
        }

        private void walk(double mode, double end, int step, double count) {
            double term = 1;
            for (double k = mode; k != end; ) {
                term *= step > 0
                        ? (beside - k) * (m - k) / ((k + 1) * (all - beside - m + k + 1))
                        : k * (all - beside - m + k) / ((beside - k + 1) * (m - k + 1));
                k += step;
                boolean isBeyond = observed >= 0 || (count - k) * step < 0;
                if (term == 0 || (isBeyond && term < NEGLIGIBLE * (observed < 0 ? 1 : probabilities[observed]))) {
                    return;
                }
                add(term, k == count);
            }
        }

        private void add(double probability, boolean isObserved) {
            if (size == probabilities.length) {
                probabilities = Arrays.copyOf(probabilities, 2 * size);
            }
            observed = isObserved ? size : observed;
            probabilities[size++] = probability;
        }
    }
}
