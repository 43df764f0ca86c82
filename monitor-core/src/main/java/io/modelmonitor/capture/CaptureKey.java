package io.modelmonitor.capture;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret that capture files are encrypted with.
 *
 * <p>A file begins with the letters {@code MMCF}, a version byte 1 and 16 random bytes. From these and the secret its own
 * key is derived (HMAC-SHA256), so that no two files share one. Frames follow: the length of the rest as 4 bytes, big
 * endian, and up to 64 KiB of content under AES-256 in Galois/counter mode (NIST SP 800-38D) with a tag of 128 bits. The
 * number of a frame is its nonce, so frames can be neither changed nor moved; a file cut off between two frames reads as a
 * shorter file, as it must after a crash. Safe for use by several threads.
 */
public final class CaptureKey {

    private static final byte[] MAGIC = {'M', 'M', 'C', 'F', 1};
    private static final int SALT = 16;
    static final int TAG_BITS = 128;
    static final int LARGEST_FRAME = 1 << 16;

    private static final byte[] PURPOSE = "model monitor capture file".getBytes(StandardCharsets.US_ASCII);

    private final byte[] secret;

    private CaptureKey(byte[] secret) {
        this.secret = secret;
    }

    /**
     * Creates a key.
     *
     * @param secret at least 16 random bytes; copied
     * @throws IllegalArgumentException if it is shorter
     */
    public static CaptureKey of(byte[] secret) {
        if (secret.length < 16) {
            throw new IllegalArgumentException("secret has " + secret.length + " bytes; it must have at least 16");
        }
        return new CaptureKey(secret.clone());
    }

    /** Returns a stream that encrypts into another. A flush ends a frame, and costs 20 bytes. */
    public OutputStream encrypting(OutputStream out) throws IOException {
        byte[] salt = new byte[SALT];
        new SecureRandom().nextBytes(salt);
        out.write(MAGIC);
        out.write(salt);
        return new EncryptedOutput(out, fileKey(salt));
    }

    /**
     * Returns a stream that decrypts another, from its first byte.
     *
     * @throws IOException if it is not encrypted so; reading throws it too, if the key is not the right one or the content
     *     was changed
     */
    public InputStream decrypting(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        byte[] magic = new byte[MAGIC.length];
        data.readFully(magic);
        if (!Arrays.equals(magic, MAGIC)) {
            throw new IOException("it is not an encrypted capture file");
        }
        byte[] salt = new byte[SALT];
        data.readFully(salt);
        return new EncryptedInput(data, fileKey(salt));
    }

    /**
     * Returns whether a stream, which stays where it is, is at the beginning of an encrypted file.
     *
     * @param in a stream that supports {@link InputStream#mark}
     */
    public static boolean isEncrypted(InputStream in) throws IOException {
        in.mark(MAGIC.length);
        byte[] first = in.readNBytes(MAGIC.length);
        in.reset();
        return Arrays.equals(first, MAGIC);
    }

    private SecretKeySpec fileKey(byte[] salt) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            mac.update(PURPOSE);
            return new SecretKeySpec(mac.doFinal(salt), "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256, but: " + e.getMessage(), e);
        }
    }

    /** Returns a cipher for one frame. */
    static Cipher cipher(int mode, SecretKeySpec key, long frame) throws IOException {
        try {
            byte[] nonce = ByteBuffer.allocate(12).putInt(0).putLong(frame).array();
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new IOException("AES/GCM is not to be had: " + e.getMessage(), e);
        }
    }
}
