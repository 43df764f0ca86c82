package io.modelmonitor.internal.data;

import io.modelmonitor.internal.bytes.Utf8;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Finds the cells of a CSV (RFC 4180) in UTF-8. Nothing is copied: a cell is where its text begins and ends in the
 * {@link #bytes()}, which hold everything read since {@link #startBatch}. Lines end in LF, CR or CRLF, each as it comes.
 *
 * <p>A record with quotes that do not fit (text after a closing quote, or no closing quote before the input or
 * {@link Limits#LINE} ends) is given back, and its first line is read by itself: a quote then closes only before a
 * delimiter or the line's end, and one that is never closed is text. So a stray quote costs one line, not the file. That is
 * why the scanner keeps a record's bytes until the record is complete, and why no general CSV reader does this job.
 *
 * <p>Cost is linear in the input. Two attempts that are within quotes at the same line end go on alike, so the lines up to
 * the last line end that a failed attempt passed within quotes are not looked beyond again: see {@link #failedUpTo}.
 *
 * <p>Eight bytes are looked at in one step: a bit is set for each that equals the delimiter or the quote or lies below the
 * blank, by carry-free arithmetic (Warren, Hacker's Delight, 2nd ed., section 6-1).
 */
final class CsvScanner {

    /** The result of {@link #next} at the end of the input. */
    static final int END = -1;
    /** The result of {@link #next} for an empty line. */
    static final int BLANK = 0;
    /** The result of {@link #next} for a line longer than {@link Limits#LINE}, which was skipped. */
    static final int TOO_LONG = -2;

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW_BITS = 0x7F7F7F7F7F7F7F7FL;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long EACH_BYTE = 0x0101010101010101L;
    static final int READ = 1 << 16;
    private static final int PADDING = 16;

    private final InputStream in;
    private final byte delimiter;
    private final byte quote;
    private final boolean trimmed;
    private final long delimiters;
    private final long quotes;

    private byte[] bytes = new byte[READ + PADDING];
    private int position;
    private int limit;
    private boolean ended;
    private boolean full;
    private long line = 1;

    private final CsvCells cells;
    private final BrokenLine brokenLine;
    private boolean ascii = true;

    private int recordStart;
    private long recordLine;
    private boolean broken;
    private boolean unfinished;
    private boolean blanksAfterQuote;
    private int malformed;

    /** Where the last line begins that a failed attempt to read a record met within quotes. */
    private int failedUpTo;

    private final long longestPassed;
    private long steps;

    /**
     * @param longestPassed the bytes after which a line without an end is an error
     */
    CsvScanner(InputStream in, byte delimiter, byte quote, boolean trimmed, long longestPassed) {
        this.in = in;
        this.longestPassed = longestPassed;
        this.delimiter = delimiter;
        this.quote = quote;
        this.trimmed = trimmed;
        this.cells = new CsvCells(quote, trimmed);
        this.brokenLine = new BrokenLine(delimiter, quote, cells);
        this.delimiters = delimiter * EACH_BYTE;
        this.quotes = quote * EACH_BYTE;
    }

    /**
     * Leaves the arrays that were handed out to their holders and continues with new ones.
     *
     * @param bytesExpected how many bytes the batch will have, roughly
     * @param cellsExpected how many cells the batch will have at most
     */
    void startBatch(int bytesExpected, int cellsExpected) {
        int rest = limit - position;
        byte[] fresh = new byte[Math.max(bytesExpected, rest) + READ + PADDING];
        System.arraycopy(bytes, position, fresh, 0, rest);
        bytes = fresh;
        failedUpTo = Math.max(0, failedUpTo - position);
        position = 0;
        limit = rest;
        cells.startBatch(cellsExpected);
        ascii = true;
    }

    /** Returns the cells of the last record and of the rows kept. */
    CsvCells cells() {
        return cells;
    }

    /** Returns what the cells point into. */
    byte[] bytes() {
        return bytes;
    }

    /** Returns whether all bytes of the cells kept are ASCII; false may be a false alarm. */
    boolean ascii() {
        return ascii;
    }

    /** Returns how many bytes have been scanned since the batch was started. */
    int scanned() {
        return position;
    }

    /** Returns the line, from 1, on which the last record begins. */
    long recordLine() {
        return recordLine;
    }

    /** Returns whether the quotes of the last record did not fit, so that its first line was read by itself. */
    boolean broken() {
        return broken;
    }

    /** Sets the line of the source on which the input begins, before reading; it is the first unless set. */
    void startAt(long firstLine) {
        line = firstLine;
    }

    /** Returns whether the last record ends where the input ends, without a line end. */
    boolean unfinished() {
        return unfinished;
    }

    /** Returns whether blanks between a closing quote and the end of its cell were left out. */
    boolean blanksAfterQuote() {
        return blanksAfterQuote;
    }

    /** Returns how many bytes have been looked at so far, each as often as it was, in steps that stop at special ones. */
    long steps() {
        return steps;
    }

    /** Returns how many sequences of bytes in the last record are no UTF-8. */
    int malformed() {
        return malformed;
    }

    /**
     * Reads a record. Unless it is kept, the next one takes its place.
     *
     * @param mostCells how many of its cells are wanted at most
     * @return the number of its cells, wanted or not; or {@link #BLANK}, {@link #TOO_LONG} or {@link #END}
     */
    int next(int mostCells) throws IOException {
        cells.startRecord(mostCells);
        broken = false;
        unfinished = false;
        blanksAfterQuote = false;
        malformed = 0;
        full = false;
        recordStart = position;
        recordLine = line;
        if (position >= limit && !fill()) {
            return END;
        }
        long seen = scan();
        if ((seen & HIGH_BITS) != 0) {
            ascii = false;
            malformed = Utf8.malformed(bytes, recordStart, position);
        }
        if (full) {
            passOver();
            return TOO_LONG;
        }
        cells.unescape(bytes);
        return cells.count();
    }

    /** Scans a record and returns all bytes seen, or-ed, eight at a time. */
    private long scan() throws IOException {
        int start = position;
        int word = start;
        long value = (long) WORDS.get(bytes, word);
        long seen = value;
        long mask = special(value);
        boolean inQuotes = false;
        boolean escaped = false;
        boolean begun = false;
        int lastLine = 0;
        while (true) {
            steps++;
            if (mask == 0) {
                word += Long.BYTES;
                value = (long) WORDS.get(bytes, word);
                seen |= value;
                mask = special(value);
                continue;
            }
            int at = word + (Long.numberOfTrailingZeros(mask) >>> 3);
            if (at >= limit) {
                // What lies behind the limit is zeros, which count as special, so that the limit needs no test of its
                // own.
                if (!fill()) {
                    failedUpTo = Math.max(failedUpTo, lastLine);
                    return seen | endOfInput(start, inQuotes);
                }
                word = at;
                value = (long) WORDS.get(bytes, word);
                seen |= value;
                mask = special(value);
                continue;
            }
            mask &= mask - 1;
            byte b = bytes[at];
            if (inQuotes) {
                if (b == '\n' || (b == '\r' && peek(at + 1) != '\n')) {
                    if (at < failedUpTo) {
                        return seen | recover();
                    }
                    lastLine = at + 1;
                    line++;
                } else if (b == quote) {
                    int next = peek(at + 1);
                    if (next == quote) {
                        escaped = true;
                        word = at + 2;
                    } else {
                        int end = afterBlanks(at + 1);
                        next = peek(end);
                        if (next != delimiter && next != '\n' && next != '\r' && next >= 0) {
                            failedUpTo = Math.max(failedUpTo, lastLine);
                            return seen | recover();
                        }
                        cells.add(bytes, start, at, escaped);
                        blanksAfterQuote |= !trimmed && end > at + 1;
                        escaped = false;
                        begun = false;
                        inQuotes = false;
                        if (next != delimiter) {
                            position = next < 0 ? end : afterLineEnd(end);
                            unfinished = next < 0;
                            return seen;
                        }
                        start = end + 1;
                        word = start;
                    }
                    value = (long) WORDS.get(bytes, word);
                    seen |= value;
                    mask = special(value);
                }
            } else if (b == delimiter) {
                cells.add(bytes, start, at, false);
                start = at + 1;
                begun = false;
            } else if (b == quote) {
                if (at == start || (trimmed && !begun && afterBlanks(start) == at)) {
                    inQuotes = true;
                    start = at + 1;
                }
                begun = true;
            } else if (b == '\n' || b == '\r') {
                if (at > recordStart) {
                    cells.add(bytes, start, at, false);
                }
                position = afterLineEnd(at);
                return seen;
            }
        }
    }

    /** Returns the high bit of each byte that is the delimiter, the quote or below the blank. */
    private long special(long value) {
        long delimited = value ^ delimiters;
        long quoted = value ^ quotes;
        long notDelimiter = (delimited & LOW_BITS) + LOW_BITS | delimited;
        long notQuote = (quoted & LOW_BITS) + LOW_BITS | quoted;
        long notControl = (value & LOW_BITS) + 0x60 * EACH_BYTE | value;
        return ~(notDelimiter & notQuote & notControl) & HIGH_BITS;
    }

    private int afterBlanks(int from) throws IOException {
        int i = from;
        while (CsvCells.isBlank(peek(i)) && peek(i) != delimiter) {
            i++;
        }
        steps += i - from;
        return i;
    }

    /** Returns a byte, reading on if need be; a negative number at the end of the input. ASCII is all that is asked for. */
    private int peek(int index) throws IOException {
        if (index >= limit && !fill()) {
            return Integer.MIN_VALUE;
        }
        return bytes[index] & 0xFF;
    }

    private int afterLineEnd(int at) throws IOException {
        line++;
        return bytes[at] == '\r' && peek(at + 1) == '\n' ? at + 2 : at + 1;
    }

    private long endOfInput(int start, boolean inQuotes) throws IOException {
        if (inQuotes) {
            return recover();
        }
        if (!full) {
            if (limit > recordStart) {
                cells.add(bytes, start, limit, false);
            }
            position = limit;
            unfinished = true;
        }
        return 0;
    }

    /** Goes back to the beginning of the record and reads its first line by itself. */
    private long recover() throws IOException {
        broken = true;
        cells.restartRecord();
        line = recordLine;
        int end = recordStart;
        while (end < limit && bytes[end] != '\n' && bytes[end] != '\r') {
            end++;
        }
        if (end == limit && full) {
            return 0;
        }
        full = false;
        blanksAfterQuote = false;
        steps += end - recordStart + brokenLine.read(bytes, recordStart, end);
        unfinished = end == limit;
        position = unfinished ? end : afterLineEnd(end);
        return 0;
    }

    /** Reads over the rest of a line, keeping nothing. */
    private void passOver() throws IOException {
        line = recordLine;
        long passed = 0;
        int end = recordStart;
        while (true) {
            while (end < limit && bytes[end] != '\n' && bytes[end] != '\r') {
                end++;
            }
            if (end < limit) {
                position = afterLineEnd(end);
                return;
            }
            passed += limit - recordStart;
            failedUpTo = 0;
            if (passed > longestPassed) {
                throw new IOException("line " + recordLine + Limits.ENDLESS);
            }
            limit = recordStart;
            end = recordStart;
            if (!fill()) {
                position = limit;
                return;
            }
        }
    }

    /** Reads on, behind the limit. Returns false at the end of the input, and when a record has become too long. */
    private boolean fill() throws IOException {
        if (limit - recordStart >= Limits.LINE) {
            full = true;
            return false;
        }
        if (bytes.length - limit < READ / 16 + PADDING) {
            long wanted = Math.min(2L * bytes.length, (long) recordStart + Limits.LINE + READ + PADDING);
            bytes = Arrays.copyOf(bytes, (int) Math.max(wanted, limit + READ + PADDING));
        }
        int count = 0;
        while (!ended && count == 0) {
            count = in.read(bytes, limit, Math.min(READ, bytes.length - PADDING - limit));
            ended = count < 0;
        }
        limit += Math.max(0, count);
        Arrays.fill(bytes, limit, limit + PADDING, (byte) 0);
        return count > 0;
    }
}
