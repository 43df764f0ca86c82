package io.modelmonitor.sink;

import io.modelmonitor.capture.file.CaptureLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes old capture files, and nothing else: only regular files of such a name in a folder of an hour. */
final class Retention {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final int DEPTH = 7;

    private final FileSettings settings;

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
                    Files.deleteIfExists(kept.file());
                    total -= kept.bytes();
                }
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("old captures could not be deleted: {}", e.toString());
        }
    }

    /** Returns the capture files, the oldest hour first. */
    private List<Kept> files() throws IOException {
        try (Stream<Path> paths = Files.walk(settings.root(), DEPTH)) {
            return paths.map(Retention::kept)
                    .filter(Objects::nonNull)
                    .sorted(Comparator.comparing(Kept::hour).thenComparing(kept -> name(kept.file())))
                    .toList();
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
