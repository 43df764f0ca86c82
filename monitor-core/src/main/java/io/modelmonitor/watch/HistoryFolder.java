package io.modelmonitor.watch;

import io.modelmonitor.capture.CaptureLayout;
import io.modelmonitor.internal.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of a history: {@code <watch>/<yyyy-MM>.jsonl} by the month in which a line was due, and {@code
 * <watch>/measurements/<time>.measurement}.
 *
 * @param root the folder
 * @param age how long files are kept; null for ever
 */
record HistoryFolder(Path root, @Nullable Duration age) {

    private static final String LINES = ".jsonl";
    private static final String MEASUREMENT = ".measurement";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int BLOCK = 8192;

    private Path of(String watch) {
        Path folder = root;
        for (String part : watch.split("/", -1)) {
            folder = folder.resolve(CaptureLayout.safe(part));
        }
        return folder;
    }

    Path measurement(String watch, Instant scheduled) {
        return of(watch).resolve("measurements").resolve(TIME.format(scheduled) + MEASUREMENT);
    }

    @Nullable
    HistoryLock lock(String watch) {
        try {
            return HistoryLock.of(of(watch).resolve(".lock"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lock " + of(watch) + ": " + e.getMessage(), e);
        }
    }

    /** Returns the lines of all months, earliest month first, in the order appended; lines that are torn are left out. */
    List<HistoryLine> lines(String watch) {
        List<HistoryLine> lines = new ArrayList<>();
        for (Path month : months(watch)) {
            lines.addAll(lines(month));
        }
        return lines;
    }

    /** Returns the line that was appended last: that of the latest time counted, the last such. */
    @Nullable
    HistoryLine last(String watch) {
        List<Path> months = months(watch);
        HistoryLine last = null;
        // A backfill may append to an earlier month, so that the latest month is not always the latest file.
        for (int i = months.size() - 1; i >= 0 && last == null; i--) {
            for (HistoryLine line : lines(months.get(i))) {
                last = last == null || !line.counted().isBefore(last.counted()) ? line : last;
            }
        }
        return last;
    }

    void append(String watch, HistoryLine line) {
        YearMonth month = YearMonth.from(line.scheduled().atOffset(ZoneOffset.UTC));
        Path file = of(watch).resolve(month + LINES);
        try {
            Files.createDirectories(of(watch));
            try (FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                channel.position(whole(channel));
                ByteBuffer bytes = ByteBuffer.wrap((Json.write(line.tree()) + "\n").getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.truncate(channel.position());
                channel.force(true);
            }
            deleteOld(watch, line.scheduled());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot append to " + file + ": " + e.getMessage(), e);
        }
    }

    /** Returns the length of the whole lines: what comes after the last line feed was torn by a crash. */
    private static long whole(FileChannel channel) throws IOException {
        long end = channel.size();
        while (end > 0) {
            long from = Math.max(0, end - BLOCK);
            ByteBuffer block = ByteBuffer.allocate((int) (end - from));
            while (block.hasRemaining() && channel.read(block, from + block.position()) >= 0) {
                // reads on until the block is full
            }
            for (int i = block.position() - 1; i >= 0; i--) {
                if (block.get(i) == '\n') {
                    return from + i + 1;
                }
            }
            end = from;
        }
        return 0;
    }

    private List<Path> months(String watch) {
        Path folder = of(watch);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(LINES))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder + ": " + e.getMessage(), e);
        }
    }

    private static List<HistoryLine> lines(Path month) {
        List<HistoryLine> lines = new ArrayList<>();
        try {
            String text = new String(Files.readAllBytes(month), StandardCharsets.UTF_8);
            int start = 0;
            for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
                HistoryLine line = line(text.substring(start, end));
                if (line != null) {
                    lines.add(line);
                }
                start = end + 1;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + month + ": " + e.getMessage(), e);
        }
        return lines;
    }

    private static @Nullable HistoryLine line(String text) {
        try {
            return new HistoryLine(Json.object(Json.parse(text)));
        } catch (IllegalArgumentException e) {
            return null; // damaged by other than us: the others are whole
        }
    }

    private void deleteOld(String watch, Instant now) throws IOException {
        if (age == null) {
            return;
        }
        Instant oldest = now.minus(age);
        String month = YearMonth.from(oldest.atOffset(ZoneOffset.UTC)) + LINES;
        for (Path file : months(watch)) {
            if (String.valueOf(file.getFileName()).compareTo(month) < 0) {
                Files.deleteIfExists(file);
            }
        }
        Path measurements = of(watch).resolve("measurements");
        if (!Files.isDirectory(measurements)) {
            return;
        }
        String name = TIME.format(oldest) + MEASUREMENT;
        try (Stream<Path> files = Files.list(measurements)) {
            for (Path file : files.toList()) {
                String other = String.valueOf(file.getFileName());
                if (other.endsWith(MEASUREMENT) && other.compareTo(name) < 0) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
