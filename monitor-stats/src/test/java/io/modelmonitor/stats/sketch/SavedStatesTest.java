package io.modelmonitor.stats.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dynatrace.hash4j.distinctcount.UltraLogLog;
import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Column;
import io.modelmonitor.api.Schema;
import io.modelmonitor.stats.Saved;
import io.modelmonitor.stats.internal.Packed;
import io.modelmonitor.stats.internal.PackedBytes;
import io.modelmonitor.stats.internal.PackedDoubles;
import io.modelmonitor.stats.internal.PackedLongs;
import io.modelmonitor.stats.internal.text.LexicalForm;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Saved profiles, read whole and damaged. */
@Tag("exhaustive")
class SavedStatesTest {

    private static final Schema SCHEMA = Schema.ofNames("normal", "cents", "spelled", "mixed", "text");

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 300, 3_000, 30_000})
    void carriesOnAsIfItHadNeverBeenSaved(int rows) {
        Profile profile = profile(1, rows);
        Profile loaded = Saved.copy(profile::write, Profile::read);
        Profile other = profile(2, 5_000);

        assertSame(loaded, profile);
        assertSame(loaded.merge(other), profile.merge(other));
        assertSame(other.merge(loaded), other.merge(profile));
        add(loaded, 3, 7_000);
        add(profile, 3, 7_000);
        assertSame(loaded, profile);
    }

    private static void assertSame(Profile one, Profile other) {
        assertThat(Saved.bytes(one::write)).isEqualTo(Saved.bytes(other::write));
        for (String name : other.names()) {
            ColumnProfile a = one.column(name);
            ColumnProfile b = other.column(name);
            assertThat(a.quantiles().levels().toArray(double[][]::new))
                    .isDeepEqualTo(b.quantiles().levels().toArray(double[][]::new));
            assertThat(a.quantiles().rankError()).isEqualTo(b.quantiles().rankError());
            assertThat(a.categories().values()).isEqualTo(b.categories().values());
            assertThat(a.distinctCount()).isEqualTo(b.distinctCount());
            assertThat(a.distribution().values()).isEqualTo(b.distribution().values());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 40, 6_000})
    void damageIsRefusedInOneLineOrIsAStateThatCarriesOn(int rows) {
        Saved.damage(Saved.bytes(profile(1, rows)::write), Profile::read, rows > 1_000 ? 200 : 3_000, profile -> {
            for (String name : profile.names()) {
                ColumnProfile column = profile.column(name);
                assertThat(column.rows()).isBetween(0L, profile.rows());
                assertThat(column.quantiles().rankError()).isBetween(0.0, 1.0);
                assertThat(column.quantiles().values().total())
                        .isEqualTo(column.quantiles().count());
                assertThat(column.categories().other()).isNotNegative();
                assertThat(column.moments().variancePopulation()).isNotNegative();
            }
            add(profile.merge(profile(2, 3)), 3, 3);
        });
    }

    @Test
    void everyNumberIsTheSameAgain() {
        double[] special = {
            0.0, -0.0, Double.MIN_VALUE, -Double.MIN_VALUE, 1e300, -1e300, Double.MAX_VALUE, 0.1, 1e-7, 123_456.789
        };
        double[] infinite = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN, 1};
        double[] decimals = new Random(1)
                .ints(5_000, -10_000, 10_000)
                .mapToDouble(i -> i / 100.0)
                .toArray();
        double[] sorted = new Random(2).doubles(5_000).sorted().toArray();
        double[] shuffled = new Random(3).doubles(5_000).toArray();
        for (double[] values : new double[][] {{}, {7}, special, infinite, decimals, sorted, shuffled}) {
            byte[] bytes = Saved.bytes(out -> PackedDoubles.write(out, values, values.length));
            double[] read = Saved.read(in -> PackedDoubles.read(in, "numbers", 5_000), bytes);
            assertThat(read).isEqualTo(values);
        }
        assertThat(Saved.bytes(out -> PackedDoubles.write(out, decimals, 5_000)).length)
                .isLessThan(2 * 5_000);
        assertThat(Saved.bytes(out -> PackedDoubles.write(out, sorted, 5_000)).length)
                .isLessThan(6 * 5_000);
    }

    @Test
    void everyIntegerIsTheSameAgain() {
        long[] extreme = {Long.MIN_VALUE, Long.MAX_VALUE, 0, -1, Long.MIN_VALUE, Long.MAX_VALUE};
        long[] ascending = {Long.MIN_VALUE, -5, -5, 0, 1L << 40, Long.MAX_VALUE};
        for (long[] values : new long[][] {extreme, ascending, {3}, new long[200]}) {
            byte[] bytes = Saved.bytes(out -> PackedLongs.write(out, values, values.length));
            long[] read = Saved.read(in -> PackedLongs.read(in, "integers", 200), bytes);
            assertThat(read).isEqualTo(values);
        }
    }

    @Test
    void allBytesAreTheSameAgainInLittleMoreThanTheirEntropy() {
        byte[] everyOne = new byte[256];
        byte[] uneven = new byte[1 << 15];
        byte[] rare = new byte[1 << 20];
        Random random = new Random(4);
        for (int i = 0; i < everyOne.length; i++) {
            everyOne[i] = (byte) i;
        }
        for (int i = 0; i < uneven.length; i++) {
            uneven[i] = (byte) (128 + 8 * random.nextGaussian());
        }
        // Each as rare as the sum of all that are rarer: codes as long as there are values, unless they are limited.
        for (int i = 0; i < rare.length; i++) {
            rare[i] = (byte) Math.min(40, Long.numberOfTrailingZeros(random.nextLong()));
        }
        byte[] few = {1, 2, 2};
        byte[] two = new byte[800];
        Arrays.fill(two, 100, 200, (byte) -1);
        for (byte[] bytes : new byte[][] {{}, {7}, new byte[900], few, two, everyOne, uneven, rare}) {
            byte[] packed = Saved.bytes(out -> PackedBytes.write(out, bytes));
            byte[] read = Saved.read(in -> PackedBytes.read(in, bytes.length), packed);
            assertThat(read).isEqualTo(bytes);
            // A code has a bit at least; the lengths of all codes take 130 bytes at most.
            double bits = Math.max(entropy(bytes), bytes.length);
            assertThat(packed.length).isLessThan((int) (1.03 * bits / 8) + 140);
            Saved.damage(packed, in -> PackedBytes.read(in, bytes.length), 100, damaged -> assertThat(damaged.length)
                    .isLessThanOrEqualTo(bytes.length));
        }
    }

    /** Returns the bits that independent bytes of such frequencies need. */
    private static double entropy(byte[] bytes) {
        int[] counts = new int[256];
        for (byte value : bytes) {
            counts[value & 0xFF]++;
        }
        return Arrays.stream(counts)
                .filter(count -> count > 0)
                .mapToDouble(count -> -count * Math.log((double) count / bytes.length) / Math.log(2))
                .sum();
    }

    @Test
    void codesThatDoNotDecodeEveryBitAreRefused() {
        // Three values with codes of two bits each: a fourth code stands for nothing.
        byte[] incomplete = Saved.bytes(out -> {
            counts(out, 8);
            out.writeByte(2);
            counts(out, 6);
            out.write(new byte[] {0, 2, 0x22, 0x20, 0, 0});
        });
        assertThatThrownBy(() -> Saved.read(in -> PackedBytes.read(in, 8), incomplete))
                .hasMessage("bytes: lengths that no code has");
        byte[] tooLong = Saved.bytes(out -> {
            counts(out, 8);
            out.writeByte(2);
            counts(out, 4);
            out.write(new byte[] {0, 1, (byte) 0xF1, 0});
        });
        assertThatThrownBy(() -> Saved.read(in -> PackedBytes.read(in, 8), tooLong))
                .hasMessage("bytes: a code of too many bits");
        byte[] claimed = Saved.bytes(out -> {
            counts(out, 1 << 30);
            out.writeByte(2);
            counts(out, 1 << 28);
        });
        assertThatThrownBy(() -> Saved.read(in -> PackedBytes.read(in, 1 << 30), claimed))
                .hasRootCauseInstanceOf(java.io.EOFException.class);
    }

    @Test
    void partsThatDoNotEndWhereTheNextBeginsAreRefused() {
        // Two values with codes of one bit each, and eight bytes in four parts of two bits each, as is said of three.
        for (int[] parts : new int[][] {{2, 2, 2}, {1, 3, 2}, {2, 2, 3}, {2, 2, 100}}) {
            byte[] bytes = Saved.bytes(out -> {
                counts(out, 8);
                out.writeByte(2);
                counts(out, 7);
                out.write(new byte[] {0, 1, 0x11, (byte) parts[0], (byte) parts[1], (byte) parts[2], 0x1B});
            });
            if (parts[0] == 2 && parts[2] == 2) {
                byte[] read = Saved.read(in -> PackedBytes.read(in, 8), bytes);
                assertThat(read).containsExactly(0, 0, 0, 1, 1, 0, 1, 1);
            } else {
                assertThatThrownBy(() -> Saved.read(in -> PackedBytes.read(in, 8), bytes))
                        .hasMessageStartingWith("bytes: a part");
            }
        }
    }

    @Test
    void registersMergeAsUltraLogLogMergesThem() {
        List<Integer> possible = IntStream.range(0, 256)
                .filter(register ->
                        register == 0 || register == 52 || register == 56 || register == 58 || register > 59)
                .boxed()
                .toList();
        byte[] all = new byte[1 << 14];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) (int) possible.get(i % possible.size());
        }
        for (int register : possible) {
            byte[] same = new byte[1 << 14];
            Arrays.fill(same, (byte) register);
            byte[] expected = UltraLogLog.wrap(same.clone())
                    .add(UltraLogLog.wrap(all.clone()))
                    .getState();
            DistinctCount.merge(same, all);
            assertThat(same).as("register %s", register).isEqualTo(expected);
        }
    }

    @Test
    void everyTextIsTheSameAgain() {
        for (String text : new String[] {"", "a", "abc", "\u00e4\u20ac", "\uD83D\uDE00", "\uD83D", "\0"}) {
            byte[] bytes = Saved.bytes(out -> Packed.writeText(out, "ab", text));
            String read = Saved.read(in -> Packed.readText(in, "text", "ab"), bytes);
            assertThat(read).isEqualTo(text);
        }
    }

    @Test
    void aClaimedNumberOfElementsTakesNoMemory() {
        byte[] million = Saved.bytes(out -> {
            Packed.writeCount(out, 1 << 30);
            out.writeByte(0);
            Packed.writeSigned(out, 0);
            out.writeByte(1);
        });
        assertThatThrownBy(() -> Saved.read(in -> PackedLongs.read(in, "integers", 1 << 30), million))
                .hasRootCauseInstanceOf(java.io.EOFException.class);
    }

    @Test
    void impossibleStatesAreRefused() {
        refused(
                "kinds: 5 whole and 0 padded of the fractional numbers, 0 padded of the others",
                KindCounts::read,
                out -> counts(out, 0, 0, 1, 0, 0, 5, 0, 0));
        refused(
                "kinds: 0 whole and 2 padded of the fractional numbers, 0 padded of the others",
                KindCounts::read,
                out -> counts(out, 0, 0, 1, 0, 0, 0, 0, 2));
        refused("2 zeros and 2 negative ones of 3", Moments::read, out -> counts(out, 3, 2, 2, 0, 0, 0));
        refused("least number: 2.0 above the greatest, 1.0", Moments::read, out -> {
            counts(out, 3, 0, 0, 0, 0, 0);
            numbers(out, 2, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0);
        });
        refused("sum of numbers: Infinity", Moments::read, out -> {
            counts(out, 3, 0, 0, 0, 0, 0);
            numbers(out, 1, 2, Double.POSITIVE_INFINITY, 0, 0, 0, 1, 0, 0, 0, 0);
        });
        refused("a sum of squares of -1.0", Moments::read, out -> {
            counts(out, 3, 0, 0, 0, 0, 0);
            numbers(out, 1, 2, 4, 0, 4, 0, 1, 0, -1, 0, 0);
        });
        refused("a mean of 9.0 of 1 texts from 1 to 3", TextLengths::read, out -> counts(out, 1, 9, 9, 1, 3, 1, 3));
        refused("distinct values: -1.0", DistinctCount::read, out -> {
            out.writeByte(2);
            out.writeDouble(-1);
        });
        refused("a register holds 7", DistinctCount::read, out -> {
            out.writeByte(1);
            byte[] registers = new byte[1 << 14];
            registers[9] = 7;
            PackedBytes.write(out, registers);
        });
        refused("one is 0 or occurs twice", DistinctCount::read, out -> {
            out.writeByte(0);
            PackedLongs.write(out, new long[] {5, 5}, 2);
        });
        refused("texts: they do not ascend", PackedTexts::read, out -> {
            counts(out, 2);
            texts(out, each -> {
                text(each, "b", 1);
                text(each, "", 1);
            });
        });
        refused("count of a text: 0", PackedTexts::read, out -> {
            counts(out, 1);
            texts(out, each -> text(each, "b", 0));
        });
        refused("texts: something follows the last", PackedTexts::read, out -> {
            counts(out, 0);
            texts(out, each -> text(each, "b", 1));
        });
        refused("numbers: they do not ascend at 1.0", NumberCounts::read, out -> {
            out.writeByte(0);
            PackedDoubles.write(out, new double[] {2, 1}, 2);
            PackedLongs.write(out, new long[] {1, 1}, 2);
        });
        refused("values: 1 counted, up to 0 of each are not, of 2", Categories::read, out -> {
            counts(out, 2, 1);
            texts(out, each -> text(each, "b", 1));
            new NumberCounts().write(out);
            out.writeBoolean(true);
        });
        refused("error of parts: 9.0 of 4", KllSketch::read, out -> {
            counts(out, 2, 1, 0);
            PackedDoubles.write(out, new double[0], 0);
            PackedDoubles.write(out, new double[] {1, 3}, 2);
            numbers(out, 1, 3, 0.5, 9);
        });
        refused("level 0 holds 5.0", KllSketch::read, out -> {
            counts(out, 1, 0);
            PackedDoubles.write(out, new double[] {1, 5}, 2);
            numbers(out, 1, 4);
        });
        refused("variance: NaN", KllSketch::read, out -> {
            counts(out, 2, 1, 0);
            PackedDoubles.write(out, new double[0], 0);
            PackedDoubles.write(out, new double[] {1, 3}, 2);
            numbers(out, 1, 3, Double.NaN);
        });
        refused("its parts are not of the same 1 values", ColumnProfile::read, out -> {
            KindCounts kinds = KindCounts.create();
            kinds.add(LexicalForm.of("1"), 1);
            kinds.write(out);
            Moments.create().write(out);
            Categories.create().write(out);
            KllSketch.create().write(out);
            TextLengths.create().write(out);
            Course.create().write(out, true);
            out.writeBoolean(true);
        });
        refused("rows: 0 of 'a' of 7", Profile::read, out -> {
            counts(out, 7, 1, 1);
            Packed.writeText(out, "a");
            ColumnProfile.create().write(out);
        });
        refused("two are named 'a'", Profile::read, out -> {
            counts(out, 0, 1, 2);
            Packed.writeText(out, "a");
            ColumnProfile.create().write(out);
            Packed.writeText(out, "a");
            ColumnProfile.create().write(out);
        });
    }

    private static void refused(String message, Saved.Reader<?> reader, Saved.Writer writer) {
        assertThatThrownBy(() -> Saved.read(reader, Saved.bytes(writer)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static void counts(DataOutput out, long... counts) throws IOException {
        Packed.writeCounts(out, counts);
    }

    private static void numbers(DataOutput out, double... numbers) throws IOException {
        for (double number : numbers) {
            out.writeDouble(number);
        }
    }

    private static void texts(DataOutput out, Saved.Writer texts) throws IOException {
        PackedBytes.write(out, Saved.bytes(texts));
    }

    private static void text(DataOutput out, String text, long count) throws IOException {
        if (text.isEmpty()) {
            Packed.writeCount(out, 0);
        }
        Packed.writeText(out, text);
        Packed.writeCount(out, count);
        out.writeByte(0);
    }

    private static Profile profile(long seed, int rows) {
        Profile profile = Profile.create();
        profile.announce(SCHEMA);
        add(profile, seed, rows);
        return profile;
    }

    private static void add(Profile profile, long seed, int rows) {
        Random random = new Random(seed);
        double[] normal = new double[rows];
        double[] cents = new double[rows];
        String[] spelled = new String[rows];
        String[] mixed = new String[rows];
        String[] texts = new String[rows];
        for (int i = 0; i < rows; i++) {
            normal[i] = random.nextInt(50) == 0 ? Double.NaN : random.nextGaussian();
            cents[i] = random.nextInt(10_000) / 100.0;
            spelled[i] = random.nextInt(9) == 0 ? null : Double.toString(random.nextGaussian());
            mixed[i] = "x" + random.nextInt(3) + (random.nextInt(4) == 0 ? "" : "-" + random.nextInt(90));
            mixed[i] = random.nextInt(3) == 0 ? "1.50" : mixed[i];
            texts[i] = "user-" + (int) (20_000 * random.nextDouble() * random.nextDouble())
                    + "x".repeat(random.nextInt(400) / 399 * 300);
        }
        profile.add(new Batch(SCHEMA, rows, new Column[] {
            Columns.fractional(normal),
            Columns.fractional(cents),
            Columns.spelled(spelled),
            Columns.spelled(mixed),
            Columns.spelled(texts)
        }));
    }
}
