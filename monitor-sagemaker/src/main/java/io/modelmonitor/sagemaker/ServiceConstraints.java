package io.modelmonitor.sagemaker;

import static io.modelmonitor.api.Constraint.on;
import static io.modelmonitor.api.Constraint.onDataset;

import io.modelmonitor.Baseline;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Feature;
import io.modelmonitor.api.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The content of a {@code constraints.json} of data quality: of each feature its type, completeness, domain and sign, and how
 * strictly to take it. A file that was read is written again with everything that was in it.
 *
 * <p>{@link #constraints()} says the same as bounds on metrics, which is what monitors take. To change something, change
 * those, or edit the file. Immutable.
 */
public final class ServiceConstraints {

    private final Map<String, @Nullable Object> tree;
    private final List<ServiceFeature> features;
    private final ServiceSettings settings;
    private final List<Constraint> additional;

    private ServiceConstraints(Field file) {
        StatisticsReader.checkVersion(file);
        this.tree = file.object();
        this.settings = ServiceSettings.DEFAULT.with(file.child(ConstraintsTree.SETTINGS));
        List<ServiceFeature> read = new ArrayList<>();
        for (Field feature : file.child("features").elements()) {
            read.add(feature.map(place -> ServiceFeature.read(place, settings)));
        }
        this.features = List.copyOf(read);
        this.additional = AdditionalConstraints.read(file.child(AdditionalConstraints.KEY), "");
        file.child("features").map(place -> schema());
    }

    static ServiceConstraints read(Field file) {
        return new ServiceConstraints(file);
    }

    /**
     * Returns what the service suggests for a baseline: the types by its grammar, the completeness that was seen, domains
     * of text columns with up to {@value io.modelmonitor.quality.DataQuality#MOST_DOMAIN_VALUES} distinct values, which
     * numbers are never negative, and its default thresholds.
     */
    public static ServiceConstraints suggestedFor(Baseline baseline) {
        return read(new Field("", ConstraintsTree.suggestedFor(baseline)));
    }

    /**
     * Returns constraints as the service's file says them. What it has no words for goes under a key of our own, which the
     * service ignores. That no column is missing and none is extra is always part of such a file.
     */
    public static ServiceConstraints of(Constraints constraints) {
        Map<String, @Nullable Object> tree = ConstraintsTree.of(constraints);
        Set<Constraint> said =
                new HashSet<>(read(new Field("", tree)).constraints().list());
        List<Constraint> unsaid = constraints.list().stream()
                .filter(constraint -> !said.contains(constraint))
                .toList();
        ConstraintsTree.add(tree, unsaid);
        return read(new Field("", tree));
    }

    /**
     * Returns the same as bounds on metrics: {@code missing_columns} and {@code extra_columns} of the dataset;
     * {@code completeness}, {@code type_share}, {@code domain_share}, {@code non_negative_share} and {@code drift} of the
     * features. Nothing at all if the file says that constraints are not to be evaluated.
     */
    public Constraints constraints() {
        List<Constraint> list = new ArrayList<>();
        if (settings.evaluating()) {
            list.add(onDataset().metric("missing_columns").atMost(0));
            list.add(onDataset().metric("extra_columns").atMost(0));
        }
        for (ServiceFeature feature : features) {
            if (feature.settings().evaluating()) {
                addTo(list, feature);
            }
        }
        list.addAll(additional);
        return new Constraints(schema(), list);
    }

    private static void addTo(List<Constraint> list, ServiceFeature described) {
        Feature feature = described.feature();
        ServiceSettings settings = described.settings();
        Constraint.Subject subject = on(feature.name());
        if (described.completeness() > 0) {
            list.add(subject.completeness().atLeast(described.completeness()));
        }
        if (described.hasTypeCheck()) {
            list.add(subject.metric("type_share").atLeast(settings.typeShare()));
        }
        if (described.hasDomainCheck()) {
            list.add(subject.metric("domain_share").atLeast(settings.domainShare()));
        }
        if (described.nonNegative() && feature.type().isNumeric()) {
            list.add(subject.metric("non_negative_share").atLeast(1));
        }
        if (described.hasDriftCheck()) {
            boolean numeric = feature.type().isNumeric();
            // The threshold of a chi-square test is no distance.
            list.add(
                    settings.chiSquared() && !numeric
                            ? subject.drift()
                            : subject.metric("drift").atMost(settings.distance(numeric)));
        }
        list.addAll(described.additional());
    }

    /** Returns whether the file wants numbers to be published, {@code emit_metrics}, which it does unless it says otherwise. */
    public boolean emitsMetrics() {
        Object config = tree.get(ConstraintsTree.SETTINGS);
        return !(config instanceof Map<?, ?> map && "Disabled".equals(map.get("emit_metrics")));
    }

    private Schema schema() {
        return Schema.of(features.stream().map(ServiceFeature::feature).toList());
    }

    List<ServiceFeature> features() {
        return features;
    }

    ServiceSettings settings() {
        return settings;
    }

    Map<String, @Nullable Object> tree() {
        return tree;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ServiceConstraints that && tree.equals(that.tree);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(tree);
    }

    @Override
    public String toString() {
        return "Constraints of the service on " + features.size() + " features";
    }
}
