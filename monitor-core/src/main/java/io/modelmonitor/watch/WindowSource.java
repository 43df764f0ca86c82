package io.modelmonitor.watch;

import io.modelmonitor.api.Dataset;

/** The data of windows: a folder of captures, a table, a query, the output of a batch job. Called by one thread at a time. */
@FunctionalInterface
public interface WindowSource {

    /**
     * Returns the data of a window. What it throws makes the window's execution fail, and no other.
     *
     * @throws Exception if there are none to be had
     */
    Dataset of(Window window) throws Exception;
}
