package io.modelmonitor.internal.data;

import io.modelmonitor.api.Column;
import io.modelmonitor.api.ValueKind;
import org.jspecify.annotations.Nullable;

/**
 * A column of cells in UTF-8: kinds and numbers are decoded when first asked for, and so are texts, but for plain numbers, whose texts are
 * made one by one. Two threads that ask at the same time may both decode; they find the same, and one result is kept.
 */
final class TextColumn implements Column {

    private final TextCells cells;
    private final int column;
    private volatile @Nullable Decoded decoded;
    private volatile @Nullable String @Nullable [] texts;

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
        byte kind = kinds()[row];
        if (kind == ValueKind.MISSING) {
            return null;
        }
        if (cells.ascii && ValueKind.isNumber(kind)) {
            int cell = 2 * (row * cells.columns + column);
            return new AsciiText(cells.bytes, cells.bounds[cell], cells.bounds[cell + 1]);
        }
        String @Nullable [] known = texts;
        if (known == null) {
            known = CellTexts.of(cells, column, kinds());
            texts = known;
        }
        return known[row];
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
