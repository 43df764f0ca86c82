package io.modelmonitor.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Report;
import io.modelmonitor.internal.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Validates reports against the published schema with the few words of JSON Schema that it uses. */
class JsonSchemaTest {

    /** Words that constrain nothing, or are dealt with where they are met. */
    private static final Set<String> KNOWN = Set.of(
            "$schema",
            "$id",
            "$defs",
            "title",
            "description",
            "format",
            "$ref",
            "anyOf",
            "const",
            "enum",
            "type",
            "minimum",
            "items",
            "properties",
            "required",
            "additionalProperties");

    private final Map<String, @Nullable Object> schema = Json.object(Json.parse(Reports.jsonSchema()));

    @Test
    void everyReportIsValid() {
        Report evidence = new Report(
                "evidence",
                Report.Status.INCOMPLETE,
                1,
                Instant.EPOCH,
                Instant.EPOCH,
                "",
                List.of(),
                List.of(
                        Metric.of("", "a", 1),
                        Metric.of("", "b", 0.5, new Evidence.Proportion(1, 2)),
                        Metric.of("", "c", 0.5, new Evidence.StandardError(0.1)),
                        Metric.of("", "d", 0.5, new Evidence.Limits(0.1, 0.2, Collections.nCopies(25, 0.3))),
                        Metric.of("", "e", 0.5, new Evidence.PValue(0.1, 0.2)),
                        Metric.of(
                                "",
                                "f",
                                0.5,
                                new Evidence.ComparedProportion(
                                        new Evidence.Proportion(1, 2), new Evidence.Proportion(3, 4))),
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
            assertThat(errors(Json.parse(Reports.json(report)))).isEmpty();
        }
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
                json.replaceFirst("\\{", "{\"more\":1,"))) {
            assertThat(broken).isNotEqualTo(json);
            assertThat(errors(Json.parse(broken))).isNotEmpty();
        }
    }

    private List<String> errors(@Nullable Object value) {
        List<String> errors = new ArrayList<>();
        check(value, schema, "$", errors);
        return errors;
    }

    private void check(@Nullable Object value, Map<String, @Nullable Object> rule, String at, List<String> errors) {
        assertThat(KNOWN).containsAll(rule.keySet());
        if (rule.get("$ref") instanceof String reference) {
            String name = reference.substring("#/$defs/".length());
            check(value, Json.object(Json.object(schema.get("$defs")).get(name)), at, errors);
        }
        if (rule.containsKey("anyOf")
                && Json.array(rule.get("anyOf")).stream().noneMatch(one -> {
                    List<String> ofOne = new ArrayList<>();
                    check(value, Json.object(one), at, ofOne);
                    return ofOne.isEmpty();
                })) {
            errors.add(at + " is none of the kinds allowed");
        }
        if (rule.containsKey("const") && !Json.write(rule.get("const")).equals(Json.write(value))) {
            errors.add(at + " is not " + rule.get("const"));
        }
        if (rule.containsKey("enum") && !Json.array(rule.get("enum")).contains(value)) {
            errors.add(at + " is none of " + rule.get("enum"));
        }
        if (rule.containsKey("type") && !isOf(rule.get("type"), value)) {
            errors.add(at + " is no " + rule.get("type"));
        }
        if (rule.get("minimum") instanceof Long least && value instanceof Long number && number < least) {
            errors.add(at + " is less than " + least);
        }
        if (rule.containsKey("items") && value instanceof List<?> list) {
            list.forEach(element -> check(element, Json.object(rule.get("items")), at + "[]", errors));
        }
        if (rule.containsKey("properties") && value instanceof Map<?, ?>) {
            checkObject(Json.object(value), rule, at, errors);
        }
    }

    private void checkObject(
            Map<String, @Nullable Object> object, Map<String, @Nullable Object> rule, String at, List<String> errors) {
        Map<String, @Nullable Object> properties = Json.object(rule.get("properties"));
        for (Object key : Json.array(rule.get("required"))) {
            if (!object.containsKey(key)) {
                errors.add(at + " has no " + key);
            }
        }
        object.forEach((key, value) -> {
            if (properties.containsKey(key)) {
                check(value, Json.object(properties.get(key)), at + "." + key, errors);
            } else if (Boolean.FALSE.equals(rule.get("additionalProperties"))) {
                errors.add(at + " may not have " + key);
            }
        });
    }

    private static boolean isOf(@Nullable Object type, @Nullable Object value) {
        if (type instanceof List<?> types) {
            return types.stream().anyMatch(one -> isOf(one, value));
        }
        return switch (String.valueOf(type)) {
            case "object" -> value instanceof Map;
            case "array" -> value instanceof List;
            case "boolean" -> value instanceof Boolean;
            case "string" -> value instanceof String;
            case "integer" -> value instanceof Long;
            case "number" -> value instanceof Number;
            case "null" -> value == null;
            default -> throw new AssertionError("unknown type " + type);
        };
    }
}
