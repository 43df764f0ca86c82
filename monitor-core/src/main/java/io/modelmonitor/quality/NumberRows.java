package io.modelmonitor.quality;

import io.modelmonitor.api.Row;
import io.modelmonitor.stats.quality.QualitySummary;
import io.modelmonitor.stats.quality.RegressionQuality;

/** Rows of a number and its prediction. What is no finite number counts as missing. */
final class NumberRows extends QualityRows<NumberRows> {

    private final ColumnReference label;
    private final ColumnReference prediction;
    private final RegressionQuality quality = RegressionQuality.empty();

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
    NumberRows mergeCounted(NumberRows other) {
        quality.merge(other.quality);
        return this;
    }

    @Override
    QualitySummary measured() {
        return quality.summary();
    }
}
