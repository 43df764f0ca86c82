package io.modelmonitor.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.Baseline;
import io.modelmonitor.Measurement;
import io.modelmonitor.data.Datasets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spark's types, as the rows of maps that they are read like. */
class FrameTypesTest {

    private static final String JAVA_8 = "spark.sql.datetime.java8API.enabled";

    private final SparkSession spark = Sessions.on("local[2]");

    @TempDir
    private Path folder;

    @AfterEach
    void resetTheSession() {
        spark.conf().unset(JAVA_8);
        spark.conf().set("spark.sql.session.timeZone", "UTC");
    }

    @ParameterizedTest(name = "with the types of java.time: {0}")
    @ValueSource(booleans = {false, true})
    void everyPlainTypeIsReadAsItsValue(boolean java8) throws IOException {
        spark.conf().set(JAVA_8, java8);
        Dataset<Row> frame =
                spark.sql("SELECT CAST(1 AS TINYINT) AS byte, CAST(2 AS SMALLINT) AS short, 3 AS int, 4L AS long,"
                        + " CAST(0.1 AS FLOAT) AS float, 0.1D AS double, CAST(12.50 AS DECIMAL(10, 2)) AS decimal,"
                        + " CAST(7 AS DECIMAL(10, 0)) AS whole, CAST('123456789012345678901' AS DECIMAL(38, 0)) AS big,"
                        + " true AS flag, 'text' AS text, '007' AS code, '' AS empty, DATE'2024-02-29' AS date,"
                        + " TIMESTAMP'2024-02-29 12:34:56.5' AS instant, TIMESTAMP_NTZ'2024-02-29 12:34:56' AS local,"
                        + " X'01FF' AS binary, CAST('NaN' AS DOUBLE) AS nan, CAST('NaN' AS FLOAT) AS nan_float,"
                        + " CAST('Infinity' AS DOUBLE) AS infinite, CAST(NULL AS DOUBLE) AS no_double, CAST(NULL AS INT) AS no_int,"
                        + " CAST(NULL AS STRING) AS no_text, CAST(NULL AS FLOAT) AS no_float, CAST(NULL AS BOOLEAN) AS no_flag,"
                        + " CAST(NULL AS DECIMAL(5, 1)) AS no_decimal, NULL AS nothing");
        Map<String, @Nullable Object> expected = new LinkedHashMap<>();
        expected.put("byte", 1);
        expected.put("short", 2);
        expected.put("int", 3);
        expected.put("long", 4L);
        expected.put("float", 0.1);
        expected.put("double", 0.1);
        expected.put("decimal", 12.5);
        expected.put("whole", 7);
        expected.put("big", new BigInteger("123456789012345678901"));
        expected.put("flag", true);
        expected.put("text", "text");
        expected.put("code", "007");
        expected.put("empty", null);
        expected.put("date", "2024-02-29");
        expected.put("instant", "2024-02-29T12:34:56.500Z");
        expected.put("local", "2024-02-29T12:34:56");
        expected.put("binary", "Af8=");
        expected.put("nan", null);
        expected.put("nan_float", null);
        expected.put("infinite", Double.POSITIVE_INFINITY);
        for (String name : List.of("no_double", "no_int", "no_text", "no_float", "no_flag", "no_decimal", "nothing")) {
            expected.put(name, null);
        }
        sameAs(frame, List.of(expected));
        // Beside a nested value, rows are read another way.
        Map<String, @Nullable Object> nested = new LinkedHashMap<>(expected);
        nested.put("list", List.of(1, 2));
        sameAs(frame.selectExpr("*", "array(1, 2) AS list"), List.of(nested));
    }

    @Test
    void structsArraysAndMapsAreFlattenedAsJsonIs() throws IOException {
        List<String> lines = List.of(
                "{\"id\":1,\"at\":{\"city\":\"Ulm\",\"zip\":{\"code\":\"89073\"}},\"scores\":[0.5,0.25],\"list\":[{\"a\":1},{\"a\":2}]}",
                "{\"id\":2,\"at\":{\"city\":null,\"zip\":{\"code\":\"1\"}},\"scores\":[],\"list\":[]}",
                "{\"id\":3,\"at\":{\"city\":\"Bonn\",\"zip\":{\"code\":null}},\"scores\":[1.5],\"list\":[{\"a\":null}]}");
        Path file = java.nio.file.Files.write(folder.resolve("rows.jsonl"), lines);
        Dataset<Row> frame = spark.read()
                .schema("id BIGINT, at STRUCT<city: STRING, zip: STRUCT<code: STRING>>, scores ARRAY<DOUBLE>,"
                        + " list ARRAY<STRUCT<a: BIGINT>>")
                .json(file.toString())
                .coalesce(1);
        Measurement there = SparkMonitor.baseline(frame).measurement();
        assertThat(there.columns())
                .containsExactly("id", "at.city", "at.zip.code", "scores[0]", "scores[1]", "list[0].a", "list[1].a");
        Baseline here = Baseline.of(Datasets.jsonLines(file));
        assertThat(Baseline.of(there).metrics()).isEqualTo(here.metrics());
    }

    @Test
    void aStructThatIsMissingHasItsMembersMissing() {
        Dataset<Row> frame = spark.sql("SELECT * FROM VALUES (named_struct('a', 1, 'b', 'x'), map('k', 1, 'j', 2)),"
                + " (NULL, NULL) AS rows(s, m)");
        Baseline baseline = SparkMonitor.baseline(frame.coalesce(1));
        assertThat(baseline.measurement().columns()).containsExactlyInAnyOrder("s.a", "s.b", "m.j", "m.k", "m");
        assertThat(baseline.metric("s.a", "completeness").value()).isEqualTo(0.5);
    }

    @Test
    void timesDoNotDependOnTheZoneOfTheSession() throws IOException {
        byte[] inUtc = bytes(SparkMonitor.baseline(instants()).measurement());
        spark.conf().set("spark.sql.session.timeZone", "Asia/Tokyo");
        assertThat(bytes(SparkMonitor.baseline(instants()).measurement())).isEqualTo(inUtc);
    }

    private Dataset<Row> instants() {
        return spark.range(0, 50, 1, 1).selectExpr("timestamp_seconds(id * 100000) AS at");
    }

    @Test
    void columnsOfTheSameNameAreRefusedBeforeAnythingRuns() {
        assertThatThrownBy(() -> SparkMonitor.baseline(spark.sql("SELECT 1 AS id, 2 AS age, 3 AS id")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("columns 0 and 2 of the data frame are both named 'id'; rename one, or select one of them");
    }

    @Test
    void aParquetFileGivesWhatItsRowsGive() throws IOException {
        String path = folder.resolve("applications").toString();
        Applications.frame(spark, 0, 3_000, 1).write().parquet(path);
        Measurement there = SparkMonitor.baseline(spark.read().parquet(path)).measurement();
        assertThat(bytes(there)).isEqualTo(bytes(Measurement.of(1, Applications.rows(0, 3_000), there.calculators())));
    }

    private static void sameAs(Dataset<Row> frame, List<Map<String, @Nullable Object>> rows) throws IOException {
        Measurement there = SparkMonitor.baseline(frame).measurement();
        Measurement here = Measurement.of(1, Datasets.rows(rows), there.calculators());
        assertThat(Baseline.of(there).metrics()).isEqualTo(Baseline.of(here).metrics());
        assertThat(bytes(there)).isEqualTo(bytes(here));
    }

    private static byte[] bytes(Measurement measurement) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        measurement.write(bytes);
        return bytes.toByteArray();
    }
}
