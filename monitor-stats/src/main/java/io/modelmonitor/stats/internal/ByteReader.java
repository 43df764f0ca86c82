package io.modelmonitor.stats.internal;

import java.io.InputStream;
import java.util.Objects;

/** Bytes as a stream, for one thread: {@link java.io.ByteArrayInputStream} without its lock, which costs more than a byte does. */
public final class ByteReader extends InputStream {

    private final byte[] bytes;
    private int next;

    /** @param bytes what is read; not copied */
    public ByteReader(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public int read() {
        return next < bytes.length ? bytes[next++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int from, int length) {
        Objects.checkFromIndexSize(from, length, target.length);
        int some = Math.min(length, available());
        if (some == 0) {
            return length == 0 ? 0 : -1;
        }
        System.arraycopy(bytes, next, target, from, some);
        next += some;
        return some;
    }

    @Override
    public int available() {
        return bytes.length - next;
    }
}
