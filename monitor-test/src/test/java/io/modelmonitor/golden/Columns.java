package io.modelmonitor.golden;

import io.modelmonitor.api.Column;
import io.modelmonitor.api.ValueKind;
import io.modelmonitor.stats.sketch.ColumnProfile;
import java.util.Arrays;

/** Arrays as columns, profiled in blocks as a reader would. */
final class Columns {

    private static final int BLOCK = 2048;

    private Columns() {}

    static ColumnProfile profile(double[] values, int from, int to) {
        ColumnProfile profile = ColumnProfile.create();
        for (int start = from; start < to; start += BLOCK) {
            int end = Math.min(to, start + BLOCK);
            double[] numbers = Arrays.copyOfRange(values, start, end);
            String[] none = new String[0];
            profile.add(column(ValueKind.FRACTIONAL, numbers, none), end - start);
        }
        return profile;
    }

    static ColumnProfile profile(String[] values, int from, int to) {
        ColumnProfile profile = ColumnProfile.create();
        for (int start = from; start < to; start += BLOCK) {
            int end = Math.min(to, start + BLOCK);
            double[] none = new double[end - start];
            Arrays.fill(none, Double.NaN);
            String[] texts = Arrays.copyOfRange(values, start, end);
            profile.add(column(ValueKind.STRING, none, texts), end - start);
        }
        return profile;
    }

    private static Column column(byte kind, double[] numbers, String[] texts) {
        byte[] kinds = new byte[numbers.length];
        Arrays.fill(kinds, kind);
        boolean isText = texts.length > 0;
        return Column.of(kinds, numbers, row -> isText ? texts[row] : Double.toString(numbers[row]), isText);
    }
}
