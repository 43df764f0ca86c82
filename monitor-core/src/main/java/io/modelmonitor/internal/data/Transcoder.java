package io.modelmonitor.internal.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Turns text of any encoding into UTF-8. Each sequence of bytes that means nothing in the source's encoding becomes the
 * single byte 0xFF, which means nothing in UTF-8 either, so that whoever checks the UTF-8 finds and counts both alike; for
 * whoever does not check it, it becomes U+FFFD and is counted here.
 */
final class Transcoder extends InputStream {

    private static final int CHARS = 8192;
    private static final int MOST_BYTES_OF_CHARS = 3 * CHARS;
    private static final int READY = 3 * MOST_BYTES_OF_CHARS;
    private static final byte[] MEANINGLESS = {(byte) 0xFF};
    private static final byte[] REPLACEMENT = "\uFFFD".getBytes(StandardCharsets.UTF_8);

    private final InputStream in;
    private final CharsetDecoder decoder;
    private final byte[] meaningless;
    private final CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
    private final CharBuffer chars = CharBuffer.allocate(CHARS);
    private final ByteBuffer raw = ByteBuffer.allocate(CHARS).limit(0);
    private final ByteBuffer ready = ByteBuffer.allocate(READY).limit(0);
    private boolean readOn = true;
    private boolean ended;
    private boolean flushed;
    private long malformed;

    Transcoder(InputStream in, Charset charset) {
        this(in, charset, MEANINGLESS);
    }

    private Transcoder(InputStream in, Charset charset, byte[] meaningless) {
        this.in = in;
        this.meaningless = meaningless;
        this.decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    /** Starts to read UTF-8, also what {@link #Transcoder} made of another encoding, as UTF-8 in which all means something. */
    static Transcoder repairing(InputStream utf8) {
        return new Transcoder(utf8, StandardCharsets.UTF_8, REPLACEMENT);
    }

    /** Returns how many sequences of bytes so far, some of which may not have been read yet, mean nothing. */
    long malformed() {
        return malformed;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!ready.hasRemaining()) {
            if (flushed) {
                return -1;
            }
            convert();
        }
        int count = Math.min(length, ready.remaining());
        ready.get(target, from, count);
        return count;
    }

    private void convert() throws IOException {
        if (readOn && !ended) {
            raw.compact();
            int count = in.read(raw.array(), raw.position(), raw.remaining());
            ended = count < 0;
            raw.position(raw.position() + Math.max(0, count)).flip();
        }
        ready.clear();
        CoderResult result;
        do {
            result = decoder.decode(raw, chars, ended);
            encode();
            if (result.isError()) {
                raw.position(raw.position() + result.length());
                ready.put(meaningless);
                malformed++;
            }
        } while (result.isError() && ready.remaining() > MOST_BYTES_OF_CHARS);
        readOn = result.isUnderflow();
        if (readOn && ended) {
            decoder.flush(chars);
            encode();
            flushed = true;
        }
        ready.flip();
    }

    private void encode() {
        chars.flip();
        encoder.reset().encode(chars, ready, true);
        chars.clear();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
