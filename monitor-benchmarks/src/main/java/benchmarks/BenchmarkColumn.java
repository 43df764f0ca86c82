package benchmarks;

import io.modelmonitor.api.Column;
import io.modelmonitor.api.ValueKind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Some rows of a column of the benchmark table. */
final class BenchmarkColumn implements Column {

    private final byte[] kinds;
    private final double[] numbers;
    private final Text texts;
    private final boolean isText;

    private BenchmarkColumn(byte[] kinds, double[] numbers, Text texts, boolean isText) {
        this.kinds = kinds;
        this.numbers = numbers;
        this.texts = texts;
        this.isText = isText;
    }

    /** Writes one row. */
    @FunctionalInterface
    interface Text {
        String of(int row);
    }

    static Column of(double[] values, boolean[] missing, int from, int to) {
        double[] numbers = Arrays.copyOfRange(values, from, to);
        byte[] kinds = kinds(ValueKind.FRACTIONAL, to - from);
        for (int i = 0; i < numbers.length; i++) {
            if (missing[from + i]) {
                numbers[i] = Double.NaN;
                kinds[i] = ValueKind.MISSING;
            }
        }
        return new BenchmarkColumn(kinds, numbers, row -> Double.toString(values[from + row]), false);
    }

    static Column of(long[] values, int from, int to) {
        double[] numbers = new double[to - from];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = values[from + i];
        }
        byte[] kinds = kinds(ValueKind.INTEGRAL, to - from);
        return new BenchmarkColumn(kinds, numbers, row -> Long.toString(values[from + row]), false);
    }

    static Column of(String[] values, int from, int to) {
        byte[] kinds = kinds(ValueKind.STRING, to - from);
        return new BenchmarkColumn(kinds, new double[0], row -> values[from + row], true);
    }

    private static byte[] kinds(int kind, int size) {
        byte[] kinds = new byte[size];
        Arrays.fill(kinds, ValueKind.code(kind));
        return kinds;
    }

    @Override
    public byte[] kinds() {
        return kinds;
    }

    @Override
    public boolean isText() {
        return isText;
    }

    @Override
    public double[] numbers() {
        if (numbers.length < kinds.length) {
            double[] none = new double[kinds.length];
            Arrays.fill(none, Double.NaN);
            return none;
        }
        return numbers;
    }

    @Override
    public @Nullable CharSequence text(int row) {
        return kinds[row] == ValueKind.MISSING ? null : texts.of(row);
    }
}
