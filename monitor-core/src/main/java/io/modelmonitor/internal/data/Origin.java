package io.modelmonitor.internal.data;

import io.modelmonitor.internal.file.FileTree;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

/** Bytes that can be read from the beginning, with a name for messages. */
public final class Origin {

    private final String name;
    private final Callable<? extends InputStream> bytes;

    private Origin(String name, Callable<? extends InputStream> bytes) {
        this.name = name;
        this.bytes = Objects.requireNonNull(bytes, "bytes");
    }

    /** Returns the bytes of a file. */
    public static Origin of(Path file) {
        return new Origin(file.toString(), () -> {
            if (Files.isDirectory(file)) {
                throw new IOException("it is a directory");
            }
            return Files.newInputStream(file);
        });
    }

    /** Returns the bytes of streams, of which each reading opens another. */
    public static Origin of(Callable<? extends InputStream> streams) {
        return new Origin("stream", streams);
    }

    /** Returns the bytes of a text in UTF-8. */
    public static Origin ofText(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return new Origin("text", () -> new ByteArrayInputStream(utf8));
    }

    /** Returns the bytes of a stream, which can be read once. */
    public static Origin once(InputStream stream) {
        Objects.requireNonNull(stream, "stream");
        return new Origin("stream", once(() -> stream));
    }

    /** Returns the bytes of a text in UTF-8, which can be read once. */
    public static Origin once(Reader reader) {
        Objects.requireNonNull(reader, "reader");
        return new Origin("text", once(() -> new ReaderBytes(reader)));
    }

    private static Callable<InputStream> once(Callable<? extends InputStream> bytes) {
        AtomicBoolean isRead = new AtomicBoolean();
        return () -> {
            if (isRead.getAndSet(true)) {
                throw new IOException(
                        "it was read before, and can be read once only; for several readings give what opens it: () -> ..");
            }
            return bytes.call();
        };
    }

    InputStream open() {
        try {
            return bytes.call();
        } catch (IOException e) {
            throw unreadable(name, e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw unreadable(name, new IOException(e));
        }
    }

    /** Returns the name. */
    public String name() {
        return name;
    }

    /** Returns an error of one line that names what cannot be read. */
    static UncheckedIOException unreadable(String name, IOException cause) {
        return new UncheckedIOException("cannot read " + name + ": " + FileTree.reason(cause), cause);
    }
}
