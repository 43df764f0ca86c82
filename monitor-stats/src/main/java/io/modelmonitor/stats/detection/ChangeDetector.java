package io.modelmonitor.stats.detection;

import java.util.ArrayList;
import java.util.List;

/**
 * A detector that is given a series one number after the other, and says where it finds a change. It starts anew after each, except
 * those that say otherwise. What it says depends on the order; two of them do not merge. Not safe for use by several threads.
 */
@FunctionalInterface
public interface ChangeDetector {

    /**
     * Takes the next number of the series.
     *
     * @param value finite; for detectors of errors, 0 or 1
     * @return whether a change is found at this number
     * @throws IllegalArgumentException if the value is not allowed
     */
    boolean add(double value);

    /**
     * Gives a whole series to this detector, and returns the indexes, from 0, at which it finds a change.
     *
     * @throws IllegalArgumentException if a value is not allowed
     */
    default List<Integer> changes(double... series) {
        List<Integer> changes = new ArrayList<>();
        for (int i = 0; i < series.length; i++) {
            if (add(series[i])) {
                changes.add(i);
            }
        }
        return changes;
    }
}
