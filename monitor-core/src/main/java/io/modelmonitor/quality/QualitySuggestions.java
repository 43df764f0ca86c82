package io.modelmonitor.quality;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Scale.Worse;
import io.modelmonitor.stats.evidence.ConfidenceLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Suggests that no metric becomes worse than it plausibly was on the reference data.
 *
 * <p>The bound gives the baseline's own uncertainty away: it is the lower (for errors: upper) limit of the metric's one-sided
 * confidence interval of 97.7 %, two standard errors away where the value is about normal. Without that, every second window
 * of an unchanged model would lie outside.
 *
 * <p>Metrics that say the same as another one are left out: rates that are recalls or their complements, the Gini coefficient,
 * micro averages. So are facts, such as the greatest error, and relative errors that one row makes undefined, with a label
 * of 0 or less: that none was in the reference data does not say that none will come.
 */
final class QualitySuggestions {

    /** Φ(2). */
    private static final double CONFIDENCE = 0.97725;

    private static final Set<String> SAID_TWICE = Set.of(
            "true_positive_rate", "false_positive_rate", "false_negative_rate", "gini", "precision_recall_auc", "mse");

    private static final Set<String> UNDEFINED_BY_ONE_ROW = Set.of("mape", "smape", "rmsle");

    private QualitySuggestions() {}

    static List<Constraint> of(List<Metric> metrics) {
        List<Constraint> suggested = new ArrayList<>();
        for (Metric metric : metrics) {
            Worse worse = metric.scale().worse();
            boolean counts = worse != Worse.NEITHER
                    && metric.isDefined()
                    && !metric.evidence().isExact()
                    && !SAID_TWICE.contains(metric.name())
                    && !UNDEFINED_BY_ONE_ROW.contains(metric.name())
                    && !metric.name().startsWith("micro_");
            if (counts) {
                double limit = worse == Worse.LOWER
                        ? ConfidenceLimit.lower(metric, CONFIDENCE)
                        : ConfidenceLimit.upper(metric, CONFIDENCE);
                if (Double.isFinite(limit)) {
                    Bound bound = worse == Worse.LOWER ? Bound.atLeast(limit) : Bound.atMost(limit);
                    suggested.add(new Constraint(metric.id(), bound));
                }
            }
        }
        return suggested;
    }
}
