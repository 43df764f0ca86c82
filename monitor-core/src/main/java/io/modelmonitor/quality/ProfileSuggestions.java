package io.modelmonitor.quality;

import static io.modelmonitor.api.Constraint.on;
import static io.modelmonitor.api.Constraint.onDataset;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Feature;
import io.modelmonitor.api.FeatureType;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.stats.evidence.ConfidenceLimit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Suggests bounds on the metrics of data quality: that all columns are there, that shares do not fall below what was seen, and
 * that distributions do not drift.
 */
final class ProfileSuggestions {

    /** The certainty with which a bound lies below the true share of the source that the baseline was drawn from. */
    private static final double CONFIDENCE = 0.99;

    /** A loss of this share of rows is taken not to matter. */
    private static final double TOLERANCE = 0.01;

    /** A column of which half of the values may be new has no domain. */
    private static final double LEAST_DOMAIN = 0.5;

    /**
     * A tenth of the rows would have to change their value, the field's usual threshold. Smaller changes can be real, and
     * {@code on(x).drift()} asks for them; but a window rarely is an independent sample (it has repeats, hours of the day,
     * customers who come again), so that what chance alone gives is underestimated, and a suggestion that nobody asked for has
     * to be right when it alerts.
     */
    private static final double DRIFT = 0.1;

    private ProfileSuggestions() {}

    static List<Constraint> of(List<Feature> features, List<Metric> metrics) {
        List<Constraint> suggested = new ArrayList<>();
        suggested.add(onDataset().metric("missing_columns").atMost(0));
        suggested.add(onDataset().metric("extra_columns").atMost(0));
        Map<MetricId, Metric> byId = new HashMap<>();
        metrics.forEach(metric -> byId.put(metric.id(), metric));
        for (Feature feature : features) {
            suggestShare(suggested, byId.get(new MetricId(feature.name(), "completeness")));
        }
        for (Feature feature : features) {
            if (feature.type() != FeatureType.STRING) {
                suggestShare(suggested, byId.get(new MetricId(feature.name(), "type_share")));
            }
        }
        for (Feature feature : features) {
            Metric nonNegative = byId.get(new MetricId(feature.name(), "non_negative_share"));
            if (nonNegative != null && nonNegative.value() == 1) {
                suggestShare(suggested, nonNegative);
            }
        }
        for (Feature feature : features) {
            suggestDomain(suggested, feature, byId.get(new MetricId(feature.name(), "uniqueness")));
        }
        for (Feature feature : features) {
            if (feature.type() != FeatureType.UNKNOWN) {
                suggested.add(on(feature.name()).drift().atMost(DRIFT));
            }
        }
        return suggested;
    }

    /** Suggests that a share does not fall below what was seen. */
    private static void suggestShare(List<Constraint> suggested, @Nullable Metric seen) {
        if (seen != null && seen.isDefined()) {
            double limit = limit(ConfidenceLimit.lower(seen, CONFIDENCE));
            if (limit > 0) {
                suggested.add(new Constraint(seen.id(), Bound.atLeast(limit)));
            }
        }
    }

    /**
     * Suggests that values stay in their domain. As the domain was learned from the same rows, that all of these are in it says
     * nothing of further ones: they have a new value with a chance of about the share of values that occurred once. Source:
     * Good (1953), The population frequencies of species and the estimation of population parameters.
     */
    private static void suggestDomain(List<Constraint> suggested, Feature feature, @Nullable Metric once) {
        if (once != null && once.isDefined() && !feature.domain().isEmpty()) {
            double limit = limit(1 - ConfidenceLimit.upper(once, CONFIDENCE));
            if (limit > LEAST_DOMAIN) {
                suggested.add(on(feature.name()).domainShare().atLeast(limit));
            }
        }
    }

    private static double limit(double lowest) {
        return Math.floor(1e4 * (lowest - TOLERANCE)) / 1e4;
    }
}
