package io.modelmonitor.quality;

import io.modelmonitor.api.Row;
import io.modelmonitor.stats.quality.MulticlassQuality;
import io.modelmonitor.stats.quality.QualitySummary;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of several labels, with or without a score for each. Without a prediction, the label of the greatest score is it. */
final class LabelRows extends QualityRows {

    private final QualitySettings settings;
    private final List<String> scored;
    private final LabelReader labels;
    private final @Nullable LabelReader predictions;
    private final ColumnReference[] scoreColumns;
    private final double[] scores;
    private MulticlassQuality quality;

    LabelRows(QualitySettings settings) {
        this.settings = settings;
        this.scored = List.copyOf(settings.scores().keySet());
        this.labels = new LabelReader(settings.requireLabel(), false, scored);
        String prediction = scored.isEmpty() ? settings.requirePrediction() : settings.prediction();
        this.predictions = prediction == null ? null : new LabelReader(prediction, false, scored);
        this.scoreColumns =
                settings.scores().values().stream().map(ColumnReference::new).toArray(ColumnReference[]::new);
        this.scores = new double[scoreColumns.length];
        this.quality = MulticlassQuality.scoring(scored);
    }

    @Override
    void accept(Row row) {
        int label = labels.read(row);
        if (label == LabelReader.MISSING) {
            skipForLabel();
            return;
        }
        int best = readScores(row);
        int prediction = predictions == null ? best : predictions.read(row);
        if (prediction == LabelReader.MISSING) {
            skipForPrediction();
            return;
        }
        int actual = quality.position(labels.label(label));
        int predicted = quality.position(predictions == null ? scored.get(best) : predictions.label(prediction));
        if (scores.length == 0) {
            quality.add(actual, predicted);
        } else {
            quality.add(actual, predicted, scores);
        }
    }

    /** Returns the first of the labels with the greatest score; {@link LabelReader#MISSING} if a score is missing. */
    private int readScores(Row row) {
        int best = 0;
        boolean complete = scores.length > 0;
        for (int i = 0; i < scores.length; i++) {
            scores[i] = row.number(scoreColumns[i].in(row));
            complete &= !Double.isNaN(scores[i]);
            best = scores[i] > scores[best] ? i : best;
        }
        return complete ? best : LabelReader.MISSING;
    }

    @Override
    void mergeCounted(QualityRows other) {
        quality.merge(((LabelRows) other).quality);
    }

    @Override
    void writeCounted(DataOutput out) throws IOException {
        quality.write(out);
    }

    @Override
    void readCounted(DataInput in) throws IOException {
        MulticlassQuality read = MulticlassQuality.read(in);
        // A state of other scores than these does not merge.
        quality.merge(read);
        quality = read;
    }

    @Override
    QualitySummary measured(@Nullable QualityRows reference) {
        return quality.summary(settings.constant());
    }
}
