package io.modelmonitor.stats.drift;

import io.modelmonitor.api.Distribution;

/**
 * What a cell without rows counts as, where a logarithm is taken of its share. The choice changes the population stability
 * index by orders of magnitude, so each has a name.
 */
public enum ZeroRule {

    /** Zero stays zero: the index is infinite when a cell has rows on one side only. */
    NONE {
        @Override
        double[] shares(Distribution distribution) {
            return sharesOf(distribution, 0);
        }
    },

    /** A share of zero becomes 1e-4; shares then add up to more than 1. */
    ONE_IN_TEN_THOUSAND {
        @Override
        double[] shares(Distribution distribution) {
            return sharesOf(distribution, 1e-4);
        }
    },

    /** As Evidently: 1e-4, or a millionth of the side's smallest share above zero if that is at most 1e-4. */
    MILLIONTH_OF_SMALLEST {
        @Override
        double[] shares(Distribution distribution) {
            double smallest = Double.POSITIVE_INFINITY;
            for (int i = 0; i < distribution.size(); i++) {
                double share = distribution.share(i);
                smallest = share > 0 ? Math.min(smallest, share) : smallest;
            }
            return sharesOf(distribution, smallest <= 1e-4 ? smallest / 1e6 : 1e-4);
        }
    },

    /**
     * Half a row is added to every cell: {@code (count + 0.5) / (n + 0.5 k)}. The default, as its effect vanishes with more
     * rows: the posterior mean under Jeffreys' prior.
     */
    HALF_A_ROW {
        @Override
        double[] shares(Distribution distribution) {
            double[] shares = new double[distribution.size()];
            double total = distribution.total() + 0.5 * shares.length;
            for (int i = 0; i < shares.length; i++) {
                shares[i] = (distribution.count(i) + 0.5) / total;
            }
            return shares;
        }
    };

    /** Returns the share of each cell. */
    abstract double[] shares(Distribution distribution);

    private static double[] sharesOf(Distribution distribution, double insteadOfZero) {
        double[] shares = new double[distribution.size()];
        for (int i = 0; i < shares.length; i++) {
            double share = distribution.share(i);
            shares[i] = share == 0 ? insteadOfZero : share;
        }
        return shares;
    }
}
