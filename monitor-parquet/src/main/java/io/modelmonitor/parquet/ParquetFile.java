package io.modelmonitor.parquet;

import io.modelmonitor.api.Dataset;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.internal.file.FileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** A file that is open: the columns wanted of it, a row group after the other. Whatever is wrong with it is one line that names it. */
final class ParquetFile implements AutoCloseable {

    private final Path path;
    private final long length;
    private final ParquetFileReader reader;
    private final MessageType schema;
    private int nextGroup;

    private ParquetFile(Path path, ParquetFileReader reader, List<String> columns) throws IOException {
        this.path = path;
        this.length = Files.size(path);
        this.reader = reader;
        this.schema = ColumnLookup.of(reader.getFileMetaData().getSchema(), columns, path);
        reader.setRequestedSchema(schema);
    }

    /** Reads from a file what may fail because of its content. */
    interface Reading<T> {
        T read() throws IOException;
    }

    /**
     * Opens a file.
     *
     * @param columns the columns wanted; all if none are named
     * @throws IllegalArgumentException if the file has not one of the columns
     * @throws UncheckedIOException if it cannot be read; the message is one line and names it
     */
    static Dataset.Cursor open(Path path, List<String> columns) {
        ParquetFileReader reader = reading(path, () -> {
            ParquetReadOptions options = ParquetReadOptions.builder(new PlainParquetConfiguration())
                    .withCodecFactory(new PageCodecs())
                    .withUseHadoopVectoredIo(false)
                    .usePageChecksumVerification()
                    .build();
            Files.newByteChannel(path).close(); // names what is not there, or not to be read
            return ParquetFileReader.open(new LocalInputFile(path), options);
        });
        boolean opened = false;
        try {
            ParquetFile file = reading(path, () -> new ParquetFile(path, reader, columns));
            boolean repeats = file.schema.getColumns().stream().anyMatch(column -> column.getMaxRepetitionLevel() > 0);
            // A dataset of maps closes their stream if it cannot be opened.
            Dataset.Cursor cursor =
                    repeats ? Datasets.rows(() -> Records.of(file)).open() : new FlatCursor(file);
            opened = true;
            return cursor;
        } finally {
            if (!opened) {
                close(reader);
            }
        }
    }

    private static void close(ParquetFileReader reader) {
        try {
            reader.close();
        } catch (IOException e) {
            // Nothing was written, so nothing is lost.
        }
    }

    /** Reads, and names the file if that fails. */
    <T> T reading(Reading<T> reading) {
        return reading(path, reading);
    }

    private static <T> T reading(Path path, Reading<T> reading) {
        try {
            return reading.read();
        } catch (ColumnNotThere e) {
            throw e;
        } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
            // The errors are those of a footer or a page that claims a length or a depth which no file has.
            throw failure(path, e);
        }
    }

    /** Returns a failure of one line that names a file. */
    static UncheckedIOException failure(Path path, Throwable cause) {
        IOException reason = cause instanceof IOException io ? io : new IOException(cause.toString(), cause);
        String line = FileTree.reason(reason).lines().findFirst().orElse("");
        return new UncheckedIOException("cannot read " + path + " as Parquet: " + line, reason);
    }

    /** A column was asked for that a file does not have. */
    static final class ColumnNotThere extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        ColumnNotThere(String message) {
            super(message);
        }
    }

    /** Returns the columns wanted. */
    MessageType schema() {
        return schema;
    }

    /** Returns who wrote the file, which tells the library what is wrong with its files. */
    String writer() {
        return String.valueOf(reader.getFileMetaData().getCreatedBy());
    }

    /** Returns the next row group that has rows; null at the end. */
    @Nullable
    PageReadStore nextGroup() {
        List<BlockMetaData> groups = reader.getRowGroups();
        while (nextGroup < groups.size() && groups.get(nextGroup).getRowCount() == 0) {
            nextGroup++;
        }
        if (nextGroup == groups.size()) {
            return null;
        }
        return reading(() -> {
            requireWithinFile(groups.get(nextGroup));
            return reader.readRowGroup(nextGroup++);
        });
    }

    /** Returns the bytes of a row of the group that was read last, as the file has them, unpacked. */
    long bytesOfRow() {
        BlockMetaData group = reader.getRowGroups().get(nextGroup - 1);
        return Math.max(0, group.getTotalByteSize()) / Math.max(1, group.getRowCount());
    }

    private void requireWithinFile(BlockMetaData group) throws IOException {
        Set<ColumnPath> wanted = schema.getColumns().stream()
                .map(column -> ColumnPath.get(column.getPath()))
                .collect(Collectors.toSet());
        long left = length;
        for (ColumnChunkMetaData chunk : group.getColumns()) {
            if (wanted.contains(chunk.getPath())) {
                long size = chunk.getTotalSize();
                long start = chunk.getStartingPos();
                if (size < 0 || start < 0 || size > length - start || size > left) {
                    throw new IOException("row group " + (nextGroup + 1) + " claims bytes that are not there");
                }
                left -= size;
            }
        }
        if (group.getRowCount() < 0) {
            throw new IOException("row group " + (nextGroup + 1) + " claims " + group.getRowCount() + " rows");
        }
    }

    /** Returns whether a column that repeats nothing has a value for each row of a group. */
    static void requireRows(ColumnDescriptor column, long values, long rows) throws IOException {
        if (values != rows) {
            throw new IOException("column '" + String.join(".", column.getPath()) + "' has " + values + " values in "
                    + rows + " rows");
        }
    }

    /** Returns an iterator that reads. */
    <T> Iterator<T> reading(Iterator<T> iterator) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return reading(iterator::hasNext);
            }

            @Override
            public T next() {
                return reading(iterator::next);
            }
        };
    }

    @Override
    public void close() {
        close(reader);
    }
}
