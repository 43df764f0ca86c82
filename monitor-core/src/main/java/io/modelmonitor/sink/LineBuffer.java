package io.modelmonitor.sink;

import java.io.ByteArrayOutputStream;

/** Bytes that can be looked at without a copy. */
final class LineBuffer extends ByteArrayOutputStream {

    LineBuffer(int size) {
        super(size);
    }

    /** Returns the bytes themselves, of which the first {@code size()} mean something. */
    byte[] bytes() {
        return buf;
    }
}
