package io.modelmonitor.sink;

import io.modelmonitor.capture.CaptureKey;
import io.modelmonitor.capture.CaptureLayout;
import io.modelmonitor.internal.file.OwnerOnly;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** A new file that lines are appended to: never one that was there before, and readable by its owner only. */
final class CaptureFile implements Closeable {

    private static final Duration IDLE = Duration.ofMinutes(5);

    private final Path path;
    private final FileOutputStream file;
    private final OutputStream out;
    private final Instant opened;
    private final CountingStream counted;

    /** The key of this file on its volume (its inode); null on file systems without such keys. */
    private final @Nullable Object identity;

    private Instant used;
    private long unconfirmed;

    private CaptureFile(
            Path path, FileOutputStream file, boolean compressed, @Nullable CaptureKey key, int names, Instant opened)
            throws IOException {
        this.path = path;
        this.identity = identity(path);
        this.file = file;
        this.opened = opened;
        this.used = opened;
        this.counted = new CountingStream(file);
        OutputStream stream = key == null ? counted : key.encrypting(counted, path, names);
        this.out = compressed ? new GZIPOutputStream(stream, 1 << 16, true) : stream;
    }

    /**
     * Creates a file.
     *
     * @param name its name, to which the ends are added that say how it is written
     * @param opened the time now
     * @param names how many names at the end of its path an encrypted file is read at only
     * @throws java.nio.file.FileAlreadyExistsException if there is one of this name
     */
    static CaptureFile create(
            Path folder, String name, Instant opened, boolean compressed, @Nullable CaptureKey key, int names)
            throws IOException {
        OwnerOnly.createFolders(folder);
        Path path = folder.resolve(
                name + (compressed ? CaptureLayout.COMPRESSED : "") + (key == null ? "" : CaptureLayout.ENCRYPTED));
        OwnerOnly.createFile(path);
        FileOutputStream file = new FileOutputStream(path.toFile(), true);
        try {
            return new CaptureFile(path, file, compressed, key, names, opened);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Appends whole lines. */
    void append(byte[] lines, int length, long records, Instant now) throws IOException {
        used = now;
        unconfirmed += records;
        out.write(lines, 0, length);
    }

    /** Hands what was appended to the operating system. */
    void flush() throws IOException {
        out.flush();
    }

    /** Waits until it has reached the disk. */
    void sync() throws IOException {
        file.getChannel().force(true);
    }

    @Override
    public void close() throws IOException {
        try (file) {
            out.close();
        }
    }

    private static @Nullable Object identity(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }

    /**
     * Looks whether the file is still where it was made: it may have been deleted, or its folder, or a link put in place of
     * one. Lines that are written then are read by nobody.
     */
    boolean isGone() {
        try {
            boolean there = Objects.equals(identity, identity(path));
            unconfirmed = there ? 0 : unconfirmed;
            return !there;
        } catch (IOException e) {
            return true;
        }
    }

    /** Returns how many records have been appended since the file was last found where it was made. */
    long unconfirmed() {
        return unconfirmed;
    }

    Path path() {
        return path;
    }

    Instant opened() {
        return opened;
    }

    /** Returns whether nothing has come for so long that nothing is to be expected. */
    boolean isIdle(Instant now) {
        return Duration.between(used, now).compareTo(IDLE) >= 0;
    }

    /** Returns how many bytes the file has, as far as it has been handed to the operating system. */
    long size() {
        return counted.count();
    }
}
