package io.modelmonitor.sagemaker;

import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.attribution.AttributionNames;
import io.modelmonitor.stats.attribution.Ndcg;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The managed service's feature attribution in an {@code analysis.json}: global Kernel SHAP values for each
 * label. Immutable.
 *
 * @param labels the labels in order, by whatever the file calls them: names, numbered placeholders, or a score that was taken
 *     for a header
 * @param others the rest of the file as a tree of {@link io.modelmonitor.internal.json.Json}, kept for writing it again
 */
public record ExplainabilityAnalysis(List<Label> labels, Map<String, @Nullable Object> others) {

    /** The service's name of the only label if it has none. */
    private static final String NAMELESS = "label0";

    /** Creates an analysis. */
    public ExplainabilityAnalysis {
        labels = List.copyOf(labels);
        others = Collections.unmodifiableMap(new LinkedHashMap<>(others));
    }

    /**
     * One output of the model.
     *
     * @param name the label's name
     * @param attributions the global attribution of each feature, in order
     * @param expectedValue the model's mean output over the background; NaN if the file does not say
     * @param others the rest that the file says of the label, kept for writing it again
     */
    public record Label(
            String name, Map<String, Double> attributions, double expectedValue, Map<String, @Nullable Object> others) {

        /** Creates a label. */
        public Label {
            attributions = Collections.unmodifiableMap(new LinkedHashMap<>(attributions));
            others = Collections.unmodifiableMap(new LinkedHashMap<>(others));
        }
    }

    /**
     * Returns what metrics say of attribution.
     *
     * @param metrics those of a baseline or a report; all but attributions and expected values are passed over
     */
    public static ExplainabilityAnalysis of(List<Metric> metrics) {
        Map<String, Double> expected = new LinkedHashMap<>();
        Map<String, Double> all = new LinkedHashMap<>();
        for (Metric metric : metrics) {
            if (metric.name().equals(AttributionNames.EXPECTED_VALUE)) {
                expected.put(metric.subject(), metric.value());
            } else if (metric.name().equals(AttributionNames.ATTRIBUTION)) {
                all.put(metric.subject(), metric.value());
            }
        }
        if (expected.isEmpty() && !all.isEmpty()) {
            expected.put(MetricId.DATASET, Double.NaN);
        }
        List<Label> labels = new ArrayList<>();
        expected.forEach((label, value) -> {
            String prefix = AttributionNames.subject(label, "");
            Map<String, Double> attributions = new LinkedHashMap<>();
            all.forEach((subject, attribution) -> {
                if (subject.startsWith(prefix)) {
                    attributions.put(subject.substring(prefix.length()), attribution);
                }
            });
            labels.add(new Label(label.isEmpty() ? NAMELESS : label, attributions, value, Map.of()));
        });
        return new ExplainabilityAnalysis(labels, Map.of());
    }

    /**
     * Returns the metrics that a calculator of attributions compares with. A single label is the dataset as a whole, as it
     * is for a model with one output; of several, each has its name. How many rows stand behind them the file does not say,
     * so they are facts.
     */
    public List<Metric> metrics() {
        List<Metric> metrics = new ArrayList<>();
        for (Label label : labels) {
            String name = labels.size() == 1 ? MetricId.DATASET : label.name();
            label.attributions()
                    .forEach((feature, value) -> metrics.add(
                            number(AttributionNames.ATTRIBUTION, AttributionNames.subject(name, feature), value)));
            if (!Double.isNaN(label.expectedValue())) {
                metrics.add(Metric.of(name, AttributionNames.EXPECTED_VALUE, label.expectedValue()));
            }
        }
        return metrics;
    }

    /**
     * Judges a later analysis as the service does: each label's nDCG, gains from here and order from there, must be at least
     * 0.90, whatever chance has to say. Features that the later one lacks are as good as 0; labels that it lacks, and labels
     * whose attributions are all 0 here, are not judged.
     *
     * @param current the analysis of a window
     */
    public List<ExplainabilityViolation> violations(ExplainabilityAnalysis current) {
        List<ExplainabilityViolation> violations = new ArrayList<>();
        for (Label before : labels) {
            for (Label now : current.labels) {
                if (now.name().equals(before.name())) {
                    double ndcg = ndcg(before, now);
                    if (ndcg < ExplainabilityViolation.LEAST_NDCG) {
                        violations.add(new ExplainabilityViolation(before.name(), ndcg));
                    }
                }
            }
        }
        return violations;
    }

    private static double ndcg(Label before, Label now) {
        double[] baseline = before.attributions().values().stream()
                .mapToDouble(value -> value)
                .toArray();
        double[] live = before.attributions().keySet().stream()
                .mapToDouble(feature -> now.attributions().getOrDefault(feature, 0.0))
                .toArray();
        return Ndcg.of(baseline, live);
    }

    private static Metric number(String name, String subject, double value) {
        return Double.isNaN(value)
                ? Metric.undefined(subject, name, "the file says NaN")
                : Metric.of(subject, name, value);
    }
}
