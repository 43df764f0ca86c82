package io.modelmonitor.capture;

import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.internal.ProblemCounts;
import io.modelmonitor.internal.bytes.LineAllowance;
import io.modelmonitor.internal.bytes.LineReader;
import io.modelmonitor.internal.capture.file.CaptureDecoder;
import io.modelmonitor.internal.file.FileTree;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Reads the records of some files, one file after the other. */
final class FileCursor implements CaptureFiles.Cursor {

    private static final int LONGEST_LINE = 64 << 20;
    private static final int BUFFER = 1 << 16;

    private List<Path> files = List.of();
    private final @Nullable CaptureKey key;
    private final boolean plain;
    private final Function<CaptureRecord, @Nullable Boolean> filter;
    private final CaptureDecoder decoder = new CaptureDecoder();
    private final ProblemCounts problems = new ProblemCounts();
    private int nextFile;
    private Path file = Path.of("");
    private @Nullable LineReader lines;
    private LineAllowance withoutRecord = new LineAllowance(() -> 0);
    private @Nullable EncryptedInput encrypted;

    /**
     * Creates a cursor before the first record.
     *
     * @param plain whether files that are not encrypted are read
     * @param filter whether a record is in; null if that cannot be told
     */
    FileCursor(@Nullable CaptureKey key, boolean plain, Function<CaptureRecord, @Nullable Boolean> filter) {
        this.key = key;
        this.plain = plain;
        this.filter = filter;
    }

    /** Sets what to read. */
    void start(List<Path> newFiles) {
        files = newFiles;
    }

    /** Notes a file or folder that cannot be looked at. */
    void passOver(Path path, IOException because) {
        problems.addIn(path, "a folder cannot be read: " + FileTree.reason(because), 0);
    }

    @Override
    public @Nullable CaptureRecord next() {
        while (lines != null || openNext()) {
            CaptureRecord record = nextOfFile();
            if (record != null) {
                return record;
            }
            close();
        }
        return null;
    }

    private @Nullable CaptureRecord nextOfFile() {
        LineReader open = lines;
        try {
            while (open != null && open.next()) {
                CaptureRecord record = read(open);
                if (record == null) {
                    if (!(open.isBlank() ? withoutRecord.empty() : withoutRecord.broken())) {
                        problems.addIn(file, LineAllowance.SPENT, open.line());
                        return null;
                    }
                    continue;
                }
                Boolean included = filter.apply(record);
                if (included == null) {
                    problems.addIn(file, "a record has no time that can be read; left out", open.line());
                } else if (included) {
                    return record;
                }
            }
            if (isEndMissing()) {
                problems.addIn(file, "a file has no authentic end: it is still being written, or was cut off", 0);
            }
        } catch (IOException e) {
            problems.addIn(file, "a file cannot be read to its end: " + FileTree.reason(e), line());
        }
        return null;
    }

    private @Nullable CaptureRecord read(LineReader open) throws IOException {
        if (open.isTooLong()) {
            problems.addIn(file, "a line is longer than " + (LONGEST_LINE >> 20) + " MiB; left out", open.line());
            return null;
        }
        if (open.isBlank()) {
            return null;
        }
        if (!open.mayBeObject()) {
            return noRecord(open);
        }
        try {
            return decoder.read(open.bytes(), open.from(), open.length());
        } catch (IllegalArgumentException e) {
            return noRecord(open);
        }
    }

    /** Returns whether the present file, of which all lines have been read, is encrypted and has no last frame. */
    private boolean isEndMissing() throws IOException {
        EncryptedInput open = encrypted;
        return open != null && !open.readToEnd();
    }

    private @Nullable CaptureRecord noRecord(LineReader line) throws IOException {
        if (!line.isComplete() && isEndMissing()) {
            return null;
        }
        String what = line.isComplete() ? "a line is no capture record; left out" : "the last line is torn; left out";
        problems.addIn(file, what, line.line());
        return null;
    }

    private boolean openNext() {
        while (nextFile < files.size()) {
            file = files.get(nextFile++);
            encrypted = null;
            try {
                lines = new LineReader(content(file), LONGEST_LINE, Long.MAX_VALUE);
                return true;
            } catch (EOFException e) {
                problems.addIn(file, "a file is cut off before its first line", 0);
            } catch (IOException e) {
                problems.addIn(file, "a file cannot be read: " + FileTree.reason(e), 0);
            }
        }
        return false;
    }

    private InputStream content(Path path) throws IOException {
        long size = Files.size(path);
        withoutRecord = new LineAllowance(() -> size);
        InputStream in = new BufferedInputStream(Files.newInputStream(path), BUFFER);
        try {
            if (CaptureKey.isEncrypted(in)) {
                if (key == null) {
                    throw new IOException("it is encrypted, and there is no key");
                }
                EncryptedInput decrypted = key.open(in, path.toRealPath());
                encrypted = decrypted;
                in = new BufferedInputStream(decrypted, BUFFER);
            } else if (!plain) {
                throw new IOException("it is not encrypted, though there is a key");
            }
            if (isCompressed(in)) {
                in = new Unpacked(new GZIPInputStream(in, BUFFER), size);
            }
            return in;
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    private static boolean isCompressed(InputStream in) throws IOException {
        in.mark(2);
        byte[] first = in.readNBytes(2);
        in.reset();
        return first.length == 2 && first[0] == 0x1F && first[1] == (byte) 0x8B;
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public long line() {
        return lines == null ? 0 : lines.line();
    }

    @Override
    public void note(String problem) {
        problems.addIn(file, problem, line());
    }

    @Override
    public List<DataProblem> problems() {
        return problems.list();
    }

    @Override
    public void close() {
        LineReader open = lines;
        lines = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                problems.addIn(file, "a file could not be closed: " + FileTree.reason(e), 0);
            }
        }
    }
}
