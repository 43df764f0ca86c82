package io.modelmonitor.report;

import io.modelmonitor.api.Assessment;
import io.modelmonitor.api.Assessment.Outcome;
import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Report;
import io.modelmonitor.internal.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of one line of JSON for each execution: its verdict, and the value of each metric that a constraint wants something of.
 * Lines are only appended. A line that cannot be read, such as one that was cut short, is left out. While it is open, other
 * processes wait for it, where the file system has locks.
 */
final class ExecutionFile implements AutoCloseable {

    /** The number of constraints of an execution that are kept besides those that are violated. */
    private static final int MOST_CONSTRAINTS = 200;

    private static final int MOST_LETTERS = 240;
    private static final Logger LOGGER = LoggerFactory.getLogger(ExecutionFile.class);
    private static final Sentences PLAIN = new Sentences(Printable::of);

    private final FileChannel channel;

    private ExecutionFile(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Opens a file, which is made if it is not there, for one thread of this JVM at a time.
     *
     * @throws IOException if it cannot be opened, or another class loader of this JVM has it open
     */
    static ExecutionFile open(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            // Held until the channel is closed.
            channel.lock();
        } catch (IOException e) {
            LOGGER.debug("The file system of {} has no locks", file, e);
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new IOException(file + " is in use by another class loader", e);
        }
        return new ExecutionFile(channel);
    }

    /** Lets other processes have the file. */
    @Override
    public void close() throws IOException {
        channel.close();
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

        Execution withoutPoints() {
            return new Execution(id, monitor, status, at, rows, verdict, List.of());
        }

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

        Bound bound() {
            return new Bound(atLeast, atMost, false);
        }
    }

    /** Returns the execution of a report, as its line has it. */
    static Execution execution(String id, Report report) {
        List<Point> points = new ArrayList<>();
        for (Assessment assessment : report.assessments()) {
            if (assessment.outcome() == Outcome.VIOLATED || points.size() < MOST_CONSTRAINTS) {
                points.add(new Point(
                        assessment.constraint().subject(),
                        assessment.constraint().metric(),
                        assessment.metric().value(),
                        assessment.constraint().bound().lower(),
                        assessment.constraint().bound().upper(),
                        assessment.outcome()));
            }
        }
        return new Execution(
                id,
                report.name(),
                report.status(),
                at(report),
                report.rows(),
                Printable.shortened(PLAIN.verdict(report), MOST_LETTERS),
                points);
    }

    /** Appends an execution, and returns where the file ends then. */
    long append(Execution execution) throws IOException {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("id", execution.id());
        line.put("monitor", execution.monitor());
        line.put("status", execution.status().name());
        line.put("at", execution.at() == null ? null : execution.at().toString());
        line.put("rows", execution.rows());
        line.put("verdict", execution.verdict());
        List<Object> points = new ArrayList<>();
        for (Point point : execution.points()) {
            points.add(List.of(
                    point.subject(),
                    point.metric(),
                    point.value(),
                    point.atLeast(),
                    point.atMost(),
                    point.outcome().name()));
        }
        line.put("points", points);
        // A line that was cut short before ends here.
        String text = (endsInLine() ? "" : "\n") + Json.write(line) + "\n";
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        channel.position(channel.size());
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        return channel.size();
    }

    /** Returns where the file ends. */
    long size() throws IOException {
        return channel.size();
    }

    /**
     * Hands on every execution from a place in the file on, in the order in which they were appended.
     *
     * @return where the file ends
     */
    long read(long from, Consumer<Execution> reader) throws IOException {
        long end = channel.size();
        channel.position(from);
        // The stream is not closed, as that would close the channel and give up its lock.
        InputStream rest = Channels.newInputStream(channel);
        BufferedReader lines = new BufferedReader(new InputStreamReader(rest, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Execution execution = execution(line);
            if (execution != null) {
                reader.accept(execution);
            }
        }
        return end;
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
        if (channel.size() == 0) {
            return true;
        }
        ByteBuffer last = ByteBuffer.allocate(1);
        channel.read(last, channel.size() - 1);
        return last.get(0) == '\n';
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
