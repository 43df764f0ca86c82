package io.modelmonitor.internal.data;

import static java.util.Arrays.asList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Payload;
import io.modelmonitor.api.ValueKind;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.internal.capture.file.CaptureEncoder;
import io.modelmonitor.internal.data.Tables.Table;
import io.modelmonitor.internal.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The words for numbers that are not finite, which JSON does not know and Python writes. */
class NonFiniteJsonTest {

    @TempDir
    private Path folder;

    private static Table read(String json) {
        return Tables.read(Datasets.jsonLinesText(json));
    }

    private static DataProblem nan(long count, Long... lines) {
        return new DataProblem(SpelledNumber.NAN, count, List.of(lines));
    }

    @Test
    void aRowWithNaNIsARowThatMissesTheValue() {
        Table table = read("{\"a\": 1, \"b\": 2.5}\n{\"a\": NaN, \"b\": 3.5}\n{\"a\": 3, \"b\": NaN}\n");
        assertThat(table.rows()).containsExactly(List.of("1", "2.5"), asList(null, "3.5"), asList("3", null));
        assertThat(table.problems()).containsExactly(nan(2, 2L, 3L));
    }

    @Test
    void infinityIsAnInfiniteNumber() {
        Dataset dataset = Datasets.jsonLinesText("{\"a\":Infinity}\n{\"a\":-Infinity}\n{\"a\":1e999}\n{\"a\":7}\n");
        try (Dataset.Cursor cursor = dataset.open()) {
            Batch batch = Objects.requireNonNull(cursor.next());
            assertThat(batch.column(0).numbers())
                    .startsWith(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 7.0);
            assertThat(batch.column(0).kinds())
                    .startsWith(ValueKind.FRACTIONAL, ValueKind.FRACTIONAL, ValueKind.FRACTIONAL, ValueKind.INTEGRAL);
            assertThat(batch.row(1).text(0)).isEqualTo("-Infinity");
            assertThat(cursor.problems()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"a\":1,\"b\":NaN},{\"a\":Infinity,\"b\":2}]",
                "[\n  {\n    \"a\": 1,\n    \"b\": NaN\n  },\n  {\n    \"a\": Infinity,\n    \"b\": 2\n  }\n]\n",
                "{\"instances\": [{\"a\": 1, \"b\": NaN}, {\"a\": Infinity, \"b\": 2}]}",
                "{\"a\": [1, Infinity], \"b\": [NaN, 2]}",
                "{\"a\": {\"0\": 1, \"1\": Infinity}, \"b\": {\"0\": NaN, \"1\": 2}}",
                "{\"columns\": [\"a\", \"b\"], \"data\": [[1, NaN], [Infinity, 2]]}",
                "{\"a\":1,\"b\":NaN}\n{\"a\":Infinity,\"b\":2}\n"
            })
    void everyFormOfATableMayHaveThem(String json) {
        Table table = read(json);
        assertThat(table.names()).containsExactly("a", "b");
        assertThat(table.rows()).containsExactly(asList("1", null), List.of("Infinity", "2"));
        assertThat(table.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.description()).isEqualTo(SpelledNumber.NAN);
            assertThat(problem.count()).isEqualTo(1);
        });
    }

    @Test
    void valuesWithinARowMayBeNaN() {
        Table table = read("{\"a\":{\"b\":NaN,\"c\":1},\"d\":[NaN,2,[NaN]]}\n{\"a\":{\"b\":5}}\n");
        assertThat(table.names()).containsExactly("a.b", "a.c", "d[0]", "d[1]", "d[2][0]");
        assertThat(table.rows())
                .containsExactly(asList(null, "1", null, "2", null), asList("5", null, null, null, null));
        assertThat(table.problems()).containsExactly(nan(3, 1L));
    }

    @Test
    void aFileOfArraysMayBeginWithNaN() throws IOException {
        Path file = Files.writeString(folder.resolve("rows.json"), "[NaN, 1]\n[2, NaN]\n");
        assertThat(Tables.read(Datasets.file(file)).rows()).containsExactly(asList(null, "1"), asList("2", null));
    }

    @Test
    void aCapturedRequestMayHaveThem() throws IOException {
        Payload asked = Payload.json("{\"instances\":[{\"x\":NaN,\"y\":1},{\"x\":-Infinity,\"y\":2}]}");
        CaptureRecord record = new CaptureRecord("event", "id", Instant.EPOCH, asked, null, List.of());
        Files.writeString(folder.resolve("captures.jsonl"), CaptureEncoder.line(record) + "\n");
        Table table = Tables.read(Datasets.captures(folder));
        assertThat(table.rows()).containsExactly(asList(null, "1"), List.of("-Infinity", "2"));
        assertThat(table.problems()).singleElement().asString().contains(SpelledNumber.NAN);
    }

    @Test
    void aTextOfThatWordStaysAText() {
        Table table = read("{\"a\":\"NaN\"}\n{\"a\":\"Infinity\"}\n");
        assertThat(table.rows()).containsExactly(List.of("NaN"), List.of("Infinity"));
        assertThat(table.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"a\":nan}", "{\"a\":Nope}", "{\"a\":undefined}", "{\"a\":NaN1}", "{NaN:1}", "{\"a\":Inf}"})
    void otherWordsAreNoJson(String line) {
        Table table = read("{\"a\":1}\n" + line + "\n{\"a\":2}\n");
        assertThat(table.rows()).containsExactly(List.of("1"), List.of("2"));
        assertThat(table.problems()).containsExactly(new DataProblem(JsonLinesSource.NO_OBJECT, 1, List.of(2L)));
    }

    @Test
    void readingStrictlyRefusesNaN() {
        assertThatThrownBy(() -> Tables.read(
                        Datasets.jsonLinesText("{\"a\":1}\n{\"a\":NaN}\n").strict()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("text, line 2: " + SpelledNumber.NAN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "[1,NaN]", "{\"a\":Infinity}", "-Infinity"})
    void whatIsNoDataIsReadByTheLetter(String json) {
        assertThatThrownBy(() -> Json.parse(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("no JSON");
    }
}
