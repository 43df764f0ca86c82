package io.modelmonitor.capture;

import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.internal.file.FileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The capture files below a folder, to be read as records: by the hour of their folder, then by name. Each method that
 * narrows it returns another object. Immutable; safe for use by several threads.
 *
 * <p>Files are those whose names end with {@code .jsonl}, with {@code .gz} and {@code .enc} behind it or not; all others
 * are passed over, and links are not followed. What cannot be read is counted and told, and reading goes on: a torn last
 * line, lines that are no records, files that are broken, encrypted with another key, or unpack to far more than captures
 * would. An encrypted file is refused where it was not written, and one without its last frame is read to there, and counted: it
 * is still being written, or was cut off.
 */
public final class CaptureFiles {

    private final Path folder;
    private final @Nullable Instant from;
    private final @Nullable Instant to;
    private final @Nullable CaptureKey key;
    private final boolean plain;

    private CaptureFiles(
            Path folder, @Nullable Instant from, @Nullable Instant to, @Nullable CaptureKey key, boolean plain) {
        this.folder = folder;
        this.from = from;
        this.to = to;
        this.key = key;
        this.plain = plain;
    }

    /**
     * Returns all capture files below a folder: the root of captures, the folder of an endpoint, of a variant or of an
     * hour.
     */
    public static CaptureFiles in(Path folder) {
        return new CaptureFiles(folder, null, null, null, true);
    }

    /** Returns the files of one endpoint, if the folder is the root of captures. */
    public CaptureFiles endpoint(String endpoint) {
        return new CaptureFiles(folder.resolve(CaptureLayout.safe(endpoint)), from, to, key, plain);
    }

    /** Returns the files of one variant of an endpoint, if the folder is the root of captures. */
    public CaptureFiles endpoint(String endpoint, String variant) {
        Path below = folder.resolve(CaptureLayout.safe(endpoint)).resolve(CaptureLayout.safe(variant));
        return new CaptureFiles(below, from, to, key, plain);
    }

    /**
     * Returns the records of a window of time. Files in folders of other hours are not opened; a record without a time is
     * left out and counted.
     *
     * @param newFrom the first moment that is in
     * @param newTo the first moment after it that is not
     * @throws IllegalArgumentException if the window ends before it begins
     */
    public CaptureFiles between(Instant newFrom, Instant newTo) {
        if (newTo.isBefore(newFrom)) {
            throw new IllegalArgumentException("the window ends at " + newTo + ", before it begins at " + newFrom);
        }
        return new CaptureFiles(folder, newFrom, newTo, key, plain);
    }

    /**
     * Returns these files with the key that they are encrypted with. Files that are not encrypted are refused, and counted among the
     * problems: anybody who may write to the folder could have put them there.
     */
    public CaptureFiles key(CaptureKey newKey) {
        return new CaptureFiles(folder, from, to, newKey, false);
    }

    /** Returns these files with those, too, that are not encrypted though there is a key, as of a time before there was one. */
    public CaptureFiles plainAllowed() {
        return new CaptureFiles(folder, from, to, key, true);
    }

    /** Returns the folder. */
    public Path folder() {
        return folder;
    }

    /**
     * Starts to read.
     *
     * @throws UncheckedIOException if there is no such folder, or it cannot be listed
     */
    public Cursor open() {
        FileCursor cursor = new FileCursor(key, plain, this::includes);
        cursor.start(files(cursor::passOver));
        return cursor;
    }

    /**
     * Returns the records in order. What was wrong with the data is not told this way; {@link #open()} does.
     *
     * @throws UncheckedIOException if there is no such folder, or it cannot be listed
     */
    public Stream<CaptureRecord> records() {
        Cursor cursor = open();
        return StreamSupport.stream(new CursorSpliterator(cursor), false).onClose(cursor::close);
    }

    /** Reads records once, from the first to the last. Not safe for use by several threads at the same time. */
    public interface Cursor extends AutoCloseable {

        /**
         * Returns a cursor over records in memory. Whenever it has no more, and the iterator then has, it goes on; its file has no name,
         * and its lines are the numbers of the records, from 1.
         */
        static Cursor of(Iterator<CaptureRecord> records) {
            return new RecordCursor(records);
        }

        /** Reads on; returns null at the end. */
        @Nullable
        CaptureRecord next();

        /** Returns the file of the last record. */
        Path file();

        /** Returns the line of the last record, from 1. */
        long line();

        /** Counts something that is wrong with the last record among the problems, at its file and line. */
        void note(String problem);

        /** Returns what was wrong so far. */
        List<DataProblem> problems();

        @Override
        void close();
    }

    /** Returns whether a record is in the window; null if it has no time to tell. */
    private @Nullable Boolean includes(CaptureRecord record) {
        if (from == null || to == null) {
            return true;
        }
        Instant time = record.inferenceTime();
        return time == null ? null : Boolean.valueOf(!time.isBefore(from) && time.isBefore(to));
    }

    private record Found(Path file, Instant hour) {}

    private List<Path> files(BiConsumer<Path, IOException> unreadable) {
        try {
            return FileTree.files(folder, Integer.MAX_VALUE, unreadable).stream()
                    .map(this::found)
                    .filter(Objects::nonNull)
                    .sorted(Comparator.comparing(Found::hour)
                            .thenComparing(found -> found.file().toString()))
                    .map(Found::file)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list captures in " + folder + ": " + FileTree.reason(e), e);
        }
    }

    private @Nullable Found found(Path file) {
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(CaptureLayout.ENCRYPTED)) {
            name = name.substring(0, name.length() - CaptureLayout.ENCRYPTED.length());
        }
        if (name.endsWith(CaptureLayout.COMPRESSED)) {
            name = name.substring(0, name.length() - CaptureLayout.COMPRESSED.length());
        }
        if (!name.endsWith(CaptureLayout.LINES) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return null;
        }
        Instant hour = CaptureLayout.hourOf(file.toAbsolutePath());
        if (hour == null) {
            return new Found(file, Instant.MIN);
        }
        boolean outside = from != null
                && to != null
                && (!hour.isBefore(to) || !hour.plus(Duration.ofHours(1)).isAfter(from));
        return outside ? null : new Found(file, hour);
    }

    @Override
    public String toString() {
        return "captures in " + folder + (from == null ? "" : " from " + from) + (to == null ? "" : " to " + to);
    }
}
