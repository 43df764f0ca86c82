package io.modelmonitor.internal.capture.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.Payload;
import io.modelmonitor.internal.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of capture files: what is a record, what is read over, and what a line that is none is said to be. */
class CaptureDecoderTest {

    private static final CaptureRecord RECORD = new CaptureRecord(
            "e1",
            "i1",
            Instant.parse("2026-03-04T12:00:00Z"),
            Payload.csv("1,2"),
            Payload.json("{\"a\":[1]}"),
            List.of("x", "y"));

    /** Values of every kind, with names within that mean something elsewhere. */
    private static final List<Object> OTHERS = List.of(
            7,
            0.5,
            true,
            "text",
            List.of(1, List.of("data"), Map.of("eventId", "no")),
            Map.of("eventId", "no", "data", Map.of("encoding", "no")),
            List.of());

    private final CaptureDecoder decoder = new CaptureDecoder();

    private static Map<String, Object> payload(String type, String data, String encoding) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("observedContentType", type);
        tree.put("data", data);
        tree.put("encoding", encoding);
        return tree;
    }

    private static Map<String, Object> tree(String input, String output) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put(input, payload("text/csv", "1,2", "CSV"));
        data.put(output, payload("application/json", "{\"a\":[1]}", "JSON"));
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("eventId", "e1");
        event.put("inferenceId", "i1");
        event.put("inferenceTime", "2026-03-04T12:00:00Z");
        event.put("customAttributes", List.of("x", "y"));
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("captureData", data);
        tree.put("eventMetadata", event);
        tree.put("eventVersion", "0");
        return tree;
    }

    @ParameterizedTest
    @CsvSource({"endpointInput, endpointOutput", "batchTransformInput, batchTransformOutput"})
    void requestsOfEndpointsAndOfBatchesAreRecords(String input, String output) {
        assertThat(decoder.read(Json.write(tree(input, output)))).isEqualTo(RECORD);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatHasAnotherNameIsReadOverWhateverItIsAndWhereverItStands(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 200; i++) {
            String line = Json.write(withOthers(tree("endpointInput", "endpointOutput"), random));
            assertThat(decoder.read(line)).as(line).isEqualTo(RECORD);
        }
    }

    /** Returns an object with more members, before and behind those it has, at any depth. */
    private static Map<String, Object> withOthers(Map<String, Object> tree, SplittableRandom random) {
        Map<String, Object> more = new LinkedHashMap<>();
        tree.forEach((name, value) -> {
            if (random.nextInt(3) == 0) {
                more.put("other" + more.size(), OTHERS.get(random.nextInt(OTHERS.size())));
            }
            more.put(name, value instanceof Map<?, ?> inner ? withOthers(cast(inner), random) : value);
        });
        if (random.nextInt(3) == 0) {
            more.put("other" + more.size(), OTHERS.get(random.nextInt(OTHERS.size())));
        }
        return more;
    }

    @SuppressWarnings("unchecked") // keys of JSON objects are strings
    private static Map<String, Object> cast(Map<?, ?> map) {
        return (Map<String, Object>) map;
    }

    /** Something that has a known name but is of another kind is as good as not there, and what follows is read. */
    @Test
    void whatIsNoObjectOrNoTextWhereOneBelongsIsNotThere() {
        for (Object odd : Arrays.asList(List.of(1, "x"), null, Map.of("data", 1))) {
            Map<String, Object> tree = tree("endpointInput", "endpointOutput");
            Map<String, Object> event = cast((Map<?, ?>) tree.get("eventMetadata"));
            event.put("inferenceId", odd);
            event.put("inferenceTime", odd);
            event.put("customAttributes", Arrays.asList("x", odd, 2, false));
            assertThat(decoder.read(Json.write(tree)))
                    .isEqualTo(new CaptureRecord(
                            "e1", null, null, RECORD.input(), RECORD.output(), List.of("x", "2", "false")));
            event.put("customAttributes", odd instanceof List ? null : odd);
            assertThat(decoder.read(Json.write(tree)).customAttributes()).isEmpty();
        }
        Map<String, Object> tree = tree("endpointInput", "endpointOutput");
        Map<String, Object> data = cast((Map<?, ?>) tree.get("captureData"));
        data.put("endpointInput", List.of(1));
        data.put("endpointOutput", "none");
        assertThat(decoder.read(Json.write(tree)))
                .isEqualTo(new CaptureRecord("e1", "i1", RECORD.inferenceTime(), null, null, List.of("x", "y")));
        tree.put("captureData", new ArrayList<>());
        assertThatThrownBy(() -> decoder.read(Json.write(tree))).hasMessage("it has no captureData");
    }

    @Test
    void timesOfAnyOffsetAreReadAndOnesThatAreNoneAreNoTime() {
        for (String time : List.of("2026-03-04T12:00:00Z", "2026-03-04T14:00:00+02:00", "2026-03-04T12:00:00.000Z")) {
            assertThat(decoder.read("{\"captureData\":{},\"eventMetadata\":{\"eventId\":\"e\",\"inferenceTime\":\""
                                    + time + "\"}}")
                            .inferenceTime())
                    .isEqualTo(RECORD.inferenceTime());
        }
        assertThat(decoder.read("{\"captureData\":{},\"eventMetadata\":{\"eventId\":\"e\",\"inferenceTime\":\"noon\"}}")
                        .inferenceTime())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "[] | it is no JSON object",
                "7 | it is no JSON object",
                "{} | it has no captureData",
                "{\"captureData\":{}} | it has no eventId",
                "{\"captureData\":{},\"eventMetadata\":7} | it has no eventId",
                "{\"captureData\":{},\"eventMetadata\":{\"eventId\":[]}} | it has no eventId",
                "{\"eventMetadata\":{\"eventId\":\"e\"}} | it has no captureData",
                "{\"captureData\":{\"endpointInput\":{}}} | a payload has no data",
                "{\"captureData\":{\"endpointInput\":{\"data\":\"1\"}}} | a payload has no encoding",
                "{\"captureData\":{\"endpointOutput\":{\"data\":\"1\",\"encoding\":\"XML\"}}} "
                        + "| its encoding is none of CSV, JSON and BASE64",
                "{\"captureData\":{\"endpointInput\":{\"encoding\":\"CSV\"}}} | a payload has no data",
                "{\"captureData\":{},\"eventMetadata\":{\"eventId\":\"e\"}} {} | there is more after the end of the record"
            })
    void aLineThatIsNoRecordIsSaidToBeWhatItIs(String line, String why) {
        assertThatThrownBy(() -> decoder.read(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(why);
        assertThat(decoder.read(Json.write(tree("endpointInput", "endpointOutput"))))
                .as("the next line")
                .isEqualTo(RECORD);
    }
}
