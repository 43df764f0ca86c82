package io.modelmonitor.stats.quality;

import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Scale;
import java.util.List;
import java.util.Locale;

/** The metrics of {@link ScoreCurves}, with the curves to look at. */
final class RankingMetrics {

    private RankingMetrics() {}

    static List<Metric> of(ScoreCurves curves, String subject) {
        String oneClass = curves.size() == 0 ? "no row has a valid score" : "all rows with a score are of one label";
        String noPositives = curves.size() == 0 ? "no row has a valid score" : "no row with a score is positive";
        double area = curves.rocAuc();
        double areaError = curves.rocAucStandardError();
        double precisionError = curves.averagePrecisionStandardError();
        Metric auc = Uncertainty.metric(subject, "roc_auc", area, areaError, oneClass)
                .on(Scale.SHARE);
        if (auc.isDefined()) {
            auc = auc.withNote(howExact(curves)).withPlot(curves.rocCurve());
        }
        double average = curves.averagePrecision();
        Metric precision = (Double.isNaN(average)
                        ? Metric.undefined(subject, "average_precision", noPositives)
                        : Metric.of(subject, "average_precision", average, curves.averagePrecisionEvidence()))
                .on(Scale.SHARE);
        if (precision.isDefined()) {
            precision = precision.withPlot(curves.precisionRecallCurve());
        }
        return List.of(
                auc,
                Uncertainty.metric(subject, "gini", 2 * area - 1, 2 * areaError, oneClass)
                        .on(Uncertainty.CORRELATION),
                Uncertainty.metric(
                                subject,
                                "kolmogorov_smirnov",
                                curves.kolmogorovSmirnov(),
                                curves.kolmogorovSmirnovStandardError(),
                                oneClass)
                        .on(Scale.SHARE),
                precision,
                // The points of the average precision joined another way: they vary alike.
                Uncertainty.metric(
                                subject,
                                "precision_recall_auc",
                                curves.precisionRecallAuc(),
                                precisionError,
                                noPositives)
                        .on(Scale.SHARE));
    }

    private static String howExact(ScoreCurves curves) {
        return curves.isExact()
                ? ""
                : String.format(
                        Locale.ROOT,
                        "within %.1e of the exact value, as distinct scores share %d cells",
                        curves.rocAucError(),
                        curves.size());
    }
}
