package io.modelmonitor.sink;

import io.modelmonitor.capture.CaptureKey;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The settings of a {@link FileSink}. */
record FileSettings(
        Path root,
        long largestFile,
        Duration oldestFile,
        boolean compressed,
        @Nullable CaptureKey key,
        FileSink.Sync sync,
        @Nullable Duration keptFor,
        long keptBytes,
        DiskGuard guard,
        Clock clock) {

    static FileSettings of(Path root) {
        return new FileSettings(
                root,
                128L << 20,
                Duration.ofHours(1),
                false,
                null,
                FileSink.Sync.NEVER,
                null,
                Long.MAX_VALUE,
                DiskGuard.of(root, 0.75, 0.70),
                Clock.systemUTC());
    }

    FileSettings rolled(long newLargest, Duration newOldest) {
        return new FileSettings(root, newLargest, newOldest, compressed, key, sync, keptFor, keptBytes, guard, clock);
    }

    FileSettings written(boolean newCompressed, @Nullable CaptureKey newKey, FileSink.Sync newSync) {
        return new FileSettings(
                root, largestFile, oldestFile, newCompressed, newKey, newSync, keptFor, keptBytes, guard, clock);
    }

    FileSettings kept(@Nullable Duration newKeptFor, long newKeptBytes) {
        return new FileSettings(
                root, largestFile, oldestFile, compressed, key, sync, newKeptFor, newKeptBytes, guard, clock);
    }

    FileSettings guarded(DiskGuard newGuard, Clock newClock) {
        return new FileSettings(
                root, largestFile, oldestFile, compressed, key, sync, keptFor, keptBytes, newGuard, newClock);
    }
}
