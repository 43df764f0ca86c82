package io.modelmonitor;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The way in which windows are cut by the number of rows.
 *
 * @param rows the length of a window
 * @param step the rows from the end of a window to the end of the next, the length of a pane; divides the length of a window
 * @param folder where the open pane is saved; null if nowhere
 */
record RowSteps(long rows, long step, @Nullable Path folder) {

    private static final int MOST_PANES = 1_000;

    static RowSteps of(long rows) {
        return new RowSteps(rows, rows, null);
    }

    RowSteps step(long newStep) {
        Arguments.check(newStep >= 1 && rows % newStep == 0, "step", newStep, "at least 1 and a part of " + rows);
        Arguments.check(rows / newStep <= MOST_PANES, "step", newStep, "at least " + rows / MOST_PANES);
        return new RowSteps(rows, newStep, folder);
    }

    RowSteps stateFolder(Path newFolder) {
        return new RowSteps(rows, step, newFolder);
    }
}
