package io.modelmonitor.sagemaker;

import io.modelmonitor.Baseline;
import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Feature;
import io.modelmonitor.api.FeatureType;
import io.modelmonitor.internal.json.Json;
import io.modelmonitor.quality.DataQuality;
import io.modelmonitor.stats.sketch.Categories;
import io.modelmonitor.stats.sketch.Category;
import io.modelmonitor.stats.sketch.ColumnProfile;
import io.modelmonitor.stats.sketch.Profile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Constraints as the tree of a {@code constraints.json} of data quality. */
final class ConstraintsTree {

    static final String SETTINGS = "monitoring_config";

    private ConstraintsTree() {}

    /** Returns what the service suggests for a baseline. */
    static Map<String, @Nullable Object> suggestedFor(Baseline baseline) {
        Profile profile = baseline.profile();
        ServiceTypes types = ServiceTypes.of(baseline);
        List<Object> features = new ArrayList<>();
        for (String name : profile.names()) {
            ColumnProfile column = profile.column(name);
            FeatureType type = types.type(name);
            Feature feature = new Feature(name, type).withDomain(domain(type, column));
            double completeness = column.rows() == 0 ? 0 : column.completeness();
            features.add(feature(feature, completeness, column.moments().min() >= 0));
        }
        return file(features, 1, 1, 0.1, 0.1);
    }

    private static List<String> domain(FeatureType type, ColumnProfile column) {
        Categories categories = column.categories();
        return !type.isNumeric() && categories.isComplete() && categories.size() <= DataQuality.MOST_DOMAIN_VALUES
                ? categories.values().stream().map(Category::value).toList()
                : List.of();
    }

    /** Returns as much of constraints as the service has words for. */
    static Map<String, @Nullable Object> of(Constraints constraints) {
        Map<List<String>, Bound> bounds = new HashMap<>();
        for (Constraint constraint : constraints.list()) {
            bounds.put(List.of(constraint.subject(), constraint.metric()), constraint.bound());
        }
        List<Limits> limits = new ArrayList<>();
        for (Feature feature : constraints.schema().features()) {
            limits.add(Limits.of(feature, bounds));
        }
        Limits usual = Limits.usual(limits);
        List<Object> features = new ArrayList<>();
        for (Limits limit : limits) {
            Map<String, @Nullable Object> tree = feature(limit.feature, limit.completeness, limit.nonNegative);
            if (limit.feature.type() == FeatureType.BOOLEAN) {
                // The service calls these texts; that they are not would be lost.
                tree.put("inferred_type", "Boolean");
            }
            Map<String, @Nullable Object> overrides = limit.overrides(usual);
            if (!overrides.isEmpty()) {
                tree.put("monitoringConfigOverrides", overrides);
            }
            features.add(tree);
        }
        return file(features, usual.typeShare, usual.domainShare, usual.distance, usual.categoricalDistance);
    }

    /** Adds constraints under our own key: to their features, or else to the file as a whole. */
    static void add(Map<String, @Nullable Object> tree, List<Constraint> constraints) {
        Map<String, List<Constraint>> bySubject = new LinkedHashMap<>();
        for (Constraint constraint : constraints) {
            bySubject
                    .computeIfAbsent(constraint.subject(), subject -> new ArrayList<>())
                    .add(constraint);
        }
        for (Object element : Json.array(tree.get("features"))) {
            Map<String, @Nullable Object> feature = Json.object(element);
            List<Constraint> own = bySubject.remove(String.valueOf(feature.get("name")));
            if (own != null) {
                feature.put(AdditionalConstraints.KEY, AdditionalConstraints.tree(own, false));
            }
        }
        List<Constraint> others =
                bySubject.values().stream().flatMap(List::stream).toList();
        if (!others.isEmpty()) {
            tree.put(AdditionalConstraints.KEY, AdditionalConstraints.tree(others, true));
        }
    }

    private static Map<String, @Nullable Object> feature(Feature feature, double completeness, boolean nonNegative) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("name", feature.name());
        tree.put("inferred_type", TypeNames.of(feature.type()));
        tree.put("completeness", completeness);
        if (feature.type().isNumeric()) {
            tree.put("num_constraints", map("is_non_negative", nonNegative));
        }
        if (!feature.domain().isEmpty()) {
            tree.put("string_constraints", map("domains", List.copyOf(feature.domain())));
        }
        return tree;
    }

    private static Map<String, @Nullable Object> file(
            List<Object> features, double typeShare, double domainShare, double distance, double categoricalDistance) {
        Map<String, @Nullable Object> comparison = map(ServiceSettings.COMPARE, ServiceSettings.enabled(true));
        comparison.put(ServiceSettings.DISTANCE, distance);
        comparison.put(ServiceSettings.METHOD, "Robust");
        // The service writes these since 2023; without texts they mean nothing.
        if (features.stream().anyMatch(ConstraintsTree::isText)) {
            comparison.put(ServiceSettings.CATEGORICAL_DISTANCE, categoricalDistance);
            comparison.put(ServiceSettings.CATEGORICAL_METHOD, "LInfinity");
        }
        Map<String, @Nullable Object> settings = map(ServiceSettings.EVALUATE, ServiceSettings.enabled(true));
        settings.put("emit_metrics", ServiceSettings.enabled(true));
        settings.put(ServiceSettings.TYPE_SHARE, typeShare);
        settings.put(ServiceSettings.DOMAIN_SHARE, domainShare);
        settings.put(ServiceSettings.DISTRIBUTION, comparison);
        Map<String, @Nullable Object> tree = map("version", 0.0);
        tree.put("features", features);
        tree.put(SETTINGS, settings);
        return tree;
    }

    private static boolean isText(Object feature) {
        return "String".equals(Json.object(feature).get("inferred_type"));
    }

    private static Map<String, @Nullable Object> map(String key, Object value) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put(key, value);
        return map;
    }

    /** The bound on a feature's metric that the service's file can state; 0 for none, NaN for a distance. */
    private record Limits(
            Feature feature,
            double completeness,
            boolean nonNegative,
            double typeShare,
            double domainShare,
            double distance,
            double categoricalDistance) {

        static Limits of(Feature feature, Map<List<String>, Bound> bounds) {
            Bound drift = bounds.get(List.of(feature.name(), "drift"));
            double distance = drift != null && drift.lower() == Double.NEGATIVE_INFINITY && drift.upper() >= 0
                    ? drift.upper()
                    : Double.NaN;
            return new Limits(
                    feature,
                    share(feature, "completeness", bounds),
                    bounds.containsKey(List.of(feature.name(), "non_negative_share")),
                    share(feature, "type_share", bounds),
                    share(feature, "domain_share", bounds),
                    distance,
                    distance);
        }

        private static double share(Feature feature, String metric, Map<List<String>, Bound> bounds) {
            Bound bound = bounds.get(List.of(feature.name(), metric));
            return bound != null
                            && bound.upper() == Double.POSITIVE_INFINITY
                            && bound.lower() >= 0
                            && bound.lower() <= 1
                    ? bound.lower()
                    : 0;
        }

        /** Returns the most common limits, so that few features need their own. */
        static Limits usual(List<Limits> limits) {
            return new Limits(
                    new Feature("usual", FeatureType.UNKNOWN),
                    1,
                    true,
                    mostCommon(
                            limits.stream()
                                    .filter(Limits::hasTypeCheck)
                                    .map(Limits::typeShare)
                                    .toList(),
                            1),
                    mostCommon(
                            limits.stream()
                                    .filter(Limits::hasDomain)
                                    .map(Limits::domainShare)
                                    .toList(),
                            1),
                    mostCommon(
                            limits.stream()
                                    .filter(Limits::isNumeric)
                                    .map(Limits::distance)
                                    .toList(),
                            0.1),
                    mostCommon(
                            limits.stream()
                                    .filter(limit -> !limit.isNumeric())
                                    .map(Limits::distance)
                                    .toList(),
                            0.1));
        }

        private static double mostCommon(List<Double> values, double otherwise) {
            Map<Double, Integer> times = new LinkedHashMap<>();
            double found = otherwise;
            for (double value : values) {
                // Of equally common ones the first to become so: no order of a hash table shows.
                if (value > 0 && times.merge(value, 1, Integer::sum) > times.getOrDefault(found, 0)) {
                    found = value;
                }
            }
            return found;
        }

        private boolean isNumeric() {
            return feature.type().isNumeric();
        }

        private boolean hasTypeCheck() {
            return feature.type() != FeatureType.STRING && feature.type() != FeatureType.UNKNOWN;
        }

        private boolean hasDomain() {
            return !feature.domain().isEmpty();
        }

        Map<String, @Nullable Object> overrides(Limits usual) {
            Map<String, @Nullable Object> overrides = new LinkedHashMap<>();
            if (hasTypeCheck() && typeShare != usual.typeShare) {
                overrides.put(ServiceSettings.TYPE_SHARE, typeShare);
            }
            if (hasDomain() && domainShare != usual.domainShare) {
                overrides.put(ServiceSettings.DOMAIN_SHARE, domainShare);
            }
            double usualDistance = isNumeric() ? usual.distance : usual.categoricalDistance;
            String key = isNumeric() ? ServiceSettings.DISTANCE : ServiceSettings.CATEGORICAL_DISTANCE;
            if (feature.type() != FeatureType.UNKNOWN && distance != usualDistance) {
                overrides.put(
                        ServiceSettings.DISTRIBUTION,
                        Double.isNaN(distance)
                                ? map(ServiceSettings.COMPARE, ServiceSettings.enabled(false))
                                : map(key, distance));
            }
            return overrides;
        }
    }
}
