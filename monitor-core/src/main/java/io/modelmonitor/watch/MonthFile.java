package io.modelmonitor.watch;

import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.internal.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The file of the lines of a month that were written under one lease. A line is one object of JSON, whose field {@code scheduled} is the first
 * and whose field {@code metrics}, an array of {@code [subject, name, value]}, is the last. A value is found by searching for its name: a quote
 * within a text has a backslash before it, so that what looks like a field or an array is one.
 *
 * @param folder the folder of the watch
 */
record MonthFile(Path folder, YearMonth month, long token) {

    private static final Pattern NAME = Pattern.compile("(\\d{4}-\\d{2})(?:\\.(\\d{12}))?\\.jsonl");
    private static final int BLOCK = 8192;
    private static final int TAIL = 65_536;
    private static final String SCHEDULED = "{\"scheduled\":\"";
    private static final String START = "\"start\":\"";
    private static final String END = "\"end\":\"";
    private static final String METRICS = ",\"metrics\":[";

    /** Returns the file for a window. */
    static MonthFile of(Path folder, Instant scheduled, long token) {
        return new MonthFile(folder, YearMonth.from(scheduled.atOffset(ZoneOffset.UTC)), token);
    }

    /** Returns a file that is there; null if its name is none of a month. */
    static @Nullable MonthFile of(Path file) {
        Path folder = file.getParent();
        Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
        if (folder == null || !name.matches()) {
            return null;
        }
        String token = name.group(2);
        return new MonthFile(folder, YearMonth.parse(name.group(1)), token == null ? 0 : Long.parseLong(token));
    }

    Path path() {
        return folder.resolve(month + (token == 0 ? "" : String.format(Locale.ROOT, ".%012d", token)) + ".jsonl");
    }

    /** Returns a line with the numbers of its window behind it; without, if there are none to be had. */
    static String withMetrics(String text, @Nullable List<Metric> metrics) {
        if (metrics == null) {
            return text;
        }
        List<List<Object>> values = metrics.stream()
                .map(metric -> List.<Object>of(metric.subject(), metric.name(), metric.value()))
                .toList();
        String array = Json.write(values);
        return text.substring(0, text.length() - 1) + METRICS + array.substring(1) + "}";
    }

    /** Appends a line, in place of the last one if a crash has torn it, and forces it to the disk. */
    void append(String text) throws IOException {
        try (FileChannel channel = FileChannel.open(
                path(), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            channel.position(whole(channel));
            write(channel, text);
            channel.truncate(channel.position());
            channel.force(true);
        }
    }

    static void write(FileChannel channel, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Returns the length of the whole lines: what comes after the last line feed was torn by a crash. */
    private static long whole(FileChannel channel) throws IOException {
        long end = channel.size();
        while (end > 0) {
            long from = Math.max(0, end - BLOCK);
            byte[] block = read(channel, from, end);
            for (int i = block.length - 1; i >= 0; i--) {
                if (block[i] == '\n') {
                    return from + i + 1;
                }
            }
            end = from;
        }
        return 0;
    }

    private static byte[] read(FileChannel channel, long from, long to) throws IOException {
        ByteBuffer block = ByteBuffer.allocate((int) (to - from));
        while (block.hasRemaining() && channel.read(block, from + block.position()) >= 0) {
            // reads on until the block is full
        }
        byte[] bytes = new byte[block.position()];
        block.flip().get(bytes);
        return bytes;
    }

    /** Returns the last whole line, without reading those long before; null if there is none. */
    HistoryStore.@Nullable Line last() {
        try (FileChannel channel = FileChannel.open(path(), StandardOpenOption.READ)) {
            long size = channel.size();
            for (long length = TAIL; ; length *= 4) {
                long from = Math.max(0, size - length);
                String text = new String(read(channel, from, size), StandardCharsets.UTF_8);
                int end = text.lastIndexOf('\n');
                while (end >= 0) {
                    int start = text.lastIndexOf('\n', end - 1);
                    HistoryStore.Line line = start < 0 && from > 0 ? null : whole(text.substring(start + 1, end));
                    if (line != null) {
                        return line;
                    }
                    end = start;
                }
                if (from == 0) {
                    return null;
                }
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private HistoryStore.@Nullable Line whole(String text) {
        try {
            return new HistoryStore.Line(HistoryLine.parse(text).scheduled(), token, text);
        } catch (IllegalArgumentException | DateTimeException e) {
            return null; // damaged by other than us: the others are whole
        }
    }

    /** Returns all lines but those that plainly are damaged, in the order written. */
    List<HistoryStore.Line> lines() {
        String text = text(StandardCharsets.UTF_8);
        List<HistoryStore.Line> lines = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
            Instant scheduled = text.startsWith(SCHEDULED, start) ? instant(text, start + SCHEDULED.length()) : null;
            if (scheduled != null) {
                lines.add(new HistoryStore.Line(scheduled, token, text.substring(start, end)));
            }
            start = end + 1;
        }
        return lines;
    }

    /**
     * Adds a metric's values in windows that end in a time, by when they were due. Of windows that ran again, what was there is replaced, or
     * removed if there is nothing now. Parses nothing but the value and its times.
     */
    void series(MetricId id, Instant from, Instant to, Map<Instant, History.Point> points) {
        // Each byte is a character, as there is no need to know which bytes make one.
        String text = text(StandardCharsets.ISO_8859_1);
        String list = Json.write(List.of(id.subject(), id.name()));
        String name = new String(
                (list.substring(0, list.length() - 1) + ",").getBytes(StandardCharsets.UTF_8),
                StandardCharsets.ISO_8859_1);
        int found = text.indexOf(name);
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
            int metrics = text.startsWith(SCHEDULED, start) ? text.indexOf(METRICS, start) : -1;
            if (metrics >= 0 && metrics < end) {
                if (found >= 0 && found < metrics) {
                    found = text.indexOf(name, metrics);
                }
                boolean isMeasured = found >= 0 && found < end;
                add(text, start, isMeasured ? found + name.length() : -1, from, to, points);
            }
            start = end + 1;
        }
    }

    /** Adds the value that begins at a place, or none if that is negative. */
    private static void add(
            String text, int start, int value, Instant from, Instant to, Map<Instant, History.Point> points) {
        Instant scheduled = instant(text, start + SCHEDULED.length());
        Instant began = instant(text, text.indexOf(START, start) + START.length());
        Instant ended = instant(text, text.indexOf(END, start) + END.length());
        if (scheduled == null || began == null || ended == null || ended.isBefore(from) || !ended.isBefore(to)) {
            return;
        }
        points.remove(scheduled);
        if (value >= 0) {
            String number = text.substring(value, text.indexOf(']', value)).replace("\"", "");
            points.put(scheduled, new History.Point(new Window(began, ended), Double.parseDouble(number)));
        }
    }

    /** Returns the time that begins at a place, such as {@code 2026-01-31T23:00:00Z"}; null if there is none. */
    private static @Nullable Instant instant(String text, int start) {
        try {
            if (start + 20 < text.length() && text.charAt(start + 19) == 'Z' && text.charAt(start + 20) == '"') {
                long day = LocalDate.of(
                                Integer.parseInt(text, start, start + 4, 10),
                                Integer.parseInt(text, start + 5, start + 7, 10),
                                Integer.parseInt(text, start + 8, start + 10, 10))
                        .toEpochDay();
                int hour = Integer.parseInt(text, start + 11, start + 13, 10);
                int minute = Integer.parseInt(text, start + 14, start + 16, 10);
                int second = Integer.parseInt(text, start + 17, start + 19, 10);
                return Instant.ofEpochSecond(((day * 24 + hour) * 60 + minute) * 60 + second);
            }
            int end = text.indexOf('"', start);
            return end < 0 ? null : Instant.parse(text.substring(start, end));
        } catch (NumberFormatException | DateTimeException e) {
            return null;
        }
    }

    private String text(java.nio.charset.Charset charset) {
        try {
            return new String(Files.readAllBytes(path()), charset);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private UncheckedIOException unreadable(IOException e) {
        return new UncheckedIOException("cannot read " + path() + ": " + e.getMessage(), e);
    }
}
