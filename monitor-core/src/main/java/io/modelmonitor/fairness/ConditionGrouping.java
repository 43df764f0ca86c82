package io.modelmonitor.fairness;

import io.modelmonitor.api.Batch;
import io.modelmonitor.stats.fairness.Outcomes;
import java.io.DataInput;
import java.io.DataOutput;
import java.util.Arrays;

/** Groups rows by whether they meet a condition. */
final class ConditionGrouping implements Grouping {

    private final String column;
    private final String group;
    private final Condition condition;

    ConditionGrouping(String column, String group, Condition condition) {
        this.column = column;
        this.group = group;
        this.condition = condition;
    }

    @Override
    public int[] codes(Batch batch) {
        int[] codes = new int[batch.size()];
        int index = batch.schema().indexOf(column);
        if (index < 0) {
            Arrays.fill(codes, ValueEncoder.MISSING);
            return codes;
        }
        condition.test(batch.column(index), codes);
        for (int i = 0; i < codes.length; i++) {
            codes[i] = codes[i] == Outcomes.UNKNOWN ? ValueEncoder.MISSING : codes[i];
        }
        return codes;
    }

    @Override
    public int size() {
        return 2;
    }

    @Override
    public boolean isOfInterest(int code) {
        return code == Outcomes.POSITIVE;
    }

    @Override
    public String name(int code) {
        return code == Outcomes.POSITIVE ? group : "not " + group;
    }

    @Override
    public int[] merge(Grouping other) {
        return new int[] {0, 1};
    }

    @Override
    public boolean isOverflown() {
        return false;
    }

    @Override
    public void write(DataOutput out) {
        // Both groups are known beforehand.
    }

    @Override
    public void read(DataInput in) {
        // Both groups are known beforehand.
    }
}
