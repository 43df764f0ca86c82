package io.modelmonitor.internal.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The UTF-8 of what a reader reads. */
final class ReaderBytes extends InputStream {

    private static final int CHARS = 8192;

    private final Reader reader;
    private final char[] chars = new char[CHARS + 1];
    /** The first half of a character that the last reading ended with; 0 if it did not. */
    private char half;

    private byte[] ready = {};
    private int position;

    ReaderBytes(Reader reader) {
        this.reader = reader;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        Objects.checkFromIndexSize(from, length, target.length);
        if (length == 0) {
            return 0;
        }
        while (position == ready.length) {
            if (!fill()) {
                return -1;
            }
        }
        int count = Math.min(length, ready.length - position);
        System.arraycopy(ready, position, target, from, count);
        position += count;
        return count;
    }

    private boolean fill() throws IOException {
        int kept = 0;
        if (half != 0) {
            chars[kept++] = half;
            half = 0;
        }
        int count = reader.read(chars, kept, CHARS);
        if (count < 0 && kept == 0) {
            return false;
        }
        int end = kept + Math.max(0, count);
        if (count > 0 && Character.isHighSurrogate(chars[end - 1])) {
            half = chars[--end];
        }
        ready = new String(chars, 0, end).getBytes(StandardCharsets.UTF_8);
        position = 0;
        return true;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
