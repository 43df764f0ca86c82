package io.modelmonitor.internal.data;

import io.modelmonitor.internal.bytes.EightBytes;
import io.modelmonitor.internal.capture.CsvRows;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The rows of a CSV payload, one payload after the other in the same memory. */
final class CapturedCsv {

    private byte[] bytes = {};
    private boolean ascii;

    /** Where each cell begins and ends in the bytes. */
    private int[] bounds = new int[64];

    private int cells;

    /** The number of cells up to the end of each row. */
    private int[] ends = new int[4];

    private int rows;

    /** Reads a payload. */
    void read(String text) {
        clear();
        bytes = text.getBytes(StandardCharsets.UTF_8);
        ascii = bytes.length == text.length();
        if (!readPlain()) {
            readQuoted(text);
        }
    }

    /** Forgets the rows. */
    void clear() {
        cells = 0;
        rows = 0;
    }

    /** Reads rows without quotes; returns false when it meets one. */
    private boolean readPlain() {
        int start = 0;
        boolean blank = true;
        for (int i = special(0); i < bytes.length; i = special(i + 1)) {
            byte b = bytes[i];
            if (b == ',') {
                add(start, i);
                start = i + 1;
                blank = false;
            } else if (b == '\n' || b == '\r') { // what is between a CR and its LF is blank
                endPlainRow(start, i, blank);
                start = i + 1;
                blank = true;
            } else if (b == '"') {
                return false;
            }
        }
        endPlainRow(start, bytes.length, blank);
        return true;
    }

    /** Returns where, from a place on, the first byte is up to the comma: digits, points and letters lie beyond. */
    private int special(int from) {
        int i = from;
        for (; i + Long.BYTES <= bytes.length; i += Long.BYTES) {
            long hits = EightBytes.below(EightBytes.at(bytes, i), ',' + 1);
            if (hits != 0) {
                return i + EightBytes.first(hits);
            }
        }
        while (i < bytes.length && (bytes[i] < 0 || bytes[i] > ',')) {
            i++;
        }
        return i;
    }

    private void endPlainRow(int start, int end, boolean blank) {
        if (!blank || end > start) {
            add(start, end);
            endRow();
        }
    }

    private void readQuoted(String text) {
        clear();
        int length = 0;
        // Without its quotes a text is no longer than with them.
        for (List<String> row : CsvRows.of(text)) {
            for (String field : row) {
                byte[] content = field.getBytes(StandardCharsets.UTF_8);
                System.arraycopy(content, 0, bytes, length, content.length);
                ascii &= content.length == field.length();
                add(length, length + content.length);
                length += content.length;
            }
            endRow();
        }
    }

    private void add(int from, int to) {
        if (2 * cells == bounds.length) {
            bounds = Arrays.copyOf(bounds, 2 * bounds.length);
        }
        bounds[2 * cells] = from;
        bounds[2 * cells + 1] = to;
        cells++;
    }

    private void endRow() {
        if (rows == ends.length) {
            ends = Arrays.copyOf(ends, 2 * ends.length);
        }
        ends[rows++] = cells;
    }

    /** Returns the number of rows. */
    int size() {
        return rows;
    }

    /** Returns the number of cells of a row. */
    int width(int row) {
        return ends[row] - first(row);
    }

    private int first(int row) {
        return row == 0 ? 0 : ends[row - 1];
    }

    /** Packs the cells of a row. */
    void pack(int row, RowPacker packer, CapturedRows.Columns columns) {
        int first = first(row);
        int from = bounds[2 * first];
        int shift = packer.append(bytes, from, bounds[2 * ends[row] - 1], ascii) - from;
        for (int i = first; i < ends[row]; i++) {
            int column = columns.next(null, true);
            if (column != RowPacker.NO_COLUMN) {
                packer.set(column, shift + bounds[2 * i], shift + bounds[2 * i + 1]);
            }
        }
    }
}
