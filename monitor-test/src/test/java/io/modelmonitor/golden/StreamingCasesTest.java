package io.modelmonitor.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelmonitor.stats.detection.ChangeDetector;
import io.modelmonitor.stats.detection.ChangeDetectors;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Detectors of change on the golden streams: the same changes as the implementations of the same definition. */
class StreamingCasesTest {

    private static final String OTHER_LIBRARY = "frouros";

    @TestFactory
    Stream<DynamicTest> streamsOfErrors() {
        return GoldenCases.of("streaming", "error_stream", StreamingCasesTest::check);
    }

    @TestFactory
    Stream<DynamicTest> streamsOfValues() {
        return GoldenCases.of("streaming", "value_stream", StreamingCasesTest::check);
    }

    private static void check(GoldenCase golden) throws Exception {
        double[] stream = Csv.rows(golden.input("stream")).stream()
                .mapToDouble(row -> Double.parseDouble(row[0]))
                .toArray();
        assertThat(stream).hasSize(golden.expected().path("n").asInt());
        int compared = 0;
        for (JsonNode run : golden.expected().path("runs")) {
            compared += check(run, stream) ? 1 : 0;
        }
        assertThat(compared).isGreaterThanOrEqualTo(6);
    }

    private static boolean check(JsonNode run, double[] stream) {
        String detector = run.path("detector").asText();
        boolean isOther = run.path("implementation").asText().equals(OTHER_LIBRARY);
        JsonNode parameters = run.path("parameters");
        List<Integer> expected = new ArrayList<>();
        run.path("result").path("change_indexes").forEach(index -> expected.add(index.asInt()));
        // scikit-multiflow compares one more than the number of values with its least number of them.
        int least = parameters
                        .path(parameters.has("min_instances") ? "min_instances" : "min_num_instances")
                        .asInt()
                - (isOther ? 0 : 1);
        double delta = parameters.path("delta").asDouble();
        return switch (detector) {
            case "page_hinkley" ->
                !isOther // the other's sum is not cut at 0
                        && isEqual(
                                ChangeDetectors.pageHinkley(
                                        delta,
                                        parameters.path("threshold").asDouble(),
                                        parameters.path("alpha").asDouble(),
                                        least),
                                stream,
                                expected,
                                run);
            case "cusum" ->
                isEqual(
                        ChangeDetectors.cusum(delta, parameters.path("lambda").asDouble(), least),
                        stream,
                        expected,
                        run);
            case "ddm" ->
                isEqual(
                        ChangeDetectors.ddm(
                                parameters
                                        .path(isOther ? "drift_level" : "out_control_level")
                                        .asDouble(),
                                least),
                        stream,
                        expected,
                        run);
            case "eddm" ->
                isEqual(
                        ChangeDetectors.eddm(parameters.path("out_control").asDouble(), least + 1),
                        stream,
                        expected,
                        run);
            case "adwin" -> findsWhereOthersDo(ChangeDetectors.adwin(delta), stream, expected, run);
            default -> false; // the library has no such detector
        };
    }

    private static boolean isEqual(ChangeDetector detector, double[] stream, List<Integer> expected, JsonNode run) {
        assertThat(detector.changes(stream))
                .as(run.path("detector").asText() + run.path("parameters"))
                .isEqualTo(expected);
        return true;
    }

    /**
     * Both implementations leave out the newest bucket of each size where they cut, and differ from each other; ours looks at every cut of the
     * paper, and a test of its own compares it with the definition. Here, it finds something where they do.
     */
    private static boolean findsWhereOthersDo(
            ChangeDetector detector, double[] stream, List<Integer> expected, JsonNode run) {
        List<Integer> found = detector.changes(stream);
        if (!expected.isEmpty()) {
            assertThat(found).as("adwin" + run.path("parameters")).isNotEmpty();
        }
        return true;
    }
}
