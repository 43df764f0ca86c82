package io.modelmonitor.api;

import org.jspecify.annotations.Nullable;

/**
 * One line of a dataset: a value for each column of its {@link #schema()}, or none.
 *
 * <p>A row stays valid as long as it is held. Access by name costs a hash lookup; a calculator that runs on every row
 * resolves its names once per schema and reads by position. Safe for use by several threads.
 */
public interface Row {

    /** Returns the columns of this row; rows of one file mostly share the same object. */
    Schema schema();

    /**
     * Returns whether a column has no value in this row.
     *
     * @param column a position from 0 to {@code schema().size() - 1}
     */
    boolean isMissing(int column);

    /**
     * Returns a column's value as a number.
     *
     * @param column a position from 0 to {@code schema().size() - 1}
     * @return the number; NaN when the value is missing or no number
     */
    double number(int column);

    /**
     * Returns a column's value as text, as it was written in the source; numbers of typed sources in their shortest form.
     *
     * @param column a position from 0 to {@code schema().size() - 1}
     * @return the text, or null when the value is missing
     */
    @Nullable
    String text(int column);

    /** Returns where this row was read from; null for rows that come from no file of lines. */
    default @Nullable Place place() {
        return null;
    }

    /**
     * Returns whether a column has no value in this row.
     *
     * @throws IllegalArgumentException if there is no such column
     */
    default boolean isMissing(String column) {
        return isMissing(schema().requireIndexOf(column));
    }

    /**
     * Returns a column's value as a number; NaN when it is missing or no number.
     *
     * @throws IllegalArgumentException if there is no such column
     */
    default double number(String column) {
        return number(schema().requireIndexOf(column));
    }

    /**
     * Returns a column's value as text, or null when it is missing.
     *
     * @throws IllegalArgumentException if there is no such column
     */
    default @Nullable String text(String column) {
        return text(schema().requireIndexOf(column));
    }
}
