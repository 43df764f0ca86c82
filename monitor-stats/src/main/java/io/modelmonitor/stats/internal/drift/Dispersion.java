package io.modelmonitor.stats.internal.drift;

import io.modelmonitor.stats.test.TestResult;
import java.util.Map;
import org.apache.commons.statistics.distribution.FDistribution;

/**
 * The dispersion of the windows of a baseline in one column, by which a window that differs no more than these do is explained
 * ({@link OwnWindows}), or of windows whose rows follow each other ({@link #ofRowsThatFollow}). Immutable.
 */
public final class Dispersion {

    /** The dispersion of which nothing is known. */
    public static final Dispersion NONE = new Dispersion(Map.of(), 0, 1);

    /** The dispersion where nothing can be said of values, as the order of the rows makes those of every window others. */
    public static final Dispersion OF_ROWS_IN_ORDER =
            new Dispersion(Map.of(Change.Way.VALUES, Double.POSITIVE_INFINITY), 0, 1);

    /** The level at which a season is named: there are many columns. */
    private static final double LEVEL = 1e-4;

    private final Map<Change.Way, Double> means;
    private final int freedom;
    private final double rows;

    /**
     * @param means the mean statistic of the windows by the way in which they may differ, where 1 is that of independent rows
     * @param freedom the degrees of freedom of these means
     * @param rows the mean number of rows of a window
     */
    Dispersion(Map<Change.Way, Double> means, int freedom, double rows) {
        this.means = Map.copyOf(means);
        this.freedom = freedom;
        this.rows = rows;
    }

    /**
     * Returns the dispersion of rows of which each follows the one before it. A mean of them varies as that of {@code (1 - r) / (1 + r)} as
     * many independent ones (G. V. Bayley and J. M. Hammersley, The "effective" number of independent observations, 1946, for a first-order
     * autoregression), which is what other statistics of one window vary by at most.
     *
     * @param correlation {@code r}, the serial correlation, from 0 to less than 1
     * @param rows the number of rows that it is known from
     */
    public static Dispersion ofRowsThatFollow(double correlation, long rows) {
        double ratio = (1 + correlation) / (1 - correlation);
        int independent = (int) Math.min(rows / ratio, Integer.MAX_VALUE);
        return new Dispersion(Map.of(Change.Way.VALUES, ratio), Math.max(1, independent - 1), Double.POSITIVE_INFINITY);
    }

    /** Returns the degrees of freedom of the mean statistic; 0 where nothing is known. */
    int freedom() {
        return freedom;
    }

    /**
     * Returns whether windows differ in their values by more than those of groups that are alike do, as Fisher's F test of both means
     * tells at {@value #LEVEL}.
     *
     * @param alike the dispersion within these groups
     */
    public boolean exceeds(Dispersion alike) {
        return freedom > 0
                && alike.freedom > 0
                && FDistribution.of(freedom, alike.freedom)
                                .survivalProbability(mean(Change.Way.VALUES) / alike.mean(Change.Way.VALUES))
                        <= LEVEL;
    }

    private double mean(Change.Way way) {
        return Math.max(1, means.getOrDefault(way, 1.0));
    }

    /**
     * Returns the p-value of a change: that of the test, or, where it is greater, the probability that a window of this baseline differs
     * as much.
     *
     * @param way in which it may have changed
     * @param result the test of it, which is defined
     * @param current the number of rows of the window
     */
    double pValue(Change.Way way, TestResult result, long current) {
        if (Double.isInfinite(mean(way))) {
            return 1;
        }
        if (freedom == 0 || Double.isNaN(result.statistic())) {
            return result.pValue();
        }
        double expected = Double.isNaN(result.degreesOfFreedom()) ? 1 : result.degreesOfFreedom();
        double here = 1 + (mean(way) - 1) * Math.max(1.0, current / rows);
        double ratio = result.statistic() / expected / here;
        double ofWindows = ratio > 0 ? FDistribution.of(1, freedom).survivalProbability(ratio) : 1;
        return Math.max(result.pValue(), ofWindows);
    }
}
