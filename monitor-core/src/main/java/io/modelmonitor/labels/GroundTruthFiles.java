package io.modelmonitor.labels;

import io.modelmonitor.capture.CaptureLayout;
import io.modelmonitor.internal.bytes.LineReader;
import io.modelmonitor.internal.bytes.Utf8;
import io.modelmonitor.internal.file.FileTree;
import io.modelmonitor.internal.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads ground truth in the managed service's format, one JSON object a line:
 *
 * <pre>{@code
 * {"groundTruthData":{"data":"1","encoding":"CSV"},"eventMetadata":{"eventId":"aaaa-bbbb"},"eventVersion":"0"}
 * }</pre>
 *
 * <p>In the output of the service's merge the request is beside it, {@code captureData}, and its inference id is what the label
 * is joined by.
 *
 * <p>With encoding {@code JSON} the data is a JSON text: a label, an object with the label under {@code label} or as its only
 * value, or a list of these, by itself or as the only value of an object, one for each row of the request.
 */
final class GroundTruthFiles {

    private GroundTruthFiles() {}

    /** The most bytes of a line; longer ones are counted and left out. */
    private static final int LONGEST_LINE = 1 << 24;

    private static final String NO_RECORD = "it is no ground truth record";

    static void read(Path fileOrFolder, GroundTruth into) {
        for (Path file : files(fileOrFolder, into)) {
            Instant collected = CaptureLayout.hourOf(file.toAbsolutePath());
            try (LineReader lines = new LineReader(Files.newInputStream(file), LONGEST_LINE, Long.MAX_VALUE)) {
                while (lines.next()) {
                    if (lines.isTooLong()) {
                        into.skip("it has more than " + LONGEST_LINE + " bytes", file, lines.line());
                    } else if (Utf8.malformed(lines.bytes(), lines.from(), lines.from() + lines.length()) > 0) {
                        into.skip("it has bytes that are no UTF-8", file, lines.line());
                    } else if (!lines.isBlank() && !lines.mayBeObject()) {
                        into.skip(NO_RECORD, file, lines.line());
                    } else if (!lines.isBlank()) {
                        readLine(lines, file, collected, into);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read ground truth in " + file + ": " + FileTree.reason(e), e);
            }
        }
    }

    private static List<Path> files(Path fileOrFolder, GroundTruth into) {
        try {
            return FileTree.files(
                            fileOrFolder,
                            Integer.MAX_VALUE,
                            (path, because) -> into.skip(FileTree.reason(because), path, 0))
                    .stream()
                    .filter(Files::isRegularFile)
                    .filter(path -> path.equals(fileOrFolder) || path.toString().endsWith(CaptureLayout.LINES))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot list ground truth in " + fileOrFolder + ": " + FileTree.reason(e), e);
        }
    }

    private static void readLine(LineReader lines, Path file, @Nullable Instant collected, GroundTruth into) {
        long number = lines.line();
        String id;
        String data;
        String label;
        boolean isJson;
        try {
            Map<String, @Nullable Object> record = Json.object(Json.parse(lines.text()));
            id = id(record);
            Map<String, @Nullable Object> truth = Json.object(record.get("groundTruthData"));
            data = text(truth.get("data"));
            isJson = "JSON".equals(truth.get("encoding"));
            label = isJson ? String.join("\n", labels(Json.parse(data))) : data;
        } catch (IllegalArgumentException e) {
            into.skip(NO_RECORD, file, number);
            return;
        }
        if (id.isEmpty() || label.isBlank()) {
            into.skip(id.isEmpty() ? "it has no eventId" : "it has no label", file, number);
        } else {
            into.record(id, label, isJson ? data : null, collected);
        }
    }

    /** Returns what the label is joined by. A merged record has its request's identifiers, of which the caller's goes first. */
    private static String id(Map<String, @Nullable Object> record) {
        Map<String, @Nullable Object> event = Json.object(record.get("eventMetadata"));
        String ofCaller = record.containsKey("captureData") ? text(event.get("inferenceId")) : "";
        return ofCaller.isEmpty() ? text(event.get("eventId")) : ofCaller;
    }

    private static List<String> labels(@Nullable Object value) {
        if (value instanceof List<?> list) {
            List<String> labels = new ArrayList<>();
            list.forEach(element -> labels.addAll(labels(element)));
            return labels;
        }
        if (value instanceof Map<?, ?>) {
            Map<String, @Nullable Object> object = Json.object(value);
            if (!object.containsKey("label") && object.size() != 1) {
                throw new IllegalArgumentException("an object has several values, and none is its label");
            }
            return labels(
                    object.containsKey("label")
                            ? object.get("label")
                            : object.values().iterator().next());
        }
        return List.of(text(value));
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
