package io.modelmonitor.sink;

import io.modelmonitor.internal.file.OwnerOnly;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One sink's part of a spill: a folder of its own, named by the time it was made, with a file in it that is locked as long
 * as the sink is open. The operating system lets go of the lock when the process ends, however it ends; whoever finds a
 * folder whose lock is free takes it over.
 */
final class SpillFolder implements Closeable {

    private static final String LOCK = ".lock";
    private static final Pattern NAME = Pattern.compile("\\d{15}-[0-9a-f-]{36}");
    private static final int DEPTH = 3;

    /**
     * Folders that sinks of this process have locked. Opening a locked file again and closing it would unlock it:
     * locks belong to processes.
     */
    private static final Set<Path> HELD = new HashSet<>();

    private final Path path;
    private final FileChannel lock;

    private SpillFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Takes over all folders that nobody has locked, and makes a new one.
     *
     * @param now milliseconds since the epoch
     * @return the folders by the time they were made; the last one is new
     */
    static List<SpillFolder> takeAll(Path root, long now) throws IOException {
        OwnerOnly.createFolders(root);
        Path there = root.toRealPath();
        List<SpillFolder> taken = new ArrayList<>();
        synchronized (HELD) {
            // One process at a time, lest it take a folder that another has made and not locked yet.
            try (FileChannel gate = open(there.resolve(LOCK))) {
                gate.lock();
                for (Path path : folders(there)) {
                    SpillFolder folder = HELD.contains(path) ? null : take(path);
                    if (folder != null) {
                        taken.add(folder);
                    }
                }
                Path mine = there.resolve(String.format(Locale.ROOT, "%015d-%s", now, UUID.randomUUID()));
                OwnerOnly.createFolders(mine);
                taken.add(Objects.requireNonNull(take(mine), "a folder that nobody else knows"));
            } catch (IOException e) {
                closeAll(taken);
                throw e;
            } catch (OverlappingFileLockException e) {
                closeAll(taken);
                throw new IOException("the spill " + root + " is in use by another class loader", e);
            }
        }
        return taken;
    }

    static void closeAll(List<SpillFolder> folders) throws IOException {
        IOException first = null;
        for (SpillFolder folder : folders) {
            try {
                folder.close();
            } catch (IOException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private static List<Path> folders(Path root) throws IOException {
        try (Stream<Path> paths = Files.list(root)) {
            return paths.filter(path ->
                            NAME.matcher(String.valueOf(path.getFileName())).matches())
                    .filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        }
    }

    /** Locks a folder; returns null if another process has locked it, or has just deleted it. */
    private static @Nullable SpillFolder take(Path path) throws IOException {
        FileChannel channel;
        try {
            channel = open(path.resolve(LOCK));
        } catch (NoSuchFileException e) {
            return null;
        }
        boolean taken = false;
        try {
            // A folder is deleted before it is unlocked.
            taken = channel.tryLock() != null && Files.exists(path.resolve(LOCK));
        } finally {
            if (!taken) {
                channel.close();
            }
        }
        if (!taken) {
            return null;
        }
        HELD.add(path);
        return new SpillFolder(path, channel);
    }

    private static FileChannel open(Path file) throws IOException {
        try {
            OwnerOnly.createFile(file);
        } catch (FileAlreadyExistsException e) {
            // The file is there, which is all that is wanted.
        }
        return FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    }

    Path path() {
        return path;
    }

    /** Returns the files in this folder, in the order in which they were begun. */
    List<SpillSegment> segments() throws IOException {
        try (Stream<Path> paths = Files.walk(path, DEPTH)) {
            return paths.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .map(file -> SpillSegment.of(file, size(file)))
                    .filter(Objects::nonNull)
                    .sorted(Comparator.comparingLong(SpillSegment::number))
                    .toList();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Unlocks the folder, and deletes it if no file is left in it. */
    @Override
    public void close() throws IOException {
        synchronized (HELD) {
            try (lock) {
                deleteIfEmpty();
            } finally {
                HELD.remove(path);
            }
        }
    }

    private void deleteIfEmpty() throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> paths = Files.walk(path)) {
            all = paths.sorted(Comparator.reverseOrder()).toList();
        }
        Path lockFile = path.resolve(LOCK);
        if (all.stream()
                .allMatch(each -> each.equals(lockFile) || Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS))) {
            for (Path each : all) {
                Files.deleteIfExists(each);
            }
        }
    }
}
