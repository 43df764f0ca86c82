package io.modelmonitor.quality;

import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collector;
import org.jspecify.annotations.Nullable;

/**
 * A collector's state for each group of rows.
 *
 * @param <A> the state
 */
final class SegmentRows<A> {

    private static final String MISSING = "(missing)";
    private static final String OTHERS = "(others)";

    private final Collector<Row, A, List<Metric>> collector;
    private final String name;
    private final Segments.GroupOf groupOf;
    private final int most;
    private final TreeMap<String, Group<A>> groups = new TreeMap<>();
    private @Nullable Group<A> others;

    SegmentRows(Collector<Row, A, List<Metric>> collector, String name, Segments.GroupOf groupOf, int most) {
        this.collector = collector;
        this.name = name;
        this.groupOf = groupOf;
        this.most = most;
    }

    private static final class Group<A> {
        private A state;
        private long rows;

        private Group(A state) {
            this.state = state;
        }
    }

    void accept(Row row) {
        String value = groupOf.group(row);
        Group<A> group = group(value == null ? MISSING : value);
        collector.accumulator().accept(group.state, row);
        group.rows++;
    }

    /** Adds the groups of other rows. */
    SegmentRows<A> merge(SegmentRows<A> other) {
        if (other.others != null) {
            others = others == null ? other.others : joined(others, other.others);
        }
        other.groups.forEach((value, group) -> {
            Group<A> mine = group(value);
            mine.state = collector.combiner().apply(mine.state, group.state);
            mine.rows += group.rows;
        });
        return this;
    }

    /**
     * Returns the group of a value. A value that is among the first of all rows is among the first of any part of them, so its
     * rows are never given away, and splitting and merging change nothing.
     */
    private Group<A> group(String value) {
        Group<A> known = groups.get(value);
        if (known != null) {
            return known;
        }
        if (groups.size() == most && value.compareTo(groups.lastKey()) > 0) {
            Group<A> rest = others == null ? new Group<>(collector.supplier().get()) : others;
            others = rest;
            return rest;
        }
        Group<A> group = new Group<>(collector.supplier().get());
        groups.put(value, group);
        if (groups.size() > most) {
            Group<A> last = groups.pollLastEntry().getValue();
            others = others == null ? last : joined(others, last);
        }
        return group;
    }

    private Group<A> joined(Group<A> one, Group<A> other) {
        Group<A> joined = new Group<>(collector.combiner().apply(one.state, other.state));
        joined.rows = one.rows + other.rows;
        return joined;
    }

    /** Returns the groups' metrics, by the groups' names, and then the worst of each. */
    List<Metric> metrics(long fewestRows) {
        List<Metric> metrics = new ArrayList<>();
        WorstSegments worst = new WorstSegments(name);
        Map<String, Group<A>> all = new LinkedHashMap<>(groups);
        if (others != null) {
            all.put(OTHERS, others);
        }
        all.forEach((value, group) -> {
            String segment = name + "=" + value;
            for (Metric metric : collector.finisher().apply(group.state)) {
                String subject = metric.subject().isEmpty() ? segment : segment + ", " + metric.subject();
                if (group.rows < fewestRows) {
                    metrics.add(Metric.undefined(
                            metric.name(),
                            subject,
                            "the segment has " + group.rows + " rows, fewer than " + fewestRows));
                } else {
                    metrics.add(new Metric(
                            metric.name(),
                            subject,
                            metric.value(),
                            metric.evidence(),
                            metric.note(),
                            metric.exhibits()));
                    worst.compare(metric, segment + ", " + group.rows + " rows");
                }
            }
        });
        metrics.addAll(worst.metrics());
        return metrics;
    }
}
