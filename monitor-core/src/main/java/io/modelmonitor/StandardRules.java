package io.modelmonitor;

import static io.modelmonitor.api.Constraint.on;
import static io.modelmonitor.api.Constraint.onDataset;

import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Feature;
import io.modelmonitor.api.FeatureType;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Reference;
import io.modelmonitor.attribution.AttributionRule;
import io.modelmonitor.fairness.BiasBounds;
import io.modelmonitor.quality.ModelQuality;
import io.modelmonitor.spi.SuggestionRule;
import io.modelmonitor.stats.drift.FeatureDrift;
import io.modelmonitor.stats.evidence.ConfidenceLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The rules that suggest what the managed service suggested, of data quality and of whatever calculators measured. */
final class StandardRules {

    /** How sure a bound is to lie below the true share of the source that the baseline was drawn from. */
    private static final double CONFIDENCE = 0.99;

    /** A loss of this share of rows is taken not to matter. */
    private static final double TOLERANCE = 0.01;

    /** A column of which half of the values may be new has no domain. */
    private static final double LEAST_DOMAIN = 0.5;

    /**
     * A tenth of the rows would have to change their value, which is the managed service's threshold too. Smaller changes
     * can be real, and {@code on(x).drift()} asks for them; but a window rarely is an independent sample (it has repeats,
     * hours of the day, customers who come again), so that what chance alone gives is underestimated, and a suggestion that
     * nobody asked for has to be right when it rings.
     */
    private static final double DRIFT = 0.1;

    private StandardRules() {}

    static List<SuggestionRule> all() {
        return List.of(
                reference -> List.of(
                        onDataset().metric("missing_columns").atMost(0),
                        onDataset().metric("extra_columns").atMost(0)),
                shares("completeness", feature -> true),
                shares("type_share", feature -> feature.type() != FeatureType.STRING),
                StandardRules::nonNegative,
                StandardRules::domain,
                StandardRules::drift,
                ModelQuality.suggestions(),
                BiasBounds.standard(),
                AttributionRule.create());
    }

    /** Suggests that a share does not fall below what was seen. */
    private static SuggestionRule shares(String metric, Predicate<Feature> condition) {
        return reference -> {
            List<Constraint> suggested = new ArrayList<>();
            for (Feature feature : reference.schema().features()) {
                Metric seen = reference.metric(metric, feature.name());
                if (seen != null && seen.isDefined() && condition.test(feature)) {
                    double limit = limit(ConfidenceLimit.lower(seen, CONFIDENCE));
                    if (limit > 0) {
                        suggested.add(on(feature.name()).metric(metric).atLeast(limit));
                    }
                }
            }
            return suggested;
        };
    }

    private static double limit(double lowest) {
        return Math.floor(1e4 * (lowest - TOLERANCE)) / 1e4;
    }

    /**
     * Suggests that values stay in their domain. As the domain was learned from the same rows, that all of these are in it says
     * nothing of further ones: they have a new value with a chance of about the share of values that occurred once. Source:
     * Good (1953), The population frequencies of species and the estimation of population parameters.
     */
    private static List<Constraint> domain(Reference reference) {
        List<Constraint> suggested = new ArrayList<>();
        for (Feature feature : reference.schema().features()) {
            Metric once = reference.metric("uniqueness", feature.name());
            if (once != null && once.isDefined() && !feature.domain().isEmpty()) {
                double limit = limit(1 - ConfidenceLimit.upper(once, CONFIDENCE));
                if (limit > LEAST_DOMAIN) {
                    suggested.add(on(feature.name()).metric("domain_share").atLeast(limit));
                }
            }
        }
        return suggested;
    }

    /** Suggests that numbers stay non-negative, where none was negative. */
    private static List<Constraint> nonNegative(Reference reference) {
        return shares("non_negative_share", feature -> isOne(reference.metric("non_negative_share", feature.name())))
                .suggest(reference);
    }

    private static boolean isOne(@Nullable Metric metric) {
        return metric != null && metric.value() == 1;
    }

    private static List<Constraint> drift(Reference reference) {
        return reference.schema().features().stream()
                .filter(feature -> feature.type() != FeatureType.UNKNOWN)
                .map(feature -> on(feature.name()).metric(FeatureDrift.DRIFT).atMost(DRIFT))
                .toList();
    }
}
