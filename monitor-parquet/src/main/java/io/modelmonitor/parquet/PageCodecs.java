package io.modelmonitor.parquet;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.airlift.compress.lz4.Lz4Decompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/**
 * Unpacks pages at a cost in proportion to what is there, whatever size they claim: snappy and LZ4 cannot unpack to more than a multiple
 * of what they are given, gzip and Zstandard are read as streams.
 */
final class PageCodecs implements CompressionCodecFactory {

    /** The most bytes that a byte of snappy stands for: a copy of 64 bytes takes three. */
    private static final long MOST_OF_SNAPPY = 22;

    /** The most bytes that a byte of an LZ4 block stands for. */
    private static final long MOST_OF_LZ4 = 255;

    /** Unpacks the bytes of a page. */
    private interface Unpacking {
        byte[] unpack(byte[] packed, int size) throws IOException;
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        return switch (codec) {
            case UNCOMPRESSED -> new Decompressor((packed, size) -> packed);
            case SNAPPY -> new Decompressor(PageCodecs::snappy);
            case GZIP ->
                new Decompressor((packed, size) -> prefix(new GZIPInputStream(new ByteArrayInputStream(packed)), size));
            case ZSTD ->
                new Decompressor((packed, size) ->
                        prefix(new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(packed)), size));
            case LZ4_RAW -> new Decompressor(PageCodecs::lz4);
            case LZ4, LZO, BROTLI ->
                throw new IllegalArgumentException(
                        "pages packed by " + codec
                                + " cannot be read; those by SNAPPY, GZIP, ZSTD and LZ4_RAW can, and pages that are not packed");
        };
    }

    private static byte[] snappy(byte[] packed, int size) throws IOException {
        requireAtMost(MOST_OF_SNAPPY * packed.length, Snappy.uncompressedLength(packed));
        return Snappy.uncompress(packed);
    }

    private static byte[] lz4(byte[] packed, int size) throws IOException {
        requireAtMost(MOST_OF_LZ4 * packed.length, size);
        byte[] unpacked = new byte[size];
        int length = new Lz4Decompressor().decompress(packed, 0, packed.length, unpacked, 0, size);
        requireAtMost(length, size);
        return unpacked;
    }

    private static void requireAtMost(long most, long size) throws IOException {
        if (size > most) {
            throw new IOException("a page claims to unpack to " + size + " bytes; it can have " + most + " at most");
        }
    }

    private static byte[] prefix(InputStream stream, int size) throws IOException {
        try (stream) {
            return stream.readNBytes(size);
        }
    }

    private record Decompressor(Unpacking unpacking) implements BytesInputDecompressor {

        @Override
        public BytesInput decompress(BytesInput bytes, int size) throws IOException {
            byte[] unpacked = unpacking.unpack(bytes.toInputStream().readAllBytes(), size);
            if (unpacked.length != size) {
                throw new IOException("a page unpacks to " + unpacked.length + " bytes; it claims " + size);
            }
            return BytesInput.from(unpacked);
        }

        @Override
        public void decompress(ByteBuffer input, int packedSize, ByteBuffer output, int size) throws IOException {
            byte[] packed = new byte[packedSize];
            input.get(packed);
            output.put(unpacking.unpack(packed, size));
        }

        @Override
        public void release() {
            // Nothing is held.
        }
    }

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        throw new UnsupportedOperationException("pages are only read");
    }

    @Override
    public void release() {
        // Nothing is held.
    }
}
