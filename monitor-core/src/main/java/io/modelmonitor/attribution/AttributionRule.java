package io.modelmonitor.attribution;

import static io.modelmonitor.attribution.AttributionNames.EXPECTED_VALUE;
import static io.modelmonitor.attribution.AttributionNames.EXPLAINED_ROWS;
import static io.modelmonitor.attribution.AttributionNames.NDCG;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Reference;
import io.modelmonitor.spi.SuggestionRule;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Suggests that each output's features keep their order: nDCG ≥ 0.90, the managed service's limit. Immutable. */
public final class AttributionRule implements SuggestionRule {

    /** The least nDCG that counts as the same order. */
    public static final double LEAST_NDCG = 0.90;

    private AttributionRule() {}

    /** Returns the rule. */
    public static SuggestionRule create() {
        return new AttributionRule();
    }

    @Override
    public List<Constraint> suggest(Reference reference) {
        Set<String> outputs = new LinkedHashSet<>();
        for (Metric metric : reference.metrics()) {
            if (metric.name().equals(EXPECTED_VALUE) || (metric.name().equals(EXPLAINED_ROWS) && metric.value() > 0)) {
                outputs.add(metric.subject());
            }
        }
        // Of several outputs, each has a subject of its own; the rows are counted once for all of them.
        if (outputs.size() > 1) {
            outputs.remove(Metric.DATASET);
        }
        return outputs.stream()
                .map(output -> new Constraint(output, NDCG, Bound.atLeast(LEAST_NDCG)))
                .toList();
    }
}
