package io.modelmonitor.labels;

import io.modelmonitor.capture.CaptureLayout;
import io.modelmonitor.internal.json.Json;
import io.modelmonitor.internal.json.JsonWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.UUID;

/**
 * Writes labels in the managed service's format: {@code yyyy/mm/dd/hh/*.jsonl} by the hour in which they were collected. What
 * it writes, {@link GroundTruth#read} reads. Not safe for use by several threads.
 */
public final class GroundTruthWriter implements AutoCloseable {

    private final JsonWriter writer;

    private GroundTruthWriter(OutputStream out) {
        this.writer = Json.writer(out);
    }

    /**
     * Starts a file below a folder.
     *
     * @param folder the root of ground truth; created if it is not there
     * @param collected when the labels were collected
     * @throws UncheckedIOException if the file cannot be created
     */
    public static GroundTruthWriter in(Path folder, Instant collected) {
        Path hour = folder.resolve(CaptureLayout.hour(collected));
        try {
            Files.createDirectories(hour);
            return to(hour.resolve(CaptureLayout.fileName(collected, UUID.randomUUID())));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create " + hour + ": " + e, e);
        }
    }

    /**
     * Starts a file.
     *
     * @throws UncheckedIOException if it is there already, or cannot be created
     */
    public static GroundTruthWriter to(Path file) {
        try {
            return new GroundTruthWriter(
                    new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create " + file + ": " + e, e);
        }
    }

    /**
     * Writes a label.
     *
     * @param id the request's inference id, or its event id if it had none
     * @throws UncheckedIOException if it cannot be written
     */
    public GroundTruthWriter record(String id, String label) {
        writer.object();
        writer.name("groundTruthData").object();
        writer.name("data").value(label).name("encoding").value("CSV").endObject();
        writer.name("eventMetadata").object().name("eventId").value(id).endObject();
        writer.name("eventVersion").value("0").endObject().raw('\n');
        return this;
    }

    @Override
    public void close() {
        writer.close();
    }
}
