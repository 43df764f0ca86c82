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

    /**
     * Returns these with every difference of shares lessened by the slack: what is left is no matter of the sketch. Other
     * values are what is left of all rows, so the errors of all cells add up in theirs. The shares are drawn towards the
     * pooled ones, so no cell changes sides.
     */
    Shares lessened() {
        if (slack == 0) {
            return this;
        }
        double n = reference.total();
        double m = current.total();
        double[] one = new double[reference.size()];
        double[] other = new double[one.length];
        for (int i = 0; i < one.length; i++) {
            double pooled = reference.count(i) + current.count(i);
            double expected = pooled * m / (n + m);
            double excess = current.count(i) - expected;
            boolean isRest = reference.cells().get(i).kind() == Distribution.Kind.OTHER;
            double error = isRest ? slack * (one.length - 1) : slack;
            double left = Math.max(0, Math.abs(excess) - error * (n * m / (n + m)));
            other[i] = expected + Math.signum(excess) * left;
            one[i] = Math.max(0, pooled - other[i]);
        }
        return new Shares(reference.withCounts(one), current.withCounts(other), 0);
    }

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

        /** Adds a cell unless both sides lack it. */
        Builder addOccupied(Distribution.Kind kind, String label, double position, double reference, double current) {
            return reference > 0 || current > 0 ? add(kind, label, position, reference, current) : this;
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
