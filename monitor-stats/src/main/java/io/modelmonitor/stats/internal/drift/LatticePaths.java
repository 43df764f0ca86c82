package io.modelmonitor.stats.internal.drift;

/**
 * The exact distribution of the two-sided Kolmogorov-Smirnov distance when nothing changed, given the pooled values with all
 * their ties: a way to share the rows between both sides is a path on a grid, and the distance is looked at only where a
 * value ends. Source: Hodges (1958), The significance probability of the Smirnov two-sample test; ties as in Schroer and
 * Trenkler (1995), Exact and randomization distributions of Kolmogorov-Smirnov tests two or three samples.
 *
 * <p>Takes time and memory in proportion to the product of the numbers of rows, and to their sum.
 */
final class LatticePaths {

    /** The product of the numbers of rows up to which paths are counted. */
    static final double MOST = 250_000;

    private final int n;
    private final int m;
    /** Marks the pooled rows after which a value ends. */
    private final boolean[] isEnd;

    private LatticePaths(int n, int m, boolean[] isEnd) {
        this.n = n;
        this.m = m;
        this.isEnd = isEnd;
    }

    static LatticePaths of(PooledEcdf pooled) {
        int n = (int) pooled.n;
        int m = (int) pooled.m;
        boolean[] isEnd = new boolean[n + m + 1];
        for (int i = 0; i < pooled.size; i++) {
            isEnd[(int) (pooled.reference[i] + pooled.current[i])] = true;
        }
        return new LatticePaths(n, m, isEnd);
    }

    /** Returns the probability of a distance at least as large as this. */
    double pValue(double distance) {
        // Multiplied by the numbers of rows, the places on the grid are whole numbers.
        double limit = distance * (1 - 1e-12) * n * m;
        // The probability that a random path is at (i, j) and has been nowhere too far out.
        // Those that leave are added up, so that small probabilities keep their digits.
        double[] within = new double[m + 1];
        double left = 0;
        for (int i = 0; i <= n; i++) {
            double ofReference = i == 0 ? 0 : n - i + 1;
            for (int j = 0; j <= m; j++) {
                double fromCurrent = j == 0 ? 0 : within[j - 1] * (m - j + 1);
                double paths = within[j] * ofReference + fromCurrent;
                double here = i + j == 0 ? 1 : paths / (n - i + m - j + 1);
                boolean isFar = isEnd[i + j] && Math.abs(i * m - j * n) >= limit;
                left += isFar ? here : 0;
                within[j] = isFar ? 0 : here;
            }
        }
        return Math.min(1, left);
    }
}
