package io.modelmonitor;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that has no more than so many bytes. */
final class BoundedInput extends FilterInputStream {

    private final String otherwise;
    private long left;

    /** @param otherwise the message of the {@link IllegalArgumentException} that reading further throws */
    BoundedInput(InputStream in, long most, String otherwise) {
        super(in);
        this.left = most;
        this.otherwise = otherwise;
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        count(next < 0 ? 0 : 1);
        return next;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        int count = super.read(bytes, from, length);
        count(Math.max(0, count));
        return count;
    }

    private void count(int read) {
        left -= read;
        if (left < 0) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
