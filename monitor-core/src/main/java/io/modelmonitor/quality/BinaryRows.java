package io.modelmonitor.quality;

import io.modelmonitor.api.Row;
import io.modelmonitor.labels.Labels;
import io.modelmonitor.stats.quality.BinaryQuality;
import io.modelmonitor.stats.quality.QualitySummary;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rows of two labels, of which one is positive. */
final class BinaryRows extends QualityRows {

    private static final String ZERO = "0";
    private static final String ONE = "1";

    private final QualitySettings settings;
    private final String positive;
    private final LabelReader labels;
    private final @Nullable LabelReader predictions;
    private final @Nullable ColumnReference score;
    private final Set<String> otherLabels = new LinkedHashSet<>();
    private BinaryQuality quality = BinaryQuality.empty();

    BinaryRows(QualitySettings settings) {
        this.settings = settings;
        this.positive = Objects.requireNonNullElse(settings.positive(), ONE);
        this.labels = reader(settings.requireLabel());
        this.score = settings.score() == null ? null : new ColumnReference(settings.score());
        if (score == null) {
            this.predictions = reader(settings.requirePrediction());
        } else {
            this.predictions = settings.prediction() == null ? null : reader(settings.prediction());
        }
    }

    private LabelReader reader(String column) {
        return new LabelReader(column, Labels.isNumber(positive), List.of(positive));
    }

    @Override
    void accept(Row row) {
        int label = labels.read(row);
        if (label == LabelReader.MISSING) {
            skipForLabel();
            return;
        }
        boolean actual = labels.label(label).equals(positive);
        double value = score == null ? Double.NaN : row.number(score.in(row));
        boolean predicted;
        if (predictions != null) {
            int prediction = predictions.read(row);
            if (prediction == LabelReader.MISSING) {
                skipForPrediction();
                return;
            }
            predicted = predictions.label(prediction).equals(positive);
        } else if (Double.isNaN(value)) {
            skipForPrediction();
            return;
        } else {
            predicted = value > settings.threshold();
        }
        if (score == null) {
            quality.add(actual, predicted);
        } else {
            quality.add(actual, predicted, value);
        }
    }

    @Override
    void mergeCounted(QualityRows later) {
        BinaryRows other = (BinaryRows) later;
        quality.merge(other.quality);
        otherLabels.addAll(other.others());
    }

    @Override
    void writeCounted(DataOutput out) throws IOException {
        quality.write(out);
        writeTexts(out, others());
    }

    @Override
    void readCounted(DataInput in) throws IOException {
        quality = BinaryQuality.read(in);
        otherLabels.addAll(readTexts(in, "labels"));
    }

    @Override
    QualitySummary measured(@Nullable QualityRows reference) {
        return measured(quality, settings, others(), reference == null);
    }

    private Set<String> others() {
        Set<String> others = new LinkedHashSet<>(otherLabels);
        others.addAll(labels.labels());
        if (predictions != null) {
            others.addAll(predictions.labels());
        }
        others.remove(positive);
        return others;
    }

    /**
     * Returns the summary of a state.
     *
     * @param others the labels that are not positive
     * @param isReference whether they are rows of the reference data, which have to have positive labels
     */
    static QualitySummary measured(
            BinaryQuality quality, QualitySettings settings, Set<String> others, boolean isReference) {
        String positive = Objects.requireNonNullElse(settings.positive(), ONE);
        boolean areZeroAndOne = others.isEmpty() || others.equals(Set.of(ZERO));
        if (settings.positive() == null && !areZeroAndOne) {
            return unsaid(
                    quality.rows(),
                    "accuracy",
                    "labels such as "
                            + others.stream()
                                    .filter(label -> !label.equals(ZERO))
                                    .findFirst()
                                    .orElse(ZERO)
                            + " are neither 0 nor 1; say which is positive with positive(..)");
        }
        long positives = quality.counts().truePositives() + quality.counts().falseNegatives();
        if (isReference && positives == 0 && others.size() > 1) {
            return unsaid(
                    quality.rows(),
                    "accuracy",
                    "no label is '" + positive + "', which is to be positive; there are "
                            + others.stream().sorted().limit(5).toList());
        }
        if (settings.prediction() == null && settings.threshold() == 0.5 && quality.isMostlyAboveOne()) {
            return unsaid(
                    quality.rows(),
                    "accuracy",
                    "most scores are above 1, such as percent are, and predict the positive label above 0.5; say"
                            + " threshold(..), or divide them");
        }
        String negative = others.size() == 1 ? others.iterator().next() : ZERO;
        if (others.size() > 1 || negative.equals(positive)) {
            negative = "not " + positive;
        }
        return quality.summary(negative, positive, settings.constant());
    }
}
