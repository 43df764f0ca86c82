package io.modelmonitor.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.DataCapture;
import io.modelmonitor.api.Row;
import io.modelmonitor.labels.GroundTruth;
import io.modelmonitor.labels.LabelledCaptures;
import io.modelmonitor.sink.MemorySink;
import io.modelmonitor.sink.Sinks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Inference ids and custom attributes that are protected are in no file, log or message. */
class ProtectedMetadataTest {

    private static final byte[] KEY = "a key of sixteen bytes".getBytes(StandardCharsets.US_ASCII);
    private static final Privacy HASHED_ID = Privacy.hash("inferenceId", KEY);
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private MemorySink recorded(Privacy... privacy) {
        MemorySink memory = Sinks.memory(10);
        var builder = DataCapture.of("x").sink(memory);
        for (Privacy one : privacy) {
            builder = builder.protectingMetadata(one);
        }
        try (DataCapture capture = builder.start()) {
            assertThat(capture.record("alice", new double[] {1}, new double[] {0.5}, "alice's", "order"))
                    .isNotNull();
            assertThat(capture.flush(LONG)).isTrue();
        }
        return memory;
    }

    @Test
    void idsAndAttributesAreLeftOutMaskedOrHashed() {
        assertThat(recorded(Privacy.drop("inferenceId"), Privacy.drop("customAttributes"))
                        .records())
                .singleElement()
                .satisfies(record -> {
                    assertThat(record.inferenceId()).isNull();
                    assertThat(record.customAttributes()).isEmpty();
                });
        assertThat(recorded(Privacy.mask("customAttributes")).records())
                .singleElement()
                .satisfies(record -> {
                    assertThat(record.inferenceId()).isEqualTo("alice");
                    assertThat(record.customAttributes()).containsExactly("***", "***");
                });
        Privacy attributes = Privacy.hash("customAttributes", KEY);
        assertThat(recorded(HASHED_ID, attributes).records()).singleElement().satisfies(record -> {
            assertThat(record.inferenceId())
                    .isEqualTo(HASHED_ID.applyToText("alice"))
                    .hasSize(32);
            assertThat(record.customAttributes())
                    .containsExactly(attributes.applyToText("alice's"), attributes.applyToText("order"));
        });
    }

    @Test
    @ResourceLock(Resources.SYSTEM_ERR)
    void nothingOfThemIsInAFileALogOrAMessage() throws IOException {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try (DataCapture capture = DataCapture.of("x")
                .protectingMetadata(HASHED_ID)
                .protectingMetadata(Privacy.mask("customAttributes"))
                .sampling((id, input) -> {
                    if ("alice-refused".equals(id)) {
                        throw new IllegalStateException("no sample of " + id);
                    }
                    return true;
                })
                .sink(Sinks.all(Sinks.files(folder), batch -> {
                    throw new IOException("cannot send " + batch.records());
                }))
                .start()) {
            assertThat(capture.record("alice-refused", new double[] {1}, 0.5)).isNull();
            assertThat(capture.record("alice", List.of(1), 0.5, "alice's", "of alice"))
                    .isNotNull();
            assertThat(capture.flush(LONG)).isTrue();
            assertThat(capture.stats().failed()).isEqualTo(1);
        } finally {
            System.setErr(before);
        }
        assertThat(log.toString(StandardCharsets.UTF_8))
                .contains("requests that could not be captured", "IllegalStateException")
                .doesNotContain("alice");
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> written = files.filter(Files::isRegularFile).toList();
            assertThat(written).hasSize(1);
            assertThat(Files.readString(written.get(0)))
                    .contains(HASHED_ID.applyToText("alice"))
                    .doesNotContain("alice");
        }
    }

    @Test
    void hashedIdsAreJoinedWithLabelsOfThoseIdsAndEventIdsToo() throws IOException {
        List<String> events = new java.util.ArrayList<>();
        try (DataCapture capture = DataCapture.of("x")
                .protectingMetadata(HASHED_ID)
                .sink(Sinks.files(folder.resolve("captures")))
                .start()) {
            capture.record("7", new double[] {1}, 0.1);
            capture.record("007", new double[] {2}, 0.2);
            events.add(String.valueOf(capture.record(new double[] {3}, 0.3)));
        }
        Path file = folder.resolve("labels.jsonl");
        Files.writeString(
                file,
                "{\"groundTruthData\":{\"data\":\"b\",\"encoding\":\"CSV\"},\"eventMetadata\":{\"eventId\":\"007\"}}\n");
        GroundTruth labels = GroundTruth.create().protectingIds(Privacy.hash("a name does not matter", KEY));
        labels.record("7", "a");
        labels.record(events.get(0), "c");
        labels.read(file);

        LabelledCaptures joined = LabelledCaptures.of(CaptureFiles.in(folder.resolve("captures")), labels);
        try (Stream<Row> rows = joined.rows()) {
            assertThat(rows.map(row -> row.text("label"))).containsExactly("a", "b", "c");
        }
        assertThat(labels.label("007")).isEqualTo("b");
        GroundTruth others = GroundTruth.create()
                .protectingIds(Privacy.hash("inferenceId", "another key of bytes".getBytes(StandardCharsets.US_ASCII)));
        others.record("7", "a");
        try (Stream<Row> rows = LabelledCaptures.of(CaptureFiles.in(folder.resolve("captures")), others)
                .rows()) {
            assertThat(rows).isEmpty();
        }
    }

    @Test
    void whatCannotBeJoinedOrIsNotRecordedIsRefusedAtOnce() {
        GroundTruth labels = GroundTruth.create();
        assertThatThrownBy(() -> labels.protectingIds(Privacy.mask("inferenceId")))
                .hasMessageContaining("privacy of 'inferenceId' makes different ids the same");
        assertThatThrownBy(() -> labels.protectingIds(Privacy.drop("inferenceId")))
                .isInstanceOf(IllegalArgumentException.class);
        labels.record("a", "1");
        assertThatThrownBy(() -> labels.protectingIds(HASHED_ID)).hasMessageContaining("1 labels already");
        assertThatThrownBy(() -> recorded(Privacy.drop("eventId"))).hasMessageContaining("metadata 'eventId'");
        assertThatThrownBy(() -> recorded(HASHED_ID, Privacy.drop("inferenceId")))
                .hasMessageContaining("protected twice");
    }
}
