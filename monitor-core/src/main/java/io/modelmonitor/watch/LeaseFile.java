package io.modelmonitor.watch;

import io.modelmonitor.internal.file.WholeFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A lease in a folder that processes of several machines share: a file for each token, which only one of them can create.
 *
 * @param file the file
 * @param token the fencing token, the file's name
 * @param owner the process that holds it
 */
record LeaseFile(Path file, long token, String owner) implements HistoryStore.Lease {

    /** A file that its creator has not filled yet, or never will, counts as a lease of this length. */
    private static final Duration UNFILLED = Duration.ofMinutes(1);

    private static final int KEPT = 4;

    /** Returns the lease; null if another owner has it. */
    static @Nullable LeaseFile of(Path folder, String owner, Instant now, Duration time) throws IOException {
        Files.createDirectories(folder);
        List<Path> files = files(folder);
        long greatest = files.isEmpty() ? 0 : token(files.get(files.size() - 1));
        if (!files.isEmpty() && isHeld(files.get(files.size() - 1), now)) {
            return null;
        }
        LeaseFile lease =
                new LeaseFile(folder.resolve(String.format(Locale.ROOT, "%012d", greatest + 1)), greatest + 1, owner);
        try {
            Files.newByteChannel(lease.file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)
                    .close();
        } catch (FileAlreadyExistsException e) {
            return null; // another was faster
        }
        lease.renew(now.plus(time));
        for (int i = 0; i < files.size() - KEPT; i++) {
            Files.deleteIfExists(files.get(i));
        }
        return lease;
    }

    /** Returns the greatest token that any process was given; 0 if none was. */
    static long greatest(Path folder) throws IOException {
        List<Path> files = Files.isDirectory(folder) ? files(folder) : List.of();
        return files.isEmpty() ? 0 : token(files.get(files.size() - 1));
    }

    private static boolean isHeld(Path file, Instant now) throws IOException {
        String text;
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException e) {
            return true; // others took leases since the files were listed, the last of them perhaps now
        }
        int line = text.indexOf('\n');
        Instant until = line < 0
                ? Files.getLastModifiedTime(file).toInstant().plus(UNFILLED)
                : Instant.parse(text.substring(0, line));
        return now.isBefore(until);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> String.valueOf(file.getFileName()).matches("\\d{12}"))
                    .sorted(Comparator.comparing(file -> String.valueOf(file.getFileName())))
                    .toList();
        }
    }

    private static long token(Path file) {
        return Long.parseLong(String.valueOf(file.getFileName()));
    }

    @Override
    public void renew(Instant until) {
        WholeFile.write(file, until + "\n" + owner);
    }

    @Override
    public void close() {
        renew(Instant.EPOCH);
    }
}
