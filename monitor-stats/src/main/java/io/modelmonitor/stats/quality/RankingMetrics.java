package io.modelmonitor.stats.quality;

import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Scale;
import java.util.List;
import java.util.Locale;

/** The metrics of {@link ScoreCurves}, with the curves to look at. */
final class RankingMetrics {

    /** The place of the area under the ROC curve among the metrics. */
    static final int ROC_AUC = 0;

    /** The place of the average precision. */
    static final int AVERAGE_PRECISION = 3;

    private RankingMetrics() {}

    static List<Metric> of(ScoreCurves curves, String subject) {
        String oneClass = curves.size() == 0 ? "no row has a valid score" : "all rows with a score are of one label";
        String noPositives = curves.size() == 0 ? "no row has a valid score" : "no row with a score is positive";
        double area = curves.rocAuc();
        FewRanks few = curves.fewRanks();
        double areaError = curves.rocAucStandardError();
        Evidence areaEvidence = few == null ? Uncertainty.of(areaError) : few.ofArea(area, areaError);
        double distance = curves.kolmogorovSmirnov();
        double distanceError = curves.kolmogorovSmirnovStandardError();
        Metric auc = Uncertainty.metric(subject, "roc_auc", area, areaEvidence, oneClass)
                .on(Scale.SHARE);
        if (auc.isDefined()) {
            auc = auc.withNote(howExact(curves)).withPlot(curves.rocCurve());
        }
        double average = curves.averagePrecision();
        Evidence precisionEvidence = Double.isNaN(average) ? Evidence.ofPValue(1) : curves.averagePrecisionEvidence();
        double joined = curves.precisionRecallAuc();
        Metric precision = Uncertainty.metric(subject, "average_precision", average, precisionEvidence, noPositives)
                .on(Scale.SHARE);
        if (precision.isDefined()) {
            precision = precision.withPlot(curves.precisionRecallCurve());
        }
        return List.of(
                auc,
                Uncertainty.metric(
                                subject,
                                "gini",
                                2 * area - 1,
                                FewMeans.map(areaEvidence, 2 * areaError, limit -> 2 * limit - 1),
                                oneClass)
                        .on(Uncertainty.CORRELATION),
                Uncertainty.metric(
                                subject,
                                "kolmogorov_smirnov",
                                distance,
                                few == null ? Uncertainty.of(distanceError) : few.ofDistance(distance, distanceError),
                                oneClass)
                        .on(Scale.SHARE),
                precision,
                // The points of the average precision joined another way: they vary alike.
                Uncertainty.metric(
                                subject,
                                "precision_recall_auc",
                                joined,
                                FewMeans.about(joined, precisionEvidence),
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
