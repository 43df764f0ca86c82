package io.modelmonitor.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Dataset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Refusal of files that are of another format, damaged or claim more than they hold, and of class paths with Hadoop or Spark. */
@Tag("exhaustive")
class DamagedFilesTest {

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void writeAFile() {
        file = Written.file(
                folder.resolve("table.parquet"),
                "message m { optional int64 i; optional binary s (STRING); optional double d; repeated int32 r; }",
                300,
                (row, number) -> row.append("i", (long) number)
                        .append("s", "text " + number % 7)
                        .append("d", number / 3.0)
                        .append("r", number),
                settings -> settings.packedBy(CompressionCodecName.SNAPPY)
                        .withPageWriteChecksumEnabled(true)
                        .withPageSize(500));
    }

    /** Returns the number of rows; those of the columns wanted. */
    private static long read(Path file, String... columns) {
        long rows = 0;
        try (Dataset.Cursor cursor = Parquet.dataset(file, columns).open()) {
            for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
                rows += batch.size();
            }
        }
        return rows;
    }

    private void refuses(Path damaged) {
        assertThatThrownBy(() -> read(damaged))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("cannot read " + damaged + " as Parquet: ")
                .hasMessageNotContaining("\n");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        refuses(folder.resolve("none.parquet"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PAR1", "PAR1PAR1", "a,b\n1,2\n", "PAR1    PAR1"})
    void aFileOfAnotherFormatIsNamed(String content) throws IOException {
        refuses(Files.writeString(folder.resolve("other.parquet"), content));
    }

    @Test
    void aFileThatEndsEarlyIsRefusedWhereverItEnds() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length += 41) {
            refuses(Files.write(folder.resolve("cut.parquet"), Arrays.copyOf(whole, length)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 1 << 20})
    void aFooterOfAClaimedLengthIsRefused(int claimed) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes.length - 8, claimed);
        refuses(Files.write(folder.resolve("claims.parquet"), bytes));
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void aDamagedByteIsRefusedOrHarmless(boolean nested) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        String[] columns = nested ? new String[0] : new String[] {"i", "s", "d"};
        assertThat(read(file, columns)).isEqualTo(300);
        SplittableRandom random = new SplittableRandom(5);
        int refused = 0;
        for (int trial = 0; trial < 500; trial++) {
            byte[] damaged = whole.clone();
            for (int i = random.nextInt(3); i >= 0; i--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            Path copy = Files.write(folder.resolve("damaged.parquet"), damaged);
            try {
                assertThat(read(copy, columns)).isBetween(0L, 300L);
            } catch (UncheckedIOException | IllegalArgumentException e) {
                assertThat(e).message().contains(copy.toString()).doesNotContain("\n");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(150);
    }

    @ParameterizedTest
    @EnumSource(names = {"SNAPPY", "LZ4_RAW", "GZIP", "ZSTD"})
    void aPageThatClaimsToUnpackToMoreThanItCanIsRefusedWithoutTheMemory(CompressionCodecName codec) {
        byte[] claim = {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 7, 0, 0, 0};
        assertThatThrownBy(() ->
                        new PageCodecs().getDecompressor(codec).decompress(BytesInput.from(claim), Integer.MAX_VALUE))
                .isInstanceOf(IOException.class);
    }

    @Test
    void pagesOfAPackingThatNobodyBringsAreNamed() {
        assertThatThrownBy(() -> new PageCodecs().getDecompressor(CompressionCodecName.BROTLI))
                .hasMessage("pages packed by BROTLI cannot be read; those by SNAPPY, GZIP, ZSTD and LZ4_RAW can,"
                        + " and pages that are not packed");
    }

    @ParameterizedTest
    @CsvSource({"Hadoop, org/apache/hadoop/util/VersionInfo.class", "Spark, org/apache/spark/SparkContext.class"})
    void otherClassesOfHadoopAreRefused(String name, String entry) throws IOException {
        Neighbours.refuse(Neighbours.class.getClassLoader());
        Path other = folder.resolve("other");
        Files.createDirectories(other.resolve(entry).getParent());
        Files.write(other.resolve(entry), "no class".getBytes(StandardCharsets.US_ASCII));
        try (URLClassLoader loader = new URLClassLoader(new URL[] {other.toUri().toURL()})) {
            assertThatThrownBy(() -> Neighbours.refuse(loader))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith(
                            "monitor-parquet replaces classes of Hadoop by stubs, and " + name + " is beside it (file:")
                    .hasMessageNotContaining("\n");
        }
    }
}
