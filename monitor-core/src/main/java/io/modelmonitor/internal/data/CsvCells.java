package io.modelmonitor.internal.data;

import java.util.Arrays;

/** Remembers where cells begin and end: those of the rows kept, one row after the other, and then those of a record. */
final class CsvCells {

    private final byte quote;
    private final boolean trimmed;
    private int[] bounds = new int[64];
    private int used;
    private int count;
    private int wanted;
    private boolean escaped;

    CsvCells(byte quote, boolean trimmed) {
        this.quote = quote;
        this.trimmed = trimmed;
    }

    /** Leaves the array that was handed out to its holder. */
    void startBatch(int cellsExpected) {
        bounds = new int[2 * cellsExpected];
        used = 0;
    }

    /** Begins a record of which so many cells are wanted at most. */
    void startRecord(int mostCells) {
        wanted = mostCells;
        restartRecord();
    }

    /** Forgets the cells of the record. */
    void restartRecord() {
        count = 0;
        escaped = false;
    }

    /**
     * Adds a cell to the record.
     *
     * @param bytes what it is in
     * @param start where it begins
     * @param end where it ends
     * @param hasQuotes whether there are pairs of quotes in it that mean one
     */
    void add(byte[] bytes, int start, int end, boolean hasQuotes) {
        int from = start;
        int to = end;
        if (trimmed) {
            while (from < to && isBlank(bytes[from])) {
                from++;
            }
            while (from < to && isBlank(bytes[to - 1])) {
                to--;
            }
        }
        if (count < wanted) {
            int cell = used + 2 * count;
            ensureLength(cell + 2);
            bounds[cell] = from;
            bounds[cell + 1] = hasQuotes ? ~to : to;
            escaped |= hasQuotes;
        }
        count++;
    }

    static boolean isBlank(int b) {
        return b == ' ' || b == '\t';
    }

    /** Returns the number of cells of the record, wanted or not. */
    int count() {
        return count;
    }

    /** Returns for each cell, row by row, where its text begins and where it ends (exclusively). */
    int[] bounds() {
        return bounds;
    }

    /** Keeps the record as a row of so many cells; those that it lacks are empty. */
    void keep(int width) {
        int end = used + 2 * width;
        ensureLength(end);
        Arrays.fill(bounds, Math.min(end, used + 2 * Math.min(count, wanted)), end, 0);
        used = end;
    }

    /** Replaces pairs of quotes by one within the cells of the record, now that nobody goes back to its beginning. */
    void unescape(byte[] bytes) {
        if (!escaped) {
            return;
        }
        int end = used + 2 * Math.min(count, wanted);
        for (int i = used; i < end; i += 2) {
            if (bounds[i + 1] < 0) {
                int to = ~bounds[i + 1];
                int target = bounds[i];
                for (int j = target; j < to; j++) {
                    bytes[target++] = bytes[j];
                    if (bytes[j] == quote && j + 1 < to && bytes[j + 1] == quote) {
                        j++;
                    }
                }
                bounds[i + 1] = target;
            }
        }
    }

    private void ensureLength(int length) {
        if (length > bounds.length) {
            bounds = Arrays.copyOf(bounds, Math.max(length, 2 * bounds.length));
        }
    }
}
