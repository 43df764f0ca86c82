package io.modelmonitor.capture.file;

import io.modelmonitor.internal.bytes.EightBytes;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads a stream line by line without copying. A line that is too long is read over. A compressed or encrypted stream that
 * breaks off ends there.
 */
final class LineReader implements AutoCloseable {

    private static final int FIRST_SIZE = 1 << 17;

    private final InputStream in;
    private final int longest;
    private byte[] buffer = new byte[FIRST_SIZE];
    private int filled;
    private int next;
    private int from;
    private int length;
    private long line;
    private boolean ended;
    private boolean complete;
    private boolean tooLong;

    /**
     * Creates a reader.
     *
     * @param longest the most bytes of a line
     */
    LineReader(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    /** Reads on to the next line; returns false at the end. */
    boolean next() throws IOException {
        line++;
        tooLong = false;
        from = next;
        int scanned = 0;
        while (true) {
            int end = lineFeed(from + scanned);
            if (end < filled) {
                length = end - from;
                next = end + 1;
                complete = true;
                return true;
            }
            scanned = filled - from;
            boolean more = fill();
            scanned = Math.min(scanned, filled);
            if (!more) {
                next = filled;
                length = filled - from;
                complete = false;
                return length > 0 || tooLong;
            }
        }
    }

    /** Returns where, from a place on, the first line feed is; the end of what there is if there is none. */
    private int lineFeed(int start) {
        int i = start;
        for (; i + Long.BYTES <= filled; i += Long.BYTES) {
            long hits = EightBytes.equalTo(EightBytes.at(buffer, i), '\n');
            if (hits != 0) {
                return i + EightBytes.first(hits);
            }
        }
        while (i < filled && buffer[i] != '\n') {
            i++;
        }
        return i;
    }

    /** Reads more bytes behind those of the present line, which may move; returns false if there are none. */
    private boolean fill() throws IOException {
        if (from > 0) {
            System.arraycopy(buffer, from, buffer, 0, filled - from);
            filled -= from;
            from = 0;
        }
        if (filled == buffer.length) {
            if (filled >= longest) {
                tooLong = true;
                filled = 0; // what was read of the line is forgotten
            } else {
                buffer = Arrays.copyOf(buffer, (int) Math.min(2L * buffer.length, longest));
            }
        }
        int count = ended ? -1 : read();
        ended = count < 0;
        filled += Math.max(0, count);
        return !ended;
    }

    private int read() throws IOException {
        try {
            return in.read(buffer, filled, buffer.length - filled);
        } catch (EOFException e) {
            return -1;
        }
    }

    byte[] bytes() {
        return buffer;
    }

    int from() {
        return from;
    }

    int length() {
        return length;
    }

    /** Returns the number of the line, from 1. */
    long line() {
        return line;
    }

    /** Returns whether the line ended with a line feed. */
    boolean isComplete() {
        return complete;
    }

    /** Returns whether the line was longer than allowed; what there is of it is its end. */
    boolean isTooLong() {
        return tooLong;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
