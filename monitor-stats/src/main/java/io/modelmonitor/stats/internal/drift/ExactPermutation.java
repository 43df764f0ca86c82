package io.modelmonitor.stats.internal.drift;

/**
 * Tests of numbers whose null distribution is computed over all ways to share the pooled rows among both sides, exactly. Source:
 * Fisher (1935), The Design of Experiments.
 */
final class ExactPermutation {

    /** The number of ways up to which all are looked at. */
    private static final double FEW = 5_000;

    /** Statistics that differ by rounding are equal. */
    private static final double ROUNDING = 1e-9;

    private ExactPermutation() {}

    /**
     * Returns the p-value where one side has a single row: the share of pooled rows whose midrank is at least as far from the
     * middle as that row's. A distance is shrunk by both rank errors.
     */
    static double singleRow(PooledEcdf pooled) {
        double rows = pooled.n + pooled.m;
        boolean isCurrent = pooled.m <= pooled.n;
        int single = 0;
        while ((isCurrent ? pooled.currentWeight(single) : pooled.referenceWeight(single)) == 0) {
            single++;
        }
        double distance = fromMiddle(pooled, single) * (1 - ROUNDING) - pooled.rankError() * rows;
        double asFar = 0;
        for (int i = 0; i < pooled.size; i++) {
            asFar += fromMiddle(pooled, i) >= distance ? pooled.weight(i) : 0;
        }
        return asFar / rows;
    }

    private static double fromMiddle(PooledEcdf pooled, int value) {
        double rows = pooled.n + pooled.m;
        return Math.abs(pooled.pooled(value) * rows - pooled.weight(value) / 2 - rows / 2);
    }

    /**
     * Returns whether ranks are exact, and all ways to share the rows can be looked at: there are few of them, or few of the
     * numbers of rows of each value that the smaller side can have.
     */
    static boolean areFew(PooledEcdf pooled) {
        double smaller = Math.min(pooled.n, pooled.m);
        return pooled.rankError() == 0
                && Math.min(
                                binomial(pooled.n + pooled.m, smaller),
                                binomial(smaller + pooled.size - 1, Math.min(smaller, pooled.size - 1.0)))
                        <= FEW;
    }

    /** Returns a binomial coefficient, or a number beyond those that are few. */
    private static double binomial(double all, double chosen) {
        double ways = 1;
        for (double i = 1; i <= chosen && ways <= FEW; i++) {
            ways *= (all - chosen + i) / i;
        }
        return ways;
    }

    /** Returns the share of ways to share the rows in which Anderson and Darling's statistic is at least as large. */
    static double enumerated(PooledEcdf pooled) {
        return new Enumeration(pooled).pValue();
    }

    private static final class Enumeration {

        private final double[] weights;
        /** The factors of the squared deviations of the smaller side's rows up to each value from what is expected. */
        private final double[] factors;

        private final double[] expected;
        /** A factor of each row by which numbers of ways stay in the range of doubles. */
        private final double share;

        private final double least;
        private double ways;
        private double asLarge;

        private Enumeration(PooledEcdf pooled) {
            boolean isCurrent = pooled.m <= pooled.n;
            double rows = pooled.n + pooled.m;
            double smaller = isCurrent ? pooled.m : pooled.n;
            share = smaller / rows;
            weights = new double[pooled.size];
            factors = new double[pooled.size];
            expected = new double[pooled.size];
            double observed = 0;
            for (int i = 0; i < pooled.size; i++) {
                weights[i] = pooled.weight(i);
                double h = pooled.pooled(i);
                expected[i] = h * smaller;
                if (i < pooled.size - 1) {
                    factors[i] = AndersonDarlingSums.weight(weights[i], pooled.weight(i + 1)) / (h * (1 - h));
                }
                observed += term(i, isCurrent ? pooled.current[i] : pooled.reference[i]);
            }
            least = observed * (1 - ROUNDING);
            deal(0, smaller, rows, 0, 0, 1);
        }

        private double term(int value, double upTo) {
            double deviation = upTo - expected[value];
            return factors[value] * deviation * deviation;
        }

        /** Gives the smaller side each possible number of rows of a value, and of the values after it. */
        private void deal(int value, double left, double rows, double upTo, double sum, double number) {
            if (value == weights.length) {
                ways += number;
                asLarge += sum >= least ? number : 0;
                return;
            }
            double others = rows - weights[value];
            double choices = number;
            for (double k = 0; k <= Math.min(weights[value], left); k++) {
                if (left - k <= others) {
                    deal(value + 1, left - k, others, upTo + k, sum + term(value, upTo + k), choices);
                }
                choices *= (weights[value] - k) / (k + 1) * share;
            }
        }

        private double pValue() {
            return asLarge / ways;
        }
    }
}
