package io.modelmonitor.quality;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.spi.MetricCalculator;
import io.modelmonitor.stats.internal.Packed;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A calculator's state for each group of rows.
 *
 * @param <S> the state
 */
final class SegmentRows<S> {

    private static final String MISSING = "(missing)";
    private static final String OTHERS = "(others)";

    private final MetricCalculator<S> calculator;
    private final String name;
    private final Segments.GroupOf groupOf;
    private final int most;
    private final TreeMap<String, Group<S>> groups = new TreeMap<>();
    private @Nullable Group<S> others;

    SegmentRows(MetricCalculator<S> calculator, String name, Segments.GroupOf groupOf, int most) {
        this.calculator = calculator;
        this.name = name;
        this.groupOf = groupOf;
        this.most = most;
    }

    private static final class Group<S> {

        private S state;
        private long rows;
        private int[] pending = new int[8];
        private int waiting;

        private Group(S state) {
            this.state = state;
        }

        private void add(int row) {
            if (waiting == pending.length) {
                pending = Arrays.copyOf(pending, 2 * waiting);
            }
            pending[waiting++] = row;
        }
    }

    void add(Batch batch) {
        List<Group<S>> touched = new ArrayList<>();
        int[] position = {0};
        batch.forEachRow(row -> {
            String value = groupOf.group(row);
            Group<S> group = group(value == null ? MISSING : value, touched, batch);
            if (group.waiting == 0) {
                touched.add(group);
            }
            group.add(position[0]++);
        });
        touched.forEach(group -> flush(group, batch));
    }

    private void flush(Group<S> group, Batch batch) {
        int[] rows = Arrays.copyOf(group.pending, group.waiting);
        group.waiting = 0;
        group.rows += rows.length;
        calculator.add(group.state, batch.select(rows));
    }

    /** Adds the groups of later rows, which stay as they are. */
    SegmentRows<S> merge(SegmentRows<S> later) {
        later.groups.forEach((value, group) -> join(group(value, List.of(), null), group));
        if (later.others != null) {
            join(others(), later.others);
        }
        return this;
    }

    private void join(Group<S> mine, Group<S> other) {
        mine.state = calculator.merge(mine.state, other.state);
        mine.rows += other.rows;
    }

    private Group<S> others() {
        Group<S> known = others;
        if (known == null) {
            known = new Group<>(calculator.start());
            others = known;
        }
        return known;
    }

    /**
     * Returns the group of a value. A value that is among the first of all rows is among the first of any part of them, so its
     * rows are never given away, and splitting and merging change nothing. A value that is spelled like the group of all others is one of
     * them.
     *
     * @param touched the groups that have rows of a batch which were not added yet
     */
    private Group<S> group(String value, List<Group<S>> touched, @Nullable Batch batch) {
        if (value.equals(OTHERS)) {
            return others();
        }
        Group<S> known = groups.get(value);
        if (known != null) {
            return known;
        }
        if (groups.size() == most && value.compareTo(groups.lastKey()) > 0) {
            return others();
        }
        Group<S> group = new Group<>(calculator.start());
        groups.put(value, group);
        if (groups.size() > most) {
            Group<S> last = groups.pollLastEntry().getValue();
            if (last.waiting > 0 && batch != null) {
                touched.remove(last);
                flush(last, batch);
            }
            join(others(), last);
        }
        return group;
    }

    void complete() {
        groups.values().forEach(group -> group.state = calculator.complete(group.state));
        if (others != null) {
            others.state = calculator.complete(others.state);
        }
    }

    void write(DataOutput out) throws IOException {
        Packed.writeCount(out, groups.size());
        for (Map.Entry<String, Group<S>> entry : groups.entrySet()) {
            Packed.writeText(out, entry.getKey());
            write(entry.getValue(), out);
        }
        out.writeBoolean(others != null);
        if (others != null) {
            write(others, out);
        }
    }

    private void write(Group<S> group, DataOutput out) throws IOException {
        Packed.writeCount(out, group.rows);
        calculator.write(group.state, out);
    }

    void read(DataInput in) throws IOException {
        for (long left = Packed.readCount(in, "segments", most); left > 0; left--) {
            String value = Packed.readText(in, "segment");
            Packed.check(groups.put(value, readGroup(in)) == null, "segment", "two are named '", value, "'");
        }
        others = Packed.readFlag(in, "other segments") ? readGroup(in) : null;
    }

    private Group<S> readGroup(DataInput in) throws IOException {
        long rows = Packed.readCount(in, "rows of a segment");
        Group<S> group = new Group<>(calculator.read(in));
        group.rows = rows;
        return group;
    }

    /** Returns the groups' metrics, by the groups' names, and then the worst of each. */
    List<Metric> metrics(long fewestRows, @Nullable SegmentRows<S> reference, Constraints wanted) {
        List<Metric> metrics = new ArrayList<>();
        WorstSegments worst = new WorstSegments(name, wanted);
        all().forEach((value, group) -> {
            String segment = name + "=" + value;
            Group<S> before = reference == null ? null : reference.all().get(value);
            Constraints ofSegment = wanted.within(segment);
            for (Metric metric : calculator.measure(group.state, before == null ? null : before.state, ofSegment)) {
                MetricId id = metric.id().in(segment);
                if (group.rows < fewestRows) {
                    metrics.add(Metric.undefined(
                            id.subject(),
                            id.name(),
                            "the segment has " + group.rows + " rows, fewer than " + fewestRows));
                } else {
                    metrics.add(metric.withId(id));
                    worst.compare(metric, segment + ", " + group.rows + " rows");
                }
            }
        });
        metrics.addAll(worst.metrics());
        return metrics;
    }

    /** Returns what speaks against the calculator in the first of the groups that are large enough; null unless something does in all. */
    @Nullable
    String mismatch(long fewestRows) {
        String first = null;
        for (Group<S> group : all().values()) {
            if (group.rows >= fewestRows) {
                String mismatch = calculator.mismatch(group.state);
                if (mismatch == null) {
                    return null;
                }
                first = first == null ? mismatch : first;
            }
        }
        return first;
    }

    /** Returns what the calculator suggests for each group that is large enough to be measured. */
    List<Constraint> suggestions(long fewestRows) {
        List<Constraint> suggested = new ArrayList<>();
        all().forEach((value, group) -> {
            if (group.rows >= fewestRows) {
                List<Metric> metrics = calculator.measure(group.state, null, Constraints.none());
                for (Constraint constraint : calculator.suggest(group.state, metrics)) {
                    suggested.add(new Constraint(constraint.id().in(name + "=" + value), constraint.bound()));
                }
            }
        });
        return suggested;
    }

    private Map<String, Group<S>> all() {
        Map<String, Group<S>> all = new LinkedHashMap<>(groups);
        if (others != null) {
            all.put(OTHERS, others);
        }
        return all;
    }
}
