package io.modelmonitor.capture;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/** Encrypts what is written, frame by frame. */
final class EncryptedOutput extends OutputStream {

    private final DataOutputStream out;
    private final SecretKeySpec key;
    private final byte[] frame = new byte[CaptureKey.LARGEST_FRAME];
    private int filled;
    private long frames;

    EncryptedOutput(OutputStream out, SecretKeySpec key) {
        this.out = new DataOutputStream(out);
        this.key = key;
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
                endFrame();
            }
        }
    }

    private void endFrame() throws IOException {
        byte[] sealed;
        try {
            sealed = CaptureKey.cipher(Cipher.ENCRYPT_MODE, key, frames++).doFinal(frame, 0, filled);
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot encrypt: " + e.getMessage(), e);
        }
        filled = 0;
        byte[] whole = new byte[4 + sealed.length];
        java.nio.ByteBuffer.wrap(whole).putInt(sealed.length).put(sealed);
        out.write(whole);
    }

    @Override
    public void flush() throws IOException {
        if (filled > 0) {
            endFrame();
        }
        out.flush();
    }

    @Override
    public void close() throws IOException {
        flush();
        out.close();
    }
}
