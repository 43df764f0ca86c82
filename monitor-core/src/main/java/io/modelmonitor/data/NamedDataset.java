package io.modelmonitor.data;

import io.modelmonitor.api.Dataset;
import java.util.function.Supplier;

/**
 * A dataset that says what it is.
 *
 * @param name what it is, for people
 * @param cursors opens a cursor
 */
record NamedDataset(String name, Supplier<Cursor> cursors) implements Dataset {

    @Override
    public Cursor open() {
        return cursors.get();
    }

    @Override
    public String toString() {
        return name;
    }
}
