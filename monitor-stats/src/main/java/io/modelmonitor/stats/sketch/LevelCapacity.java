package io.modelmonitor.stats.sketch;

import java.util.List;

/** The capacity of a level of a {@link KllSketch}: {@code 2 (ceil(k c^h / 2) + 1)}. */
final class LevelCapacity {

    /** Numbers of a level beyond stand for more observations than a long counts. */
    static final int MAX_LEVELS = 60;

    /** The most numbers of a level, more than a level of any sketch has room for, including such as others wrote. */
    static final int MOST = 1 << 16;

    private static final int[] CAPACITIES = new int[MAX_LEVELS + 1];

    static {
        double room = KllSketch.K;
        for (int h = 0; h <= MAX_LEVELS; h++) {
            CAPACITIES[h] = 2 * ((int) Math.ceil(room / 2) + 1);
            room *= KllSketch.SHRINKING_FACTOR;
        }
    }

    private LevelCapacity() {}

    static int of(int level) {
        return CAPACITIES[level];
    }

    /**
     * Returns how many observations levels stand for.
     *
     * @throws IllegalArgumentException if they are more than can be, or a number is NaN or lies outside {@code min} and {@code max}
     */
    static long checkedCount(List<double[]> levels, double min, double max) {
        if (levels.size() > MAX_LEVELS) {
            throw new IllegalArgumentException(
                    "levels: " + levels.size() + "; at most " + MAX_LEVELS + " levels are expected");
        }
        long count = 0;
        for (int h = 0; h < levels.size(); h++) {
            double[] values = levels.get(h);
            if (values.length > MOST || values.length > (Long.MAX_VALUE - count) >> h) {
                throw new IllegalArgumentException(
                        "levels: level " + h + " holds " + values.length + " numbers, more than can be");
            }
            for (double value : values) {
                if (!(value >= min && value <= max)) {
                    throw new IllegalArgumentException("levels: level " + h + " holds " + value + "; numbers from min "
                            + min + " to max " + max + " are expected");
                }
            }
            count += (long) values.length << h;
        }
        return count;
    }

    /** Returns the least number of compactions of each level that explains how many numbers the levels above hold. */
    static long[] leastCompactions(List<double[]> levels) {
        long[] compactions = new long[levels.size()];
        long above = 0;
        for (int h = levels.size() - 1; h > 0; h--) {
            above += (long) levels.get(h).length << Math.min(h, MAX_LEVELS);
            // A compaction of level h - 1 passes on at least half of its room, each number with weight 2^h.
            compactions[h - 1] = (above >>> Math.min(h, MAX_LEVELS)) / (of(Math.min(h, MAX_LEVELS) - 1) / 2);
        }
        return compactions;
    }

    /** Returns the variance of a rank after so many compactions of each level. */
    static double variance(long[] compactions) {
        double variance = 0;
        for (int h = 0; h < compactions.length; h++) {
            variance += compactions[h] * variance(h);
        }
        return variance;
    }

    /** Returns the variance of a compaction: half of the ranks are shifted by the weight of a number. */
    static double variance(int level) {
        double weight = 1L << level;
        return weight * weight / 2;
    }
}
