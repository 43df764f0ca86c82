package io.modelmonitor;

import io.modelmonitor.internal.Arguments;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The way in which windows are cut by the number of rows.
 *
 * @param rows the length of a window
 * @param step the rows from the end of a window to the end of the next, the length of a pane; divides the length of a window
 * @param folder where the open pane is saved; null if nowhere
 */
record RowWindowSettings(long rows, long step, @Nullable Path folder) {

    private static final int MOST_PANES = 1_000;

    static RowWindowSettings of(long rows) {
        return new RowWindowSettings(rows, rows, null);
    }

    RowWindowSettings step(long newStep) {
        Arguments.check(newStep >= 1 && rows % newStep == 0, "step", newStep, "at least 1 and a part of " + rows);
        Arguments.check(rows / newStep <= MOST_PANES, "step", newStep, "at least " + rows / MOST_PANES);
        return new RowWindowSettings(rows, newStep, folder);
    }

    RowWindowSettings stateFolder(Path newFolder) {
        return new RowWindowSettings(rows, step, newFolder);
    }
}
