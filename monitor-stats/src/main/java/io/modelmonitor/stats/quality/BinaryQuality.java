package io.modelmonitor.stats.quality;

import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.api.Scale;
import io.modelmonitor.stats.internal.Packed;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The quality of predictions of two labels, with or without scores; a state that takes a row at a time and merges.
 *
 * <p>Beside its counts it holds at most 65,536 score cells, so at most 7 MB; a row takes constant time.
 * The area under the ROC curve is exact while there are at most 65,536 distinct scores, else its note bounds the error. Not
 * safe for use by several threads.
 *
 * <p>Scores may be any numbers for the metrics of ranking. Log loss, the Brier score (G. W. Brier, Monthly Weather Review 78,
 * 1950) and the calibration error need probabilities, and are undefined if one score lies outside 0 to 1. For the log loss,
 * scores are clipped to [2^-52, 1 − 2^-52].
 */
public final class BinaryQuality {

    private static final double CLIP = Math.ulp(1.0);

    private final CountTable scores = new CountTable(CountTable.MOST_CELLS);
    private final Mean logLoss = new Mean();
    private final Mean brierScore = new Mean();
    private final Calibration calibration = new Calibration();
    private final long[] cells = new long[4];
    private long scored;
    private long invalidScores;
    private long improperScores;

    private BinaryQuality() {}

    /** Returns an empty state. */
    public static BinaryQuality empty() {
        return new BinaryQuality();
    }

    /** Takes rows without scores. */
    public void add(BinaryCounts counts) {
        long[] more = counts.cells();
        for (int i = 0; i < cells.length; i++) {
            cells[i] += more[i];
        }
    }

    /** Takes a row without a score. */
    public void add(boolean actual, boolean predicted) {
        cells[(actual ? 2 : 0) + (predicted ? 1 : 0)]++;
    }

    /**
     * Takes a row.
     *
     * @param actual whether it is positive
     * @param predicted whether it was predicted to be
     * @param score how much speaks for the positive label; NaN counts as invalid, and the row then only counts as predicted
     */
    public void add(boolean actual, boolean predicted, double score) {
        add(actual, predicted);
        if (Double.isNaN(score)) {
            invalidScores++;
            return;
        }
        scored++;
        scores.add(score, actual);
        if (score >= 0 && score <= 1) {
            double ofTruth = actual ? score : 1 - score;
            double wrong = 1 - ofTruth;
            logLoss.add(-StrictMath.log(Math.max(CLIP, Math.min(1 - CLIP, ofTruth))));
            brierScore.add(wrong * wrong);
            calibration.add(score, actual);
        } else {
            improperScores++;
        }
    }

    /** Adds another state, which stays as it is. */
    public void merge(BinaryQuality other) {
        for (int i = 0; i < cells.length; i++) {
            cells[i] += other.cells[i];
        }
        scored += other.scored;
        invalidScores += other.invalidScores;
        improperScores += other.improperScores;
        scores.merge(other.scores);
        logLoss.merge(other.logLoss);
        brierScore.merge(other.brierScore);
        calibration.merge(other.calibration);
    }

    /** Writes this state in bytes, from which {@link #read} makes an equal one. */
    public void write(DataOutput out) throws IOException {
        Packed.writeCounts(out, cells);
        Packed.writeCount(out, invalidScores);
        Packed.writeCount(out, improperScores);
        scores.write(out);
        logLoss.write(out);
        brierScore.write(out);
        calibration.write(out);
    }

    /**
     * Reads the state that {@link #write} wrote.
     *
     * @throws IllegalArgumentException if no state can be what is read; the message is one line
     */
    public static BinaryQuality read(DataInput in) throws IOException {
        BinaryQuality read = new BinaryQuality();
        long rows = Packed.readCounts(in, "rows", read.cells);
        read.invalidScores = Packed.readCount(in, "invalid scores");
        read.improperScores = Packed.readCount(in, "improper scores");
        long[] totals = read.scores.read(in);
        read.scored = totals[0] + totals[1];
        read.logLoss.read(in, "log loss");
        read.brierScore.read(in, "Brier score");
        read.calibration.read(in);
        long positive = read.cells[2] + read.cells[3];
        Packed.check(
                read.invalidScores <= rows - read.scored && totals[0] <= positive && totals[1] <= rows - positive,
                "scores",
                read.scored,
                " valid and ",
                read.invalidScores,
                " invalid ones of ",
                rows,
                " rows");
        long proper = read.scored - read.improperScores;
        Packed.check(
                read.logLoss.count() == proper
                        && read.brierScore.count() == proper
                        && read.calibration.rows() == proper,
                "scores",
                read.scored,
                " less ",
                read.improperScores,
                " are not the ",
                read.logLoss.count(),
                " averaged");
        return read;
    }

    /** Returns the number of rows. */
    public long rows() {
        return counts().rows();
    }

    /** Returns whether more than half of the scores are above 1, as scores in percent are. */
    public boolean isMostlyAboveOne() {
        if (2 * improperScores <= scored) {
            return false;
        }
        SortedCounts sorted = scores.sorted();
        long above = 0;
        for (int i = 0; i < sorted.size() && sorted.numbers()[i] > 1; i++) {
            above += sorted.marked()[i] + sorted.unmarked()[i];
        }
        return 2 * above > scored;
    }

    /** Returns the counts of right and wrong predictions. */
    public BinaryCounts counts() {
        return new BinaryCounts(cells[0], cells[1], cells[2], cells[3]);
    }

    /**
     * Returns all metrics. The state can be added to afterwards. Takes about 30 ms when there are 65,536 distinct scores.
     *
     * @param negative the negative label's name
     * @param positive the positive label's name
     * @param constant what the best constant classifier predicts
     */
    public QualitySummary summary(String negative, String positive, ConstantClassifier constant) {
        BinaryCounts counts = counts();
        long positives = counts.truePositives() + counts.falseNegatives();
        long negatives = counts.rows() - positives;
        List<Formula> formulas =
                BinaryFormulas.all(constant.predictsPositive(negative, negatives, positive, positives));
        List<Metric> metrics = new ArrayList<>();
        Formula.Counts resampled = counts.resampled();
        for (Formula formula : formulas) {
            metrics.add(formula.of(resampled, MetricId.DATASET));
        }
        ConfusionMatrix confusion = ConfusionMatrix.of(
                List.of(negative, positive), new long[][] {{cells[0], cells[1]}, {cells[2], cells[3]}});
        metrics.set(0, metrics.get(0).withPlot(confusion.exhibit()));
        Map<String, Double> deviations = deviations(formulas, counts);
        ScoreCurves curves = null;
        if (scored > 0 || invalidScores > 0) {
            SortedCounts sorted = scores.sorted();
            curves = new ScoreCurves(sorted);
            metrics.addAll(RankingMetrics.of(curves, MetricId.DATASET));
            metrics.addAll(probabilities());
            metrics.add(Metric.of(MetricId.DATASET, "invalid_scores", (double) invalidScores)
                    .on(Scale.COUNT));
            deviations.put("roc_auc", rankingDeviation(sorted));
        }
        return new QualitySummary(counts.rows(), metrics, deviations, confusion, curves);
    }

    private static Map<String, Double> deviations(List<Formula> formulas, BinaryCounts counts) {
        double[] deviations = Thinning.deviations(counts.cells(), formulas.size(), random -> {
            double[] thinned = counts.thinned(random).values();
            return formulas.stream()
                    .mapToDouble(formula -> Thinning.orZero(formula.value().applyAsDouble(thinned)))
                    .toArray();
        });
        Map<String, Double> byName = new LinkedHashMap<>();
        for (int i = 0; i < deviations.length; i++) {
            byName.put(formulas.get(i).name(), deviations[i]);
        }
        return byName;
    }

    private static double rankingDeviation(SortedCounts sorted) {
        return Thinning.deviations(
                sorted.totals(), 1, random -> new double[] {new ScoreCurves(sorted.thinned(random)).rocAuc()})[0];
    }

    private List<Metric> probabilities() {
        String because = improperScores > 0
                ? improperScores + " scores lie outside 0 to 1, so they are no probabilities"
                : "no row has a valid score";
        boolean proper = improperScores == 0 && scored > 0;
        if (!proper) {
            return List.of(
                    Metric.undefined(MetricId.DATASET, "log_loss", because),
                    Metric.undefined(MetricId.DATASET, "brier_score", because),
                    Metric.undefined(MetricId.DATASET, "expected_calibration_error", because));
        }
        return List.of(
                Uncertainty.ofSizes("log_loss", logLoss, because).on(Scale.DISTANCE),
                Uncertainty.ofSizes("brier_score", brierScore, because).on(Scale.DISTANCE),
                Metric.of(
                                MetricId.DATASET,
                                "expected_calibration_error",
                                calibration.expectedError(),
                                calibration.evidence())
                        .on(Scale.CHANGE)
                        .withPlot(calibration.curve()));
    }
}
