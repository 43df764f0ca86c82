package io.modelmonitor.capture;

import io.modelmonitor.internal.bytes.HmacSha256;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.StringJoiner;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret that capture files are encrypted with.
 *
 * <p>A file begins with the letters {@code MMCF}, a version byte 2, the number of names that say where it lies as a byte, and 16
 * random bytes. From these and the secret its own key is derived (HMAC-SHA256), so that no two files share one. Frames follow: 4
 * bytes, big endian, of which the first bit marks the last frame and the others are the length of the rest; and up to 64 KiB of
 * content under AES-256 in Galois/counter mode (NIST SP 800-38D) with a tag of 128 bits. The nonce is that bit and the number of
 * the frame, as in STREAM (V. T. Hoang, R. Reyhanitabar, P. Rogaway, D. Vizár, "Online authenticated-encryption and its
 * nonce-reuse misuse-resistance", 2015); the associated data is the end of the file's path, that many names joined by slashes.
 *
 * <p>So frames can be neither changed, moved nor left out, and a file reads at the end of a path that it was written at only:
 * a copy under another name, or in another hour's folder, does not, while a whole root of captures may lie anywhere. A file
 * without a last frame is still being written, was left behind by a process that was killed, or was cut off: its content up to
 * there is authentic, its end is not. Safe for use by several threads.
 */
public final class CaptureKey {

    private static final byte[] MAGIC = {'M', 'M', 'C', 'F'};
    private static final int VERSION = 2;
    private static final int SALT = 16;
    private static final int MOST_NAMES = 255;

    private static final byte[] PURPOSE = "model monitor capture file 2".getBytes(StandardCharsets.US_ASCII);

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

    /**
     * Returns a stream that encrypts into another. A flush ends a frame, and costs 20 bytes; closing it writes the last one.
     *
     * @param file where it will be read
     * @param names how many names at the end of this path must be the same then, from 1 to 255; all others may change
     * @throws IllegalArgumentException if the path has fewer names
     */
    public OutputStream encrypting(OutputStream out, Path file, int names) throws IOException {
        if (names < 1 || names > MOST_NAMES || names > file.getNameCount()) {
            throw new IllegalArgumentException("names is " + names + "; it must be from 1 to " + MOST_NAMES + ", and "
                    + file + " has " + file.getNameCount());
        }
        byte[] salt = new byte[SALT];
        new SecureRandom().nextBytes(salt);
        byte[] header = ByteBuffer.allocate(MAGIC.length + 2 + SALT)
                .put(MAGIC)
                .put((byte) VERSION)
                .put((byte) names)
                .put(salt)
                .array();
        out.write(header);
        return new EncryptedOutput(out, new FrameCipher(fileKey(salt), place(file, names)));
    }

    /**
     * Returns a stream that decrypts another, from its first byte. At an end that is not authenticated, reading throws
     * {@link java.io.EOFException}, after everything before it.
     *
     * @param file where it lies, as an absolute path
     * @throws IOException if it is not encrypted so; reading throws it too, if the key is not the right one, the content was
     *     changed, or the file was written elsewhere
     */
    public InputStream decrypting(InputStream in, Path file) throws IOException {
        return open(in, file);
    }

    EncryptedInput open(InputStream in, Path file) throws IOException {
        DataInputStream data = new DataInputStream(in);
        byte[] magic = new byte[MAGIC.length];
        data.readFully(magic);
        if (!Arrays.equals(magic, MAGIC)) {
            throw new IOException("it is not an encrypted capture file");
        }
        int version = data.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException("it is encrypted as of version " + version + "; version " + VERSION + " is known");
        }
        int names = data.readUnsignedByte();
        byte[] salt = new byte[SALT];
        data.readFully(salt);
        if (names < 1 || names > file.getNameCount()) {
            throw new IOException(
                    "it was written under another name or folder, in a path of " + names + " names or more");
        }
        return new EncryptedInput(data, new FrameCipher(fileKey(salt), place(file, names)));
    }

    private static byte[] place(Path file, int names) {
        StringJoiner place = new StringJoiner("/");
        int all = file.getNameCount();
        file.subpath(all - names, all).forEach(name -> place.add(name.toString()));
        return place.toString().getBytes(StandardCharsets.UTF_8);
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
        return new SecretKeySpec(new HmacSha256(secret).of(PURPOSE, salt), "AES");
    }

    @Override
    public String toString() {
        return "key of capture files, which is not shown";
    }
}
