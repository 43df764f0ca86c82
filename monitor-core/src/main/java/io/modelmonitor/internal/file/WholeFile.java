package io.modelmonitor.internal.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes files beside their place and moves them there, so that nobody ever reads half of one. */
public final class WholeFile {

    private WholeFile() {}

    /** Writes the content of a file. */
    @FunctionalInterface
    public interface Content {
        /** Writes everything; closing the stream is not its business. */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes a file in place of whatever is there. Folders are made as needed. When writing fails, what was there before
     * is untouched and nothing is left behind.
     *
     * @throws UncheckedIOException if it cannot be written; the message is one line and names the file
     */
    public static void write(Path file, Content content) {
        write(file, content, false, false);
    }

    /**
     * Writes a file as {@link #write(Path, Content)} does, and forces it to the disk before it takes its place.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    public static void writeDurably(Path file, Content content) {
        write(file, content, false, true);
    }

    /**
     * Writes a file that its owner alone may read, where the file system knows owners, as {@link #write(Path, Content)} does.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    public static void writeForOwner(Path file, Content content) {
        write(file, content, true, false);
    }

    private static void write(Path file, Content content, boolean forOwner, boolean isForced) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder == null) {
                throw new IOException("it has no folder to be in");
            }
            Files.createDirectories(folder);
            // A name of its own, not a temporary file of the JDK's, which only its owner could read.
            Path beside = folder.resolve(".writing-" + UUID.randomUUID() + ".tmp");
            try {
                if (forOwner) {
                    OwnerOnly.createFile(beside);
                } else {
                    Files.createFile(beside);
                }
                try (OutputStream out =
                        new BufferedOutputStream(Files.newOutputStream(beside, StandardOpenOption.WRITE))) {
                    content.writeTo(out);
                }
                if (isForced) {
                    try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
                        channel.force(true);
                    }
                }
                move(beside, file);
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Writes a text as UTF-8, as {@link #write(Path, Content)} does.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    public static void write(Path file, String text) {
        write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
