package io.modelmonitor.sink;

import io.modelmonitor.capture.CaptureLayout;
import io.modelmonitor.internal.file.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes old capture files, and nothing else: only regular files of such a name in a folder of an hour. */
final class Retention {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final int DEPTH = 7;

    private final FileSettings settings;
    private boolean hasWarned;

    private record Kept(Path file, Instant hour, long bytes) {}

    Retention(FileSettings settings) {
        this.settings = settings;
    }

    /**
     * Deletes what is too old or too much. What cannot be deleted is logged and left.
     *
     * @param inUse files that must stay
     */
    void apply(Instant now, Collection<Path> inUse) {
        if (settings.keptFor() == null && settings.keptBytes() == Long.MAX_VALUE) {
            return;
        }
        try {
            List<Kept> files = files();
            long total = files.stream().mapToLong(Kept::bytes).sum();
            for (Kept kept : files) {
                boolean old = settings.keptFor() != null && kept.hour().isBefore(now.minus(settings.keptFor()));
                if ((old || total > settings.keptBytes()) && !inUse.contains(kept.file())) {
                    total -= delete(kept);
                }
            }
        } catch (IOException e) {
            LOG.warn("old captures in {} cannot be looked for: {}", settings.root(), FileTree.reason(e));
        }
    }

    /** Deletes a file and returns how many bytes that frees; none if it cannot be deleted, which is told once. */
    private long delete(Kept kept) {
        try {
            Files.deleteIfExists(kept.file());
            return kept.bytes();
        } catch (IOException e) {
            if (!hasWarned) {
                hasWarned = true;
                LOG.warn("old captures in {} cannot be deleted: {}", kept.file(), FileTree.reason(e));
            }
            return 0;
        }
    }

    /** Returns the capture files, the oldest hour first. */
    private List<Kept> files() throws IOException {
        return FileTree.files(settings.root(), DEPTH, this::passedOver).stream()
                .map(Retention::kept)
                .filter(Objects::nonNull)
                .sorted(Comparator.comparing(Kept::hour).thenComparing(kept -> name(kept.file())))
                .toList();
    }

    /** Folders that cannot be read, such as {@code lost+found}, are told once. */
    private void passedOver(Path path, IOException because) {
        if (!hasWarned) {
            hasWarned = true;
            LOG.warn("old captures are not looked for in {}: {}", path, FileTree.reason(because));
        }
    }

    private static @Nullable Kept kept(Path file) {
        Instant hour = CaptureLayout.hourOf(file);
        if (hour == null
                || !CaptureLayout.isFileName(name(file))
                || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return null;
        }
        try {
            return new Kept(file, hour, Files.size(file));
        } catch (IOException e) {
            return null;
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
