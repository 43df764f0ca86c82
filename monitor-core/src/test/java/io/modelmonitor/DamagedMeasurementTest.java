package io.modelmonitor;

import static io.modelmonitor.quality.ModelQuality.modelQuality;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Schema;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.spi.MetricCalculator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No damaged measurement is loaded as another one than its file holds. */
@Tag("exhaustive")
class DamagedMeasurementTest {

    private static final MetricCalculator<?> QUALITY =
            modelQuality().label("label").prediction("answer");
    private static final String FORMAT = "modelmonitor-measurement 14 ";
    private static final int HEADER = FORMAT.length() + 9;

    private final byte[] file = file(60);

    @Test
    void everyFlippedByteIsNoticed() {
        for (int place = 0; place < file.length; place++) {
            for (int bits : new int[] {1, 0x80, 0xff}) {
                byte[] damaged = file.clone();
                damaged[place] ^= (byte) bits;
                for (ThrowingCallable reading :
                        List.<ThrowingCallable>of(() -> read(damaged), () -> readTrusted(damaged))) {
                    assertThatThrownBy(reading)
                            .as("byte %s", place)
                            .isInstanceOf(IllegalArgumentException.class)
                            .message()
                            .doesNotContain("\n");
                }
            }
        }
    }

    @Test
    void contentThatWasChangedUnderAFittingChecksumIsRefusedOrWhatTheFileSays() throws IOException {
        byte[] content = inflated(file);
        SplittableRandom random = new SplittableRandom(7);
        int refused = 0;
        int changes = 0;
        for (int place = 0; place < content.length; place++) {
            byte[] changed = content.clone();
            changed[place] ^= (byte) (1 << random.nextInt(8));
            changes++;
            refused += isRefusedOrSaysSo(changed) ? 1 : 0;
        }
        for (int i = 0; i < 2_000; i++) {
            int place = random.nextInt(content.length);
            int length = 1 + random.nextInt(Math.min(8, content.length - place));
            byte[] changed = content.clone();
            switch (i % 3) {
                case 0 -> Arrays.fill(changed, place, place + length, (byte) 0xff);
                case 1 -> Arrays.fill(changed, place, place + length, (byte) 0);
                default -> {
                    changed = new byte[content.length - length];
                    System.arraycopy(content, 0, changed, 0, place);
                    System.arraycopy(content, place + length, changed, place, changed.length - place);
                }
            }
            changes++;
            refused += Arrays.equals(changed, content) || isRefusedOrSaysSo(changed) ? 1 : 0;
        }
        // Most values of single bytes are as good as others: names, numbers, hashes. What has to add up does not any
        // more.
        assertThat(refused).isGreaterThan(changes / 3);
    }

    @Test
    void contentIsTheSameDeflatedOrNot() throws IOException {
        byte[] content = inflated(file);
        byte[] plain = new byte[1 + content.length];
        System.arraycopy(content, 0, plain, 1, content.length);
        assertThat(file[HEADER]).as("small ones are deflated").isEqualTo((byte) 1);
        assertThat(written(read(framed(plain)))).isEqualTo(file);
        plain[0] = 2;
        assertThatThrownBy(() -> read(framed(plain))).hasMessageContaining("body: 2; 0 or 1 is expected");
        plain[0] = 0;
        byte[] longer = Arrays.copyOf(plain, plain.length + 1);
        assertThatThrownBy(() -> read(framed(longer))).hasMessage("it is damaged: something follows the last state");
        byte[] shorter = Arrays.copyOf(plain, plain.length - 1);
        assertThatThrownBy(() -> read(framed(shorter))).hasMessageContaining("it is damaged: ");
    }

    @Test
    void ofManyNumbersThatArePackedAlreadyNothingIsDeflated() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        Dataset table =
                Datasets.columns().add("x", random.doubles(5_000).toArray()).build();
        byte[] large = written(Baseline.of(table).measurement());
        assertThat(large[HEADER]).isZero();
        assertThat(packed(inflated(large)).length)
                .as("which would have saved little")
                .isGreaterThan(large.length * 7 / 8);
    }

    @Test
    void onlyWhatIsTrustedIsReadAsAnotherThanWasSaved() throws IOException {
        MetricCalculator<?> forgetful = new Forgetful();
        Dataset table = Datasets.of(Schema.ofNames("size"), List.of(new Object[] {1}, new Object[] {2}));
        byte[] bytes = written(Measurement.of(1, table, List.of(forgetful)));
        assertThatThrownBy(() -> Measurement.read(new ByteArrayInputStream(bytes), List.of(forgetful)))
                .hasMessage("it is damaged: the state 'forgetful' is read as another than was saved");
        Measurement trusted = Measurement.readTrusted(new ByteArrayInputStream(bytes), List.of(forgetful));
        assertThat(trusted.rows()).isEqualTo(2);
        assertThat(written(readTrusted(file))).isEqualTo(file);
    }

    /** Reads another state than it wrote. */
    private static final class Forgetful implements MetricCalculator<long[]> {

        @Override
        public String name() {
            return "forgetful";
        }

        @Override
        public long[] start() {
            return new long[1];
        }

        @Override
        public void add(long[] state, Batch batch) {
            state[0] += batch.size();
        }

        @Override
        public long[] merge(long[] earlier, long[] later) {
            earlier[0] += later[0];
            return earlier;
        }

        @Override
        public List<Metric> measure(long[] state, long @Nullable [] reference, Constraints wanted) {
            return List.of();
        }

        @Override
        public void write(long[] state, DataOutput out) throws IOException {
            out.writeLong(state[0]);
        }

        @Override
        public long[] read(DataInput in) throws IOException {
            return new long[] {in.readLong() / 2};
        }
    }

    @Test
    void aMessageQuotesAHeaderOfAnyCharactersInOneLine() {
        byte[] strange = file.clone();
        strange[HEADER - 4] = '\r';
        strange[HEADER - 11] = '_';
        assertThatThrownBy(() -> read(strange))
                .hasMessageContaining("it is of version '")
                .hasMessageContaining("\u240D")
                .hasMessageNotContainingAny("\r", "\n");
    }

    @Test
    void whatFollowsTheContentIsRefused() throws IOException {
        byte[] content = inflated(file);
        assertThatThrownBy(() -> read(packed(Arrays.copyOf(content, content.length + 1))))
                .hasMessage("it is damaged: something follows the last state");
        byte[] longer = Arrays.copyOf(file, file.length + 5);
        CRC32C checksum = new CRC32C();
        checksum.update(longer, HEADER, longer.length - HEADER);
        byte[] header = header(checksum);
        System.arraycopy(header, 0, longer, 0, HEADER);
        assertThatThrownBy(() -> read(longer)).hasMessage("it is damaged: something follows the last state");
    }

    @Test
    void contentThatUnpacksToGigabytesIsRefusedAtTheCostOfItsFile() throws IOException {
        // Rows, no times, no columns, one problem whose description claims two billion characters.
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(1);
        try (DeflaterOutputStream out = new DeflaterOutputStream(body)) {
            out.write(new byte[] {1, 0, 0, 0, 1, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 7});
            byte[] text = new byte[1 << 20];
            Arrays.fill(text, (byte) 'x');
            for (int i = 0; i < 200; i++) {
                out.write(text);
            }
        }
        assertThatThrownBy(() -> read(framed(body.toByteArray())))
                .hasMessage("it is damaged: it unpacks to far more than a measurement does");
    }

    @Test
    void aSavedMeasurementIsItsOwnersAlone(@TempDir Path folder) throws IOException {
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"), "no POSIX permissions here");
        Path saved = folder.resolve("baseline");
        read(file).save(saved);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(saved)))
                .isEqualTo("rw-------");
    }

    /** Returns whether it is refused; if not, what was read has to be what the bytes say, to the last of them. */
    private static boolean isRefusedOrSaysSo(byte[] content) throws IOException {
        Measurement read;
        try {
            read = read(packed(content));
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
            return true;
        }
        assertThat(inflated(written(read))).isEqualTo(content);
        return false;
    }

    private static byte[] written(Measurement measurement) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        measurement.write(bytes);
        return bytes.toByteArray();
    }

    private static Measurement read(byte[] bytes) throws IOException {
        return Measurement.read(new ByteArrayInputStream(bytes), QUALITY);
    }

    private static Measurement readTrusted(byte[] bytes) throws IOException {
        return Measurement.readTrusted(
                new ByteArrayInputStream(bytes), Calculators.withStandard(List.<MetricCalculator<?>>of(QUALITY)));
    }

    private static byte[] file(int rows) {
        Dataset table = Datasets.of(
                Schema.ofNames("size", "colour", "label", "answer"),
                IntStream.range(0, rows)
                        .mapToObj(i -> new Object[] {
                            i % 7 == 0 ? null : (Object) (i / 3.0),
                            i % 3 == 0 ? "red" : "blue" + i % 4,
                            i % 2,
                            i % 5 == 0 ? 1 : i % 2
                        })
                        .toList());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            Baseline.of(table, QUALITY).measurement().write(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    /** Returns the content of a file, behind the flag that says whether it is deflated. */
    private static byte[] inflated(byte[] file) throws IOException {
        InputStream body = new ByteArrayInputStream(file, HEADER, file.length - HEADER);
        return (body.read() == 0 ? body : new InflaterInputStream(body)).readAllBytes();
    }

    private static byte[] packed(byte[] content) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(1);
        try (DeflaterOutputStream out = new DeflaterOutputStream(body)) {
            out.write(content);
        }
        return framed(body.toByteArray());
    }

    private static byte[] framed(byte[] body) throws IOException {
        CRC32C checksum = new CRC32C();
        checksum.update(body);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(header(checksum));
        file.write(body);
        return file.toByteArray();
    }

    private static byte[] header(CRC32C checksum) {
        return (FORMAT + HexFormat.of().toHexDigits((int) checksum.getValue()) + "\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
