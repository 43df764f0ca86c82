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
            profile.add(new Uniform(ValueKind.FRACTIONAL, numbers, none), end - start);
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
            profile.add(new Uniform(ValueKind.STRING, none, texts), end - start);
        }
        return profile;
    }

    /** A column of one kind. */
    private static final class Uniform implements Column {

        private final byte[] kinds;
        private final double[] numbers;
        private final String[] texts;

        private Uniform(int kind, double[] numbers, String[] texts) {
            this.kinds = new byte[numbers.length];
            Arrays.fill(kinds, ValueKind.code(kind));
            this.numbers = numbers;
            this.texts = texts;
        }

        @Override
        public byte[] kinds() {
            return kinds;
        }

        @Override
        public double[] numbers() {
            return numbers;
        }

        @Override
        public CharSequence text(int row) {
            return isText() ? texts[row] : Double.toString(numbers[row]);
        }

        @Override
        public boolean isText() {
            return texts.length > 0;
        }
    }
}
