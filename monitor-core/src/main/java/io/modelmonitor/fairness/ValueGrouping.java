package io.modelmonitor.fairness;

import io.modelmonitor.api.Batch;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A group for each value of a column. */
final class ValueGrouping implements Grouping {

    private final String column;
    private final ValueEncoder values = new ValueEncoder();

    ValueGrouping(String column) {
        this.column = column;
    }

    @Override
    public int[] codes(Batch batch) {
        return values.codes(batch, batch.schema().indexOf(column));
    }

    @Override
    public int size() {
        return values.size();
    }

    @Override
    public boolean isOfInterest(int code) {
        return true;
    }

    @Override
    public String name(int code) {
        return column + "=" + values.name(code);
    }

    @Override
    public int[] merge(Grouping other) {
        // Both come from the same facet.
        return values.merge(((ValueGrouping) other).values);
    }

    @Override
    public boolean isOverflown() {
        return values.isOverflown();
    }

    @Override
    public void write(DataOutput out) throws IOException {
        values.write(out);
    }

    @Override
    public void read(DataInput in) throws IOException {
        values.read(in);
    }
}
