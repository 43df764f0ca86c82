package io.modelmonitor.stats.drift;

import io.modelmonitor.api.Distribution;
import java.util.ArrayList;
import java.util.List;

/**
 * Both sides' counts over the same cells.
 *
 * @param reference the reference's counts
 * @param current the current counts
 * @param slack how far a difference of shares may be off because a sketch knows counts only roughly, from 0 to 1
 */
record Shares(Distribution reference, Distribution current, double slack) {

    /** Collects cells with their counts. */
    static final class Builder {

        private final List<Distribution.Cell> cells = new ArrayList<>();
        private final List<double[]> counts = new ArrayList<>();

        Builder add(Distribution.Kind kind, String label, double position, double reference, double current) {
            cells.add(new Distribution.Cell(kind, label, position));
            counts.add(new double[] {reference, current});
            return this;
        }

        Builder add(Distribution.Kind kind, String label, double reference, double current) {
            return add(kind, label, Double.NaN, reference, current);
        }

        Builder add(Distribution.Kind kind, String label, long reference, long current) {
            return add(kind, label, (double) reference, (double) current);
        }

        Shares build(double slack) {
            return new Shares(
                    Distribution.of(
                            cells, counts.stream().mapToDouble(pair -> pair[0]).toArray()),
                    Distribution.of(
                            cells, counts.stream().mapToDouble(pair -> pair[1]).toArray()),
                    slack);
        }
    }
}
