package io.modelmonitor.api;

import java.util.Objects;

/**
 * The scale on which a metric's value is read: its unit, the range that it cannot leave, and which way is worse.
 *
 * @param unit the unit in a word, such as {@code rows} or {@code share}; empty for the unit of the measured values, or none
 * @param least the least possible value; negative infinity when there is none
 * @param greatest the greatest possible value; positive infinity when there is none
 * @param worse which values are worse
 */
public record Scale(String unit, double least, double greatest, Worse worse) {

    /** The direction in which a metric gets worse. */
    public enum Worse {
        /** Lower values are worse, as of a recall. */
        LOWER,
        /** Higher values are worse, as of an error or a distance. */
        HIGHER,
        /** Neither direction is worse by itself, as of a mean. */
        NEITHER;

        /** Returns whether a value is worse than another; never for {@link #NEITHER}. */
        public boolean isWorse(double value, double other) {
            return this == LOWER ? value < other : this == HIGHER && value > other;
        }
    }

    /** Any number, in the unit of the measured values. */
    public static final Scale VALUE = new Scale("", Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Worse.NEITHER);

    /** A number of rows, columns or values, from 0. */
    public static final Scale COUNT = new Scale("count", 0, Double.POSITIVE_INFINITY, Worse.NEITHER);

    /** A share, from 0 to 1, of which less is worse. */
    public static final Scale SHARE = new Scale("share", 0, 1, Worse.LOWER);

    /** An amount of change or error as a share, from 0 to 1, of which more is worse. */
    public static final Scale CHANGE = new Scale("share", 0, 1, Worse.HIGHER);

    /** A distance or an error, from 0, of which more is worse. */
    public static final Scale DISTANCE = new Scale("", 0, Double.POSITIVE_INFINITY, Worse.HIGHER);

    /**
     * Creates a scale.
     *
     * @throws IllegalArgumentException if the range is empty or an end is NaN
     */
    public Scale {
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(worse, "worse");
        if (!(least < greatest)) {
            throw new IllegalArgumentException("range " + least + " to " + greatest + "; allowed is least < greatest");
        }
    }

    /** Returns this scale with another direction. */
    public Scale withWorse(Worse direction) {
        return new Scale(unit, least, greatest, direction);
    }
}
