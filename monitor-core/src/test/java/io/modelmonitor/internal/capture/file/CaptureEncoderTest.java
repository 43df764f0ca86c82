package io.modelmonitor.internal.capture.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.Payload;
import io.modelmonitor.internal.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureEncoderTest {

    /** Characters of every kind that JSON or UTF-8 knows, one a string. */
    private static final List<String> CHARACTERS = List.of(
            "a",
            "7",
            ",",
            " ",
            "\"",
            "\\",
            "/",
            "\n",
            "\r",
            "\t",
            "\b",
            "\f",
            "\u000b",
            "\u0000",
            "\u001f",
            "\u007f",
            "\u0080",
            "é",
            "ß",
            "日",
            "\u2028",
            "\ufffd",
            "\ud83d\ude00");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void aLineIsTheSameBytesAsATreeOfItWritten(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        CaptureEncoder encoder = new CaptureEncoder(lines);
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            CaptureRecord record = new CaptureRecord(
                    text(random),
                    random.nextBoolean() ? null : text(random),
                    random.nextInt(5) == 0 ? null : Instant.ofEpochMilli(random.nextLong(2_000_000_000_000L)),
                    random.nextInt(5) == 0 ? null : payload(random),
                    random.nextInt(5) == 0 ? null : payload(random),
                    random.nextInt(5) == 0 ? List.of(text(random), text(random)) : List.of());
            encoder.write(record);
            String line = Json.write(tree(record));
            expected.append(line).append('\n');
            assertThat(CaptureEncoder.line(record)).isEqualTo(line);
            assertThat(encoder.length(record)).isEqualTo(line.getBytes(StandardCharsets.UTF_8).length + 1);
        }
        assertThat(lines.toString(StandardCharsets.UTF_8)).isEqualTo(expected.toString());
    }

    private static Payload payload(SplittableRandom random) {
        Payload.Encoding[] encodings = Payload.Encoding.values();
        return new Payload(text(random), encodings[random.nextInt(encodings.length)], text(random));
    }

    /** Mostly such text as needs no escapes, sometimes such as does, at any place. */
    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder("0.5,".repeat(random.nextInt(20)));
        int odd = random.nextInt(3) == 0 ? 0 : random.nextInt(4);
        for (int i = 0; i < odd; i++) {
            text.insert(random.nextInt(text.length() + 1), CHARACTERS.get(random.nextInt(CHARACTERS.size())));
        }
        // A pair may have been put between the halves of another one.
        return new String(text.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static Map<String, Object> tree(CaptureRecord record) {
        Map<String, Object> data = new LinkedHashMap<>();
        if (record.input() != null) {
            data.put("endpointInput", tree(record.input(), "INPUT"));
        }
        if (record.output() != null) {
            data.put("endpointOutput", tree(record.output(), "OUTPUT"));
        }
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("eventId", record.eventId());
        if (record.inferenceId() != null) {
            event.put("inferenceId", record.inferenceId());
        }
        if (!record.customAttributes().isEmpty()) {
            event.put("customAttributes", new ArrayList<>(record.customAttributes()));
        }
        if (record.inferenceTime() != null) {
            event.put(
                    "inferenceTime",
                    Instant.ofEpochSecond(record.inferenceTime().getEpochSecond())
                            .toString());
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("captureData", data);
        tree.put("eventMetadata", event);
        tree.put("eventVersion", "0");
        return tree;
    }

    private static Map<String, Object> tree(Payload payload, String mode) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("observedContentType", payload.contentType());
        tree.put("mode", mode);
        tree.put("data", payload.data());
        tree.put("encoding", payload.encoding().name());
        return tree;
    }

    @Test
    void halfACharacterDoesNotSpoilTheRecordsAroundIt() throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        CaptureEncoder encoder = new CaptureEncoder(lines);
        encoder.write(record("a", "\ud83d,1"));
        encoder.write(record("b", "\"\ude00\""));
        CaptureDecoder decoder = new CaptureDecoder();
        String[] read = lines.toString(StandardCharsets.UTF_8).split("\n", -1);
        assertThat(decoder.read(read[0])).isEqualTo(record("a", "?,1"));
        assertThat(decoder.read(read[1])).isEqualTo(record("b", "\"?\""));
    }

    @Test
    void aLargeRecordBetweenSmallOnesIsWrittenWhole() throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        CaptureEncoder encoder = new CaptureEncoder(lines);
        List<CaptureRecord> records =
                List.of(record("a", "1"), record("b", "2,\"x\",".repeat(500_000)), record("c", "3"));
        for (CaptureRecord record : records) {
            encoder.write(record);
        }
        CaptureDecoder decoder = new CaptureDecoder();
        assertThat(lines.toString(StandardCharsets.UTF_8)
                        .lines()
                        .map(decoder::read)
                        .toList())
                .isEqualTo(records);
    }

    @Test
    void aLineThatCouldNotBeWrittenIsNoPartOfTheNext() throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        boolean[] failing = {true};
        CaptureEncoder encoder = new CaptureEncoder(new FilterOutputStream(lines) {
            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                if (failing[0]) {
                    throw new IOException("full");
                }
                lines.write(bytes, from, length);
            }
        });
        assertThatThrownBy(() -> encoder.write(record("a", "1"))).hasMessage("full");
        failing[0] = false;
        encoder.write(record("b", "2"));
        assertThat(lines.toString(StandardCharsets.UTF_8)).isEqualTo(CaptureEncoder.line(record("b", "2")) + "\n");
    }

    private static CaptureRecord record(String id, String row) {
        return new CaptureRecord(id, null, Instant.EPOCH, Payload.csv(row), null, List.of());
    }
}
