package io.modelmonitor.stats.internal;

import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;

/** Bytes that grow, for one thread: {@link java.io.ByteArrayOutputStream} without its lock, which costs more than a byte does. */
public final class ByteBuilder extends OutputStream {

    private byte[] bytes = new byte[256];
    private int size;

    @Override
    public void write(int value) {
        ensureRoom(1);
        bytes[size++] = (byte) value;
    }

    @Override
    public void write(byte[] source, int from, int length) {
        Objects.checkFromIndexSize(from, length, source.length);
        ensureRoom(length);
        System.arraycopy(source, from, bytes, size, length);
        size += length;
    }

    private void ensureRoom(int more) {
        int needed = Math.addExact(size, more);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.max(needed, Math.min(Integer.MAX_VALUE - 8L, 2L * bytes.length)));
        }
    }

    /** Returns how many bytes have been written. */
    int size() {
        return size;
    }

    /** Returns a copy of the bytes that have been written. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }
}
