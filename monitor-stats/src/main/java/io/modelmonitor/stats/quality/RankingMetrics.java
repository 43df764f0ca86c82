package io.modelmonitor.stats.quality;

import io.modelmonitor.api.Metric;
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
        Metric auc = Uncertainty.metric("roc_auc", subject, area, areaError, oneClass);
        if (auc.isDefined()) {
            auc = auc.noting(howExact(curves)).showing(curves.rocCurve());
        }
        Metric precision = Uncertainty.metric(
                "average_precision", subject, curves.averagePrecision(), precisionError, noPositives);
        if (precision.isDefined()) {
            precision = precision.showing(curves.precisionRecallCurve());
        }
        return List.of(
                auc,
                Uncertainty.metric("gini", subject, 2 * area - 1, 2 * areaError, oneClass),
                Uncertainty.metric(
                        "kolmogorov_smirnov",
                        subject,
                        curves.kolmogorovSmirnov(),
                        curves.kolmogorovSmirnovStandardError(),
                        oneClass),
                precision,
                // The points of the average precision joined another way: they vary alike.
                Uncertainty.metric(
                        "precision_recall_auc", subject, curves.precisionRecallAuc(), precisionError, noPositives));
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
