package benchmarks;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Column;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Schema;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The table that all benchmarks use, so that their figures compare: twelve columns of doubles with 1 % missing, four of
 * whole numbers, four of texts of 2, 10, 1,000 and 100,000 different values. Equal arguments give an equal table.
 */
public final class BenchmarkTable {

    private static final int DOUBLES = 12;
    private static final int LONGS = 4;
    private static final int TEXTS = 4;
    private static final int[] VOCABULARIES = {2, 10, 1_000, 100_000};

    private final int rows;
    private final double[][] doubles = new double[DOUBLES][];
    private final boolean[][] missing = new boolean[DOUBLES][];
    private final long[][] longs = new long[LONGS][];
    private final String[][] texts = new String[TEXTS][];

    private BenchmarkTable(int rows, long seedShift, double shift) {
        this.rows = rows;
        for (int c = 0; c < DOUBLES; c++) {
            fillDoubles(c, seedShift, c % 6 == 0 || c % 6 == 4 ? shift : 0);
        }
        for (int c = 0; c < LONGS; c++) {
            fillLongs(c, seedShift);
        }
        for (int c = 0; c < TEXTS; c++) {
            fillTexts(c, seedShift);
        }
    }

    /** Returns the table of so many rows. */
    public static BenchmarkTable of(int rows) {
        return new BenchmarkTable(rows, 0, 0);
    }

    /**
     * Returns a table to compare with {@link #of}.
     *
     * @param rows the number of rows
     * @param seedShift what is added to all seeds; other rows of the same distribution unless it is 0
     * @param shift by how many standard deviations the columns d0, d4, d6 and d10 are shifted
     */
    public static BenchmarkTable ofOther(int rows, long seedShift, double shift) {
        return new BenchmarkTable(rows, seedShift, shift);
    }

    private void fillDoubles(int column, long seedShift, double shift) {
        SplittableRandom random = new SplittableRandom(1000 + column + seedShift);
        Random gaussian = new Random(2000 + column + seedShift);
        double[] values = new double[rows];
        boolean[] absent = new boolean[rows];
        for (int i = 0; i < rows; i++) {
            values[i] = switch (column % 6) {
                case 0 -> gaussian.nextGaussian() + shift;
                case 1 -> Math.exp(gaussian.nextGaussian());
                case 2 -> Math.rint(random.nextDouble() * 1e4) / 1e4;
                case 3 -> -Math.log(1 - random.nextDouble()) * 10;
                case 4 -> Math.rint((50 + 15 * (gaussian.nextGaussian() + shift)) * 100) / 100;
                default -> random.nextDouble() < 0.8 ? 0 : Math.rint(random.nextDouble() * 1e6) / 1e3;
            };
            absent[i] = random.nextInt(100) == 0;
        }
        doubles[column] = values;
        missing[column] = absent;
    }

    private void fillLongs(int column, long seedShift) {
        SplittableRandom random = new SplittableRandom(31 + column + seedShift);
        long[] values = new long[rows];
        for (int i = 0; i < rows; i++) {
            values[i] = switch (column) {
                case 0 -> 18 + random.nextInt(70);
                case 1 -> (long) Math.floor(1 / (1e-6 + random.nextDouble()));
                case 2 -> 1_700_000_000_000L + 1000L * i + random.nextInt(1000);
                default -> random.nextLong() >>> 20;
            };
        }
        longs[column] = values;
    }

    private void fillTexts(int column, long seedShift) {
        SplittableRandom random = new SplittableRandom(40 + column + seedShift);
        int size = VOCABULARIES[column];
        String[] words =
                IntStream.range(0, size).mapToObj(word -> word(column, word)).toArray(String[]::new);
        String[] values = new String[rows];
        for (int i = 0; i < rows; i++) {
            double u = random.nextDouble();
            values[i] = words[(int) (size * (column == 2 ? u * u * u : u))];
        }
        texts[column] = values;
    }

    private static String word(int column, int word) {
        return switch (column) {
            case 0 -> word == 0 ? "F" : "M";
            case 1 -> "seg_" + (char) ('A' + word);
            case 2 -> String.format(Locale.ROOT, "cat-%04d", word);
            default -> String.format(Locale.ROOT, "user_%06d", word);
        };
    }

    /** Returns the number of rows. */
    public int rows() {
        return rows;
    }

    /** Returns the names of the columns: d0 to d11, l0 to l3, s0 to s3. */
    public Schema schema() {
        List<String> names = new ArrayList<>();
        IntStream.range(0, DOUBLES).forEach(c -> names.add("d" + c));
        IntStream.range(0, LONGS).forEach(c -> names.add("l" + c));
        IntStream.range(0, TEXTS).forEach(c -> names.add("s" + c));
        return Schema.ofNames(names);
    }

    /** Returns the column d0 to d11 of a number, not to be changed; see {@link #missing} for what is missing. */
    public double[] doubles(int column) {
        return doubles[column];
    }

    /** Returns which rows of the column d0 to d11 of a number are missing; not to be changed. */
    public boolean[] missing(int column) {
        return missing[column];
    }

    /** Returns the column l0 to l3 of a number; not to be changed. */
    public long[] longs(int column) {
        return longs[column];
    }

    /** Returns the column s0 to s3 of a number; not to be changed. */
    public String[] texts(int column) {
        return texts[column];
    }

    /**
     * Returns this table as a dataset in memory.
     *
     * @param batchSize how many rows a batch has, the last one excepted
     */
    public Dataset dataset(int batchSize) {
        return () -> new InMemory(batchSize);
    }

    /** Returns some rows as a batch. */
    public Batch batch(int from, int to) {
        return batch(schema(), from, to);
    }

    private Batch batch(Schema schema, int from, int to) {
        Column[] columns = new Column[DOUBLES + LONGS + TEXTS];
        int next = 0;
        for (int c = 0; c < DOUBLES; c++) {
            columns[next++] = BenchmarkColumn.of(doubles[c], missing[c], from, to);
        }
        for (int c = 0; c < LONGS; c++) {
            columns[next++] = BenchmarkColumn.of(longs[c], from, to);
        }
        for (int c = 0; c < TEXTS; c++) {
            columns[next++] = BenchmarkColumn.of(texts[c], from, to);
        }
        return new Batch(schema, to - from, columns);
    }

    /**
     * Writes the table as CSV: a header, doubles as {@link Double#toString} writes them, an empty field for what is
     * missing, lines that end with a line feed.
     *
     * @throws IOException if writing fails
     */
    public void writeCsv(Path file) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            writer.write(String.join(",", schema().names()));
            writer.write('\n');
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < rows; i++) {
                line.setLength(0);
                for (int c = 0; c < DOUBLES; c++) {
                    line.append(missing[c][i] ? "" : Double.toString(doubles[c][i]))
                            .append(',');
                }
                for (long[] column : longs) {
                    line.append(column[i]).append(',');
                }
                for (String[] column : texts) {
                    line.append(column[i]).append(',');
                }
                line.setCharAt(line.length() - 1, '\n');
                writer.append(line);
            }
        }
    }

    private final class InMemory implements Dataset.Cursor {

        private final Schema schema = BenchmarkTable.this.schema();
        private final int batchSize;
        private int next;

        private InMemory(int batchSize) {
            this.batchSize = batchSize;
        }

        @Override
        public Schema schema() {
            return schema;
        }

        @Override
        public @Nullable Batch next() {
            if (next == rows) {
                return null;
            }
            int from = next;
            next = Math.min(rows, from + batchSize);
            return batch(schema, from, next);
        }

        @Override
        public List<DataProblem> problems() {
            return List.of();
        }

        @Override
        public void close() {
            next = rows;
        }
    }
}
