package benchmarks;

import io.modelmonitor.api.Column;
import io.modelmonitor.api.ValueKind;
import java.util.Arrays;

/** Columns of some rows of the benchmark table. */
final class BenchmarkColumn {

    private static volatile double[] none = {};

    private BenchmarkColumn() {}

    static Column of(double[] values, boolean[] missing, int from, int to) {
        double[] numbers = Arrays.copyOfRange(values, from, to);
        byte[] kinds = kinds(ValueKind.FRACTIONAL, to - from);
        for (int i = 0; i < numbers.length; i++) {
            if (missing[from + i]) {
                numbers[i] = Double.NaN;
                kinds[i] = ValueKind.MISSING;
            }
        }
        return Column.of(kinds, numbers, row -> Double.toString(values[from + row]), false);
    }

    static Column of(long[] values, int from, int to) {
        double[] numbers = new double[to - from];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = values[from + i];
        }
        byte[] kinds = kinds(ValueKind.INTEGRAL, to - from);
        return Column.of(kinds, numbers, row -> Long.toString(values[from + row]), false);
    }

    static Column of(String[] values, int from, int to) {
        byte[] kinds = kinds(ValueKind.STRING, to - from);
        return Column.of(kinds, none(to - from), row -> values[from + row], true);
    }

    private static byte[] kinds(byte kind, int size) {
        byte[] kinds = new byte[size];
        Arrays.fill(kinds, kind);
        return kinds;
    }

    /** Returns at least so many times NaN. */
    private static double[] none(int size) {
        double[] known = none;
        if (known.length < size) {
            known = new double[size];
            Arrays.fill(known, Double.NaN);
            none = known;
        }
        return known;
    }
}
