package io.modelmonitor.internal.bytes;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A keyed hash, HMAC-SHA256 (RFC 2104). Immutable; safe for use by several threads. */
public final class HmacSha256 {

    private static final String NAME = "HmacSHA256";

    private final SecretKeySpec secret;

    /**
     * Creates a hash, so that a JDK without it fails now.
     *
     * @param secret at least one byte
     */
    public HmacSha256(byte[] secret) {
        this.secret = new SecretKeySpec(secret, NAME);
        of(new byte[0]);
    }

    /** Returns the 32 bytes of the hash of some parts, one behind the other. */
    public byte[] of(byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(NAME);
            mac.init(secret);
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + NAME + ", but: " + e.getMessage(), e);
        }
    }
}
