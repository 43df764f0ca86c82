package io.modelmonitor.fairness;

import io.modelmonitor.api.Row;
import io.modelmonitor.api.Schema;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A group for each value of a column. */
final class ValueGrouping implements Grouping {

    private final String column;
    private final ValueEncoder codes = new ValueEncoder();
    private int index = -1;
    private boolean numeric;

    ValueGrouping(String column) {
        this.column = column;
    }

    @Override
    public void bind(Schema schema) {
        index = schema.indexOf(column);
        numeric = index >= 0 && schema.features().get(index).type().isNumeric();
    }

    @Override
    public int code(Row row) {
        if (index < 0) {
            return ValueEncoder.MISSING;
        }
        return numeric ? codes.of(row.number(index)) : codes.of(row.text(index));
    }

    @Override
    public int size() {
        return codes.size();
    }

    @Override
    public boolean isOfInterest(int code) {
        return true;
    }

    @Override
    public String name(int code) {
        return column + "=" + codes.name(code);
    }

    @Override
    public int[] merge(Grouping other) {
        // Both come from the same facet.
        return codes.merge(((ValueGrouping) other).codes);
    }

    @Override
    public boolean isOverflown() {
        return codes.isOverflown();
    }

    @Override
    public void write(DataOutput out) throws IOException {
        codes.write(out);
    }

    @Override
    public void read(DataInput in) throws IOException {
        codes.read(in);
    }
}
