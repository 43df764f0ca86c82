package io.modelmonitor.capture;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;

/** Encrypts what is written, frame by frame. After a frame that could not be written, no other is. */
final class EncryptedOutput extends OutputStream {

    private final DataOutputStream out;
    private final FrameCipher cipher;
    private final byte[] frame = new byte[FrameCipher.LARGEST];
    private int filled;
    private long frames;
    private boolean broken;
    private boolean closed;

    EncryptedOutput(OutputStream out, FrameCipher cipher) {
        this.out = new DataOutputStream(out);
        this.cipher = cipher;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        int done = 0;
        while (done < length) {
            int part = Math.min(length - done, frame.length - filled);
            System.arraycopy(bytes, from + done, frame, filled, part);
            filled += part;
            done += part;
            if (filled == frame.length) {
                endFrame(false);
            }
        }
    }

    private void endFrame(boolean last) throws IOException {
        if (broken) {
            throw new IOException("an earlier part could not be written");
        }
        broken = true;
        byte[] sealed;
        try {
            sealed = cipher.encrypt(frame, filled, frames++, last);
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot encrypt: " + e.getMessage(), e);
        }
        filled = 0;
        byte[] whole = new byte[4 + sealed.length];
        ByteBuffer.wrap(whole)
                .putInt(sealed.length | (last ? Integer.MIN_VALUE : 0))
                .put(sealed);
        out.write(whole);
        broken = false;
    }

    @Override
    public void flush() throws IOException {
        if (filled > 0) {
            endFrame(false);
        }
        out.flush();
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (out) {
            endFrame(true);
        }
    }
}
