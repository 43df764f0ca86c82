package io.modelmonitor.stats.sketch;

/** How many numbers a level of a {@link KllSketch} has room for: {@code 2 (ceil(k c^h / 2) + 1)}. */
final class LevelCapacity {

    /** Numbers of a level beyond stand for more observations than a long counts. */
    static final int MAX_LEVELS = 60;

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
}
