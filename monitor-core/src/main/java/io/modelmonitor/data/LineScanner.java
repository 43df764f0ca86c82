package io.modelmonitor.data;

import java.io.IOException;
import java.io.InputStream;

/** Reads lines, which end in LF, as bytes; a CR before it is left to the reader of the line. What is handed out is good until the next line is read. */
final class LineScanner {

    private static final int READ = 1 << 16;

    private final InputStream in;
    private byte[] bytes = new byte[READ];
    private int position;
    private int limit;
    private int start;
    private int end;
    private long line;
    private boolean tooLong;
    private boolean unfinished;

    LineScanner(InputStream in) {
        this.in = in;
    }

    /** Reads a line; returns false at the end of the input. */
    boolean next() throws IOException {
        start = position;
        tooLong = false;
        unfinished = false;
        int length = 0;
        long passed = 0;
        while (true) {
            int at = start + length;
            while (at < limit && bytes[at] != '\n') {
                at++;
            }
            length = at - start;
            if (at < limit) {
                tooLong |= length > Limits.LINE;
                end = at;
                position = at + 1;
                line++;
                return true;
            }
            if (length > Limits.LINE) {
                tooLong = true;
                passed += length;
                start = limit;
                length = 0;
                if (passed > Limits.ENDLESS_LINE) {
                    throw new IOException("line " + (line + 1) + Limits.ENDLESS);
                }
            }
            if (!fill()) {
                end = limit;
                position = limit;
                unfinished = true;
                boolean found = tooLong || length > 0;
                line += found ? 1 : 0;
                return found;
            }
        }
    }

    /** Reads on behind the limit, making room by moving the line to the front. */
    private boolean fill() throws IOException {
        if (limit == bytes.length) {
            int length = limit - start;
            byte[] target =
                    length > bytes.length / 2 ? new byte[Math.min(2 * bytes.length, Limits.LINE + 2 * READ)] : bytes;
            System.arraycopy(bytes, start, target, 0, length);
            bytes = target;
            start = 0;
            limit = length;
        }
        int count = 0;
        while (count == 0) {
            count = in.read(bytes, limit, Math.min(READ, bytes.length - limit));
        }
        limit += Math.max(0, count);
        return count > 0;
    }

    /** Returns what the line is in. */
    byte[] bytes() {
        return bytes;
    }

    /** Returns where the line begins. */
    int start() {
        return start;
    }

    /** Returns where the line ends, its line end excluded. */
    int end() {
        return end;
    }

    /** Returns the number of the line, from 1. */
    long line() {
        return line;
    }

    /** Returns whether the line is longer than allowed; its bytes are gone. */
    boolean tooLong() {
        return tooLong;
    }

    /** Returns whether the line has no line end. */
    boolean unfinished() {
        return unfinished;
    }
}
