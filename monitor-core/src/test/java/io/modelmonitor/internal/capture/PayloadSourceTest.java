package io.modelmonitor.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.api.Feature;
import io.modelmonitor.api.FeatureType;
import io.modelmonitor.api.Payload;
import io.modelmonitor.api.Schema;
import io.modelmonitor.capture.Privacy;
import io.modelmonitor.internal.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PayloadSourceTest {

    private static final PayloadFormat PLAIN = PayloadFormat.of(null, false, List.of());
    private static final byte[] KEY = new byte[16];

    @Test
    void aRowOfValuesIsQuotedWhereItHasToBe() {
        assertThat(payload(
                        PayloadSource.values(1, 2.5, "a,b", "say \"x\"", "two\nlines", null, true, 'c', "", 7L), PLAIN))
                .isEqualTo(Payload.csv("1,2.5,\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",,true,c,\"\",7"));
    }

    @Test
    void aRowOfOneMissingValueIsNoBlankLine() {
        assertThat(payload(PayloadSource.numbers(Double.NaN), PLAIN).data()).isEqualTo("\"\"");
        assertThat(payload(PayloadSource.values((Object) null), PLAIN).data()).isEqualTo("\"\"");
    }

    @Test
    void infinityIsKeptAndNanIsMissing() {
        double[] row = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        assertThat(payload(PayloadSource.numbers(row), PLAIN).data()).isEqualTo(",Infinity,-Infinity");
        PayloadFormat json = PayloadFormat.of(Schema.ofNames("a", "b", "c"), true, List.of());
        assertThat(payload(PayloadSource.numbers(row), json).data())
                .isEqualTo("{\"a\":null,\"b\":\"Infinity\",\"c\":\"-Infinity\"}");
    }

    @Test
    void namedColumnsBecomeJsonIfWanted() {
        PayloadFormat json = PayloadFormat.of(Schema.ofNames("age", "city"), true, List.of());
        assertThat(payload(PayloadSource.values(37, "Bonn"), json))
                .isEqualTo(Payload.json("{\"age\":37,\"city\":\"Bonn\"}"));
    }

    @Test
    void aFractionalColumnIsWrittenWithAPoint() {
        PayloadFormat form = PayloadFormat.of(
                Schema.of(List.of(new Feature("a", FeatureType.FRACTIONAL), new Feature("b", FeatureType.INTEGRAL))),
                false,
                List.of());
        assertThat(payload(PayloadSource.numbers(1, 2), form).data()).isEqualTo("1.0,2");
        assertThat(payload(PayloadSource.values(1, 2), form).data()).isEqualTo("1.0,2");
    }

    @Test
    void aPayloadHasItsRowsAsValuesUnlessOneOfThemIsTextAlready() {
        PayloadSource numbers = PayloadSource.numbers(1, 2);
        assertThat(payload(PayloadSource.values(1, "x", null), PLAIN).rows())
                .isEqualTo(List.of(Arrays.asList(1L, "x", null)));
        assertThat(payload(PayloadSource.fields(Map.of("a", 1)), PLAIN).rows()).isEqualTo(List.of(Map.of("a", 1L)));
        assertThat(payload(PayloadSource.rows(List.of(numbers, PayloadSource.values("x"))), PLAIN)
                        .rows())
                .usingRecursiveComparison()
                .isEqualTo(List.of(new double[] {1, 2}, List.of("x")));
        Payload mixed = payload(PayloadSource.rows(List.of(numbers, PayloadSource.payload(Payload.csv("3,4")))), PLAIN);
        assertThat(mixed.rows()).isNull();
        assertThat(mixed).isEqualTo(Payload.csv("1,2\n3,4"));
        assertThat(payload(PayloadSource.payload(Payload.csv("3,4")), PLAIN).rows())
                .isNull();
    }

    /** A tree of a library can be iterated over too, without its names. */
    @Test
    void aTreeOfJsonIsWhatItSaysAloneAndWithin() {
        String object = "{\"a\":[1,2.5,\"x\",null],\"b\":{\"c\":true}}";
        JsonNode tree = JsonMapper.shared().readTree(object);
        assertThat(payload(PayloadSource.of(tree), PLAIN)).isEqualTo(Payload.json(object));
        assertThat(payload(PayloadSource.of(Map.of("t", tree)), PLAIN))
                .isEqualTo(Payload.json("{\"t\":" + object + "}"));
        assertThat(payload(PayloadSource.of(List.of(tree, tree)), PLAIN))
                .isEqualTo(Payload.jsonLines(object + "\n" + object));
        assertThat(payload(PayloadSource.of(JsonMapper.shared().readTree("[1,2.5,\"x\",null]")), PLAIN))
                .isEqualTo(Payload.csv("1,2.5,x,"));
        assertThatThrownBy(() -> PayloadSource.of(tree).copy(PLAIN, new Allowance(20)))
                .hasMessage("a payload is larger than the 20 bytes that are allowed");
    }

    @Test
    void columnsBeyondTheSchemaAreNamedByTheirPlaceAndNotFractional() {
        Schema schema = Schema.of(List.of(new Feature("a", FeatureType.FRACTIONAL)));
        PayloadFormat csv = PayloadFormat.of(schema, false, List.of());
        PayloadFormat json = PayloadFormat.of(schema, true, List.of());
        for (PayloadSource row : List.of(PayloadSource.numbers(1, 2), PayloadSource.values(1, 2))) {
            assertThat(payload(row, csv).data()).isEqualTo("1.0,2");
            assertThat(payload(row, json).data()).matches("\\{\"a\":1(\\.0)?,\"_c1\":2(\\.0)?}");
        }
    }

    @Test
    void aRowOfNumbersTakesEightBytesOfItsAllowanceForEach() {
        PayloadFormat csv = PayloadFormat.of(null, false, List.of());
        assertThat(csv.copyOf(new double[10], new Allowance(80)).weight()).isGreaterThanOrEqualTo(80);
        assertThatThrownBy(() -> csv.copyOf(new double[10], new Allowance(79)))
                .hasMessage("a payload is larger than the 79 bytes that are allowed");
    }

    @Test
    void manyRowsAreOneLineEach() {
        assertThat(payload(
                        PayloadSource.rows(List.of(PayloadSource.numbers(1, 2), PayloadSource.numbers(3, 4))), PLAIN))
                .isEqualTo(Payload.csv("1,2\n3,4"));
        assertThat(payload(
                        PayloadSource.rows(
                                List.of(PayloadSource.fields(Map.of("a", 1)), PayloadSource.fields(Map.of("a", 2)))),
                        PLAIN))
                .isEqualTo(Payload.jsonLines("{\"a\":1}\n{\"a\":2}"));
    }

    @Test
    void aMapMayHoldAnythingAndANullKey() {
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put(null, 1);
        map.put("list", Arrays.asList(1, null, 2.5f));
        map.put("array", new int[] {1, 2});
        map.put("nested", Map.of("x", new BigDecimal("12.50")));
        map.put("big", new BigDecimal("12345678901234567890"));
        map.put("nan", Double.NaN);
        map.put("infinite", Float.POSITIVE_INFINITY);
        map.put(7, FeatureType.STRING);
        assertThat(payload(PayloadSource.fields(map), PLAIN).data())
                .isEqualTo("{\"null\":1,\"list\":[1,null,2.5],\"array\":[1,2],\"nested\":{\"x\":12.5},"
                        + "\"big\":12345678901234567890,\"nan\":null,\"infinite\":\"Infinity\",\"7\":\"STRING\"}");
    }

    @Test
    void nobodyCanChangeACopy() {
        double[] numbers = {1};
        Object[] values = {"a"};
        List<Object> list = new ArrayList<>(List.of(1));
        Map<String, Object> map = new HashMap<>(Map.of("list", list));
        byte[] bytes = {1};
        List<PayloadSource> copies = List.of(
                PayloadSource.numbers(numbers).copy(PLAIN, new Allowance(1 << 20)),
                PayloadSource.values(values).copy(PLAIN, new Allowance(1 << 20)),
                PayloadSource.fields(map).copy(PLAIN, new Allowance(1 << 20)),
                PayloadSource.bytes("x", bytes).copy(PLAIN, new Allowance(1 << 20)));
        numbers[0] = 2;
        values[0] = "b";
        list.add(2);
        map.put("more", 3);
        bytes[0] = 2;
        assertThat(copies.stream()
                        .map(copy -> copy.payload(PLAIN, new TextBuffer()).data())
                        .toList())
                .containsExactly("1", "a", "{\"list\":[1]}", "AQ==");
    }

    @Test
    void aMapThatContainsItselfIsRefused() {
        Map<String, Object> map = new HashMap<>();
        map.put("self", List.of(map));
        assertThatThrownBy(() -> PayloadSource.fields(map).copy(PLAIN, new Allowance(1 << 20)))
                .hasMessageContaining("nested deeper than 50");
    }

    @Test
    void privateFieldsNeverLeaveTheCallingThread() {
        List<Privacy> privacy = List.of(
                Privacy.drop("ssn"), Privacy.mask("name"), Privacy.hash("user", KEY), Privacy.bucket("age", 10));
        Schema schema = Schema.ofNames("ssn", "name", "user", "age", "city");
        PayloadFormat form = PayloadFormat.of(schema, false, privacy);
        String hash = (String) Privacy.hash("user", KEY).apply("u1");
        assertThat(hash)
                .matches("[0-9a-f]{32}")
                .isEqualTo(Privacy.hash("user", KEY).apply("u1"));

        String expected = ",***," + hash + ",30,Bonn";
        assertThat(payload(PayloadSource.values("123", "Ann", "u1", 37, "Bonn"), form)
                        .data())
                .isEqualTo(expected);
        assertThat(payload(PayloadSource.payload(Payload.csv("123,Ann,u1,37,Bonn\n")), form)
                        .data())
                .isEqualTo(expected + "\n");
        String json = "{\"name\":\"***\",\"user\":\"" + hash + "\",\"age\":30.0,\"city\":\"Bonn\"}";
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("ssn", "123");
        map.put("name", "Ann");
        map.put("user", "u1");
        map.put("age", 37);
        map.put("city", "Bonn");
        assertThat(payload(PayloadSource.fields(map), form).data()).isEqualTo(json);
        assertThat(payload(PayloadSource.payload(Payload.json("{\"instances\":[" + Json.write(map) + "]}")), form)
                        .data())
                .isEqualTo("{\"instances\":[" + json + "]}");
        assertThat(payload(
                                PayloadSource.values("123", "Ann", "u1", 37, "Bonn"),
                                PayloadFormat.of(schema, true, privacy))
                        .data())
                .isEqualTo(json);
        assertThat(payload(PayloadSource.numbers(1, 2, 3, 37, 5), form).data())
                .startsWith(",***,")
                .endsWith(",30,5");
    }

    @Test
    void whatCannotBeProtectedIsRefused() {
        PayloadFormat form = PayloadFormat.of(null, false, List.of(Privacy.drop("_c0")));
        assertThatThrownBy(() -> PayloadSource.bytes("image/png", new byte[1]).copy(form, new Allowance(1 << 20)))
                .hasMessageContaining("no fields can be told apart in image/png");
        assertThatThrownBy(() -> PayloadSource.payload(Payload.bytes("image/png", new byte[1]))
                        .copy(form, new Allowance(1 << 20)))
                .hasMessageContaining("no fields can be told apart in image/png");
        assertThatThrownBy(() -> PayloadSource.payload(Payload.json("{\"a\":")).copy(form, new Allowance(1 << 20)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(payload(PayloadSource.numbers(1, 2), form).data()).isEqualTo(",2");
    }

    @Test
    void senselessProtectionIsRefused() {
        assertThatThrownBy(() -> Privacy.bucket("age", 0)).hasMessageContaining("bucket width of 'age' is 0.0");
        assertThatThrownBy(() -> Privacy.bucket("age", Double.POSITIVE_INFINITY))
                .hasMessageContaining("is Infinity; it must be finite");
        assertThatThrownBy(() -> Privacy.hash("user", new byte[3])).hasMessageContaining("key of 'user' has 3 bytes");
        assertThatThrownBy(() -> Privacy.drop("")).hasMessageContaining("field is empty");
        assertThatThrownBy(() -> PayloadFormat.of(null, false, List.of(Privacy.drop("a"), Privacy.mask("a"))))
                .hasMessageContaining("field 'a' is protected twice");
        assertThatThrownBy(() -> PayloadFormat.of(null, true, List.of())).hasMessageContaining("give a schema");
    }

    private static Payload payload(PayloadSource content, PayloadFormat form) {
        return content.copy(form, new Allowance(1 << 20)).payload(form, new TextBuffer());
    }
}
