package io.modelmonitor.stats.test;

import java.util.Arrays;

/**
 * A correction of p-values for how many were looked at: of twenty columns without drift, one is expected below 0.05.
 *
 * <p>The first group bounds the expected share of false alarms among all alarms (false discovery rate), the second the
 * probability of any false alarm at all (family-wise error rate). When nothing drifted the two are the same.
 *
 * <p>Immutable and safe for use by several threads.
 */
public enum MultipleTesting {

    /** No correction. */
    NONE("none") {
        @Override
        void correct(double[] ascending) {
            // p-values stay as they are.
        }
    },

    /**
     * False discovery rate under independence or positive dependence: {@code min over j >= i of m p(j) / j}. Source:
     * Benjamini and Hochberg (1995), Controlling the false discovery rate.
     */
    BENJAMINI_HOCHBERG("Benjamini-Hochberg") {
        @Override
        void correct(double[] ascending) {
            stepUp(ascending, 1);
        }
    },

    /**
     * False discovery rate under any dependence: Benjamini-Hochberg times {@code 1 + 1/2 + .. + 1/m}. Source: Benjamini and
     * Yekutieli (2001), The control of the false discovery rate in multiple testing under dependency.
     */
    BENJAMINI_YEKUTIELI("Benjamini-Yekutieli") {
        @Override
        void correct(double[] ascending) {
            double harmonic = 0;
            for (int i = ascending.length; i >= 1; i--) {
                harmonic += 1.0 / i;
            }
            stepUp(ascending, harmonic);
        }
    },

    /**
     * Family-wise error rate under any dependence: {@code max over j <= i of (m - j + 1) p(j)}. Source: Holm (1979), A simple
     * sequentially rejective multiple test procedure.
     */
    HOLM("Holm") {
        @Override
        void correct(double[] ascending) {
            int m = ascending.length;
            double greatest = 0;
            for (int i = 0; i < m; i++) {
                greatest = Math.max(greatest, (m - i) * ascending[i]);
                ascending[i] = greatest;
            }
        }
    },

    /**
     * Family-wise error rate under independence or positive dependence; the most powerful of these, in time quadratic in the number
     * of p-values below 1.
     * Source: Hommel (1988), A stagewise rejective multiple test procedure based on a modified Bonferroni test; computed as
     * in Wright (1992), Adjusted p-values for simultaneous inference.
     */
    HOMMEL("Hommel") {
        @Override
        void correct(double[] ascending) {
            int m = ascending.length;
            double[] p = ascending.clone();
            int below1 = m;
            while (below1 > 0 && p[below1 - 1] >= 1) {
                below1--;
            }
            // The largest p-values alone are no evidence if all are 1: the next size raises others by no less than
            // those do.
            int ones = m - below1;
            for (int size = m; size > ones; size--) {
                int first = m - size;
                double simes = 1;
                for (int i = first; i < below1; i++) {
                    simes = Math.min(simes, size * p[i] / (i - first + 1));
                }
                for (int i = 0; i < below1; i++) {
                    double least = i < first ? Math.min(simes, size * p[i]) : simes;
                    ascending[i] = Math.max(ascending[i], least);
                }
            }
        }
    },

    /**
     * Family-wise error rate under independence or positive dependence: {@code min over j >= i of (m - j + 1) p(j)}. Source:
     * Hochberg (1988), A sharper Bonferroni procedure for multiple tests of significance.
     */
    HOCHBERG("Hochberg") {
        @Override
        void correct(double[] ascending) {
            int m = ascending.length;
            double least = 1;
            for (int i = m - 1; i >= 0; i--) {
                least = Math.min(least, (m - i) * ascending[i]);
                ascending[i] = least;
            }
        }
    },

    /** Family-wise error rate under any dependence: {@code m p}. Source: Dunn (1961), Multiple comparisons among means. */
    BONFERRONI("Bonferroni") {
        @Override
        void correct(double[] ascending) {
            for (int i = 0; i < ascending.length; i++) {
                ascending[i] *= ascending.length;
            }
        }
    },

    /**
     * Family-wise error rate under independence: {@code 1 - (1 - p)^m}. Source: Sidak (1967), Rectangular confidence regions
     * for the means of multivariate normal distributions.
     */
    SIDAK("Sidak") {
        @Override
        void correct(double[] ascending) {
            for (int i = 0; i < ascending.length; i++) {
                ascending[i] = -StrictMath.expm1(ascending.length * StrictMath.log1p(-ascending[i]));
            }
        }
    };

    private final String title;

    MultipleTesting(String title) {
        this.title = title;
    }

    /** Returns the name to print, such as {@code Benjamini-Hochberg}. */
    public String title() {
        return title;
    }

    /**
     * Returns p-values corrected for their number: reject those at or below the level wanted.
     *
     * <p>Takes a sort's time, {@link #HOMMEL} the square of the number below 1.
     *
     * @param pValues probabilities from 0 to 1 in any order; NaN stands for a test that could not be made, stays NaN, and does
     *     not count
     * @return a corrected probability from 0 to 1 for each, in the order given
     * @throws IllegalArgumentException if a value is neither a probability nor NaN
     */
    public double[] adjust(double[] pValues) {
        double[] sorted =
                Arrays.stream(pValues).filter(p -> !Double.isNaN(p)).sorted().toArray();
        for (double p : sorted) {
            if (!(p >= 0 && p <= 1)) {
                throw new IllegalArgumentException("pValues has " + p + "; allowed is 0 to 1, or NaN for no test");
            }
        }
        double[] corrected = sorted.clone();
        correct(corrected);
        double[] result = new double[pValues.length];
        for (int i = 0; i < result.length; i++) {
            // Whichever of several equal p-values is found: every method here gives them the same correction.
            result[i] = Double.isNaN(pValues[i])
                    ? Double.NaN
                    : Math.min(1, corrected[Arrays.binarySearch(sorted, pValues[i])]);
        }
        return result;
    }

    /** Replaces ascending p-values by their corrections; those may exceed 1. */
    abstract void correct(double[] ascending);

    private static void stepUp(double[] ascending, double factor) {
        int m = ascending.length;
        double least = 1;
        for (int i = m - 1; i >= 0; i--) {
            least = Math.min(least, factor * m * ascending[i] / (i + 1));
            ascending[i] = least;
        }
    }
}
