package io.modelmonitor.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.modelmonitor.api.Assessment;
import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Report;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The JSON of reports against its schema, by a validator of JSON Schema. */
class JsonSchemaTest {

    private final Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Reports.jsonSchema(), InputFormat.JSON);

    @Test
    void everyReportIsValid() {
        Metric shares = Metric.of(
                "x",
                "completeness",
                0.5,
                new Evidence.ComparedProportion(new Evidence.Proportion(1, 2), new Evidence.Proportion(9, 9)));
        Constraint learned =
                new Constraint("x", "completeness", Bound.atLeast(0.9).asEstimate());
        Report evidence = new Report(
                "evidence",
                Report.Status.INCOMPLETE,
                1,
                Instant.EPOCH,
                Instant.EPOCH,
                "",
                List.of(new Assessment(learned, shares, 0.04, 0.04, Assessment.Outcome.VIOLATED)),
                List.of(
                        Metric.of("", "a", 1),
                        Metric.of("", "b", 0.5, new Evidence.Proportion(1, 2)),
                        shares,
                        Metric.of("", "c", 0.5, new Evidence.StandardError(0.1)),
                        Metric.of("", "d", 0.5, new Evidence.Limits(0.1, 0.2, Collections.nCopies(25, 0.3))),
                        Metric.of("", "e", 0.5, new Evidence.PValue(0.1, 0.2)),
                        Metric.of(
                                "",
                                "g",
                                0.5,
                                new Evidence.ComparedMean(
                                        new Evidence.StandardError(0.1, 2), new Evidence.StandardError(0.2)))),
                List.of(),
                List.of(),
                "none",
                0.05);
        assertThat(evidence.metrics())
                .extracting(metric -> metric.evidence().getClass().getName())
                .containsAll(Arrays.stream(Evidence.class.getPermittedSubclasses())
                        .map(Class::getName)
                        .toList());
        for (Report report : List.of(evidence, Samples.hostile(), Samples.wide(10))) {
            assertThat(errors(Reports.json(report))).isEmpty();
        }
    }

    @Test
    void readBackAreAllTextsThatUtf8Has() {
        List<String> whole = Samples.HOSTILE.stream()
                .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text))
                .toList();
        assertThat(whole).hasSize(Samples.HOSTILE.size() - 1);
        Report report = Samples.of(whole);
        assertThat(Reports.fromJson(Reports.json(report))).isEqualTo(report);

        String halves = Reports.json(Samples.of(List.of("\uD800 and \uDFFF alone")));
        assertThat(halves).contains("\"? and ? alone\"");
        assertThat(Reports.json(Reports.fromJson(halves))).isEqualTo(halves);
    }

    @Test
    void whatIsNoReportIsNot() {
        String json = Reports.json(Samples.wide(3));
        for (String broken : List.of(
                json.replace("\"version\":1", "\"version\":2"),
                json.replace("\"rows\":500", "\"rows\":-1"),
                json.replace("\"rows\":500", "\"rows\":\"500\""),
                json.replace("\"outcome\":\"holds\"", "\"outcome\":\"maybe\""),
                json.replace("\"kind\":\"histogram\"", "\"kind\":\"cake\""),
                json.replaceFirst("\"level\":[0-9.]+,", ""),
                json.replace("\"is_estimate\":false", "\"is_estimate\":0"),
                json.replaceFirst("\\{", "{\"more\":1,"))) {
            assertThat(broken).isNotEqualTo(json);
            assertThat(errors(broken)).isNotEmpty();
        }
    }

    private List<Error> errors(String json) {
        return schema.validate(json, InputFormat.JSON);
    }
}
