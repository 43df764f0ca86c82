package io.modelmonitor.internal.bytes;

import java.util.function.LongSupplier;

/**
 * The number of lines without a row that an input may have, in proportion to its bytes before they are unpacked: a hundred kilobytes
 * can unpack to a hundred million lines, and each line that has to be parsed before it is known to be no row costs as much as a
 * hundred empty ones. Rows are not limited, so that a table of constants, which shrinks to a thousandth, is read to its end; nor
 * is what is not compressed, in which each line has more bytes than it needs here. Not safe for use by several threads.
 */
public final class LineAllowance {

    /** The problem that is told when there are more. */
    public static final String SPENT = "too many lines without a row for a file of its size; the rest is left out";

    private static final long ALWAYS = 1 << 22;
    private static final long PER_BYTE = 64;
    private static final long BROKEN = 2 * PER_BYTE;

    private final LongSupplier packedBytes;
    private long spent;

    /**
     * Creates an allowance of {@value #ALWAYS} empty lines, and {@value #PER_BYTE} for each byte.
     *
     * @param packedBytes how many bytes were read so far, before they were unpacked
     */
    public LineAllowance(LongSupplier packedBytes) {
        this.packedBytes = packedBytes;
    }

    /** Notes an empty line, or one that is passed over at no cost; returns false if there were more than may be. */
    public boolean empty() {
        return spend(1);
    }

    /** Notes a line that was parsed and holds no row, as {@value #BROKEN} empty ones; returns false if there were more than may be. */
    public boolean broken() {
        return spend(BROKEN);
    }

    private boolean spend(long lines) {
        spent += lines;
        return spent <= ALWAYS || spent - ALWAYS <= PER_BYTE * packedBytes.getAsLong();
    }
}
