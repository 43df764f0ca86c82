package io.modelmonitor.stats.internal.drift;

import io.modelmonitor.api.Distribution;
import java.util.function.IntPredicate;

/**
 * The share that a cell without rows counts as, where a logarithm is taken of it. The choice changes the population stability
 * index by orders of magnitude, so each has a name.
 */
public enum ZeroRule {

    /** Zero stays zero: the index is infinite when a cell has rows on one side only. */
    NONE {
        @Override
        double[] shares(Distribution distribution, Distribution other) {
            return sharesOf(distribution, 0);
        }
    },

    /** A share of zero becomes 1e-4; shares then add up to more than 1. */
    ONE_IN_TEN_THOUSAND {
        @Override
        double[] shares(Distribution distribution, Distribution other) {
            return sharesOf(distribution, 1e-4);
        }
    },

    /** As Evidently: 1e-4, or a millionth of the side's smallest share above zero if that is at most 1e-4. */
    MILLIONTH_OF_SMALLEST {
        @Override
        double[] shares(Distribution distribution, Distribution other) {
            double smallest = Double.POSITIVE_INFINITY;
            for (int i = 0; i < distribution.size(); i++) {
                double share = distribution.share(i);
                smallest = share > 0 ? Math.min(smallest, share) : smallest;
            }
            return sharesOf(distribution, smallest <= 1e-4 ? smallest / 1e6 : 1e-4);
        }
    },

    /**
     * Half a row is added to each of the k cells: {@code (count + 0.5) / (n + 0.5 k)}. Its effect vanishes with more rows: the
     * posterior mean under Jeffreys' prior.
     */
    HALF_A_ROW {
        @Override
        double[] shares(Distribution distribution, Distribution other) {
            return withHalfRows(distribution, cell -> true);
        }
    },

    /**
     * As {@link #HALF_A_ROW}, of the cells in which either side has rows: one that both sides lack takes no part. The rule of the
     * named measures, whose cells may be empty on both sides.
     */
    HALF_A_ROW_IF_OCCUPIED {
        @Override
        double[] shares(Distribution distribution, Distribution other) {
            return withHalfRows(distribution, cell -> distribution.count(cell) > 0 || other.count(cell) > 0);
        }
    };

    /** Returns the share of each cell of a distribution that is held against another over the same cells. */
    abstract double[] shares(Distribution distribution, Distribution other);

    private static double[] withHalfRows(Distribution distribution, IntPredicate counts) {
        double[] shares = new double[distribution.size()];
        double total = distribution.total();
        for (int i = 0; i < shares.length; i++) {
            total += counts.test(i) ? 0.5 : 0;
        }
        for (int i = 0; i < shares.length; i++) {
            shares[i] = counts.test(i) ? (distribution.count(i) + 0.5) / total : 0;
        }
        return shares;
    }

    private static double[] sharesOf(Distribution distribution, double insteadOfZero) {
        double[] shares = new double[distribution.size()];
        for (int i = 0; i < shares.length; i++) {
            double share = distribution.share(i);
            shares[i] = share == 0 ? insteadOfZero : share;
        }
        return shares;
    }
}
