package io.modelmonitor;

import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.internal.VisibleText;
import io.modelmonitor.spi.MetricCalculator;
import io.modelmonitor.stats.internal.ByteBuilder;
import io.modelmonitor.stats.internal.ByteReader;
import io.modelmonitor.stats.internal.Packed;
import java.io.BufferedInputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The form of measurements in files: a line with format, version and a checksum over what follows; then, deflated or not, the data about
 * the data, and each state behind its name and length.
 */
final class MeasurementFile {

    private static final String FORMAT = "modelmonitor-measurement ";
    private static final String FOLLOWS = "something follows the last state";
    private static final String UNPACKS = "it is damaged: it unpacks to far more than a measurement does";
    private static final int VERSION = 14;
    private static final int MOST_HEADER = 64;
    private static final int CHUNK = 8192;
    /** So many bytes are taken for a state at first, whatever length is claimed, and as many again as have been read. */
    private static final int FIRST_CHUNK = 1 << 16;

    private static final int MOST_BYTES = 1 << 30;
    private static final long MOST_FOR_NOTHING = 4L << 20;
    private static final long MOST_RATIO = 100;
    private static final double MOST_BITS = 7.75;
    private static final int MOST_COUNTED = 1 << 16;

    private MeasurementFile() {}

    /** @throws IOException if the stream throws it, or the measurement is too large to be read again */
    static void write(Measurement measurement, OutputStream out) throws IOException {
        write(measurement, out, MOST_BYTES);
    }

    static void write(Measurement measurement, OutputStream out, int mostBytes) throws IOException {
        // All states first: where one cannot be saved, nothing is written.
        Map<String, byte[]> states = states(measurement);
        for (Map.Entry<String, byte[]> state : states.entrySet()) {
            checkSize("the state of calculator '" + state.getKey() + "'", state.getValue().length, mostBytes);
        }
        ByteBuilder content = new ByteBuilder();
        write(measurement, states, new DataOutputStream(content));
        byte[] body = body(content.toByteArray());
        checkSize("a measurement", body.length, mostBytes);
        CRC32C checksum = new CRC32C();
        checksum.update(body);
        out.write(header(checksum).getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
    }

    private static void checkSize(String what, int bytes, int most) throws IOException {
        if (bytes > most) {
            throw new IOException(what + " has " + bytes + " bytes; allowed are up to " + most);
        }
    }

    /**
     * Returns content behind a flag: deflated if that saves an eighth, which of packed numbers it does not, and not more than is
     * unpacked again. It is not tried where the bytes are nearly equally frequent, as packed ones are.
     */
    private static byte[] body(byte[] content) throws IOException {
        if (bits(content) <= MOST_BITS) {
            ByteBuilder deflated = new ByteBuilder();
            deflated.write(1);
            Deflater deflater = new Deflater();
            try (DeflaterOutputStream out = new DeflaterOutputStream(deflated, deflater, CHUNK)) {
                out.write(content);
            } finally {
                deflater.end();
            }
            byte[] body = deflated.toByteArray();
            if (body.length <= content.length - content.length / 8 && content.length <= mostUnpacked(body.length)) {
                return body;
            }
        }
        byte[] plain = new byte[1 + content.length];
        System.arraycopy(content, 0, plain, 1, content.length);
        return plain;
    }

    /** Returns to how many bytes packed ones may unpack: what packs to less than a hundredth of itself was made to exhaust memory. */
    private static long mostUnpacked(int body) {
        return MOST_FOR_NOTHING + MOST_RATIO * body;
    }

    /** Returns the entropy of the bytes one by one, in bits a byte; of long content, of bytes that are spread over it. */
    private static double bits(byte[] content) {
        int step = 1 + content.length / MOST_COUNTED;
        int[] counts = new int[1 << Byte.SIZE];
        for (int i = 0; i < content.length; i += step) {
            counts[content[i] & 0xFF]++;
        }
        double total = Arrays.stream(counts).sum();
        double sum = 0;
        for (int count : counts) {
            sum += count == 0 ? 0 : count * StrictMath.log(total / count);
        }
        return total == 0 ? 0 : sum / total / StrictMath.log(2);
    }

    private static Map<String, byte[]> states(Measurement measurement) throws IOException {
        Map<String, byte[]> states = new LinkedHashMap<>();
        for (Map.Entry<String, Measurement.Entry<?>> entry :
                measurement.entries().entrySet()) {
            if (entry.getValue().state() != null) {
                states.put(entry.getKey(), bytes(entry.getValue()));
            }
        }
        return states;
    }

    private static String header(CRC32C checksum) {
        return FORMAT + VERSION + " " + HexFormat.of().toHexDigits((int) checksum.getValue()) + "\n";
    }

    private static <S> byte[] bytes(Measurement.Entry<S> entry) throws IOException {
        ByteBuilder bytes = new ByteBuilder();
        S state = entry.state();
        if (state != null) {
            entry.calculator().write(state, new DataOutputStream(bytes));
        }
        return bytes.toByteArray();
    }

    private static void write(Measurement measurement, Map<String, byte[]> states, DataOutput out) throws IOException {
        Packed.writeCount(out, measurement.rows());
        writeTime(measurement.start(), out);
        writeTime(measurement.end(), out);
        Packed.writeText(out, measurement.group());
        Packed.writeCount(out, measurement.columns().size());
        for (String column : measurement.columns()) {
            Packed.writeText(out, column);
        }
        Packed.writeCount(out, measurement.problems().size());
        for (DataProblem problem : measurement.problems()) {
            Packed.writeText(out, problem.description());
            Packed.writeCount(out, problem.count());
            Packed.writeCount(out, problem.lines().size());
            for (long line : problem.lines()) {
                Packed.writeCount(out, line);
            }
        }
        Packed.writeCount(out, measurement.entries().size());
        for (Map.Entry<String, Measurement.Entry<?>> entry :
                measurement.entries().entrySet()) {
            Packed.writeText(out, entry.getKey());
            byte[] state = states.get(entry.getKey());
            out.writeBoolean(state != null);
            if (state != null) {
                Packed.writeCount(out, state.length);
                out.write(state);
            } else {
                Packed.writeText(out, String.valueOf(entry.getValue().failure()));
            }
        }
        Packed.writeCount(out, measurement.windows().size());
        for (Measurement window : measurement.windows()) {
            write(window, states(window), out);
        }
    }

    static Measurement load(Path file, List<MetricCalculator<?>> calculators) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return read(in, calculators, false);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("no measurement can be read from " + file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e, e);
        }
    }

    /**
     * Reads a stream to its end. Nothing of the content is looked at before the checksum fits.
     *
     * @param trusted whether it is of this version of the code, so that states need not be written again to be compared
     */
    static Measurement read(InputStream in, List<MetricCalculator<?>> calculators, boolean trusted) throws IOException {
        try {
            return readAll(in, calculators, trusted);
        } catch (IllegalArgumentException e) {
            // It quotes what is in the file.
            throw new IllegalArgumentException(VisibleText.of(String.valueOf(e.getMessage())), e);
        }
    }

    private static Measurement readAll(InputStream in, List<MetricCalculator<?>> calculators, boolean trusted)
            throws IOException {
        String header = header(in);
        byte[] body = in.readNBytes(MOST_BYTES);
        check(in.read() < 0, "it has more than " + MOST_BYTES + " bytes");
        CRC32C checksum = new CRC32C();
        checksum.update(body);
        check(header.equals(header(checksum)), "its checksum does not fit its content");
        ByteReader packed = new ByteReader(body);
        DataInputStream plain = new DataInputStream(packed);
        try {
            if (!Packed.readFlag(plain, "body")) {
                return toItsEnd(plain, calculators, trusted);
            }
            Inflater inflater = new Inflater();
            try {
                InputStream inflated = new InflaterInputStream(packed, inflater, CHUNK);
                DataInputStream content =
                        new DataInputStream(new BoundedInput(inflated, mostUnpacked(body.length), UNPACKS));
                Measurement measurement = toItsEnd(content, calculators, trusted);
                check(inflater.getBytesRead() == body.length - 1, FOLLOWS);
                return measurement;
            } finally {
                inflater.end();
            }
        } catch (EOFException | ZipException e) {
            throw new IllegalArgumentException("it is damaged: " + e.getMessage(), e);
        }
    }

    private static Measurement toItsEnd(DataInputStream in, List<MetricCalculator<?>> calculators, boolean trusted)
            throws IOException {
        Measurement measurement = content(in, calculators, trusted, false);
        check(in.read() < 0, FOLLOWS);
        return measurement;
    }

    private static void check(boolean possible, String why) {
        if (!possible) {
            throw new IllegalArgumentException("it is damaged: " + why);
        }
    }

    /** Reads the first line, of which the format and the version have to be known. */
    private static String header(InputStream in) throws IOException {
        StringBuilder header = new StringBuilder();
        for (int next = in.read(); next >= 0 && header.length() < MOST_HEADER; next = in.read()) {
            header.append((char) next);
            if (next == '\n') {
                break;
            }
        }
        if (!header.toString().startsWith(FORMAT + VERSION + " ")) {
            String found = header.toString().startsWith(FORMAT)
                    ? "it is of version '" + header.substring(FORMAT.length()).strip() + "'"
                    : "it is no measurement or baseline";
            throw new IllegalArgumentException(
                    found + "; allowed is version " + VERSION + " of '" + FORMAT.strip() + "', as save(..) writes it");
        }
        return header.toString();
    }

    /** @param isWindow whether it is of a window of another measurement */
    private static Measurement content(
            DataInput in, List<MetricCalculator<?>> calculators, boolean trusted, boolean isWindow) throws IOException {
        long rows = Packed.readCount(in, "rows");
        Instant start = readTime(in);
        Instant end = readTime(in);
        String group = Packed.readText(in, "group");
        check(start == null || end == null || !end.isBefore(start), "its time ends before it begins");
        List<String> columns = new ArrayList<>();
        for (long left = Packed.readCount(in, "columns"); left > 0; left--) {
            columns.add(Packed.readText(in, "name of a column"));
        }
        check(new HashSet<>(columns).size() == columns.size(), "two columns have the same name");
        List<DataProblem> problems = new ArrayList<>();
        for (long left = Packed.readCount(in, "problems"); left > 0; left--) {
            String description = Packed.readText(in, "problem");
            long count = Packed.readCount(in, "count of a problem");
            List<Long> lines = new ArrayList<>();
            for (long places = Packed.readCount(in, "lines of a problem"); places > 0; places--) {
                lines.add(Packed.readCount(in, "line of a problem"));
            }
            check(lines.size() <= count, "a problem has more places than it has cases");
            problems.add(new DataProblem(description, count, lines));
        }
        Map<String, MetricCalculator<?>> byState = new LinkedHashMap<>();
        calculators.forEach(calculator -> byState.putIfAbsent(calculator.stateName(), calculator));
        Map<String, Measurement.Entry<?>> entries = new LinkedHashMap<>();
        for (long left = Packed.readCount(in, "states"); left > 0; left--) {
            String name = Packed.readText(in, "name of a state");
            MetricCalculator<?> calculator = byState.get(name);
            if (calculator == null) {
                throw new IllegalArgumentException("it has a state of calculator '" + name + "', which is not among "
                        + byState.keySet() + "; hand that calculator over, too");
            }
            if (entries.put(name, entry(calculator, in, trusted)) != null) {
                throw new IllegalArgumentException("it is damaged: two states are named '" + name + "'");
            }
        }
        for (String name : byState.keySet()) {
            if (!isWindow && !entries.containsKey(name)) {
                throw new IllegalArgumentException(
                        "it has no state of calculator '" + name + "'; there are " + entries.keySet());
            }
        }
        List<Measurement> windows = new ArrayList<>();
        long ofWindows = 0;
        for (long left = Packed.readCount(in, "windows"); left > 0; left--) {
            check(!isWindow, "a window has windows");
            Measurement window = content(in, calculators, trusted, true);
            ofWindows += window.rows();
            windows.add(window);
        }
        check(ofWindows <= rows, "its windows have more rows than it has");
        return new Measurement(entries, columns, rows, start, end, problems, windows, group);
    }

    private static <S> Measurement.Entry<S> entry(MetricCalculator<S> calculator, DataInput in, boolean trusted)
            throws IOException {
        if (!Packed.readFlag(in, "state")) {
            return new Measurement.Entry<>(calculator, null, Packed.readText(in, "failure"));
        }
        byte[] saved = readBytes(in);
        DataInputStream state = new DataInputStream(new ByteReader(saved));
        S read = read(calculator, state);
        if (state.read() >= 0) {
            throw new IllegalArgumentException(
                    "it is damaged: the state '" + calculator.stateName() + "' does not end");
        }
        Measurement.Entry<S> entry = new Measurement.Entry<>(calculator, read, null);
        check(
                trusted || Arrays.equals(bytes(entry), saved),
                "the state '" + calculator.stateName() + "' is read as another than was saved");
        return entry;
    }

    private static <S> S read(MetricCalculator<S> calculator, DataInput in) throws IOException {
        try {
            return calculator.read(in);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "it is damaged: the state '" + calculator.stateName() + "': " + e.getMessage(), e);
        } catch (RuntimeException | StackOverflowError e) { // of a user's calculator
            throw new IllegalArgumentException(
                    "the state '" + calculator.stateName() + "' cannot be read: " + Failures.describe(e), e);
        }
    }

    private static void writeTime(@Nullable Instant time, DataOutput out) throws IOException {
        out.writeBoolean(time != null);
        if (time != null) {
            out.writeLong(time.getEpochSecond());
            out.writeInt(time.getNano());
        }
    }

    private static @Nullable Instant readTime(DataInput in) throws IOException {
        try {
            if (!Packed.readFlag(in, "time")) {
                return null;
            }
            long seconds = in.readLong();
            int nanos = in.readInt();
            check(nanos >= 0 && nanos < 1_000_000_000, "a time is out of range");
            return Instant.ofEpochSecond(seconds, nanos);
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("it is damaged: a time is out of range", e);
        }
    }

    /** Reads bytes behind their number. Memory grows with the bytes that are there, not with the number that is claimed. */
    private static byte[] readBytes(DataInput in) throws IOException {
        int length = Packed.readCount(in, "length of a state", MOST_BYTES);
        byte[] bytes = new byte[Math.min(length, FIRST_CHUNK)];
        for (int next = 0; next < length; next = bytes.length) {
            bytes = next == 0 ? bytes : Arrays.copyOf(bytes, (int) Math.min(length, 2L * next));
            in.readFully(bytes, next, bytes.length - next);
        }
        return bytes;
    }
}
