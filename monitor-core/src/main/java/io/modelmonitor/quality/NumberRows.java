package io.modelmonitor.quality;

import io.modelmonitor.api.Row;
import io.modelmonitor.stats.quality.QualitySummary;
import io.modelmonitor.stats.quality.RegressionQuality;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Rows of a number and its prediction. What is no finite number counts as missing. */
final class NumberRows extends QualityRows {

    private final ColumnReference label;
    private final ColumnReference prediction;
    private RegressionQuality quality = RegressionQuality.empty();

    NumberRows(QualitySettings settings) {
        this.label = new ColumnReference(settings.requireLabel());
        this.prediction = new ColumnReference(settings.requirePrediction());
    }

    @Override
    void accept(Row row) {
        double truth = row.number(label.in(row));
        double predicted = row.number(prediction.in(row));
        if (!Double.isFinite(truth)) {
            skipForLabel();
        } else if (!Double.isFinite(predicted)) {
            skipForPrediction();
        } else {
            quality.add(truth, predicted);
        }
    }

    @Override
    void mergeCounted(QualityRows other) {
        quality.merge(((NumberRows) other).quality);
    }

    @Override
    void writeCounted(DataOutput out) throws IOException {
        quality.write(out);
    }

    @Override
    void readCounted(DataInput in) throws IOException {
        quality = RegressionQuality.read(in);
    }

    @Override
    QualitySummary measured(@Nullable QualityRows reference) {
        return quality.summary();
    }
}
