package io.modelmonitor.sink;

import io.modelmonitor.api.CaptureBatch;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.capture.CaptureKey;
import io.modelmonitor.capture.CaptureLayout;
import io.modelmonitor.internal.capture.file.CaptureEncoder;
import io.modelmonitor.internal.file.OwnerOnly;
import io.modelmonitor.spi.CaptureSink;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes captures as JSON Lines into {@code <endpoint>/<variant>/yyyy/mm/dd/hh/} below a folder, as the managed service
 * did; made by {@link Sinks#files}. Each method that configures it returns another sink.
 *
 * <p>Files are always new and readable by their owner only; several processes may write to one folder. Lines are handed to
 * the operating system whole, many at a time, so that after a crash of the process at most the last line of a file is torn.
 * A file ends with its hour, at a size, or at an age; after a failed write too. At each flush, which a capture asks for once a
 * second, a file that has been deleted or replaced is noticed, another one is begun, and what was written in between counts
 * as failed. Safe for use by several captures at once.
 */
public final class FileSink implements CaptureSink {

    private static final int MOST_OPEN = 8;
    private static final int CHUNK = 1 << 17;

    private static final Logger LOG = LoggerFactory.getLogger(FileSink.class);

    private final FileSettings settings;
    private final Retention retention;
    private final Map<String, CaptureFile> open = new LinkedHashMap<>(16, 0.75f, true);
    private final LineBuffer lines = new LineBuffer(CHUNK);
    private final CaptureEncoder encoder = new CaptureEncoder(lines);

    /** The number of records in the lines. */
    private long records;

    private boolean isRootChecked;

    /** The number of records lost with vanished files, and the last such file. */
    private long lost;

    private @Nullable Path lostFile;

    /** When to wait until what was written has reached the disk. A crash of the process alone loses nothing without. */
    public enum Sync {
        /** Leave it to the operating system. */
        NEVER,
        /** Whenever the sink is flushed: at most the last second is lost when power fails. */
        ON_FLUSH,
        /** After every batch. */
        EVERY_BATCH
    }

    private FileSink(FileSettings settings) {
        this.settings = settings;
        this.retention = new Retention(settings);
    }

    static FileSink of(Path root) {
        return new FileSink(FileSettings.of(root));
    }

    /**
     * Ends a file at a size or an age; at 128 MiB or an hour unless said. It ends with the hour in any case.
     *
     * @param bytes from 1; a file ends after the batch of lines that reaches it
     * @throws IllegalArgumentException if one of them is not above 0
     */
    public FileSink rollover(long bytes, Duration age) {
        if (bytes < 1 || age.isNegative() || age.isZero()) {
            throw new IllegalArgumentException(
                    "files roll at " + bytes + " bytes or " + age + "; both must be above 0");
        }
        return new FileSink(settings.rolled(bytes, age));
    }

    /** Compresses files with gzip. */
    public FileSink compressed() {
        return new FileSink(settings.written(true, settings.key(), settings.sync()));
    }

    /**
     * Encrypts files; without the key, nobody reads them. A file is bound to its place below the folder and to its end: one that
     * was renamed, copied elsewhere, changed or cut off is noticed when it is read. The folder itself may be moved.
     */
    public FileSink encrypted(CaptureKey key) {
        return new FileSink(settings.written(settings.compressed(), key, settings.sync()));
    }

    /** Sets when to wait for the disk; never unless said. */
    public FileSink sync(Sync sync) {
        return new FileSink(settings.written(settings.compressed(), settings.key(), sync));
    }

    /** Deletes capture files whose hour began longer ago than this, whenever a new file is begun. */
    public FileSink retention(Duration age) {
        return new FileSink(settings.kept(age, settings.keptBytes()));
    }

    /** Deletes the oldest capture files when all in the folder together are larger than this, whenever one is begun. */
    public FileSink retention(long bytes) {
        return new FileSink(settings.kept(settings.keptFor(), bytes));
    }

    /**
     * Sets between which shares of use of the volume capturing pauses; above 0.75 until below 0.70 unless said.
     *
     * @throws IllegalArgumentException if the shares do not lie between 0 and 1, the second not above the first
     */
    public FileSink diskLimit(double share, double resumingBelow) {
        return guarded(DiskGuard.of(settings.root(), share, resumingBelow));
    }

    FileSink guarded(DiskGuard guard) {
        return new FileSink(settings.guarded(guard, settings.clock()));
    }

    /** Tells the time by another clock: for the age of files, not for that of records. */
    public FileSink clock(Clock clock) {
        return new FileSink(settings.guarded(settings.guard(), clock));
    }

    @Override
    public synchronized void write(CaptureBatch batch) throws IOException {
        Instant now = settings.clock().instant();
        settings.guard().check(now.toEpochMilli());
        String name = CaptureLayout.safe(batch.endpoint()) + "/" + CaptureLayout.safe(batch.variant()) + "/";
        Instant first = null;
        long hour = 0;
        for (CaptureRecord record : batch.records()) {
            Instant time = record.inferenceTime() == null ? now : record.inferenceTime();
            if (first != null && (hourOf(time) != hour || lines.size() >= CHUNK)) {
                append(name, first, now);
                first = null;
            }
            if (first == null) {
                first = time;
                hour = hourOf(time);
                lines.reset();
                records = 0;
            }
            encoder.write(record);
            records++;
        }
        if (first != null) {
            append(name, first, now);
        }
    }

    private static long hourOf(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), 3600);
    }

    private void warnIfOpenToAll() throws IOException {
        if (!isRootChecked) {
            isRootChecked = true;
            if (OwnerOnly.isWritableByAll(settings.root())) {
                LOG.warn(
                        "Captures are kept in {}, where everybody may put files, which are read as captures",
                        settings.root());
            }
        }
    }

    private void append(String name, Instant first, Instant now) throws IOException {
        String folder = name + CaptureLayout.hour(first);
        CaptureFile file = null;
        try {
            file = open.get(folder);
            if (file != null && isFull(file, now)) {
                close(folder);
                file = null;
            }
            if (file == null) {
                closeLeastUsed();
                file = CaptureFile.create(
                        settings.root().resolve(folder),
                        CaptureLayout.fileName(first, UUID.randomUUID()),
                        now,
                        settings.compressed(),
                        settings.key(),
                        CaptureLayout.NAMES);
                open.put(folder, file);
                warnIfOpenToAll();
                retention.apply(
                        now, open.values().stream().map(CaptureFile::path).toList());
            }
            file.append(lines.bytes(), lines.size(), records, now);
            if (settings.sync() == Sync.EVERY_BATCH) {
                file.flush();
                file.sync();
            }
        } catch (IOException | RuntimeException e) {
            giveUp(folder, e);
            throw e;
        }
    }

    private boolean isFull(CaptureFile file, Instant now) {
        Duration age = Duration.between(file.opened(), now);
        return file.size() >= settings.largestFile() || age.compareTo(settings.oldestFile()) >= 0;
    }

    private void closeLeastUsed() throws IOException {
        if (open.size() >= MOST_OPEN) {
            close(open.keySet().iterator().next());
        }
    }

    private void close(String folder) throws IOException {
        CaptureFile file = open.remove(folder);
        if (file != null) {
            try (file) {
                if (settings.sync() != Sync.NEVER) {
                    file.flush();
                    file.sync();
                }
            } finally {
                noteLoss(file);
            }
        }
    }

    /** A file of which nobody knows how its last line ends gets no more lines. */
    private void giveUp(String folder, Exception because) {
        CaptureFile file = open.remove(folder);
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                because.addSuppressed(e);
            }
            noteLoss(file);
        }
    }

    @Override
    public synchronized void flush() throws IOException {
        Instant now = settings.clock().instant();
        IOException first = null;
        for (String folder : new ArrayList<>(open.keySet())) {
            try {
                flush(folder, now);
            } catch (IOException e) {
                giveUp(folder, e);
                first = first == null ? e : first;
            }
        }
        throwLoss();
        if (first != null) {
            throw first;
        }
    }

    /** Counts the records of a file that is no longer where it was made; returns whether that is so. */
    private boolean noteLoss(CaptureFile file) {
        boolean gone = file.isGone();
        if (gone) {
            lost += file.unconfirmed();
            lostFile = file.path();
        }
        return gone;
    }

    private void throwLoss() throws LostException {
        if (lost > 0) {
            long gone = lost;
            lost = 0;
            throw new LostException(gone + " records are gone with " + lostFile, gone);
        }
    }

    private void flush(String folder, Instant now) throws IOException {
        CaptureFile file = open.get(folder);
        if (file != null && (isFull(file, now) || file.isIdle(now))) {
            close(folder);
        } else if (file != null) {
            file.flush();
            if (settings.sync() == Sync.ON_FLUSH) {
                file.sync();
            }
            if (noteLoss(file)) {
                open.remove(folder);
                file.close();
            }
        }
    }

    @Override
    public synchronized void close() throws IOException {
        IOException first = null;
        for (String folder : new ArrayList<>(open.keySet())) {
            try {
                close(folder);
            } catch (IOException e) {
                first = first == null ? e : first;
            }
        }
        throwLoss();
        if (first != null) {
            throw first;
        }
    }

    @Override
    public String toString() {
        return "files in " + settings.root();
    }
}
