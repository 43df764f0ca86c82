package io.modelmonitor.labels;

import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.Payload;
import io.modelmonitor.capture.CaptureFiles;
import io.modelmonitor.internal.json.Json;
import io.modelmonitor.internal.json.JsonWriter;
import io.modelmonitor.labels.LabelIndex.Label;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes captured requests with their labels as the managed service's merge wrote them: one JSON object a line.
 *
 * <p>A request to an endpoint is written in the order {@code eventVersion}, {@code groundTruthData}, {@code captureData}, {@code
 * eventMetadata}, the keys of a payload by the alphabet. Payloads without a content type, as a batch job has them, are written
 * as {@code batchTransformInput} and {@code batchTransformOutput}, of data and encoding only, with the event before the others. A
 * label that was read as JSON is written as that JSON. Requests without a label are left out.
 */
public final class MergedRecords {

    private MergedRecords() {}

    /**
     * Returns the requests of a merged file, or of all files below a folder whose names end with {@code .jsonl}, with their labels.
     * Lines that cannot be read are counted among the problems of a cursor.
     *
     * @throws UncheckedIOException if a file cannot be read
     */
    public static LabelledCaptures read(Path fileOrFolder) {
        GroundTruth labels = GroundTruth.create();
        labels.read(fileOrFolder);
        return LabelledCaptures.of(CaptureFiles.in(fileOrFolder), labels);
    }

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

    private static void write(CaptureRecord record, Label label, JsonWriter writer) {
        boolean isBatch = isBatch(record.input()) && isBatch(record.output());
        writer.object();
        if (isBatch) {
            writeEvent(record, writer);
        }
        writer.name("eventVersion").value("0");
        writer.name("groundTruthData").object();
        writer.name("data").value(label.json() == null ? label.text() : label.json());
        writer.name("encoding").value(label.json() == null ? "CSV" : "JSON").endObject();
        writer.name("captureData").object();
        write(isBatch ? "batchTransformInput" : "endpointInput", "INPUT", record.input(), isBatch, writer);
        write(isBatch ? "batchTransformOutput" : "endpointOutput", "OUTPUT", record.output(), isBatch, writer);
        writer.endObject();
        if (!isBatch) {
            writeEvent(record, writer);
        }
        writer.endObject().raw('\n');
    }

    private static boolean isBatch(@Nullable Payload payload) {
        return payload == null || payload.contentType().isEmpty();
    }

    private static void writeEvent(CaptureRecord record, JsonWriter writer) {
        writer.name("eventMetadata").object().name("eventId").value(record.eventId());
        if (record.inferenceId() != null) {
            writer.name("inferenceId").value(record.inferenceId());
        }
        if (!record.customAttributes().isEmpty()) {
            writer.name("customAttributes").tree(record.customAttributes());
        }
        if (record.inferenceTime() != null) {
            writer.name("inferenceTime").value(record.inferenceTime().toString());
        }
        writer.endObject();
    }

    private static void write(String name, String mode, @Nullable Payload payload, boolean isBatch, JsonWriter writer) {
        if (payload == null) {
            return;
        }
        writer.name(name).object();
        writer.name("data").value(payload.data());
        writer.name("encoding").value(payload.encoding().name());
        if (!isBatch) {
            writer.name("mode").value(mode);
            writer.name("observedContentType").value(payload.contentType());
        }
        writer.endObject();
    }

    /** Reads requests that have a label, with it. */
    static final class Pairs implements AutoCloseable {

        private final CaptureFiles.Cursor source;
        private final GroundTruth labels;
        private @Nullable CaptureRecord record;
        private @Nullable Label label;

        Pairs(CaptureFiles.Cursor source, GroundTruth labels) {
            this.source = source;
            this.labels = labels;
        }

        boolean next() {
            do {
                record = source.next();
                label = record == null ? null : labels.find(record);
            } while (record != null && label == null);
            return record != null;
        }

        CaptureRecord record() {
            return Objects.requireNonNull(record, "next() returned false");
        }

        Label label() {
            return Objects.requireNonNull(label, "next() returned false");
        }

        @Override
        public void close() {
            source.close();
        }
    }
}
