package io.modelmonitor.internal.data;

import io.modelmonitor.api.Column;
import io.modelmonitor.api.ValueKind;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A column of cells in UTF-8, decoded when first asked for. Two threads that ask at the same time may both decode; they
 * find the same, and one result is kept.
 */
final class TextColumn implements Column {

    private final TextCells cells;
    private final int column;
    private volatile @Nullable Decoded decoded;

    TextColumn(TextCells cells, int column) {
        this.cells = cells;
        this.column = column;
    }

    private Decoded decoded() {
        Decoded known = decoded;
        if (known == null) {
            known = decode();
            decoded = known;
        }
        return known;
    }

    private Decoded decode() {
        byte[] kinds = new byte[cells.rows];
        double[] numbers = new double[cells.rows];
        byte[] bytes = cells.bytes;
        int[] bounds = cells.bounds;
        CellReader reader = cells.reader;
        int step = 2 * cells.columns;
        int cell = 2 * column;
        for (int row = 0; row < kinds.length; row++) {
            kinds[row] = reader.read(bytes, bounds[cell], bounds[cell + 1], numbers, row);
            cell += step;
        }
        return new Decoded(kinds, numbers);
    }

    @Override
    public byte[] kinds() {
        return decoded().kinds;
    }

    @Override
    public double[] numbers() {
        return decoded().numbers;
    }

    @Override
    public @Nullable CharSequence text(int row) {
        if (kinds()[row] == ValueKind.MISSING) {
            return null;
        }
        int cell = 2 * (row * cells.columns + column);
        int from = cells.bounds[cell];
        int to = cells.bounds[cell + 1];
        return cells.ascii
                ? new AsciiText(cells.bytes, from, to)
                : new String(cells.bytes, from, to - from, StandardCharsets.UTF_8);
    }

    @Override
    public boolean isText() {
        return true;
    }

    private static final class Decoded {
        private final byte[] kinds;
        private final double[] numbers;

        private Decoded(byte[] kinds, double[] numbers) {
            this.kinds = kinds;
            this.numbers = numbers;
        }
    }
}
