package io.modelmonitor.stats.internal;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Draws standard normal numbers by inversion, some ten times as fast as the quantile function: from a table between whose
 * entries it interpolates, and from the function itself beyond the outermost ones. Immutable and safe for use by several
 * threads.
 */
public final class NormalQuantiles {

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    private static final int BITS = 11;
    private static final int PARTS = 1 << BITS;
    private static final double[] TABLE = table();

    private NormalQuantiles() {}

    private static double[] table() {
        double[] table = new double[PARTS + 1];
        for (int i = 1; i < PARTS; i++) {
            table[i] = NORMAL.inverseCumulativeProbability((double) i / PARTS);
        }
        return table;
    }

    /** Returns the quantile of a uniform number in [0, 1), within 0.02 of the exact one. */
    public static double of(double uniform) {
        double position = uniform * PARTS;
        int part = (int) position;
        if (part == 0 || part == PARTS - 1) {
            return NORMAL.inverseCumulativeProbability(Math.max(uniform, 0x1p-54));
        }
        return TABLE[part] + (position - part) * (TABLE[part + 1] - TABLE[part]);
    }
}
