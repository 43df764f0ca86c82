package io.modelmonitor.report;

import io.modelmonitor.api.Assessment;
import io.modelmonitor.api.Assessment.Outcome;
import io.modelmonitor.api.Report;
import io.modelmonitor.internal.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A file of one line of JSON for each execution: its verdict, and the value of each metric that a constraint wants something of.
 * Lines are only appended. A line that cannot be read, such as one that was cut short, is left out.
 */
final class History {

    /** The number of constraints of an execution that are kept besides those that are violated. */
    private static final int MOST_CONSTRAINTS = 200;

    private static final int MOST_LETTERS = 240;
    private static final Sentences PLAIN = new Sentences(Printable::of);

    private final Path file;

    History(Path file) {
        this.file = file;
    }

    /**
     * The verdict of an execution.
     *
     * @param id the name of its page, without an ending
     * @param monitor the monitor's name
     * @param at the end of its window, else the beginning; null if unknown
     */
    record Execution(
            String id,
            String monitor,
            Report.Status status,
            @Nullable Instant at,
            long rows,
            String verdict,
            List<Point> points) {

        /** Returns when it was, in words. */
        String time() {
            return at == null ? id : at.toString().replace('T', ' ').replace(":00Z", "Z");
        }
    }

    /** The value of a metric in an execution, with what was wanted of it. */
    record Point(String subject, String metric, double value, double atLeast, double atMost, Outcome outcome) {

        String series() {
            return subject.length() + ":" + subject + metric;
        }
    }

    /** Appends a report. */
    void append(String id, Report report) {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("id", id);
        line.put("monitor", report.name());
        line.put("status", report.status().name());
        Instant at = at(report);
        line.put("at", at == null ? null : at.toString());
        line.put("rows", report.rows());
        line.put("verdict", Printable.shortened(PLAIN.verdict(report), MOST_LETTERS));
        List<Object> points = new ArrayList<>();
        for (Assessment assessment : report.assessments()) {
            if (assessment.outcome() == Outcome.VIOLATED || points.size() < MOST_CONSTRAINTS) {
                points.add(List.of(
                        assessment.constraint().subject(),
                        assessment.constraint().metric(),
                        assessment.metric().value(),
                        assessment.constraint().bound().lower(),
                        assessment.constraint().bound().upper(),
                        assessment.outcome().name()));
            }
        }
        line.put("points", points);
        try {
            // A line that was cut short before ends here.
            String text = (endsInLine() ? "" : "\n") + Json.write(line) + "\n";
            Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /** Hands every execution on, in the order in which they were appended; nothing if there is no file. */
    void read(Consumer<Execution> reader) {
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Execution execution = execution(line);
                if (execution != null) {
                    reader.accept(execution);
                }
            }
        } catch (NoSuchFileException e) {
            // The first execution is still to come.
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** Returns the end of a report's window, else its beginning. */
    static @Nullable Instant at(Report report) {
        return report.end() != null ? report.end() : report.start();
    }

    /**
     * Returns the name of a report's page, without an ending: of lower-case letters, digits and hyphens only, different for
     * different monitors and windows.
     *
     * @param count how many executions there are already, which names one without a window
     */
    static String id(Report report, int count) {
        String slug = report.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        slug = slug.length() > 40 ? slug.substring(0, 40) : slug;
        if (!slug.equals(report.name())) {
            slug += "-" + Integer.toHexString(report.name().hashCode());
        }
        Instant at = at(report);
        return slug + "-"
                + (at == null
                        ? String.format(Locale.ROOT, "%06d", count + 1)
                        : at.toString().toLowerCase(Locale.ROOT).replaceAll("[^0-9tz]", ""));
    }

    private boolean endsInLine() throws IOException {
        if (Files.notExists(file) || Files.size(file) == 0) {
            return true;
        }
        try (var channel = Files.newByteChannel(file)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            channel.position(channel.size() - 1).read(last);
            return last.get(0) == '\n';
        }
    }

    private static @Nullable Execution execution(String line) {
        try {
            Map<String, @Nullable Object> tree = Json.object(Json.parse(line));
            List<Point> points = new ArrayList<>();
            for (Object element : Json.array(tree.get("points"))) {
                List<@Nullable Object> point = Json.array(element);
                points.add(new Point(
                        String.valueOf(point.get(0)),
                        String.valueOf(point.get(1)),
                        Json.number(point.get(2)),
                        Json.number(point.get(3)),
                        Json.number(point.get(4)),
                        Outcome.valueOf(String.valueOf(point.get(5)))));
            }
            String id = String.valueOf(tree.get("id"));
            if (!id.matches("[a-z0-9-]+")) {
                return null;
            }
            return new Execution(
                    id,
                    String.valueOf(tree.get("monitor")),
                    Report.Status.valueOf(String.valueOf(tree.get("status"))),
                    tree.get("at") instanceof String at ? Instant.parse(at) : null,
                    (long) Json.number(tree.get("rows")),
                    String.valueOf(tree.get("verdict")),
                    points);
        } catch (IllegalArgumentException | java.time.DateTimeException | IndexOutOfBoundsException e) {
            return null;
        }
    }
}
