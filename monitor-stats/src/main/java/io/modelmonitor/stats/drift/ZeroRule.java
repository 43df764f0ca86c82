package io.modelmonitor.stats.drift;

import io.modelmonitor.api.Distribution;

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
     * Half a row is added to each of the k cells in which either side has rows: {@code (count + 0.5) / (n + 0.5 k)}. The
     * default, as its effect vanishes with more rows: the posterior mean under Jeffreys' prior. A cell that both sides lack
     * takes no part.
     */
    HALF_A_ROW {
        @Override
        double[] shares(Distribution distribution, Distribution other) {
            double[] shares = new double[distribution.size()];
            int occupied = 0;
            for (int i = 0; i < shares.length; i++) {
                occupied += isOccupied(distribution, other, i) ? 1 : 0;
            }
            double total = distribution.total() + 0.5 * occupied;
            for (int i = 0; i < shares.length; i++) {
                shares[i] = isOccupied(distribution, other, i) ? (distribution.count(i) + 0.5) / total : 0;
            }
            return shares;
        }

        private boolean isOccupied(Distribution distribution, Distribution other, int cell) {
            return distribution.count(cell) > 0 || other.count(cell) > 0;
        }
    };

    /** Returns the share of each cell of a distribution that is held against another over the same cells. */
    abstract double[] shares(Distribution distribution, Distribution other);

    private static double[] sharesOf(Distribution distribution, double insteadOfZero) {
        double[] shares = new double[distribution.size()];
        for (int i = 0; i < shares.length; i++) {
            double share = distribution.share(i);
            shares[i] = share == 0 ? insteadOfZero : share;
        }
        return shares;
    }
}
