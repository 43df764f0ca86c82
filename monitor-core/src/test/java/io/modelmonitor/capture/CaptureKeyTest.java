package io.modelmonitor.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that are encrypted and decrypted again, without files. */
class CaptureKeyTest {

    private static final CaptureKey KEY = CaptureKey.of("sixteen bytes ok".getBytes(StandardCharsets.US_ASCII));
    private static final Path FILE = Path.of("/a/b/c");

    private static byte[] encrypted(byte[] content, int names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = KEY.encrypting(bytes, FILE, names)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] random(int length) {
        byte[] content = new byte[length];
        new SplittableRandom(length).nextBytes(content);
        return content;
    }

    /** Frames have at most 65,536 bytes of content, and 20 more; the header has 22. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 131_072, 200_000})
    void contentOfAnyLengthIsReadAsItWasWritten(int length) throws IOException {
        byte[] content = random(length);
        byte[] sealed = encrypted(content, 2);
        assertThat(sealed).hasSize(22 + length + 20 * (length / 65_536 + 1));
        try (InputStream in = KEY.decrypting(new ByteArrayInputStream(sealed), FILE)) {
            assertThat(in.readAllBytes()).isEqualTo(content);
            assertThat(in.read()).isEqualTo(-1);
        }
        byte[] one = new byte[length];
        try (InputStream in = KEY.decrypting(new ByteArrayInputStream(sealed), FILE)) {
            for (int i = 0; i < length; i++) {
                one[i] = (byte) in.read();
            }
            assertThat(in.read(new byte[3], 0, 0)).isZero();
            assertThat(in.read(new byte[3], 0, 3)).isEqualTo(-1);
        }
        assertThat(one).isEqualTo(content);
    }

    @Test
    void whatIsLeftOfAFrameIsAvailable() throws IOException {
        try (InputStream in = KEY.decrypting(new ByteArrayInputStream(encrypted(random(70_000), 1)), FILE)) {
            assertThat(in.available()).isZero();
            assertThat(in.read()).isNotEqualTo(-1);
            assertThat(in.available()).isEqualTo(65_535);
            in.skipNBytes(65_535);
            assertThat(in.available()).isZero();
            assertThat(in.read(new byte[10_000])).isEqualTo(70_000 - 65_536);
        }
    }

    @Test
    void aFlushEndsAFrameIfThereIsAnythingInItAndFlushesTheStreamBelow() throws IOException {
        int[] flushes = new int[1];
        ByteArrayOutputStream bytes = new ByteArrayOutputStream() {
            @Override
            public void flush() {
                flushes[0]++;
            }
        };
        OutputStream out = KEY.encrypting(bytes, FILE, 1);
        out.flush();
        assertThat(bytes.size()).as("the header").isEqualTo(22);
        out.write(7);
        out.flush();
        out.flush();
        assertThat(bytes.size()).isEqualTo(22 + 1 + 20);
        assertThat(flushes[0]).isEqualTo(3);
        InputStream in = KEY.decrypting(new ByteArrayInputStream(bytes.toByteArray()), FILE);
        assertThat(in.read()).isEqualTo(7);
        assertThatThrownBy(in::read).as("it may go on").isInstanceOf(EOFException.class);
    }

    @Test
    void closingAStreamClosesTheOneBelow() throws IOException {
        int[] closed = new int[2];
        OutputStream out = KEY.encrypting(
                new FilterOutputStream(new ByteArrayOutputStream()) {
                    @Override
                    public void close() {
                        closed[0]++;
                    }
                },
                FILE,
                1);
        out.close();
        out.close();
        KEY.decrypting(
                        new FilterInputStream(new ByteArrayInputStream(encrypted(random(5), 1))) {
                            @Override
                            public void close() {
                                closed[1]++;
                            }
                        },
                        FILE)
                .close();
        assertThat(closed).containsExactly(1, 1);
    }

    @Test
    void onlyTheNamesAtTheEndOfThePathHaveToBeTheSame() throws IOException {
        byte[] sealed = encrypted(random(5), 2);
        assertThat(KEY.decrypting(new ByteArrayInputStream(sealed), Path.of("/x/y/b/c"))
                        .readAllBytes())
                .isEqualTo(random(5));
        for (Path other : new Path[] {Path.of("/a/x/c"), Path.of("/a/b/x")}) {
            InputStream in = KEY.decrypting(new ByteArrayInputStream(sealed), other);
            assertThatThrownBy(in::readAllBytes).hasMessageStartingWith("it cannot be decrypted");
        }
        assertThatThrownBy(() -> KEY.decrypting(new ByteArrayInputStream(sealed), Path.of("/c")))
                .hasMessage("it was written under another name or folder, in a path of 2 names or more");
        for (int names : new int[] {0, 4, 256}) {
            assertThatThrownBy(() -> KEY.encrypting(new ByteArrayOutputStream(), FILE, names))
                    .hasMessageStartingWith("names is " + names + "; it must be from 1 to 255, and " + FILE + " has 3");
        }
        assertThat(encrypted(random(5), 3)).isNotEmpty();
        Path deep = Path.of("/a".repeat(300));
        KEY.encrypting(new ByteArrayOutputStream(), deep, 255).close();
        assertThatThrownBy(() -> KEY.encrypting(new ByteArrayOutputStream(), deep, 256))
                .hasMessageStartingWith("names is 256");
    }

    @Test
    void aFileBeginsWithItsLettersVersionAndNumberOfNames() throws IOException {
        byte[] sealed = encrypted(random(5), 2);
        assertThat(Arrays.copyOf(sealed, 6)).containsExactly('M', 'M', 'C', 'F', 2, 2);
        sealed[4] = 3;
        assertThatThrownBy(() -> KEY.decrypting(new ByteArrayInputStream(sealed), FILE))
                .hasMessage("it is encrypted as of version 3; version 2 is known");
        BufferedInputStream in = new BufferedInputStream(new ByteArrayInputStream(sealed));
        assertThat(CaptureKey.isEncrypted(in)).isTrue();
        assertThat(in.readAllBytes()).as("it stays where it is").isEqualTo(sealed);
        assertThat(CaptureKey.isEncrypted(new ByteArrayInputStream(new byte[] {'M', 'M', 'C'})))
                .isFalse();
        sealed[0] = 'm';
        assertThatThrownBy(() -> KEY.decrypting(new ByteArrayInputStream(sealed), FILE))
                .hasMessage("it is not an encrypted capture file");
    }

    @Test
    void aSecretHasSixteenBytesIsCopiedAndNotShown() throws IOException {
        byte[] secret = "sixteen bytes ok".getBytes(StandardCharsets.US_ASCII);
        CaptureKey key = CaptureKey.of(secret);
        secret[0] = 'x';
        assertThat(key.decrypting(new ByteArrayInputStream(encrypted(random(5), 1)), FILE)
                        .readAllBytes())
                .isEqualTo(random(5));
        assertThat(key).hasToString("key of capture files, which is not shown");
        assertThatThrownBy(() -> CaptureKey.of(new byte[15]))
                .hasMessage("secret has 15 bytes; it must have at least 16");
    }

    @Test
    void whoeverHasTheSecretDecryptsByTheDescriptionOfTheFormatAlone() throws Exception {
        byte[] content = random(70_000);
        ByteBuffer sealed = ByteBuffer.wrap(encrypted(content, 2)).position(6);
        byte[] salt = new byte[16];
        sealed.get(salt);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("sixteen bytes ok".getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
        mac.update("model monitor capture file 2".getBytes(StandardCharsets.US_ASCII));
        SecretKeySpec fileKey = new SecretKeySpec(mac.doFinal(salt), "AES");
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        for (long frame = 0; sealed.hasRemaining(); frame++) {
            int header = sealed.getInt();
            boolean isLast = header < 0;
            byte[] rest = new byte[header & 0x7FFF_FFFF];
            sealed.get(rest);
            assertThat(sealed.hasRemaining()).isNotEqualTo(isLast);
            byte[] nonce = ByteBuffer.allocate(12)
                    .putInt(isLast ? 1 : 0)
                    .putLong(frame)
                    .array();
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, fileKey, new GCMParameterSpec(128, nonce));
            cipher.updateAAD("b/c".getBytes(StandardCharsets.US_ASCII));
            read.write(cipher.doFinal(rest));
        }
        assertThat(read.toByteArray()).isEqualTo(content);
    }

    /** The salt is random, so that no two files share a key. */
    @Test
    void theSameContentIsNeverEncryptedToTheSameBytes() throws IOException {
        assertThat(encrypted(random(50), 1)).isNotEqualTo(encrypted(random(50), 1));
    }
}
