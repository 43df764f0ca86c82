package io.modelmonitor.quality;

import io.modelmonitor.api.Metric;
import io.modelmonitor.stats.quality.Direction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the worst segment of each metric that is known to get better one way. */
final class WorstSegments {

    private final String name;
    private final Map<List<String>, Worst> found = new LinkedHashMap<>();

    /** Creates a search among the segments by a column or condition of this name. */
    WorstSegments(String name) {
        this.name = name;
    }

    private record Worst(Metric metric, String segment, int compared) {}

    /** Compares a segment's metric with those of other segments. */
    void compare(Metric metric, String segment) {
        Direction direction = Direction.of(metric.name());
        if (direction == null || !metric.isDefined()) {
            return;
        }
        found.merge(List.of(metric.name(), metric.subject()), new Worst(metric, segment, 1), (before, now) -> {
            Worst worse = direction.isWorse(metric.value(), before.metric().value()) ? now : before;
            return new Worst(worse.metric(), worse.segment(), before.compared() + 1);
        });
    }

    /** Returns the worst of each metric; the note names its segment. */
    List<Metric> metrics() {
        return found.values().stream().map(this::metric).toList();
    }

    private Metric metric(Worst worst) {
        Metric metric = worst.metric();
        return new Metric(
                "worst_segment." + metric.name(),
                metric.subject().isEmpty() ? name : name + ", " + metric.subject(),
                metric.value(),
                new WorstOf(metric.evidence(), worst.compared()),
                worst.segment(),
                List.of());
    }
}
