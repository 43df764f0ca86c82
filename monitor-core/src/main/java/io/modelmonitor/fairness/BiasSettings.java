package io.modelmonitor.fairness;

import io.modelmonitor.api.Feature;
import io.modelmonitor.api.FeatureType;
import io.modelmonitor.stats.fairness.BiasMetric;
import io.modelmonitor.stats.fairness.Bootstrap;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a {@link Bias}.
 *
 * @param facets who is compared
 * @param label what really happened, if it is known
 * @param prediction what the model decided, if it did
 * @param score the column of the probability, if there is one
 * @param stratum the column of the strata, if there is one
 * @param flipFeatures the features of the flip test; none for no flip test
 * @param minimumGroupSize how many people a group needs to be judged
 * @param metrics the measures wanted; empty for all that can be had
 * @param bootstrap how uncertainty is measured
 */
record BiasSettings(
        List<Facet> facets,
        @Nullable OutcomeColumn label,
        @Nullable OutcomeColumn prediction,
        @Nullable String score,
        @Nullable String stratum,
        List<String> flipFeatures,
        int minimumGroupSize,
        Set<BiasMetric> metrics,
        Bootstrap bootstrap)
        implements Serializable {

    /**
     * A column that is positive or negative.
     *
     * @param column its name
     * @param condition when it is positive
     * @param positive the values that were named as positive; none if it was said otherwise
     * @param threshold the threshold that positive values are above; NaN if it was said otherwise
     */
    record OutcomeColumn(String column, Condition condition, List<String> positive, double threshold)
            implements Serializable {

        static OutcomeColumn ofValues(String column, List<String> positive) {
            Condition condition = positive.isEmpty() ? Condition.isTrue() : Condition.anyOf(positive);
            return new OutcomeColumn(column, condition, positive, Double.NaN);
        }

        static OutcomeColumn above(String column, double threshold) {
            return new OutcomeColumn(column, Condition.above(threshold), List.of(), threshold);
        }

        /** Returns whether the threshold is a share, as that of probabilities is. */
        boolean isOfShares() {
            return threshold > 0 && threshold < 1;
        }
    }

    /**
     * Requires that what is wanted can be had.
     *
     * @throws IllegalArgumentException if no outcome is named though no measure is wanted in particular, or not the one that a wanted measure
     *     needs
     */
    void requireOutcomes() {
        if (metrics.isEmpty() && label == null && prediction == null) {
            throw new IllegalArgumentException(
                    "neither label nor prediction is said; name the columns of outcomes with label(..) and prediction(..)");
        }
        for (BiasMetric metric : metrics) {
            if (!measures(metric)) {
                boolean isLabelMissing = label == null && metric.inputs().needLabels();
                boolean isPredictionMissing =
                        prediction == null && metric.inputs().needPredictions();
                String missing = isLabelMissing ? "label" : isPredictionMissing ? "prediction" : "group";
                throw new IllegalArgumentException(metric.metricName() + " is wanted, and needs the column of a "
                        + missing + "; name it with " + missing + "(..)");
            }
        }
    }

    /** Returns the names of the wanted measures of outcomes; of all wanted ones if no outcome is read. */
    Set<String> outcomeMetrics() {
        List<BiasMetric> wanted =
                Arrays.stream(BiasMetric.values()).filter(this::measures).toList();
        Set<String> ofOutcomes = wanted.stream()
                .filter(metric ->
                        metric.inputs().needLabels() || metric.inputs().needPredictions())
                .map(BiasMetric::metricName)
                .collect(Collectors.toSet());
        return ofOutcomes.isEmpty()
                ? wanted.stream().map(BiasMetric::metricName).collect(Collectors.toSet())
                : ofOutcomes;
    }

    /** Returns the columns that are read, with the values that were named. */
    List<Feature> reads() {
        List<Feature> reads = new ArrayList<>();
        facets.forEach(facet -> reads.addAll(facet.reads()));
        for (OutcomeColumn outcome : Arrays.asList(label, prediction)) {
            if (outcome != null) {
                reads.add(new Feature(outcome.column(), FeatureType.UNKNOWN).withDomain(outcome.positive()));
            }
        }
        Stream.concat(Stream.of(score, stratum).filter(Objects::nonNull), flipFeatures.stream())
                .forEach(column -> reads.add(new Feature(column, FeatureType.UNKNOWN)));
        return reads;
    }

    BiasSettings withLabel(OutcomeColumn column) {
        return new BiasSettings(
                facets, column, prediction, score, stratum, flipFeatures, minimumGroupSize, metrics, bootstrap);
    }

    BiasSettings withPrediction(OutcomeColumn column) {
        return new BiasSettings(
                facets, label, column, score, stratum, flipFeatures, minimumGroupSize, metrics, bootstrap);
    }

    BiasSettings withScore(String column) {
        return new BiasSettings(
                facets, label, prediction, column, stratum, flipFeatures, minimumGroupSize, metrics, bootstrap);
    }

    BiasSettings withStratum(String column) {
        return new BiasSettings(
                facets, label, prediction, score, column, flipFeatures, minimumGroupSize, metrics, bootstrap);
    }

    BiasSettings withFlipFeatures(List<String> columns) {
        return new BiasSettings(
                facets, label, prediction, score, stratum, columns, minimumGroupSize, metrics, bootstrap);
    }

    BiasSettings withMinimumGroupSize(int people) {
        return new BiasSettings(facets, label, prediction, score, stratum, flipFeatures, people, metrics, bootstrap);
    }

    BiasSettings withMetrics(Set<BiasMetric> wanted) {
        return new BiasSettings(
                facets, label, prediction, score, stratum, flipFeatures, minimumGroupSize, wanted, bootstrap);
    }

    BiasSettings withBootstrap(Bootstrap other) {
        return new BiasSettings(
                facets, label, prediction, score, stratum, flipFeatures, minimumGroupSize, metrics, other);
    }

    /** Returns whether a measure was asked for, or can be had when none was. */
    boolean measures(BiasMetric metric) {
        boolean stratified = metric == BiasMetric.CDDL || metric == BiasMetric.CDDPL;
        return (metrics.isEmpty() || metrics.contains(metric))
                && (label != null || !metric.inputs().needLabels())
                && (prediction != null || !metric.inputs().needPredictions())
                && (stratum != null || !stratified);
    }
}
