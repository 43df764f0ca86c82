package io.modelmonitor.stats.quality;

import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.api.Scale;
import io.modelmonitor.stats.internal.Packed;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The scores of several labels: one against the rest for each, and log loss and Brier score over all.
 *
 * <p>The log loss of a row is −ln of its true label's score, clipped to [2^-52, 1 − 2^-52], without making the scores of the
 * row sum to 1; the Brier score is the sum over the labels of (score − truth)² (G. W. Brier, 1950), so from 0 to 2.
 */
final class LabelScores {

    private static final double CLIP = Math.ulp(1.0);
    /** The limit on the cells of the tables of all labels together. */
    private static final int MOST_CELLS_TOGETHER = 1 << 20;

    private final CountTable[] tables;
    private final Mean logLoss = new Mean();
    private final Mean brierScore = new Mean();
    private long scored;
    private long invalid;
    private long improper;

    LabelScores(int labels) {
        tables = new CountTable[labels];
        for (int i = 0; i < labels; i++) {
            tables[i] = new CountTable(Math.min(CountTable.MOST_CELLS, MOST_CELLS_TOGETHER / labels));
        }
    }

    int labels() {
        return tables.length;
    }

    /**
     * Takes the scores of a row.
     *
     * @param actual the position of the true label; one beyond the scored labels is a label without a score
     * @param scores a score for each label; the row is invalid if one is NaN
     */
    void add(int actual, double[] scores) {
        double brier = 0;
        boolean proper = true;
        for (double score : scores) {
            if (Double.isNaN(score)) {
                invalid++;
                return;
            }
            proper &= score >= 0 && score <= 1;
        }
        scored++;
        for (int label = 0; label < tables.length; label++) {
            tables[label].add(scores[label], label == actual);
            double difference = scores[label] - (label == actual ? 1 : 0);
            brier += difference * difference;
        }
        if (proper && actual < tables.length) {
            brierScore.add(brier);
            logLoss.add(-StrictMath.log(Math.max(CLIP, Math.min(1 - CLIP, scores[actual]))));
        } else {
            improper++;
        }
    }

    void merge(LabelScores other) {
        for (int i = 0; i < tables.length; i++) {
            tables[i].merge(other.tables[i]);
        }
        logLoss.merge(other.logLoss);
        brierScore.merge(other.brierScore);
        scored += other.scored;
        invalid += other.invalid;
        improper += other.improper;
    }

    void write(DataOutput out) throws IOException {
        Packed.writeCounts(out, new long[] {scored, invalid, improper});
        for (CountTable table : tables) {
            table.write(out);
        }
        logLoss.write(out);
        brierScore.write(out);
    }

    /**
     * Receives what was written, in an empty state of the same labels.
     *
     * @param rows how many rows there may be
     */
    void read(DataInput in, long rows) throws IOException {
        scored = Packed.readCount(in, "scored rows");
        invalid = Packed.readCount(in, "rows with invalid scores");
        improper = Packed.readCount(in, "rows with improper scores");
        Packed.check(Packed.sum("scores", scored, invalid) <= rows, "scores", "more than ", rows, " rows");
        long right = 0;
        for (CountTable table : tables) {
            long[] totals = table.read(in);
            right = Packed.sum("scores", right, totals[0]);
            Packed.check(totals[0] + totals[1] == scored, "scores", "a label has not ", scored);
        }
        Packed.check(right <= scored, "scores", right, " are of the true label, of ", scored, " rows");
        logLoss.read(in, "log loss");
        brierScore.read(in, "Brier score");
        long proper = scored - improper;
        Packed.check(
                logLoss.count() == proper && brierScore.count() == proper,
                "scores",
                scored,
                " less ",
                improper,
                " rows are not the ",
                logLoss.count(),
                " averaged");
    }

    /** Returns the metrics; of each label under the subject given for it. */
    List<Metric> metrics(List<String> subjects) {
        List<Metric> metrics = new ArrayList<>();
        double[] areas = new double[tables.length];
        Evidence[] ofAreas = new Evidence[tables.length];
        double[] precisions = new double[tables.length];
        Evidence[] ofPrecisions = new Evidence[tables.length];
        double[] rows = new double[tables.length];
        for (int i = 0; i < tables.length; i++) {
            SortedCounts sorted = tables[i].sorted();
            ScoreCurves curves = new ScoreCurves(sorted);
            areas[i] = curves.rocAuc();
            precisions[i] = curves.averagePrecision();
            rows[i] = sorted.markedTotal();
            List<Metric> ofLabel = RankingMetrics.of(curves, subjects.get(i));
            ofAreas[i] = ofLabel.get(RankingMetrics.ROC_AUC).evidence();
            ofPrecisions[i] = ofLabel.get(RankingMetrics.AVERAGE_PRECISION).evidence();
            metrics.addAll(ofLabel);
        }
        double[] equal = new double[tables.length];
        Arrays.fill(equal, 1);
        String because = "it is undefined for one of the labels, since no row or every row is of it";
        metrics.add(average("macro_roc_auc", areas, ofAreas, equal, because));
        metrics.add(average("weighted_roc_auc", areas, ofAreas, rows, because));
        metrics.add(average("macro_average_precision", precisions, ofPrecisions, equal, because));
        String improperBecause = improper > 0
                ? improper + " rows have scores outside 0 to 1, or a label without a score"
                : "no row has valid scores";
        boolean proper = improper == 0;
        metrics.add((proper
                        ? Uncertainty.ofSizes("log_loss", logLoss, improperBecause)
                        : Metric.undefined(MetricId.DATASET, "log_loss", improperBecause))
                .on(Scale.DISTANCE));
        metrics.add((proper
                        ? Uncertainty.ofSizes("brier_score", brierScore, improperBecause)
                        : Metric.undefined(MetricId.DATASET, "brier_score", improperBecause))
                .on(Scale.DISTANCE));
        metrics.add(
                Metric.of(MetricId.DATASET, "invalid_scores", (double) invalid).on(Scale.COUNT));
        return metrics;
    }

    /** Returns whether a row was taken. */
    boolean isUsed() {
        return scored > 0 || invalid > 0;
    }

    private static Metric average(
            String name, double[] values, Evidence[] evidence, double[] weights, String undefinedBecause) {
        double mean = mean(values, weights);
        Metric metric = Double.isNaN(mean)
                ? Metric.undefined(MetricId.DATASET, name, undefinedBecause)
                : Metric.of(MetricId.DATASET, name, mean, FewMeans.average(values, evidence, weights));
        return metric.on(Scale.SHARE);
    }

    private static double mean(double[] values, double[] weights) {
        double sum = 0;
        double total = 0;
        for (int i = 0; i < values.length; i++) {
            if (weights[i] > 0) {
                sum += weights[i] * values[i];
                total += weights[i];
            }
        }
        return sum / total;
    }
}
