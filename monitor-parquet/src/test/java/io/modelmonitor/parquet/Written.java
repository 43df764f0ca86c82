package io.modelmonitor.parquet;

import io.airlift.compress.lz4.Lz4Compressor;
import io.modelmonitor.internal.file.WholeFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.GroupWriter;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Writes files by the library's own writer. */
final class Written {

    private Written() {}

    /** A row to be filled. */
    interface Filling {
        void fill(Group row, int number);
    }

    /** Writes rows of a schema in the notation of the format. */
    static Path file(Path file, String schema, int rows, Filling filling) {
        return file(file, schema, rows, filling, settings -> settings);
    }

    static Path file(Path file, String schema, int rows, Filling filling, UnaryOperator<Settings> settings) {
        MessageType type = MessageTypeParser.parseMessageType(schema);
        try (ParquetWriter<Group> writer =
                settings.apply(new Settings(new LocalOutputFile(file), type)).build()) {
            for (int i = 0; i < rows; i++) {
                Group row = new SimpleGroup(type);
                filling.fill(row, i);
                writer.write(row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    /** Writes lines of text. */
    static Path csv(Path file, Consumer<StringBuilder> lines) {
        StringBuilder text = new StringBuilder();
        lines.accept(text);
        WholeFile.write(file, text.toString());
        return file;
    }

    /** The library's settings. */
    static final class Settings extends ParquetWriter.Builder<Group, Settings> {

        private final MessageType type;

        private Settings(OutputFile file, MessageType type) {
            super(file);
            this.type = type;
            withConf(new PlainParquetConfiguration());
        }

        Settings packedBy(CompressionCodecName codec) {
            if (codec == CompressionCodecName.GZIP || codec == CompressionCodecName.LZ4_RAW) {
                withCodecFactory(new WithoutHadoop());
            }
            return withCompressionCodec(codec);
        }

        @Override
        protected Settings self() {
            return this;
        }

        @Override
        @SuppressWarnings("deprecation") // abstract
        protected WriteSupport<Group> getWriteSupport(Configuration configuration) {
            return new Groups(type);
        }

        @Override
        protected WriteSupport<Group> getWriteSupport(ParquetConfiguration configuration) {
            return new Groups(type);
        }
    }

    private static final class Groups extends WriteSupport<Group> {

        private final MessageType type;
        private GroupWriter writer;

        private Groups(MessageType type) {
            this.type = type;
        }

        @Override
        @SuppressWarnings("deprecation") // abstract
        public WriteContext init(Configuration configuration) {
            return new WriteContext(type, Map.of());
        }

        @Override
        public WriteContext init(ParquetConfiguration configuration) {
            return new WriteContext(type, Map.of());
        }

        @Override
        public void prepareForWrite(RecordConsumer consumer) {
            writer = new GroupWriter(consumer, type);
        }

        @Override
        public void write(Group row) {
            writer.write(row);
        }
    }

    /** Packs by what the library has only with Hadoop. */
    private static final class WithoutHadoop implements CompressionCodecFactory {

        @Override
        public BytesInputCompressor getCompressor(CompressionCodecName codec) {
            return new BytesInputCompressor() {
                @Override
                public BytesInput compress(BytesInput bytes) throws IOException {
                    byte[] plain = bytes.toInputStream().readAllBytes();
                    return BytesInput.from(codec == CompressionCodecName.GZIP ? gzip(plain) : lz4(plain));
                }

                @Override
                public CompressionCodecName getCodecName() {
                    return codec;
                }

                @Override
                public void release() {}
            };
        }

        private static byte[] gzip(byte[] plain) throws IOException {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
                gzip.write(plain);
            }
            return packed.toByteArray();
        }

        private static byte[] lz4(byte[] plain) {
            Lz4Compressor compressor = new Lz4Compressor();
            byte[] packed = new byte[compressor.maxCompressedLength(plain.length)];
            return Arrays.copyOf(packed, compressor.compress(plain, 0, plain.length, packed, 0, packed.length));
        }

        @Override
        public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void release() {}
    }
}
