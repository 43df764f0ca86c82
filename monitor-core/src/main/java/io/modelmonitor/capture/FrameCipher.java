package io.modelmonitor.capture;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The encryption of the frames of one file, as {@link CaptureKey} describes it. Immutable. */
final class FrameCipher {

    /** The most bytes of content in a frame. */
    static final int LARGEST = 1 << 16;

    /** The bytes that encryption adds to a frame. */
    static final int TAG = 16;

    private final SecretKeySpec key;
    private final byte[] place;

    /**
     * Creates a cipher.
     *
     * @param key of this file alone
     * @param place where the file lies; not copied
     */
    FrameCipher(SecretKeySpec key, byte[] place) {
        this.key = key;
        this.place = place;
    }

    byte[] encrypt(byte[] content, int length, long frame, boolean last) throws GeneralSecurityException {
        return cipher(Cipher.ENCRYPT_MODE, frame, last).doFinal(content, 0, length);
    }

    byte[] decrypt(byte[] sealed, long frame, boolean last) throws GeneralSecurityException {
        return cipher(Cipher.DECRYPT_MODE, frame, last).doFinal(sealed);
    }

    private Cipher cipher(int mode, long frame, boolean last) throws GeneralSecurityException {
        byte[] nonce =
                ByteBuffer.allocate(12).putInt(last ? 1 : 0).putLong(frame).array();
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG * Byte.SIZE, nonce));
        cipher.updateAAD(place);
        return cipher;
    }
}
