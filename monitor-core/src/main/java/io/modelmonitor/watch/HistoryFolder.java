package io.modelmonitor.watch;

import io.modelmonitor.capture.CaptureLayout;
import io.modelmonitor.internal.file.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of a history: {@code <watch>/<yyyy-MM>.jsonl} by the month in which a line was due, and {@code
 * <watch>/measurements/<time>.measurement}. Lines under a lease of another token than 0 have a file of their own, {@code
 * <yyyy-MM>.<token>.jsonl}, so that two processes never write to the same.
 *
 * @param root the folder
 * @param isShared whether processes of several machines use it, which lock no files of each other but take leases
 */
record HistoryFolder(Path root, boolean isShared) implements HistoryStore {

    private static final String LINES = ".jsonl";
    private static final String MEASUREMENT = ".measurement";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int BLOCK = 8192;
    /** The number of files of a month that are left beside each other. */
    private static final int MOST_FILES = 24;

    private Path of(String watch) {
        Path folder = root;
        for (String part : watch.split("/", -1)) {
            folder = folder.resolve(CaptureLayout.safe(part));
        }
        return folder;
    }

    private Path measurement(String watch, Instant scheduled, String part) {
        String name = TIME.format(scheduled) + (part.isEmpty() ? "" : "." + CaptureLayout.safe(part)) + MEASUREMENT;
        return of(watch).resolve("measurements").resolve(name);
    }

    @Override
    public @Nullable Lease lease(String watch, String owner, Instant now, Duration time) {
        try {
            Path leases = of(watch).resolve(".lease");
            return isShared
                    ? LeaseFile.of(leases, owner, now, time)
                    : HistoryLock.of(of(watch).resolve(".lock"), LeaseFile.greatest(leases));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lock " + of(watch) + ": " + e.getMessage(), e);
        }
    }

    @Override
    public List<Line> lines(String watch, Instant from) {
        YearMonth first = YearMonth.from(from.atOffset(ZoneOffset.UTC));
        List<Line> lines = new ArrayList<>();
        for (Month month : months(watch)) {
            lines.addAll(month.month().isBefore(first) ? List.of() : lines(month));
        }
        return lines;
    }

    @Override
    public @Nullable Line last(String watch) {
        List<Month> months = months(watch);
        Line last = null;
        for (int i = months.size() - 1; i >= 0; i--) {
            if (last == null || months.get(i).token() > last.token()) {
                Line own = last(months.get(i));
                last = own == null ? last : own;
            }
        }
        return last;
    }

    @Override
    public void append(String watch, Line line) {
        Month month = new Month(of(watch), YearMonth.from(line.scheduled().atOffset(ZoneOffset.UTC)), line.token());
        Path file = month.file();
        try {
            checkHeld(watch, line.token());
            Files.createDirectories(of(watch));
            try (FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                channel.position(whole(channel));
                write(channel, line);
                channel.truncate(channel.position());
                channel.force(true);
            }
            // Who takes over after this check reads the line; who did before may not have, and runs the window.
            checkHeld(watch, line.token());
            compact(watch, month);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot append to " + file + ": " + e.getMessage(), e);
        }
    }

    private static void write(FileChannel channel, Line line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((line.text() + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private void checkHeld(String watch, long token) throws IOException {
        if (LeaseFile.greatest(of(watch).resolve(".lease")) > token) {
            throw new IOException("another process has taken over");
        }
    }

    /**
     * Puts the lines of a month that were written under earlier leases into one file, if there are many. A crash in between leaves lines twice,
     * of which the later ones count.
     */
    private void compact(String watch, Month own) throws IOException {
        List<Month> earlier = months(watch).stream()
                .filter(month -> month.month().equals(own.month()) && month.token() < own.token())
                .toList();
        if (earlier.size() <= MOST_FILES) {
            return;
        }
        Month latest = earlier.get(earlier.size() - 1);
        Path together = latest.file().resolveSibling(latest.file().getFileName() + ".tmp");
        try (FileChannel channel = FileChannel.open(
                together, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            for (Month month : earlier) {
                for (Line line : lines(month)) {
                    write(channel, line);
                }
            }
            channel.force(true);
        }
        Files.move(together, latest.file(), StandardCopyOption.ATOMIC_MOVE);
        for (Month month : earlier.subList(0, earlier.size() - 1)) {
            Files.deleteIfExists(month.file());
        }
    }

    @Override
    public void save(String watch, Instant scheduled, String part, byte[] bytes) {
        WholeFile.writeForOwner(measurement(watch, scheduled, part), out -> out.write(bytes));
    }

    @Override
    public byte @Nullable [] load(String watch, Instant scheduled, String part) {
        Path file = measurement(watch, scheduled, part);
        try {
            return Files.exists(file) ? Files.readAllBytes(file) : null;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public boolean has(String watch, Instant scheduled, String part) {
        return Files.exists(measurement(watch, scheduled, part));
    }

    /**
     * The lines of a month that were written under one lease.
     *
     * @param folder the folder of the watch
     */
    private record Month(Path folder, YearMonth month, long token) {

        private static final Pattern NAME = Pattern.compile("(\\d{4}-\\d{2})(?:\\.(\\d{12}))?\\.jsonl");

        Path file() {
            return folder.resolve(month + (token == 0 ? "" : String.format(Locale.ROOT, ".%012d", token)) + LINES);
        }

        static @Nullable Month of(Path file) {
            Path folder = file.getParent();
            Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
            if (folder == null || !name.matches()) {
                return null;
            }
            String token = name.group(2);
            return new Month(folder, YearMonth.parse(name.group(1)), token == null ? 0 : Long.parseLong(token));
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

    /** Returns the files of lines: of a lower token first, else earlier months first. */
    private List<Month> months(String watch) {
        Path folder = of(watch);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Month> months = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Month month = Month.of(file);
                if (month != null) {
                    months.add(month);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder + ": " + e.getMessage(), e);
        }
        months.sort(Comparator.comparing(Month::token).thenComparing(Month::month));
        return months;
    }

    /** Returns the last whole line of a month, without parsing those before. */
    private static @Nullable Line last(Month month) {
        try {
            String text = new String(Files.readAllBytes(month.file()), StandardCharsets.UTF_8);
            int end = text.lastIndexOf('\n');
            while (end >= 0) {
                int start = text.lastIndexOf('\n', end - 1);
                Line line = line(text.substring(start + 1, end), month.token());
                if (line != null) {
                    return line;
                }
                end = start;
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + month.file() + ": " + e.getMessage(), e);
        }
    }

    private static List<Line> lines(Month month) {
        List<Line> lines = new ArrayList<>();
        try {
            String text = new String(Files.readAllBytes(month.file()), StandardCharsets.UTF_8);
            int start = 0;
            for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
                Line line = line(text.substring(start, end), month.token());
                if (line != null) {
                    lines.add(line);
                }
                start = end + 1;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + month.file() + ": " + e.getMessage(), e);
        }
        return lines;
    }

    private static @Nullable Line line(String text, long token) {
        try {
            return new Line(HistoryLine.parse(text).scheduled(), token, text);
        } catch (IllegalArgumentException | DateTimeParseException e) {
            return null; // damaged by other than us: the others are whole
        }
    }

    @Override
    public void deleteBefore(String watch, Instant time) {
        try {
            deleteOld(watch, time);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete from " + of(watch) + ": " + e.getMessage(), e);
        }
    }

    private void deleteOld(String watch, Instant oldest) throws IOException {
        YearMonth first = YearMonth.from(oldest.atOffset(ZoneOffset.UTC));
        for (Month month : months(watch)) {
            if (month.month().isBefore(first)) {
                Files.deleteIfExists(month.file());
            }
        }
        Path measurements = of(watch).resolve("measurements");
        if (!Files.isDirectory(measurements)) {
            return;
        }
        String name = TIME.format(oldest);
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
