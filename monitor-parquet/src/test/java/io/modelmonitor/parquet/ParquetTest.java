package io.modelmonitor.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Row;
import io.modelmonitor.api.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reading of files: types, nesting, projection, codecs and folders. */
class ParquetTest {

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("table.parquet");
    }

    private static List<String> rows(Dataset dataset) {
        try (Stream<Row> rows = dataset.rows()) {
            return rows.map(Row::toString).toList();
        }
    }

    private static List<String> names(Dataset dataset) {
        try (Dataset.Cursor cursor = dataset.open()) {
            return cursor.schema().names();
        }
    }

    @Test
    void everyLogicalTypeHasItsValue() {
        Written.file(file(), """
                message m {
                  required boolean truth; required int32 small; required int64 large; required float single;
                  required double number; required binary text (STRING); required binary level (ENUM);
                  required binary json (JSON); required binary bytes; required int32 day (DATE);
                  required int32 byMillis (TIME(MILLIS,true)); required int64 byMicros (TIME(MICROS,false));
                  required int64 millis (TIMESTAMP(MILLIS,true)); required int64 micros (TIMESTAMP(MICROS,true));
                  required int64 nanos (TIMESTAMP(NANOS,false)); required int96 old;
                  required int32 cents (DECIMAL(9,2)); required int64 whole (DECIMAL(18,0));
                  required fixed_len_byte_array(9) wide (DECIMAL(20,0)); required binary tenths (DECIMAL(20,1));
                  required int32 unsigned (UINT_32); required int64 unsignedLong (UINT_64); required int32 tiny (INT_8);
                  required fixed_len_byte_array(16) id (UUID); required fixed_len_byte_array(2) half (FLOAT16);
                }
                """, 1, (row, number) -> row.append("truth", true)
                .append("small", -5)
                .append("large", 1L << 60)
                .append("single", 0.1f)
                .append("number", -2.5)
                .append("text", "héllo")
                .append("level", "HIGH")
                .append("json", "{}")
                .append("bytes", Binary.fromConstantByteArray(new byte[] {1, 2, 3}))
                .append("day", -1)
                .append("byMillis", 3_723_004)
                .append("byMicros", 3_723_000_005L)
                .append("millis", -1L)
                .append("micros", 1_700_000_000_123_456L)
                .append("nanos", 1_700_000_000_000_000_001L)
                .append(
                        "old",
                        Binary.fromConstantByteBuffer(ByteBuffer.allocate(12)
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .putLong(3_600_000_000_000L)
                                .putInt(2_440_589)
                                .flip()))
                .append("cents", -1_205)
                .append("whole", 42L)
                .append("wide", Binary.fromConstantByteArray(new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 0}))
                .append("tenths", Binary.fromConstantByteArray(new byte[] {-1}))
                .append("unsigned", -1)
                .append("unsignedLong", -1L)
                .append("tiny", -7)
                .append(
                        "id",
                        Binary.fromConstantByteBuffer(
                                ByteBuffer.allocate(16).putLong(1).putLong(2).flip()))
                .append("half", Binary.fromConstantByteArray(new byte[] {0x00, (byte) 0xC1})));
        assertThat(rows(Parquet.dataset(file())))
                .containsExactly(
                        "{truth=true, small=-5, large=1152921504606846976, single=0.1, number=-2.5, text=héllo,"
                                + " level=HIGH, json={}, bytes=AQID, day=1969-12-31, byMillis=01:02:03.004,"
                                + " byMicros=01:02:03.000005, millis=1969-12-31T23:59:59.999Z,"
                                + " micros=2023-11-14T22:13:20.123456Z, nanos=2023-11-14T22:13:20.000000001,"
                                + " old=1970-01-02T01:00:00Z, cents=-12.05, whole=42, wide=18446744073709551616, tenths=-0.1,"
                                + " unsigned=4294967295, unsignedLong=18446744073709551615, tiny=-7,"
                                + " id=00000000-0000-0001-0000-000000000002, half=-2.5}");
    }

    @Test
    void nullsAndNaNAreMissing() {
        Written.file(
                file(),
                "message m { optional double d; optional float f; optional int32 i; optional boolean b; optional binary s (STRING); }",
                3,
                (row, number) -> {
                    if (number == 1) {
                        row.append("d", Double.NaN).append("f", Float.NaN).append("s", "");
                    } else if (number == 2) {
                        row.append("d", 1.0)
                                .append("f", 2f)
                                .append("i", 3)
                                .append("b", false)
                                .append("s", "x");
                    }
                });
        String missing = "{d=null, f=null, i=null, b=null, s=null}";
        assertThat(rows(Parquet.dataset(file())))
                .containsExactly(missing, missing, "{d=1.0, f=2.0, i=3, b=false, s=x}");
    }

    private static final String NESTED = """
            message m {
              required int64 id;
              optional group address { optional binary city (STRING); optional group at { required double lat; } }
              optional group items (LIST) { repeated group list { optional group element { required int32 price; optional binary tag (STRING); } } }
              optional group codes (LIST) { repeated int32 array; }
              optional group attributes (MAP) { repeated group key_value { required binary key (STRING); optional int32 value; } }
              repeated int32 plain;
            }
            """;

    private static void fillNested(Group row, int number) {
        row.append("id", (long) number);
        if (number == 0) {
            return;
        }
        row.addGroup("address").append("city", "Ulm").addGroup("at").append("lat", 48.4);
        Group items = row.addGroup("items");
        items.addGroup("list").addGroup("element").append("price", 5).append("tag", "a");
        items.addGroup("list");
        items.addGroup("list").addGroup("element").append("price", 7);
        row.addGroup("codes").append("array", 1).append("array", 2);
        Group attributes = row.addGroup("attributes");
        attributes.addGroup("key_value").append("key", "z").append("value", 1);
        attributes.addGroup("key_value").append("key", "b");
        row.append("plain", 8).append("plain", 9);
    }

    @Test
    void nestedColumnsAreFlattenedAsJsonIs() {
        Written.file(file(), NESTED, 2, ParquetTest::fillNested);
        assertThat(rows(Parquet.dataset(file())).get(1))
                .isEqualTo("{id=1, address.city=Ulm, address.at.lat=48.4, items=null, codes=null, attributes=null,"
                        + " items[0].price=5, items[0].tag=a, items[1].price=null, items[1].tag=null, items[2].price=7,"
                        + " items[2].tag=null, codes[0]=1, codes[1]=2, attributes.b=null, attributes.z=1, plain[0]=8,"
                        + " plain[1]=9}");
        assertThat(rows(Parquet.dataset(file())).get(0)).startsWith("{id=0, address.city=null, address.at.lat=null, ");
    }

    @Test
    void groupsWithoutListsAreReadAColumnAfterTheOtherAlike() {
        Written.file(file(), NESTED, 2, ParquetTest::fillNested);
        assertThat(rows(Parquet.dataset(file(), "address", "id")))
                .containsExactly(
                        "{id=0, address.city=null, address.at.lat=null}",
                        "{id=1, address.city=Ulm, address.at.lat=48.4}");
    }

    @Test
    void onlyTheColumnsWantedAreRead() {
        Written.file(file(), NESTED, 2, ParquetTest::fillNested);
        assertThat(names(Parquet.dataset(file(), "address.at", "id"))).containsExactly("id", "address.at.lat");
        assertThat(rows(Parquet.dataset(file(), "attributes")).get(1))
                .isEqualTo("{attributes=null, attributes.b=null, attributes.z=1}");
        assertThatThrownBy(() -> Parquet.dataset(file(), "id", "adress").open())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(file() + " has no column 'adress'; there are 6, among them"
                        + " [id, address, items, codes, attributes, plain]");
    }

    @ParameterizedTest
    @EnumSource(names = {"UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD", "LZ4_RAW"})
    void pagesAreUnpacked(CompressionCodecName codec) {
        Written.file(
                file(),
                "message m { required int64 i; required binary s (STRING); }",
                5_000,
                (row, number) -> row.append("i", (long) number).append("s", "text " + number % 1_000),
                settings -> settings.packedBy(codec).withRowGroupSize(20_000L).withPageSize(1_000));
        List<String> rows = rows(Parquet.dataset(file()));
        assertThat(rows).hasSize(5_000).endsWith("{i=4999, s=text 999}");
        assertThat(rows.get(2_345)).isEqualTo("{i=2345, s=text 345}");
    }

    @Test
    void aFolderIsItsFilesInOrder() throws IOException {
        Files.createDirectories(folder.resolve("b/_temporary"));
        for (String name :
                List.of("b/part-1.parquet", "a.parquet", "b/part-0.parquet", "b/_temporary/x.parquet", ".y.parquet")) {
            Written.file(
                    folder.resolve(name),
                    name.startsWith("b")
                            ? "message m { required binary new (STRING); required binary name (STRING); }"
                            : "message m { required binary name (STRING); }",
                    1,
                    (row, number) -> {
                        if (name.startsWith("b")) {
                            row.append("new", "1");
                        }
                        row.append("name", name);
                    });
        }
        Files.writeString(folder.resolve("b/_SUCCESS"), "");
        assertThat(rows(Parquet.dataset(folder)))
                .containsExactly(
                        "{name=a.parquet}", "{name=b/part-0.parquet, new=1}", "{name=b/part-1.parquet, new=1}");
        assertThat(rows(Parquet.dataset(folder, "name"))).hasSize(3);
    }

    @Test
    void aFolderWithoutFilesIsRefused() {
        assertThatThrownBy(() -> Parquet.dataset(folder).open())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("cannot read " + folder
                        + " as Parquet: no file in this folder has a name that ends in .parquet");
    }

    @Test
    void aFileOfNoRowsHasItsColumns() {
        Written.file(file(), "message m { required int64 i; }", 0, (row, number) -> {});
        assertThat(rows(Parquet.dataset(file()))).isEmpty();
        assertThat(names(Parquet.dataset(file()))).isEqualTo(Schema.ofNames("i").names());
    }

    @Test
    void wideRowsMakeSmallBatches() {
        String wide = "x".repeat(1 << 20);
        Written.file(
                file(),
                "message m { required binary s (STRING); }",
                64,
                (row, number) -> row.append("s", number + wide),
                settings -> settings.withDictionaryEncoding(false));
        try (Dataset.Cursor cursor = Parquet.dataset(file()).open()) {
            assertThat(cursor.next().size()).isBetween(8, 16);
        }
    }
}
