package io.modelmonitor.internal.capture;

/**
 * The number of bytes that a copy may still take. It is drawn on before each part is copied, so that what is too large is refused after
 * no more work than is allowed, however large it is or claims to be. Not safe for use by several threads.
 */
final class Allowance {

    private final long all;
    private long left;

    Allowance(long bytes) {
        this.all = bytes;
        this.left = bytes;
    }

    /**
     * Takes some bytes.
     *
     * @throws IllegalArgumentException if there are not so many left
     */
    void take(long bytes) {
        if (bytes > left) {
            throw new IllegalArgumentException("a payload is larger than the " + all + " bytes that are allowed");
        }
        left -= bytes;
    }

    /** Takes so many parts of a size, of which there may be more than a {@code long} can count in bytes. */
    void take(long parts, int bytesEach) {
        take(parts > left / bytesEach ? Long.MAX_VALUE : parts * bytesEach);
    }
}
