package io.modelmonitor.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.Baseline;
import io.modelmonitor.Monitor;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Report;
import io.modelmonitor.api.ValueKind;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.stats.sketch.ColumnProfile;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A table as CSV and the same table as Parquet give the same profiles and the same reports. */
class SameAsCsvTest {

    private static final String SCHEMA = """
            message m { optional int32 age; optional int64 amount; optional double ratio; optional float single;
              optional boolean member; optional binary city (STRING); optional int32 born (DATE);
              optional int64 at (TIMESTAMP(MILLIS,true)); optional int64 price (DECIMAL(12,2)); optional int32 constant; }
            """;
    private static final List<String> NAMES =
            List.of("age", "amount", "ratio", "single", "member", "city", "born", "at", "price", "constant");

    private static final long ONE_GROUP = 1 << 24;
    private static final long MANY_GROUPS = 10_000;

    @TempDir
    private Path folder;

    /** A table whose shape depends on a seed: shares of missing values, ranges, vocabularies. */
    private record Table(long seed, int rows) {

        /** Returns a cell as text; empty if it is missing. Adds it to a row of Parquet, too. */
        String cell(SplittableRandom random, int column, int number, Group row) {
            String name = NAMES.get(column);
            if (random.nextInt(100) < (seed * 7 + column * 13L) % 40) {
                return "";
            }
            switch (name) {
                case "age" -> {
                    int value = random.nextInt(-5, 90);
                    row.append(name, value);
                    return Integer.toString(value);
                }
                case "amount" -> {
                    long value = random.nextLong() >> random.nextInt(12, 60);
                    row.append(name, value);
                    return Long.toString(value);
                }
                case "ratio" -> {
                    double value = random.nextInt(10) == 0 ? random.nextInt(9) : Math.exp(random.nextDouble(-9, 9));
                    row.append(name, value);
                    return Double.toString(value);
                }
                case "single" -> {
                    float value = random.nextInt(10_000) / 100f;
                    row.append(name, value);
                    return Float.toString(value);
                }
                case "member" -> {
                    boolean value = random.nextBoolean();
                    row.append(name, value);
                    return Boolean.toString(value);
                }
                case "city" -> {
                    String value = "city " + random.nextInt(seed % 2 == 0 ? 6 : 5_000);
                    row.append(name, value);
                    return value;
                }
                case "born" -> {
                    LocalDate value = LocalDate.ofEpochDay(random.nextInt(-9_000, 9_000));
                    row.append(name, (int) value.toEpochDay());
                    return value.toString();
                }
                case "at" -> {
                    Instant value = Instant.ofEpochMilli(1_700_000_000_000L + number * 997L);
                    row.append(name, value.toEpochMilli());
                    return value.toString();
                }
                case "price" -> {
                    BigDecimal value = BigDecimal.valueOf(random.nextInt(100_000), 2);
                    row.append(name, value.unscaledValue().longValue());
                    return Double.toString(value.doubleValue());
                }
                default -> {
                    row.append(name, 1);
                    return "1";
                }
            }
        }
    }

    private Dataset csv;
    private Dataset parquet;

    private void write(long seed, int rows, long groupBytes) {
        Table table = new Table(seed, rows);
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder lines = new StringBuilder(String.join(",", NAMES)).append('\n');
        Path file = Written.file(
                folder.resolve(seed + ".parquet"),
                SCHEMA,
                rows,
                (row, number) -> {
                    for (int column = 0; column < NAMES.size(); column++) {
                        lines.append(table.cell(random, column, number, row))
                                .append(column == NAMES.size() - 1 ? '\n' : ',');
                    }
                },
                settings -> settings.packedBy(seed % 3 == 0 ? CompressionCodecName.ZSTD : CompressionCodecName.SNAPPY)
                        .withWriterVersion(seed % 2 == 0 ? WriterVersion.PARQUET_1_0 : WriterVersion.PARQUET_2_0)
                        .withDictionaryEncoding(seed % 5 != 0)
                        .withRowGroupSize(groupBytes)
                        .withPageSize(4_000));
        csv = Datasets.csv(Written.csv(folder.resolve(seed + ".csv"), text -> text.append(lines)));
        parquet = Parquet.dataset(file);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 10, 15})
    void theirProfilesAreEqual(long seed) {
        write(seed, 3_000, ONE_GROUP); // batches are cut alike, so that moments are equal to the last bit
        Baseline ofCsv = Baseline.of(2, csv);
        Baseline ofParquet = Baseline.of(2, parquet);
        assertThat(ofParquet.profile().names()).isEqualTo(NAMES);
        assertThat(ofParquet.metrics()).containsExactlyElementsOf(ofCsv.metrics());
        for (String name : NAMES) {
            ColumnProfile expected = ofCsv.profile().column(name);
            ColumnProfile actual = ofParquet.profile().column(name);
            for (int kind = 0; kind < ValueKind.COUNT; kind++) {
                assertThat(actual.count(kind)).as(name).isEqualTo(expected.count(kind));
            }
            assertThat(actual.distinctCount()).as(name).isEqualTo(expected.distinctCount());
            assertThat(actual.moments().count())
                    .as(name)
                    .isEqualTo(expected.moments().count());
            assertThat(actual.moments().skewness())
                    .as(name)
                    .isEqualTo(Double.valueOf(expected.moments().skewness()));
            for (int percent = 0; percent <= 100; percent++) {
                double at = percent / 100.0;
                assertThat(actual.quantiles().quantile(at))
                        .as(name)
                        .isEqualTo(Double.valueOf(expected.quantiles().quantile(at)));
            }
            assertThat(actual.categories())
                    .as(name)
                    .hasToString(expected.categories().toString());
        }
        assertThat(ofParquet.describe()).isEqualTo(ofCsv.describe());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {7, 8})
    void aBaselineOfOneJudgesTheOther(long seed) {
        write(seed, 2_000, MANY_GROUPS);
        Dataset before = csv;
        write(seed + 4, 2_000, MANY_GROUPS);
        Monitor monitor = Monitor.against(Baseline.of(before));
        Report ofCsv = monitor.check(csv);
        assertThat(ofCsv.status()).isEqualTo(Report.Status.VIOLATED);
        assertThat(monitor.check(parquet)).hasToString(ofCsv.toString());
    }
}
