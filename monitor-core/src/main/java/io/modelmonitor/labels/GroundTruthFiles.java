package io.modelmonitor.labels;

import io.modelmonitor.capture.file.CaptureLayout;
import io.modelmonitor.internal.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads ground truth in the managed service's format, one JSON object a line:
 *
 * <pre>{@code
 * {"groundTruthData":{"data":"1","encoding":"CSV"},"eventMetadata":{"eventId":"aaaa-bbbb"},"eventVersion":"0"}
 * }</pre>
 *
 * <p>With encoding {@code JSON} the data is a JSON text: a label, an object with the label under {@code label} or as its only
 * value, or a list of these, by itself or as the only value of an object, one for each row of the request.
 */
final class GroundTruthFiles {

    private GroundTruthFiles() {}

    static void read(Path fileOrFolder, GroundTruth into) {
        for (Path file : files(fileOrFolder)) {
            Instant collected = CaptureLayout.hourOf(file.toAbsolutePath());
            try (BufferedReader reader = Files.newBufferedReader(file)) {
                long number = 0;
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    number++;
                    if (!line.isBlank()) {
                        readLine(line, number, collected, into);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read ground truth in " + file + ": " + e, e);
            }
        }
    }

    private static List<Path> files(Path fileOrFolder) {
        try (Stream<Path> paths = Files.walk(fileOrFolder)) {
            return paths.filter(Files::isRegularFile)
                    .filter(path -> path.equals(fileOrFolder) || path.toString().endsWith(CaptureLayout.LINES))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list ground truth in " + fileOrFolder + ": " + e, e);
        }
    }

    private static void readLine(String line, long number, @Nullable Instant collected, GroundTruth into) {
        String id;
        String label;
        try {
            Map<String, @Nullable Object> record = Json.object(Json.parse(line));
            id = text(Json.object(record.get("eventMetadata")).get("eventId"));
            label = label(Json.object(record.get("groundTruthData")));
        } catch (IllegalArgumentException e) {
            into.skip("it is no ground truth record", number);
            return;
        }
        if (id.isEmpty() || label.isBlank()) {
            into.skip(id.isEmpty() ? "it has no eventId" : "it has no label", number);
        } else if (collected == null) {
            into.record(id, label);
        } else {
            into.record(id, label, collected);
        }
    }

    private static String label(Map<String, @Nullable Object> data) {
        String text = text(data.get("data"));
        return "JSON".equals(data.get("encoding")) ? String.join("\n", labels(Json.parse(text))) : text;
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
