package io.modelmonitor.stats.internal.drift;

/**
 * The total variation distance between two sides' shares, and what chance has in it.
 *
 * <p>Given the r pooled rows of a cell, the number X of current ones is hypergeometric when nothing changed, and {@code q - p =
 * (X - E X) (n + m) / (n m)}. So the mean of the distance is half the sum of the cells' mean absolute deviations, times that
 * factor: exact where cells are sparse, and of a normal variable where they are not.
 *
 * <p>The distance is the greatest change in the share of any set of cells, hence at least that of each cell.
 */
record TotalVariation(PooledCounts shares, double value) {

    /** The variance of a count from which its mean absolute deviation is that of a normal variable, within a hundredth. */
    private static final double NORMAL_FROM = 25;

    private static final int TABLE = 1_024;
    private static final double[] LOG_FACTORIALS = logFactorials();

    static TotalVariation of(PooledCounts shares) {
        return new TotalVariation(shares, BinnedDistances.totalVariation(shares.reference(), shares.current()));
    }

    /** Returns the mean when nothing changed. */
    double expected() {
        double sum = 0;
        for (double mean : meanChanges()) {
            sum += mean;
        }
        return Math.min(1, sum / 2);
    }

    /**
     * Returns the distance less what chance gives. A cell that changed more than chance gives to the greatest of as many cells
     * counts by itself, less its variance; all others together, as the root of the difference of squares. It is at least the
     * change of any one cell less what chance gives to the greatest. The squared mean of the greatest of k absolute normal
     * variables is at most {@code 2 ln 2k}.
     */
    double excess() {
        double[] means = meanChanges();
        double variance = 1 / shares.reference().total() + 1 / shares.current().total();
        double greatest = 2 * StrictMath.log(2.0 * means.length);
        double squared = 0;
        double standing = 0;
        double rest = 0;
        double chance = 0;
        for (int i = 0; i < means.length; i++) {
            double change = shares.current().share(i) - shares.reference().share(i);
            double pooled =
                    pooled(i) / (shares.reference().total() + shares.current().total());
            double own = pooled * (1 - pooled) * variance;
            if (change * change > greatest * own) {
                squared = Math.max(squared, change * change - greatest * own);
                standing += Math.sqrt(change * change - own);
            } else {
                rest += Math.abs(change);
                chance += means[i];
            }
        }
        return Math.max(Math.sqrt(squared), (standing + Excess.ofDistance(rest, chance)) / 2);
    }

    /** Returns the mean absolute change of the share of each cell when nothing changed. */
    private double[] meanChanges() {
        double n = shares.reference().total();
        double m = shares.current().total();
        double[] means = new double[shares.reference().size()];
        double lastRows = -1;
        double last = 0;
        for (int i = 0; i < means.length; i++) {
            double rows = Math.rint(pooled(i));
            if (rows != lastRows) {
                lastRows = rows;
                last = meanDeviation(rows, m, n + m) * (1 / n + 1 / m);
            }
            means[i] = last;
        }
        return means;
    }

    private double pooled(int cell) {
        return shares.reference().count(cell) + shares.current().count(cell);
    }

    /**
     * Returns the mean absolute deviation of a hypergeometric count of m of all rows, of which some are in a cell: {@code 2 k (N
     * - r - m + k) / N P(X = k)} for the least k above the mean. Source: Johnson, Kemp and Kotz (2005), Univariate Discrete
     * Distributions, section 6.
     */
    private static double meanDeviation(double rows, double m, double all) {
        double mean = rows * m / all;
        double variance = mean * (1 - m / all) * (all - rows) / Math.max(1, all - 1);
        if (variance >= NORMAL_FROM) {
            return Math.sqrt(2 / Math.PI * variance);
        }
        double k = Math.floor(mean) + 1;
        double neither = all - rows - m + k;
        if (k > rows || k > m || neither < 0) {
            // The count cannot exceed its mean, and so never differs from it.
            return 0;
        }
        double logProbability = logBinomial(rows, k) + logBinomial(all - rows, m - k) - logBinomial(all, m);
        return 2 * k * neither / all * StrictMath.exp(logProbability);
    }

    private static double logBinomial(double all, double chosen) {
        return logFactorial(all) - logFactorial(chosen) - logFactorial(all - chosen);
    }

    /** Returns the logarithm of a factorial, from a table and beyond it by Stirling's series. */
    private static double logFactorial(double x) {
        return x < TABLE
                ? LOG_FACTORIALS[(int) x]
                : (x + 0.5) * StrictMath.log(x) - x + 0.9189385332046727 + 1 / (12 * x);
    }

    private static double[] logFactorials() {
        double[] table = new double[TABLE];
        for (int i = 1; i < TABLE; i++) {
            table[i] = table[i - 1] + StrictMath.log(i);
        }
        return table;
    }
}
