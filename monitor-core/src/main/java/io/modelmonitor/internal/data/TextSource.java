package io.modelmonitor.internal.data;

import io.modelmonitor.internal.bytes.LineAllowance;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file as UTF-8 without a byte order mark, whatever it is: compressed with gzip or not, in any encoding. A compressed file
 * that ends early ends like any other, and is remembered as {@link #truncated()}.
 */
final class TextSource implements AutoCloseable {

    private static final int BUFFER = 1 << 16;
    private static final int LOOKED_AT = 1 << 12;

    private final String name;
    private final UntilBreak compressed;
    private final boolean isCompressed;
    private final InputStream text;
    private final LineAllowance withoutRow;

    private TextSource(String name, Counted packed, UntilBreak compressed, boolean isCompressed, InputStream text) {
        this.name = name;
        this.compressed = compressed;
        this.isCompressed = isCompressed;
        this.text = text;
        this.withoutRow = new LineAllowance(() -> packed.count);
    }

    /** Opens a file as {@link #open(Origin, Charset)} does. */
    static TextSource open(Path file, @Nullable Charset charset) {
        return open(Origin.of(file), charset);
    }

    /**
     * Opens what may be a file.
     *
     * @param charset its encoding; null for UTF-8. A byte order mark in the file says more than this.
     * @throws UncheckedIOException if it cannot be read, or is no text; the message is one line and names the file
     */
    static TextSource open(Origin origin, @Nullable Charset charset) {
        Counted in = new Counted(origin.open());
        try {
            try {
                InputStream content = uncompressed(in);
                UntilBreak untilBreak = new UntilBreak(content);
                return new TextSource(
                        origin.name(),
                        in,
                        untilBreak,
                        content instanceof GZIPInputStream,
                        text(new BufferedInputStream(untilBreak, BUFFER), charset));
            } catch (IOException | RuntimeException e) {
                in.close();
                throw e;
            }
        } catch (IOException e) {
            throw Origin.unreadable(origin.name(), e);
        }
    }

    /** Returns the UTF-8. */
    InputStream text() {
        return text;
    }

    /** Returns whether the file is compressed and ended early. */
    boolean truncated() {
        return compressed.broken;
    }

    /** Returns after how many bytes a line without an end is an error: only what is compressed can be longer than its file. */
    long longestPassed() {
        return isCompressed ? Limits.ENDLESS_LINE : Long.MAX_VALUE;
    }

    /** Returns how many lines without a row may still be read. */
    LineAllowance withoutRow() {
        return withoutRow;
    }

    /** Returns an error of one line that names the file. */
    UncheckedIOException unreadable(IOException cause) {
        return Origin.unreadable(name, cause);
    }

    @Override
    public void close() {
        try {
            text.close();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Reads UTF-8 from a stream that has a name. */
    static TextSource of(InputStream utf8, String name) {
        Counted in = new Counted(utf8);
        return new TextSource(name, in, new UntilBreak(in), false, in);
    }

    private static InputStream uncompressed(InputStream file) throws IOException {
        BufferedInputStream in = new BufferedInputStream(file, BUFFER);
        byte[] first = peek(in, 2);
        boolean gzip = first.length == 2 && first[0] == 0x1F && first[1] == (byte) 0x8B;
        return gzip ? new GZIPInputStream(in, BUFFER) : in;
    }

    private static InputStream text(InputStream in, @Nullable Charset given) throws IOException {
        byte[] first = peek(in, LOOKED_AT);
        String foreign = ForeignFormat.of(first);
        if (foreign != null) {
            throw new IOException(foreign);
        }
        Charset charset = given == null ? StandardCharsets.UTF_8 : given;
        int mark = 0;
        if (startsWith(first, 0xEF, 0xBB, 0xBF)) {
            charset = StandardCharsets.UTF_8;
            mark = 3;
        } else if (startsWith(first, 0xFF, 0xFE, 0, 0)) {
            charset = Charset.forName("UTF-32LE");
            mark = 4;
        } else if (startsWith(first, 0, 0, 0xFE, 0xFF)) {
            charset = Charset.forName("UTF-32BE");
            mark = 4;
        } else if (startsWith(first, 0xFF, 0xFE)) {
            charset = StandardCharsets.UTF_16LE;
            mark = 2;
        } else if (startsWith(first, 0xFE, 0xFF)) {
            charset = StandardCharsets.UTF_16BE;
            mark = 2;
        }
        in.skipNBytes(mark);
        if (charset.newEncoder().maxBytesPerChar() < 2 || charset.equals(StandardCharsets.UTF_8)) {
            refuseBinary(first);
        }
        return charset.equals(StandardCharsets.UTF_8) ? in : new Transcoder(in, charset);
    }

    private static void refuseBinary(byte[] first) throws IOException {
        for (int i = 0; i < first.length; i++) {
            if (first[i] == 0) {
                throw new IOException("it is no text: byte " + (i + 1)
                        + " is zero (text in UTF-16 needs a byte order mark, or its encoding said)");
            }
        }
    }

    private static boolean startsWith(byte[] bytes, int... beginning) {
        if (bytes.length < beginning.length) {
            return false;
        }
        for (int i = 0; i < beginning.length; i++) {
            if (bytes[i] != (byte) beginning[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] peek(InputStream in, int count) throws IOException {
        in.mark(count);
        byte[] first = in.readNBytes(count);
        in.reset();
        return first;
    }

    /** Counts bytes. */
    private static final class Counted extends FilterInputStream {

        private long count;

        private Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            count += one < 0 ? 0 : 1;
            return one;
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            int read = super.read(target, from, length);
            count += Math.max(0, read);
            return read;
        }
    }

    /** Takes the early end of a compressed stream for its end. */
    private static final class UntilBreak extends FilterInputStream {

        private boolean broken;

        private UntilBreak(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            try {
                return broken ? -1 : super.read(target, from, length);
            } catch (EOFException e) {
                broken = true;
                return -1;
            }
        }
    }
}
