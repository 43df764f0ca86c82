package io.modelmonitor.labels;

import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.Payload;
import io.modelmonitor.capture.CaptureFiles;
import io.modelmonitor.internal.json.Json;
import io.modelmonitor.internal.json.JsonWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes captured requests with their labels as the managed service's merge did: one JSON object a line, in this order
 * {@code eventVersion}, {@code groundTruthData}, {@code captureData}, {@code eventMetadata}; the keys of a payload by the
 * alphabet. Requests without a label are left out.
 */
public final class MergedRecords {

    private MergedRecords() {}

    /**
     * Writes a file, over one that is there.
     *
     * @return how many requests were written
     * @throws UncheckedIOException if the captures cannot be read, or the file cannot be written
     */
    public static long write(LabelledCaptures captures, Path file) {
        try (Pairs pairs = captures.pairs();
                JsonWriter writer = Json.writer(new BufferedOutputStream(Files.newOutputStream(file)))) {
            long written = 0;
            while (pairs.next()) {
                write(pairs.record(), pairs.label(), writer);
                written++;
            }
            return written;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write merged records to " + file + ": " + e, e);
        }
    }

    private static void write(CaptureRecord record, String label, JsonWriter writer) {
        writer.object().name("eventVersion").value("0");
        writer.name("groundTruthData").object();
        writer.name("data").value(label).name("encoding").value("CSV").endObject();
        writer.name("captureData").object();
        write("endpointInput", "INPUT", record.input(), writer);
        write("endpointOutput", "OUTPUT", record.output(), writer);
        writer.endObject();
        writer.name("eventMetadata").object().name("eventId").value(record.eventId());
        if (record.inferenceId() != null) {
            writer.name("inferenceId").value(record.inferenceId());
        }
        if (record.inferenceTime() != null) {
            writer.name("inferenceTime").value(record.inferenceTime().toString());
        }
        writer.endObject().endObject().raw('\n');
    }

    private static void write(String name, String mode, @Nullable Payload payload, JsonWriter writer) {
        if (payload != null) {
            writer.name(name).object();
            writer.name("data").value(payload.data());
            writer.name("encoding").value(payload.encoding().name());
            writer.name("mode").value(mode);
            writer.name("observedContentType").value(payload.contentType()).endObject();
        }
    }

    /** Reads requests that have a label, with it. */
    static final class Pairs implements AutoCloseable {

        private final CaptureFiles.Cursor source;
        private final GroundTruth labels;
        private @Nullable CaptureRecord record;
        private @Nullable String label;

        Pairs(CaptureFiles.Cursor source, GroundTruth labels) {
            this.source = source;
            this.labels = labels;
        }

        boolean next() {
            do {
                record = source.next();
                label = record == null ? null : labels.label(record);
            } while (record != null && label == null);
            return record != null;
        }

        CaptureRecord record() {
            return Objects.requireNonNull(record, "next() returned false");
        }

        String label() {
            return Objects.requireNonNull(label, "next() returned false");
        }

        @Override
        public void close() {
            source.close();
        }
    }
}
