package io.modelmonitor.watch;

import io.modelmonitor.api.MetricId;
import io.modelmonitor.capture.CaptureLayout;
import io.modelmonitor.internal.file.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of a history: {@code <watch>/<yyyy-MM>.jsonl} by the month in which a line was due, {@code
 * <watch>/measurements/<time>.measurement}, and what is remembered after the last line, in {@code <watch>/state}. Lines under a lease of another token than 0 have a file of their own, {@code
 * <yyyy-MM>.<token>.jsonl}, so that two processes never write to the same.
 *
 * @param root the folder
 * @param isShared whether processes of several machines use it, which lock no files of each other but take leases
 */
record HistoryFolder(Path root, boolean isShared) implements HistoryStore {

    private static final String MEASUREMENT = ".measurement";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern STATE = Pattern.compile("\\d{12}\\..*\\.json");
    private static final int MOST_TRIES = 5;
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
        List<Line> lines = new ArrayList<>();
        months(watch, from).forEach(month -> lines.addAll(month.lines()));
        return lines;
    }

    @Override
    public List<History.Point> series(String watch, MetricId id, Instant from, Instant to) {
        Map<Instant, History.Point> points = new TreeMap<>();
        months(watch, from).forEach(month -> month.series(id, from, to, points));
        return List.copyOf(points.values());
    }

    private List<MonthFile> months(String watch, Instant from) {
        YearMonth first = YearMonth.from(from.atOffset(ZoneOffset.UTC));
        return months(watch).stream()
                .filter(month -> !month.month().isBefore(first))
                .toList();
    }

    @Override
    public @Nullable Last last(String watch) {
        Last last = null;
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            Line line = lastLine(watch);
            if (line == null) {
                return null;
            }
            byte[] state = bytes(state(watch, line));
            last = new Last(line, state == null ? "" : new String(state, StandardCharsets.UTF_8));
            if (state != null) {
                break;
            }
            // Else another process has appended a line since, and has deleted the state of this one.
        }
        return last;
    }

    private @Nullable Line lastLine(String watch) {
        List<MonthFile> months = months(watch);
        Line last = null;
        for (int i = months.size() - 1; i >= 0; i--) {
            if (last == null || months.get(i).token() > last.token()) {
                Line own = months.get(i).last();
                last = own == null ? last : own;
            }
        }
        return last;
    }

    /** Returns the file of what is remembered after a line. No other line has the same: the text has its checksum. */
    private Path state(String watch, Line line) {
        UUID name = UUID.nameUUIDFromBytes(line.text().getBytes(StandardCharsets.UTF_8));
        return of(watch).resolve("state").resolve(String.format(Locale.ROOT, "%012d.%s.json", line.token(), name));
    }

    @Override
    public void append(String watch, Entry entry) {
        Line line = new Line(
                entry.line().scheduled(),
                entry.line().token(),
                MonthFile.withMetrics(entry.line().text(), entry.metrics()));
        MonthFile month = MonthFile.of(of(watch), line.scheduled(), line.token());
        Path state = state(watch, line);
        try {
            checkHeld(watch, line.token());
            Line before = lastLine(watch);
            // A crash after this leaves a state that no line asks for; that of the line before is still there.
            WholeFile.writeDurably(state, out -> out.write(entry.state().getBytes(StandardCharsets.UTF_8)));
            month.append(line.text());
            // Who takes over after this check reads the line; who did before may not have, and runs the window.
            checkHeld(watch, line.token());
            deleteStates(state, before == null ? state : state(watch, before));
            compact(watch, month);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot append to " + month.path() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Deletes the states of this and of earlier leases except those of the last two lines: where the last line is torn, reading falls back
     * to the one before.
     */
    private static void deleteStates(Path last, Path before) throws IOException {
        String own = String.valueOf(last.getFileName());
        Path folder = last.toAbsolutePath().getParent();
        if (folder == null) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = String.valueOf(file.getFileName());
                if (STATE.matcher(name).matches()
                        && !name.equals(own)
                        && !file.getFileName().equals(before.getFileName())
                        && name.substring(0, 12).compareTo(own.substring(0, 12)) <= 0) {
                    Files.deleteIfExists(file);
                }
            }
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
    private void compact(String watch, MonthFile own) throws IOException {
        List<MonthFile> earlier = months(watch).stream()
                .filter(month -> month.month().equals(own.month()) && month.token() < own.token())
                .toList();
        if (earlier.size() <= MOST_FILES) {
            return;
        }
        MonthFile latest = earlier.get(earlier.size() - 1);
        Path together = latest.path().resolveSibling(latest.path().getFileName() + ".tmp");
        try (FileChannel channel = FileChannel.open(
                together, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            for (MonthFile month : earlier) {
                for (Line line : month.lines()) {
                    MonthFile.write(channel, line.text());
                }
            }
            channel.force(true);
        }
        Files.move(together, latest.path(), StandardCopyOption.ATOMIC_MOVE);
        for (MonthFile month : earlier.subList(0, earlier.size() - 1)) {
            Files.deleteIfExists(month.path());
        }
    }

    @Override
    public void save(String watch, Instant scheduled, String part, byte[] bytes) {
        WholeFile.writeForOwner(measurement(watch, scheduled, part), out -> out.write(bytes));
    }

    @Override
    public byte @Nullable [] load(String watch, Instant scheduled, String part) {
        return bytes(measurement(watch, scheduled, part));
    }

    private static byte @Nullable [] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public boolean has(String watch, Instant scheduled, String part) {
        return Files.exists(measurement(watch, scheduled, part));
    }

    /** Returns the files of lines: of a lower token first, else earlier months first. */
    private List<MonthFile> months(String watch) {
        Path folder = of(watch);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<MonthFile> months = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                MonthFile month = MonthFile.of(file);
                if (month != null) {
                    months.add(month);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder + ": " + e.getMessage(), e);
        }
        months.sort(Comparator.comparing(MonthFile::token).thenComparing(MonthFile::month));
        return months;
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
        for (MonthFile month : months(watch)) {
            if (month.month().isBefore(first)) {
                Files.deleteIfExists(month.path());
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
