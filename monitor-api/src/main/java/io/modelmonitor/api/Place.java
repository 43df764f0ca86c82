package io.modelmonitor.api;

import java.util.Objects;

/**
 * The place that a row was read from.
 *
 * @param source the file, as it was named when it was opened
 * @param line the line on which the row begins, from 1
 */
public record Place(String source, long line) {

    /**
     * Creates a place.
     *
     * @throws IllegalArgumentException if the line is less than 1
     */
    public Place {
        Objects.requireNonNull(source, "source");
        if (line < 1) {
            throw new IllegalArgumentException("line is " + line + "; allowed is at least 1");
        }
    }

    /** Returns the place as tools read it, such as {@code train.csv:17}. */
    @Override
    public String toString() {
        return source + ":" + line;
    }
}
