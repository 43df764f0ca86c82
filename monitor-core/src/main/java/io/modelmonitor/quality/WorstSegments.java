package io.modelmonitor.quality;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.api.Scale.Worse;
import io.modelmonitor.stats.evidence.PValues;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the worst segment of each metric that has a direction.
 *
 * <p>The more segments there are, the further out the worst is by chance; so its p-value is that of one segment, p, raised to
 * 1 − (1 − p)<sup>k</sup> over k segments (Z. Šidák, Journal of the American Statistical Association 62, 1967).
 */
final class WorstSegments {

    private final String name;
    private final Constraints wanted;
    private final Map<MetricId, Worst> found = new LinkedHashMap<>();

    /**
     * Creates a search among the segments by a column or condition of this name.
     *
     * @param wanted the bounds to test for
     */
    WorstSegments(String name, Constraints wanted) {
        this.name = name;
        this.wanted = wanted;
    }

    private record Worst(Metric metric, String segment, int compared) {}

    /** Compares a segment's metric with those of other segments. */
    void compare(Metric metric, String segment) {
        Worse worse = metric.scale().worse();
        if (worse == Worse.NEITHER || !metric.isDefined()) {
            return;
        }
        found.merge(metric.id(), new Worst(metric, segment, 1), (before, now) -> {
            Worst worst = worse.isWorse(metric.value(), before.metric().value()) ? now : before;
            return new Worst(worst.metric(), worst.segment(), before.compared() + 1);
        });
    }

    /** Returns the worst of each metric; the note names its segment. */
    List<Metric> metrics() {
        return found.values().stream().map(this::metric).toList();
    }

    private Metric metric(Worst worst) {
        Metric metric = worst.metric();
        MetricId id = new MetricId(
                metric.subject().isEmpty() ? name : name + ", " + metric.subject(), "worst_segment." + metric.name());
        Evidence evidence = Evidence.exact();
        if (!metric.evidence().isExact()) {
            Bound bound = wanted.bound(id);
            evidence = bound == null || bound.holds(metric.value())
                    ? Evidence.PValue.UNTESTED
                    : Evidence.ofPValue(
                            -StrictMath.expm1(worst.compared() * StrictMath.log1p(-PValues.of(metric, bound))));
        }
        return new Metric(id, metric.value(), evidence, metric.scale(), worst.segment(), List.of());
    }
}
