package io.modelmonitor.quality;

import io.modelmonitor.api.Feature;
import io.modelmonitor.api.FeatureType;
import io.modelmonitor.labels.Labels;
import io.modelmonitor.stats.quality.ConstantClassifier;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The columns, labels and kind of a model, as configured.
 *
 * @param label the column of the truth
 * @param prediction the column of the predicted label or number; null if it follows from scores
 * @param score the column of the positive label's score; null if there is none
 * @param scores the columns of scores by label, for several labels
 * @param threshold scores above this predict the positive label
 * @param positive the positive label; null if it was not said
 * @param constant what the best constant classifier predicts
 */
record QualitySettings(
        @Nullable String label,
        @Nullable String prediction,
        @Nullable String score,
        Map<String, String> scores,
        double threshold,
        @Nullable String positive,
        ConstantClassifier constant)
        implements Serializable {

    QualitySettings {
        scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
    }

    static QualitySettings none() {
        return new QualitySettings(null, null, null, Map.of(), 0.5, null, ConstantClassifier.ofMajority());
    }

    QualitySettings withLabel(String column) {
        return new QualitySettings(column, prediction, score, scores, threshold, positive, constant);
    }

    QualitySettings withPrediction(String column) {
        return new QualitySettings(label, column, score, scores, threshold, positive, constant);
    }

    QualitySettings withScore(String column) {
        return new QualitySettings(label, prediction, column, scores, threshold, positive, constant);
    }

    QualitySettings withScore(String ofLabel, String column) {
        Map<String, String> more = new LinkedHashMap<>(scores);
        more.put(Labels.normalised(ofLabel), column);
        return new QualitySettings(label, prediction, score, more, threshold, positive, constant);
    }

    QualitySettings withThreshold(double newThreshold) {
        return new QualitySettings(label, prediction, score, scores, newThreshold, positive, constant);
    }

    QualitySettings withPositive(String newPositive) {
        return new QualitySettings(
                label, prediction, score, scores, threshold, Labels.normalised(newPositive), constant);
    }

    QualitySettings withConstant(ConstantClassifier newConstant) {
        return new QualitySettings(label, prediction, score, scores, threshold, positive, newConstant);
    }

    /** Returns the columns that are read, with the labels that have to be in that of the truth. */
    List<Feature> reads() {
        List<Feature> columns = new ArrayList<>();
        if (label != null) {
            List<String> wanted = positive == null ? List.copyOf(scores.keySet()) : List.of(positive);
            columns.add(new Feature(label, FeatureType.UNKNOWN, new LinkedHashSet<>(wanted)));
        }
        Stream.concat(Stream.of(prediction, score).filter(Objects::nonNull), scores.values().stream())
                .forEach(column -> columns.add(new Feature(column, FeatureType.UNKNOWN)));
        return columns;
    }

    /** Returns the column of the truth. */
    String requireLabel() {
        if (label == null) {
            throw new IllegalArgumentException("label is not said; name the column of the truth with label(..)");
        }
        return label;
    }

    /** Returns the column of the prediction. */
    String requirePrediction() {
        if (prediction == null) {
            throw new IllegalArgumentException(
                    "prediction is not said; name the column of the predictions with prediction(..)");
        }
        return prediction;
    }
}
