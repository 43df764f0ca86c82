package io.modelmonitor.internal.bytes;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads a stream line by line without copying. Lines end in LF, CR or CRLF, each as it comes. A line that is too long is read
 * over; a compressed or encrypted stream that breaks off ends there. What is handed out is good until the next line is read.
 * Costs one pass over the bytes, and memory for the longest line that is allowed. Not safe for use by several threads.
 */
public final class LineReader implements AutoCloseable {

    private static final int FIRST_SIZE = 1 << 17;

    private final InputStream in;
    private final int longest;
    private final long longestPassed;
    private byte[] buffer = new byte[FIRST_SIZE];
    private int filled;
    private int next;
    private int from;
    private int length;
    private long line;
    private long steps;
    private boolean afterReturn;
    private boolean ended;
    private boolean complete;
    private boolean tooLong;

    /**
     * Creates a reader before the first line.
     *
     * @param longest the most bytes of a line; longer ones are read over
     * @param longestPassed the bytes after which a line that is read over is an error
     */
    public LineReader(InputStream in, int longest, long longestPassed) {
        this.in = in;
        this.longest = longest;
        this.longestPassed = longestPassed;
    }

    /**
     * Reads on to the next line; returns false at the end.
     *
     * @throws IOException also if a line is longer than may be read over
     */
    public boolean next() throws IOException {
        tooLong = false;
        from = next;
        int scanned = 0;
        long passed = 0;
        while (true) {
            if (afterReturn && from < filled) {
                afterReturn = false;
                from += buffer[from] == '\n' ? 1 : 0;
            }
            int end = lineEnd(from + scanned);
            if (end < filled) {
                length = end - from;
                next = end + 1;
                afterReturn = buffer[end] == '\r';
                complete = true;
                tooLong |= length > longest;
                line++;
                return true;
            }
            scanned = filled - from;
            if (scanned > longest) {
                tooLong = true;
                passed += scanned;
                from = filled;
                scanned = 0;
                if (passed > longestPassed) {
                    throw new IOException("line " + (line + 1) + " does not end within " + longestPassed + " bytes");
                }
            }
            if (!fill()) {
                next = filled;
                length = filled - from;
                complete = false;
                boolean found = length > 0 || tooLong;
                line += found ? 1 : 0;
                return found;
            }
        }
    }

    /** Returns where, from a place on, the first line end is; the end of what there is if there is none. */
    private int lineEnd(int start) {
        int i = start;
        for (; i + Long.BYTES <= filled; i += Long.BYTES) {
            long hits = EightBytes.below(EightBytes.at(buffer, i), '\r' + 1);
            if (hits != 0) {
                i += EightBytes.first(hits);
                if (buffer[i] == '\n' || buffer[i] == '\r') {
                    steps += i - start;
                    return i;
                }
                i -= Long.BYTES - 1;
            }
        }
        while (i < filled && buffer[i] != '\n' && buffer[i] != '\r') {
            i++;
        }
        steps += i - start;
        return i;
    }

    /** Reads more bytes behind those of the present line, which may move; returns false if there are none. */
    private boolean fill() throws IOException {
        if (filled == buffer.length) {
            int kept = filled - from;
            byte[] target = kept > buffer.length / 2
                    ? new byte[(int) Math.min(2L * buffer.length, (long) longest + FIRST_SIZE)]
                    : buffer;
            System.arraycopy(buffer, from, target, 0, kept);
            steps += kept;
            buffer = target;
            filled = kept;
            from = 0;
        }
        int count = ended ? -1 : read();
        ended = count < 0;
        filled += Math.max(0, count);
        return !ended;
    }

    private int read() throws IOException {
        try {
            int count = 0;
            while (count == 0) {
                count = in.read(buffer, filled, buffer.length - filled);
            }
            return count;
        } catch (EOFException e) {
            return -1;
        }
    }

    /** Returns what the line is in. */
    public byte[] bytes() {
        return buffer;
    }

    /** Returns where the line begins. */
    public int from() {
        return from;
    }

    /** Returns how many bytes the line has, its line end excluded. */
    public int length() {
        return length;
    }

    /** Returns a copy of the line as text; what is no UTF-8 becomes U+FFFD. */
    public String text() {
        return new String(buffer, from, length, StandardCharsets.UTF_8);
    }

    /** Returns whether there is nothing in the line but blanks and tabs. */
    public boolean isBlank() {
        for (int i = from; i < from + length; i++) {
            if (buffer[i] != ' ' && buffer[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns whether the line, but for blanks, begins as an object of JSON does. To be told by an exception that it is none
     * costs a thousand times as much, and a file may be full of such lines.
     */
    public boolean mayBeObject() {
        return beginsWith('{');
    }

    /** Returns whether the line, but for blanks, begins as an array of JSON does. */
    public boolean mayBeArray() {
        return beginsWith('[');
    }

    private boolean beginsWith(char first) {
        int i = from;
        while (i < from + length && (buffer[i] == ' ' || buffer[i] == '\t')) {
            i++;
        }
        return i < from + length && buffer[i] == first;
    }

    /**
     * Returns whether nothing but blanks and line ends is behind the line, as far as a line may be long. Reads on for this, which
     * may move what the line is in; the line stays the present one.
     */
    public boolean endsHere() throws IOException {
        int i = next;
        boolean hasMore = true;
        while (hasMore) {
            while (i < filled && (buffer[i] == ' ' || buffer[i] == '\t' || buffer[i] == '\n' || buffer[i] == '\r')) {
                i++;
            }
            if (i < filled || filled - from > longest) {
                return false;
            }
            int before = from;
            hasMore = fill();
            next -= before - from;
            i -= before - from;
        }
        return true;
    }

    /** Returns the number of the line, from 1; after the end, that of the last line. */
    public long line() {
        return line;
    }

    /** Returns whether the line ended with a line end. */
    public boolean isComplete() {
        return complete;
    }

    /** Returns whether the line was longer than allowed; what there is of it is its end. */
    public boolean isTooLong() {
        return tooLong;
    }

    /** Returns how many bytes have been looked at or moved so far, each as often as it was. */
    long steps() {
        return steps;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
