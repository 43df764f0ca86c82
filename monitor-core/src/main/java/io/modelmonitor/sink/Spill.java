package io.modelmonitor.sink;

import io.modelmonitor.api.CaptureBatch;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.capture.CaptureFiles;
import io.modelmonitor.capture.CaptureKey;
import io.modelmonitor.capture.CaptureLayout;
import io.modelmonitor.internal.capture.file.CaptureEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps batches in capture files, up to a number of bytes, and finds those that earlier processes have left behind.
 *
 * <p>A file is deleted once all of it has been taken and made safe; so what was under way at the end of a process is handed
 * over again by the next one. A file is handed over from its beginning to its last whole line; one of which nothing can be
 * read is renamed to {@code .unreadable} and left to its owner.
 */
final class Spill implements Backlog {

    private static final Logger LOG = LoggerFactory.getLogger(Spill.class);
    private static final long SEGMENT_BYTES = 4 << 20;
    private static final int BATCH = 512;

    /** A folder of a sink's own, endpoint, variant and file. */
    private static final int NAMES = 4;

    /** The most bytes that encryption adds to a batch: a header, and a tag for every 64 KiB. */
    private static final int SURPLUS = 1 << 10;

    private final Path root;
    private final long most;
    private final @Nullable CaptureKey key;
    private final Clock clock;
    private final List<SpillFolder> folders = new ArrayList<>();
    private final Deque<SpillSegment> waiting = new ArrayDeque<>();
    private final Deque<SpillSegment> taken = new ArrayDeque<>();
    private final LineBuffer lines = new LineBuffer(1 << 16);
    private final CaptureEncoder encoder = new CaptureEncoder(lines);
    private @Nullable CaptureFile growing;
    private CaptureFiles.@Nullable Cursor reading;
    private @Nullable CaptureBatch current;
    private long readOfSegment;
    private long removedOfSegment;
    private long number;
    private long lost;
    private boolean hasWarned;

    /**
     * Creates a spill; the folder is made, and looked into, when it is first needed.
     *
     * @param most at least 1
     */
    Spill(Path root, long most, @Nullable CaptureKey key, Clock clock) {
        if (most < 1) {
            throw new IllegalArgumentException("spilling " + most + " bytes; it must be at least 1");
        }
        this.root = root;
        this.most = most;
        this.key = key;
        this.clock = clock;
    }

    private void open() throws IOException {
        if (!folders.isEmpty()) {
            return;
        }
        List<SpillFolder> all = SpillFolder.takeAll(root, clock.millis());
        try {
            for (SpillFolder folder : all) {
                waiting.addAll(folder.segments());
            }
        } catch (IOException | UncheckedIOException e) {
            waiting.clear();
            SpillFolder.closeAll(all);
            throw e;
        }
        folders.addAll(all);
        if (!waiting.isEmpty()) {
            LOG.info("{} bytes that an earlier process has spilled are sent now, from {}", bytes(), root);
        }
    }

    /** Returns how many bytes lie in the folder that belong to this sink. */
    long bytes() {
        return sum(waiting) + sum(taken);
    }

    private static long sum(Deque<SpillSegment> segments) {
        return segments.stream().mapToLong(SpillSegment::bytes).sum();
    }

    @Override
    public boolean isEmpty() {
        try {
            open();
        } catch (IOException | UncheckedIOException e) {
            warnOnce(e);
        }
        return current == null && waiting.isEmpty();
    }

    private void warnOnce(Exception because) {
        if (!hasWarned) {
            hasWarned = true;
            LOG.warn("the spill {} cannot be opened: {}", root, because.toString());
        }
    }

    @Override
    public long records() {
        long sum = waiting.stream().mapToLong(SpillSegment::records).sum();
        SpillSegment oldest = waiting.peekFirst();
        return oldest == null ? 0 : sum - Math.min(removedOfSegment, oldest.records());
    }

    @Override
    public void add(CaptureBatch batch) throws IOException {
        open();
        lines.reset();
        for (CaptureRecord record : batch.records()) {
            encoder.write(record);
        }
        long bytes = bytes();
        if (bytes + lines.size() + (key == null ? 0 : SURPLUS + lines.size() / SURPLUS) > most) {
            throw new IOException(bytes + " bytes are spilled already, of " + most + " at most");
        }
        try {
            CaptureFile file = fileFor(batch);
            SpillSegment segment = waiting.getLast();
            file.append(lines.bytes(), lines.size(), batch.records().size(), clock.instant());
            file.flush();
            segment.grow(file.size(), batch.records().size());
        } catch (IOException | RuntimeException e) {
            finishGrowing();
            throw e;
        }
    }

    private CaptureFile fileFor(CaptureBatch batch) throws IOException {
        SpillSegment last = waiting.peekLast();
        CaptureFile file = growing;
        if (file != null && last != null && last.takes(batch) && last.bytes() < SEGMENT_BYTES) {
            return file;
        }
        finishGrowing();
        Path folder = folders.get(folders.size() - 1)
                .path()
                .resolve(CaptureLayout.safe(batch.endpoint()))
                .resolve(CaptureLayout.safe(batch.variant()));
        number++;
        file = CaptureFile.create(folder, SpillSegment.name(number), clock.instant(), false, key, NAMES);
        growing = file;
        waiting.addLast(new SpillSegment(file.path(), batch.endpoint(), batch.variant(), number));
        return file;
    }

    private void finishGrowing() {
        CaptureFile file = growing;
        SpillSegment last = waiting.peekLast();
        growing = null;
        if (file != null && last != null) {
            try {
                file.close();
            } catch (IOException e) {
                LOG.warn("a file of the spill could not be closed: {}", e.toString());
            }
            last.grow(file.size(), 0);
        }
    }

    @Override
    public @Nullable CaptureBatch first() {
        while (current == null && !waiting.isEmpty()) {
            if (waiting.size() == 1) {
                finishGrowing();
            }
            SpillSegment oldest = waiting.getFirst();
            List<CaptureRecord> records = read(oldest);
            if (records.isEmpty()) {
                finish(waiting.removeFirst());
            } else {
                current = new CaptureBatch(oldest.endpoint(), oldest.variant(), records);
            }
        }
        return current;
    }

    private List<CaptureRecord> read(SpillSegment segment) {
        List<CaptureRecord> records = new ArrayList<>(BATCH);
        try {
            CaptureFiles.Cursor cursor = reading;
            if (cursor == null) {
                CaptureFiles files = CaptureFiles.in(segment.path());
                cursor = (key == null ? files : files.key(key).plainAllowed()).open();
                reading = cursor;
            }
            while (records.size() < BATCH) {
                CaptureRecord record = cursor.next();
                if (record == null) {
                    break;
                }
                records.add(record);
            }
        } catch (UncheckedIOException e) {
            LOG.warn("a file of the spill cannot be read: {}", e.toString());
        }
        readOfSegment += records.size();
        return records;
    }

    private void finish(SpillSegment segment) {
        CaptureFiles.Cursor cursor = reading;
        lost += segment.finish(readOfSegment);
        boolean readable = readOfSegment > 0 || segment.bytes() == 0;
        if (cursor != null) {
            cursor.problems().forEach(problem -> LOG.warn("spill: {}", problem));
        }
        startOver();
        if (readable) {
            taken.addLast(segment);
        } else {
            setAside(segment.path());
        }
    }

    private static void setAside(Path file) {
        try {
            Files.move(file, file.resolveSibling(file.getFileName() + ".unreadable"));
        } catch (IOException e) {
            LOG.warn("a file of the spill of which nothing can be read stays where it is: {}", e.toString());
        }
    }

    private void startOver() {
        CaptureFiles.Cursor cursor = reading;
        if (cursor != null) {
            cursor.close();
        }
        reading = null;
        current = null;
        readOfSegment = 0;
        removedOfSegment = 0;
    }

    @Override
    public void removeFirst() {
        CaptureBatch batch = current;
        current = null;
        removedOfSegment += batch == null ? 0 : batch.records().size();
    }

    @Override
    public void commit() {
        while (!taken.isEmpty()) {
            try {
                Files.deleteIfExists(taken.removeFirst().path());
            } catch (IOException e) {
                LOG.warn("a file of the spill was sent, and could not be deleted: {}", e.toString());
            }
        }
    }

    @Override
    public void rollback() {
        startOver();
        while (!taken.isEmpty()) {
            waiting.addFirst(taken.removeLast());
        }
    }

    @Override
    public long takeLost() {
        long gone = lost;
        lost = 0;
        return gone;
    }

    @Override
    public boolean isSafe() {
        CaptureFile file = growing;
        return file == null || !file.isGone();
    }

    @Override
    public void close() throws IOException {
        startOver();
        finishGrowing();
        List<SpillFolder> all = List.copyOf(folders);
        folders.clear();
        waiting.clear();
        taken.clear();
        SpillFolder.closeAll(all);
    }
}
