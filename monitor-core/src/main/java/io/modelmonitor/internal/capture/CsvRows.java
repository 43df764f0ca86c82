package io.modelmonitor.internal.capture;

import io.modelmonitor.internal.bytes.EightBytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The rows of a CSV payload (RFC 4180, no header), one payload after the other in the same memory. Payloads are wholly in memory; a cell
 * is where its text begins and ends in their UTF-8, from which quotes are taken out. As in files, lines end in LF, CR or CRLF, and blanks
 * between a closing quote and the next comma are left out. Blank lines are no rows; a quote that is never closed ends with the payload.
 */
public final class CsvRows {

    private byte[] bytes = {};
    private boolean ascii;

    /** Where each cell begins and ends in the bytes. */
    private int[] bounds = new int[64];

    private int cells;

    /** The number of cells up to the end of each row. */
    private int[] ends = new int[4];

    private int rows;

    /** Creates rows of no payload. */
    public CsvRows() {}

    /** Returns the rows of a text. */
    public static List<List<String>> of(String text) {
        CsvRows read = new CsvRows();
        read.read(text);
        List<List<String>> rows = new ArrayList<>(read.rows);
        for (int row = 0; row < read.rows; row++) {
            List<String> fields = new ArrayList<>(read.width(row));
            for (int cell = read.first(row); cell < read.ends[row]; cell++) {
                int from = read.from(cell);
                fields.add(new String(read.bytes, from, read.to(cell) - from, StandardCharsets.UTF_8));
            }
            rows.add(fields);
        }
        return rows;
    }

    /** Reads a payload. */
    public void read(String text) {
        clear();
        bytes = text.getBytes(StandardCharsets.UTF_8);
        ascii = bytes.length == text.length();
        if (!readPlain()) {
            readQuoted();
        }
    }

    /** Forgets the rows. */
    public void clear() {
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

    /** Reads rows with quotes, each cell moved to where the one before ends: without its quotes a text is no longer than with them. */
    private void readQuoted() {
        clear();
        int firstOfRow = 0;
        int start = 0;
        int end = 0;
        boolean quoted = false;
        boolean begunByQuote = false;
        int closedAt = Integer.MAX_VALUE;
        for (int i = 0; i <= bytes.length; i++) {
            // The end of the payload ends a row, within quotes too.
            byte b = i < bytes.length ? bytes[i] : (byte) '\n';
            boolean endsRow = i == bytes.length || (!quoted && (b == '\n' || b == '\r'));
            if (endsRow && cells == firstOfRow && end == start && !begunByQuote) {
                continue;
            }
            if (endsRow || (!quoted && b == ',')) {
                end = closedAt < end && isBlank(closedAt, end) ? closedAt : end;
                add(start, end);
                start = end;
                quoted = false;
                begunByQuote = false;
                closedAt = Integer.MAX_VALUE;
                if (endsRow) {
                    endRow();
                    firstOfRow = cells;
                }
            } else if (b == '"' && end == start && !begunByQuote) {
                quoted = true;
                begunByQuote = true;
            } else if (b == '"' && quoted && (i + 1 == bytes.length || bytes[i + 1] != '"')) {
                quoted = false;
                closedAt = end;
            } else {
                i += b == '"' && quoted ? 1 : 0; // of two quotes
                bytes[end++] = b;
            }
        }
    }

    private boolean isBlank(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8).isBlank();
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

    /** Returns what the cells are in. */
    public byte[] bytes() {
        return bytes;
    }

    /** Returns whether all of the payload is ASCII. */
    public boolean isAscii() {
        return ascii;
    }

    /** Returns the number of rows. */
    public int size() {
        return rows;
    }

    /** Returns the number of cells of a row. */
    public int width(int row) {
        return ends[row] - first(row);
    }

    /** Returns the number of the first cell of a row; the others follow. */
    public int first(int row) {
        return row == 0 ? 0 : ends[row - 1];
    }

    /** Returns where a cell begins. */
    public int from(int cell) {
        return bounds[2 * cell];
    }

    /** Returns where a cell ends. */
    public int to(int cell) {
        return bounds[2 * cell + 1];
    }
}
