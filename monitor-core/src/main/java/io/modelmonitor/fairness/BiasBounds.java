package io.modelmonitor.fairness;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Reference;
import io.modelmonitor.spi.SuggestionRule;
import io.modelmonitor.stats.fairness.BiasMetric;
import io.modelmonitor.stats.fairness.FlipTest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Suggests that bias becomes no worse than it was in the baseline, in either direction.
 *
 * <p>With b the baseline's value and e its standard error: −(|b| + 2e) to |b| + 2e for a difference, at most b + 2e for a
 * distance, and 1/r to r for the disparate impact, with ln r = |ln b| + 2e/b. The two standard errors are the baseline's
 * own uncertainty, given away: a bound nearer to b would be one that the baseline itself may have missed by chance. The
 * uncertainty of the window is not given away here; the verdict takes care of it.
 *
 * <p>The standard choice leaves out what says the same again: the distances of labels beside {@code bias.dpl}, and the
 * measures of other tools beside those that they are the negatives of. Immutable.
 */
public final class BiasBounds implements SuggestionRule {

    private static final double STANDARD_ERRORS = 2;

    private static final Set<BiasMetric> STANDARD = EnumSet.of(
            BiasMetric.DPL,
            BiasMetric.CDDL,
            BiasMetric.DPPL,
            BiasMetric.DISPARATE_IMPACT,
            BiasMetric.RD,
            BiasMetric.SD,
            BiasMetric.DAR,
            BiasMetric.DRR,
            BiasMetric.AD,
            BiasMetric.CDDPL);

    private final Map<String, BiasMetric> byName;

    private BiasBounds(Collection<BiasMetric> metrics) {
        this.byName = new HashMap<>();
        metrics.forEach(metric -> byName.put(metric.metricName(), metric));
    }

    /** Returns a rule for the measures that say different things. */
    public static BiasBounds standard() {
        return new BiasBounds(STANDARD);
    }

    /** Returns a rule for these measures, and the flip test. */
    public static BiasBounds of(Collection<BiasMetric> metrics) {
        return new BiasBounds(metrics);
    }

    @Override
    public List<Constraint> suggest(Reference reference) {
        return of(reference.metrics());
    }

    List<Constraint> of(List<Metric> metrics) {
        List<Constraint> constraints = new ArrayList<>();
        for (Metric metric : metrics) {
            Bound bound = bound(metric);
            if (bound != null) {
                constraints.add(new Constraint(metric.id(), bound));
            }
        }
        return constraints;
    }

    private @Nullable Bound bound(Metric metric) {
        BiasMetric measure = byName.get(metric.name());
        boolean known = measure != null || metric.name().equals(FlipTest.METRIC);
        if (!known || !Double.isFinite(metric.value())) {
            return null;
        }
        double error = metric.evidence().standardError();
        double margin = Double.isFinite(error) ? STANDARD_ERRORS * error : 0;
        if (measure == null || measure.neutral() == 0) {
            double limit = Math.abs(metric.value()) + margin;
            return measure != null && measure.isDistance() ? Bound.atMost(limit) : Bound.between(-limit, limit);
        }
        if (!(metric.value() > 0)) {
            return null;
        }
        double ratio = StrictMath.exp(Math.abs(StrictMath.log(metric.value())) + margin / metric.value());
        return Double.isFinite(ratio) ? Bound.between(1 / ratio, ratio) : null;
    }

    @Override
    public String toString() {
        return "bounds of " + byName.keySet();
    }
}
