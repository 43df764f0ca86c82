package io.modelmonitor.data;

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
 * single byte 0xFF, which means nothing in UTF-8 either, so that whoever checks the UTF-8 finds and counts both alike.
 */
final class Transcoder extends InputStream {

    private static final int CHARS = 8192;
    private static final byte MEANINGLESS = (byte) 0xFF;

    private final InputStream in;
    private final CharsetDecoder decoder;
    private final CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
    private final byte[] read = new byte[CHARS];
    private final CharBuffer chars = CharBuffer.allocate(CHARS);
    private ByteBuffer raw = ByteBuffer.allocate(0);
    private ByteBuffer ready = ByteBuffer.allocate(0);
    private boolean ended;
    private boolean flushed;

    Transcoder(InputStream in, Charset charset) {
        this.in = in;
        this.decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
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
        if (!ended) {
            byte[] rest = new byte[raw.remaining()];
            raw.get(rest);
            int count = in.read(read, 0, read.length);
            ended = count < 0;
            raw = ByteBuffer.allocate(rest.length + Math.max(0, count));
            raw.put(rest).put(read, 0, Math.max(0, count)).flip();
        }
        ready = ByteBuffer.allocate(4 * CHARS);
        CoderResult result = decoder.decode(raw, chars, ended);
        encode();
        if (result.isError()) {
            raw.position(raw.position() + result.length());
            ready.put(MEANINGLESS);
        } else if (result.isUnderflow() && ended) {
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
