package io.modelmonitor.fairness;

import io.modelmonitor.api.Row;
import io.modelmonitor.api.Schema;
import io.modelmonitor.stats.fairness.Outcomes;
import java.io.DataInput;
import java.io.DataOutput;

/** Those who meet a condition, and the rest. */
final class ConditionGrouping implements Grouping {

    private final String column;
    private final String group;
    private final Condition condition;
    private int index = -1;

    ConditionGrouping(String column, String group, Condition condition) {
        this.column = column;
        this.group = group;
        this.condition = condition;
    }

    @Override
    public void bind(Schema schema) {
        index = schema.indexOf(column);
    }

    @Override
    public int code(Row row) {
        int answer = index < 0 ? Outcomes.UNKNOWN : condition.test(row, index);
        return answer == Outcomes.UNKNOWN ? ValueEncoder.MISSING : answer;
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
