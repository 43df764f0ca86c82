package io.modelmonitor.sink;

import io.modelmonitor.api.CaptureBatch;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.Payload;
import io.modelmonitor.capture.CaptureFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Records for sinks, known by their event ids. */
final class SinkRecords {

    static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");

    private SinkRecords() {}

    static CaptureBatch batch(CaptureRecord... records) {
        return new CaptureBatch("churn", CaptureBatch.ALL_TRAFFIC, List.of(records));
    }

    static CaptureRecord record(String id, Instant time) {
        String row =
                String.join(",", IntStream.range(0, 5).mapToObj(String::valueOf).toList());
        return new CaptureRecord(id, null, time, Payload.csv(row), Payload.csv("0.5"), List.of());
    }

    /** Returns the event ids of the records in a folder, in their order. */
    static List<String> ids(Path folder) {
        try (Stream<CaptureRecord> records = CaptureFiles.in(folder).records()) {
            return records.map(CaptureRecord::eventId).toList();
        }
    }

    /** Anything that a test does. */
    interface Action {
        void run() throws Exception;
    }

    /** Returns what is logged while something is done; the logger of the tests writes to the standard error. */
    static String logged(Action action) throws Exception {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            action.run();
        } finally {
            System.setErr(before);
        }
        return log.toString(StandardCharsets.UTF_8);
    }

    /**
     * Returns the files below a folder that this process has open, deleted ones too.
     *
     * @param open where the operating system has a link to each open file
     */
    static List<String> openFiles(Path open, Path folder) throws IOException {
        List<String> below = new ArrayList<>();
        try (Stream<Path> links = Files.list(open)) {
            for (Path link : links.toList()) {
                try {
                    String file = Files.readSymbolicLink(link).toString();
                    if (file.startsWith(folder.toRealPath().toString())) {
                        below.add(file);
                    }
                } catch (NoSuchFileException e) {
                    // It was that of the list itself.
                }
            }
        }
        return below;
    }
}
