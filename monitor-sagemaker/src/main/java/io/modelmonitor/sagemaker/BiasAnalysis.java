package io.modelmonitor.sagemaker;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Metric;
import io.modelmonitor.internal.file.WholeFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The service's {@code analysis.json}, as far as it is about bias: what a bias job says of one data set, and what a bias
 * monitor takes for its baseline.
 *
 * <p>{@link #of} measures as the service does: {@code x / 0} is infinite and {@code 0 / 0} is 0; divergences drop labels
 * that a group does not have; an unknown facet counts as not sensitive; integer columns are thresholds or categories
 * depending on how many distinct values they have; the flip test has the sign of the reference library. What cannot be measured,
 * such as the conditional disparity of labels none of which is positive, has no value but the service's words for it. For measures
 * that mean what they say use {@link io.modelmonitor.fairness.Bias}.
 *
 * @param postTraining the measures of predictions; null when there are none
 * @param preTraining the measures of labels; null when there are none
 */
public record BiasAnalysis(
        @Nullable Section postTraining, @Nullable Section preTraining) {

    /**
     * Measures of labels, or of predictions.
     *
     * @param label the label's column
     * @param labelValueOrThreshold the positive values joined by commas, or the interval of the positive labels
     * @param facets the groups of each facet
     */
    public record Section(String label, String labelValueOrThreshold, Map<String, List<Group>> facets) {

        /** Creates a section. */
        public Section {
            facets = Collections.unmodifiableMap(new LinkedHashMap<>(facets));
        }
    }

    /**
     * One group of a facet.
     *
     * @param valueOrThreshold its values joined by commas, or the interval it is in
     * @param metrics its measures, sorted by name
     */
    public record Group(String valueOrThreshold, List<Value> metrics) {

        /** Creates a group. */
        public Group {
            metrics = List.copyOf(metrics);
        }

        /** Returns the measure of a short name such as {@code DPPL}, or null. */
        public @Nullable Value metric(String name) {
            return metrics.stream()
                    .filter(value -> value.name().equals(name))
                    .findFirst()
                    .orElse(null);
        }

        /** Returns whether another group is the same: the end of an interval is data, and changes from window to window. */
        boolean isSameAs(Group other) {
            return start(valueOrThreshold).equals(start(other.valueOrThreshold));
        }

        private static String start(String value) {
            int comma = value.startsWith("(") && value.endsWith("]") ? value.indexOf(", ") : -1;
            return comma < 0 ? value : value.substring(0, comma);
        }
    }

    /**
     * One measure.
     *
     * @param name its short name
     * @param description its name in words
     * @param value its value; NaN when there is none
     * @param error why there is none; empty otherwise
     */
    public record Value(String name, String description, double value, String error) {}

    /**
     * Measures bias as the service does. Holds the columns in memory.
     *
     * @throws IllegalArgumentException if a column is missing, or a threshold or a score is no number
     */
    public static BiasAnalysis of(Dataset dataset, BiasAnalysisConfig config) {
        return BiasServiceReport.of(BiasTable.read(dataset, config.headers()), config);
    }

    /**
     * Reads a file. What is not about bias is ignored.
     *
     * @throws IllegalArgumentException if it is no such file; the message names it
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public static BiasAnalysis read(Path file) {
        return BiasAnalysisFile.read(file);
    }

    /**
     * Writes a file as the service does: sorted by short name, infinities and the version as texts.
     *
     * @throws java.io.UncheckedIOException if it cannot be written
     */
    public void write(Path file) {
        WholeFile.write(file, BiasAnalysisFile.text(this));
    }

    /** Returns the measures in this library's terms, such as {@code bias.dppl} of {@code Sex=0}. */
    public List<Metric> metrics() {
        List<Metric> metrics = new ArrayList<>();
        forEach((facet, group, value) -> {
            String name = BiasServiceMetric.named(value.name()).metricName();
            String subject = facet + "=" + group.valueOrThreshold();
            metrics.add(
                    Double.isNaN(value.value())
                            ? Metric.undefined(subject, name, value.error().isEmpty() ? "no value" : value.error())
                            : Metric.of(subject, name, value.value()));
        });
        return metrics;
    }

    /**
     * Returns what the service's bias monitor demands when this is its baseline: that no measure be greater in size. The
     * disparate impact is no exception, though 1 and not 0 is its neutral value.
     */
    public List<Constraint> constraints() {
        List<Constraint> constraints = new ArrayList<>();
        for (Metric metric : metrics()) {
            if (Double.isFinite(metric.value())) {
                constraints.add(new Constraint(metric.subject(), metric.name(), asGreat(metric.value())));
            }
        }
        return constraints;
    }

    /** Returns what the service's bias monitor reports of this window, sorted by short name. */
    public BiasViolations violationsAgainst(BiasAnalysis baseline) {
        List<BiasViolations.Violation> violations = new ArrayList<>();
        baseline.forEach((facet, group, expected) -> forEach((currentFacet, currentGroup, current) -> {
            boolean same = facet.equals(currentFacet)
                    && group.isSameAs(currentGroup)
                    && expected.name().equals(current.name());
            if (same && isWorse(current.value(), expected.value())) {
                violations.add(BiasViolations.Violation.of(facet, currentGroup, current, expected));
            }
        }));
        return BiasViolations.of(violations);
    }

    private static boolean isWorse(double current, double expected) {
        return !Double.isNaN(current)
                && Double.isFinite(expected)
                && !asGreat(expected).holds(current);
    }

    private static Bound asGreat(double value) {
        return Bound.between(-Math.abs(value), Math.abs(value));
    }

    /** The treatment of each measure. */
    private interface Visitor {
        void visit(String facet, Group group, Value value);
    }

    private void forEach(Visitor visitor) {
        for (Section section : new Section[] {postTraining, preTraining}) {
            if (section != null) {
                section.facets()
                        .forEach((facet, groups) -> groups.forEach(
                                group -> group.metrics().forEach(value -> visitor.visit(facet, group, value))));
            }
        }
    }
}
