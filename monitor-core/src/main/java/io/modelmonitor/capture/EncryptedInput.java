package io.modelmonitor.capture;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;

/** Decrypts frame by frame. Where it ends without its last frame, reading throws {@link EOFException}. */
final class EncryptedInput extends InputStream {

    private final DataInputStream in;
    private final FrameCipher cipher;
    private byte[] frame = new byte[0];
    private int read;
    private long frames;
    private boolean ended;

    EncryptedInput(DataInputStream in, FrameCipher cipher) {
        this.in = in;
        this.cipher = cipher;
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
            if (ended) {
                if (in.read() >= 0) {
                    throw new IOException("it goes on after its end");
                }
                return false;
            }
            int header = in.readInt();
            boolean last = header < 0;
            int length = header & Integer.MAX_VALUE;
            if (length < FrameCipher.TAG || length > FrameCipher.LARGEST + FrameCipher.TAG) {
                throw new IOException(
                        "frame " + frames + " has " + length + " bytes; this is no encrypted capture file");
            }
            byte[] sealed = new byte[length];
            in.readFully(sealed);
            try {
                frame = cipher.decrypt(sealed, frames, last);
            } catch (GeneralSecurityException e) {
                frame = new byte[0];
                throw new IOException(
                        "it cannot be decrypted: another key, changed content, or written under another name or folder",
                        e);
            } finally {
                read = 0;
            }
            frames++;
            ended = last;
        }
        return true;
    }

    /** Reads over what is left; returns whether the end is authentic. */
    boolean readToEnd() throws IOException {
        try {
            while (fill()) {
                read = frame.length;
            }
            return true;
        } catch (EOFException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
