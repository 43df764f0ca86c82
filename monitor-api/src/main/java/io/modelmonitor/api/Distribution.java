package io.modelmonitor.api;

import java.util.List;
import java.util.Objects;

/**
 * Numbers of rows of a feature in each of some cells. Two distributions over the same cells can be compared, cell by
 * cell: every row is in exactly one cell, the missing and the odd ones too, so that nothing is dropped before comparing.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class Distribution {

    /** The kind of rows that are counted by a cell. */
    public enum Kind {
        /** One category, or an interval of numbers. */
        VALUES,
        /** Categories of the reference data that are too rare to have a cell each. */
        OTHER,
        /** Values that the reference data does not have: new categories. */
        UNSEEN,
        /** Numbers below the least of the reference data. */
        BELOW_RANGE,
        /** Numbers above the greatest of the reference data. */
        ABOVE_RANGE,
        /** No value. */
        MISSING,
        /** Not a number, where numbers are expected: NaN or text. */
        NOT_A_NUMBER,
        /** Negative infinity. */
        NEGATIVE_INFINITY,
        /** Positive infinity. */
        POSITIVE_INFINITY
    }

    /**
     * A cell.
     *
     * @param kind what it is for
     * @param label what to print: a category, or an interval
     * @param position where its values lie on the number line, for measures that need a distance; NaN when they have none
     */
    public record Cell(Kind kind, String label, double position) {

        /** Creates a cell. */
        public Cell {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(label, "label");
        }

        /** Creates the cell of a category, which has no position. */
        public Cell(String label) {
            this(Kind.VALUES, label, Double.NaN);
        }
    }

    private final List<Cell> cells;
    private final double[] counts;
    private final double total;

    private Distribution(List<Cell> cells, double[] counts) {
        if (cells.size() != counts.length) {
            throw new IllegalArgumentException(
                    "counts: " + counts.length + " given; there are " + cells.size() + " cells");
        }
        double sum = 0;
        for (double count : counts) {
            if (!(count >= 0 && count < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "counts has " + count + "; allowed are finite numbers of at least 0");
            }
            sum += count;
        }
        this.cells = cells;
        this.counts = counts;
        this.total = sum;
    }

    /**
     * Creates a distribution.
     *
     * @param cells the cells; numeric ones in ascending order
     * @param counts how many rows fall into each, estimates allowed; copied
     * @throws IllegalArgumentException if there are not as many counts as cells, or one is negative or not finite
     */
    public static Distribution of(List<Cell> cells, double... counts) {
        return new Distribution(List.copyOf(cells), counts.clone());
    }

    /**
     * Returns a distribution over these same cells with other counts.
     *
     * @throws IllegalArgumentException as in {@link #of}
     */
    public Distribution withCounts(double... newCounts) {
        return new Distribution(cells, newCounts.clone());
    }

    /** Returns the cells. */
    public List<Cell> cells() {
        return cells;
    }

    /** Returns the number of cells. */
    public int size() {
        return counts.length;
    }

    /** Returns how many rows fall into a cell. */
    public double count(int cell) {
        return counts[cell];
    }

    /** Returns how many rows there are. */
    public double total() {
        return total;
    }

    /** Returns the share of rows that fall into a cell, from 0 to 1; NaN when there are no rows. */
    public double share(int cell) {
        return counts[cell] / total;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < counts.length; i++) {
            text.append(i == 0 ? "" : ", ")
                    .append(cells.get(i).label())
                    .append('=')
                    .append(counts[i]);
        }
        return text.append('}').toString();
    }
}
