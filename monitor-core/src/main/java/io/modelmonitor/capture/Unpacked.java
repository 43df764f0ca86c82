package io.modelmonitor.capture;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The content of a compressed file, up to a plausible size. Captures shrink to a tenth or a fiftieth; a file that
 * unpacks to {@value #MOST_RATIO} times its size, and to more than {@value #ALWAYS_ALLOWED} bytes, was made to do harm.
 */
final class Unpacked extends FilterInputStream {

    static final long ALWAYS_ALLOWED = 64 << 20;
    static final long MOST_RATIO = 400;

    private final long most;
    private long read;

    Unpacked(InputStream in, long packed) {
        super(in);
        this.most = Math.max(ALWAYS_ALLOWED, packed * MOST_RATIO);
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        int count = super.read(bytes, from, length);
        read += Math.max(0, count);
        if (read > most) {
            throw new IOException("it unpacks to more than " + most + " bytes, which no capture does");
        }
        return count;
    }
}
