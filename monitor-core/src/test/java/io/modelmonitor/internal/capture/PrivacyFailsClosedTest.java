package io.modelmonitor.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.DataCapture;
import io.modelmonitor.api.Payload;
import io.modelmonitor.api.Schema;
import io.modelmonitor.capture.Privacy;
import io.modelmonitor.internal.json.Json;
import io.modelmonitor.sink.MemorySink;
import io.modelmonitor.sink.Sinks;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** PayloadSource that may hold a private field where it cannot be found is not captured. */
class PrivacyFailsClosedTest {

    private static final byte[] KEY = "a key of sixteen bytes".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private static final List<Privacy> SSN = List.of(Privacy.mask("ssn"));
    private static final PayloadFormat NAMELESS = PayloadFormat.of(null, false, SSN);
    private static final PayloadFormat NAMED = PayloadFormat.of(Schema.ofNames("age", "SSN"), false, SSN);

    private static String text(PayloadSource content, PayloadFormat form) {
        return content.copy(form, new Allowance(1 << 20))
                .payload(form, new TextBuffer())
                .data();
    }

    private static PayloadSource csv(String text) {
        return PayloadSource.payload(Payload.csv(text));
    }

    private static PayloadSource json(String text) {
        return PayloadSource.payload(Payload.json(text));
    }

    static Stream<PayloadSource> withoutNames() {
        return Stream.of(
                PayloadSource.numbers(37, 123),
                PayloadSource.values(37, "123"),
                PayloadSource.rows(List.of(PayloadSource.numbers(37, 123))),
                csv("37,123"),
                csv("age,ssn\n37,123"),
                json("[37,123]"),
                json("[[37,123]]"),
                json("123"),
                json("{\"instances\":[[37,123]]}"),
                json("{\"Instances\":[37,123]}"),
                json("{\"age\":37,\"body\":\"{\\\"ssn\\\":123\"}"),
                json("{\"age\":37"),
                json("{\"age\":37} nonsense"),
                PayloadSource.payload(Payload.bytes("text/csv", new byte[] {'1'})),
                PayloadSource.bytes("image/png", new byte[1]));
    }

    @ParameterizedTest
    @MethodSource("withoutNames")
    void valuesWithoutNamesAreRefused(PayloadSource content) {
        assertThatThrownBy(() -> text(content, NAMELESS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("123");
    }

    static Stream<PayloadSource> atOddsWithTheSchema() {
        return Stream.of(
                PayloadSource.numbers(37),
                PayloadSource.numbers(37, 123, 123),
                csv("37,123,123"),
                csv("123"),
                csv("ssn,age\n123,37"),
                csv("37,5\n37,5,123"));
    }

    @ParameterizedTest
    @MethodSource("atOddsWithTheSchema")
    void rowsThatAreAtOddsWithTheSchemaAreRefused(PayloadSource content) {
        assertThatThrownBy(() -> text(content, NAMED)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namesMatchRegardlessOfCaseAndAtAnyDepth() {
        assertThat(text(PayloadSource.values(37, "123"), NAMED)).isEqualTo("37,***");
        assertThat(text(csv("Age,Ssn\n37,123"), NAMED)).isEqualTo("Age,***\n37,***");
        assertThat(text(PayloadSource.fields(Map.of("Ssn", 123)), NAMELESS)).isEqualTo("{\"Ssn\":\"***\"}");
        assertThat(text(json("{\"a\":[{\"b\":{\"sSN\":123}}],\"tags\":[\"x\"]}"), NAMELESS))
                .isEqualTo("{\"a\":[{\"b\":{\"sSN\":\"***\"}}],\"tags\":[\"x\"]}");
        assertThat(text(json("{\"body\":\"{\\\"\\\\u0073sn\\\":123}\"}"), NAMELESS))
                .isEqualTo("{\"body\":\"{\\\"ssn\\\":\\\"***\\\"}\"}");
        assertThat(text(PayloadSource.values(Map.of("ssn", 123), 5), NAMED)).isEqualTo("{ssn=***},***");
        PayloadFormat path = PayloadFormat.of(null, false, List.of(Privacy.drop("customer.id")));
        assertThat(text(json("{\"id\":1,\"customer\":{\"ID\":2,\"x\":3}}"), path))
                .isEqualTo("{\"id\":1,\"customer\":{\"x\":3}}");
    }

    @Test
    void rowsOfOneColumnThatIsLeftOutStayRowsAndLineEndsStayAsTheyWere() {
        PayloadFormat one = PayloadFormat.of(Schema.ofNames("ssn"), false, List.of(Privacy.drop("ssn")));
        assertThat(text(csv("1\n2"), one)).isEqualTo("\"\"\n\"\"");
        assertThat(text(csv("1\n"), one)).isEqualTo("\"\"\n");
        assertThat(text(csv(""), one)).isEmpty();
        PayloadFormat two = PayloadFormat.of(Schema.ofNames("ssn", "a"), false, List.of(Privacy.drop("ssn")));
        assertThat(text(csv("1,\n2,x\n"), two)).isEqualTo(",\n,x\n");
        PayloadFormat other = PayloadFormat.of(Schema.ofNames("a"), false, List.of(Privacy.drop("ssn")));
        assertThat(text(csv("1\n\"\""), other)).isEqualTo("1\n\"\"");
    }

    @Test
    void aTextIsJsonOnlyIfItCanBeReadAndStaysAsItIsWhereItNamesNoPrivateField() {
        assertThat(text(json("{\"body\":\" [{\\\"ssn\\\":123}]\"}"), NAMELESS))
                .isEqualTo("{\"body\":\"[{\\\"ssn\\\":\\\"***\\\"}]\"}");
        for (String plain : List.of("{hello}", "[sic] and so on", "{\\\"a\\\" : 1}", "ssn 123")) {
            String whole = "{\"note\":\"" + plain + "\"}";
            assertThat(text(json(whole), NAMELESS)).isEqualTo(whole);
        }
    }

    @Test
    void jsonMayBeInTextsWithinEightTextsAndNoMore() {
        Object nested = Map.of("ssn", "123");
        for (int texts = 0; texts < 8; texts++) {
            nested = Map.of("body", Json.write(nested));
        }
        assertThat(text(PayloadSource.fields(Map.of("a", nested)), NAMELESS))
                .contains("***")
                .doesNotContain("123");
        PayloadSource deeper = PayloadSource.fields(Map.of("body", Json.write(nested)));
        assertThatThrownBy(() -> text(deeper, NAMELESS))
                .hasMessage("fields are private, and JSON is within texts of texts, more than 8");
    }

    @Test
    void equalValuesHashEqualHoweverTheyWereGiven() {
        Privacy hash = Privacy.hash("age", KEY);
        assertThat(Stream.of(37, 37L, 37.0, 37f, "37", "37.0", "3.7e1", new java.math.BigDecimal("37.00"))
                        .map(hash::apply)
                        .distinct())
                .hasSize(1);
        assertThat(hash.apply(-0.0)).isEqualTo(hash.apply(0));
        assertThat(hash.apply("37a")).isNotEqualTo(hash.apply(37));
        assertThat(hash.apply("1e999999999")).isNotNull();
        assertThat(hash.apply("0".repeat(99) + "7")).as("100 digits").isEqualTo(hash.apply(7));
        assertThat(hash.apply("0".repeat(100) + "7"))
                .as("no number, but a text of 101 digits")
                .isNotEqualTo(hash.apply(7));
    }

    @Test
    void aRefusedPayloadIsCountedAndOneSideMayBeProtectedAlone() {
        MemorySink memory = Sinks.memory(10);
        try (DataCapture capture = DataCapture.of("x")
                .protectingInput(Privacy.drop("ssn"))
                .sink(memory)
                .start()) {
            assertThat(capture.record(new double[] {37, 123}, 0.5)).isNull();
            assertThat(capture.record(
                            null, PayloadSource.fields(Map.of("ssn", 1, "age", 2)), PayloadSource.numbers(0.5)))
                    .isNotNull();
            assertThat(capture.flush(Duration.ofSeconds(30))).isTrue();
            assertThat(capture.stats().failed()).isEqualTo(1);
        }
        assertThat(memory.records()).singleElement().satisfies(record -> {
            assertThat(record.input()).isEqualTo(Payload.json("{\"age\":2}"));
            assertThat(record.output()).isEqualTo(Payload.csv("0.5"));
        });
    }

    @Test
    void aFieldIsProtectedOnceWhateverItsCase() {
        assertThatThrownBy(() -> PayloadFormat.of(null, false, List.of(Privacy.drop("a"), Privacy.mask("A"))))
                .hasMessageContaining("field 'A' is protected twice");
    }
}
