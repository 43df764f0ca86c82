package io.modelmonitor.stats.internal.drift;

import io.modelmonitor.api.Distribution;
import java.util.ArrayList;
import java.util.List;

/**
 * Both sides' counts over the same cells.
 *
 * @param reference the reference's counts
 * @param current the current counts
 * @param error how far a difference of shares may be off because a sketch only estimates counts, from 0 to 1
 */
record PooledCounts(Distribution reference, Distribution current, double error) {

    /**
     * Returns these with every difference of shares shrunk by the error: what is left is no matter of the sketch. Other
     * values are what is left of all rows, so the errors of all cells add up in theirs. The shares are drawn towards the
     * pooled ones, so no cell changes sides.
     */
    PooledCounts withoutSketchError() {
        if (error == 0) {
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
            double own = isRest ? error * (one.length - 1) : error;
            double left = Math.max(0, Math.abs(excess) - own * (n * m / (n + m)));
            other[i] = expected + Math.signum(excess) * left;
            one[i] = Math.max(0, pooled - other[i]);
        }
        return new PooledCounts(reference.withCounts(one), current.withCounts(other), 0);
    }

    /**
     * Returns these without the cells that the reference lacks: the current rows of these are shared among the others that have fewer than
     * the reference leads to expect, in proportion to how many they lack.
     *
     * @param more current rows that are in no cell, and shared likewise
     */
    PooledCounts ofReference(double more) {
        double unseen = 0;
        for (int i = 0; i < reference.size(); i++) {
            unseen += reference.count(i) > 0 ? 0 : current.count(i);
        }
        double moved = unseen + more;
        double rows = current.total() + more;
        double lacking = 0;
        for (int i = 0; i < reference.size(); i++) {
            lacking += lacking(i, rows);
        }
        double part = lacking == 0 ? 0 : Math.min(1, moved / lacking);
        Builder known = new Builder();
        for (int i = 0; i < reference.size(); i++) {
            Distribution.Cell cell = reference.cells().get(i);
            if (reference.count(i) > 0) {
                double filled = current.count(i) + part * lacking(i, rows);
                known.add(cell.kind(), cell.label(), cell.position(), reference.count(i), filled);
            }
        }
        return known.build(error);
    }

    private double lacking(int cell, double rows) {
        return Math.max(0, reference.count(cell) / reference.total() * rows - current.count(cell));
    }

    /** Returns the number of cells in which either side has rows. */
    int occupied() {
        int occupied = 0;
        for (int i = 0; i < reference.size(); i++) {
            occupied += reference.count(i) + current.count(i) > 0 ? 1 : 0;
        }
        return occupied;
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

        Builder addOccupied(Distribution.Kind kind, String label, long reference, long current) {
            return addOccupied(kind, label, Double.NaN, (double) reference, (double) current);
        }

        PooledCounts build(double error) {
            return new PooledCounts(
                    Distribution.of(
                            cells, counts.stream().mapToDouble(pair -> pair[0]).toArray()),
                    Distribution.of(
                            cells, counts.stream().mapToDouble(pair -> pair[1]).toArray()),
                    error);
        }
    }
}
