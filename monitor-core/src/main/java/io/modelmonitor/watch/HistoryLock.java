package io.modelmonitor.watch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A lock on a file, which the operating system ends with the process at the latest. */
final class HistoryLock implements HistoryStore.Lease {

    private final FileChannel channel;
    private final long token;

    private HistoryLock(FileChannel channel, long token) {
        this.channel = channel;
        this.token = token;
    }

    /** Returns the lock; null if another thread or process has it. */
    static @Nullable HistoryLock of(Path file, long token) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return new HistoryLock(channel, token);
            }
        } catch (OverlappingFileLockException e) {
            // Another watch of this process has it.
        }
        channel.close();
        return null;
    }

    @Override
    public long token() {
        return token;
    }

    @Override
    public void renew(Instant until) {
        // It lasts as long as its process.
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // The lock ends with the channel, whatever closing says.
        }
    }
}
