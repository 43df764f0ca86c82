package io.modelmonitor.capture;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/** Decrypts frame by frame. A frame that is cut off throws {@link EOFException}. */
final class EncryptedInput extends InputStream {

    private final DataInputStream in;
    private final SecretKeySpec key;
    private byte[] frame = new byte[0];
    private int read;
    private long frames;

    EncryptedInput(DataInputStream in, SecretKeySpec key) {
        this.in = in;
        this.key = key;
    }

    @Override
    public int read() throws IOException {
        return fill() ? frame[read++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int part = Math.min(length, frame.length - read);
        System.arraycopy(frame, read, bytes, from, part);
        read += part;
        return part;
    }

    @Override
    public int available() {
        return frame.length - read;
    }

    private boolean fill() throws IOException {
        while (read == frame.length) {
            int first = in.read();
            if (first < 0) {
                return false;
            }
            int length = first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedByte() << 8 | in.readUnsignedByte();
            if (length < CaptureKey.TAG_BITS / 8 || length > CaptureKey.LARGEST_FRAME + CaptureKey.TAG_BITS / 8) {
                throw new IOException(
                        "frame " + frames + " has " + length + " bytes; this is no encrypted capture file");
            }
            byte[] sealed = new byte[length];
            in.readFully(sealed);
            try {
                frame = CaptureKey.cipher(Cipher.DECRYPT_MODE, key, frames++).doFinal(sealed);
            } catch (GeneralSecurityException e) {
                throw new IOException("it cannot be decrypted: another key, or changed content", e);
            }
            read = 0;
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
