package io.modelmonitor.internal.data;

import io.modelmonitor.api.ValueKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CSV rows of a live capture, which are values yet; each is packed as the cell that would be written of it. */
final class TypedCsv {

    /** Whole numbers below are written without a point, and an exponent. */
    private static final double PLAIN = 1e15;

    private List<?> rows = List.of();

    void clear() {
        rows = List.of();
    }

    /** Reads rows; one without a value would be a blank line, which is none. */
    void read(List<?> values) {
        rows = values;
        for (int i = 0; i < values.size(); i++) {
            if (width(i) == 0) {
                rows = values.stream().filter(row -> width(row) > 0).toList();
                return;
            }
        }
    }

    int size() {
        return rows.size();
    }

    int width(int row) {
        return width(rows.get(row));
    }

    private static int width(Object row) {
        return row instanceof double[] numbers ? numbers.length : ((List<?>) row).size();
    }

    /**
     * Packs the values of a row.
     *
     * @param fractional whether whole numbers of a column are written with a point; false beyond
     */
    void pack(int row, RowPacker packer, CapturedRows.Columns columns, boolean[] fractional) {
        if (rows.get(row) instanceof double[] numbers) {
            for (int i = 0; i < numbers.length; i++) {
                int column = columns.next(null, true);
                if (column != RowPacker.NO_COLUMN) {
                    pack(packer, column, numbers[i], i < fractional.length && fractional[i]);
                }
            }
            return;
        }
        List<?> values = (List<?>) rows.get(row);
        for (int i = 0; i < values.size(); i++) {
            int column = columns.next(null, true);
            if (column != RowPacker.NO_COLUMN) {
                pack(packer, column, values.get(i), i < fractional.length && fractional[i]);
            }
        }
    }

    private static void pack(RowPacker packer, int column, double number, boolean fractional) {
        if (Double.isNaN(number)) {
            return;
        }
        if (Double.isInfinite(number)) {
            packer.set(column, Double.toString(number));
            return;
        }
        boolean whole = number == Math.rint(number) && Math.abs(number) < PLAIN && (number != 0 || 1 / number > 0);
        packer.set(column, whole && !fractional ? ValueKind.INTEGRAL : ValueKind.FRACTIONAL, number);
    }

    private static void pack(RowPacker packer, int column, @Nullable Object value, boolean fractional) {
        if (value instanceof Double number) {
            pack(packer, column, number.doubleValue(), fractional);
        } else if (value instanceof Long whole && (fractional || Math.abs(whole.doubleValue()) < PLAIN)) {
            pack(packer, column, whole.doubleValue(), fractional);
        } else if (value != null) {
            packer.setCell(column, value.toString());
        }
    }
}
