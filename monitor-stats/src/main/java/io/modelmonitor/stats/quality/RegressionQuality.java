package io.modelmonitor.stats.quality;

import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.api.Plot;
import io.modelmonitor.api.Scale;
import io.modelmonitor.stats.internal.Packed;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The quality of predictions of a number; a state that takes a row at a time and merges.
 *
 * <p>With e = truth − prediction, n rows, SSE = Σe² and SST = Σ(truth − mean truth)²:
 *
 * <ul>
 *   <li>{@code mae} Σ|e|/n, {@code mse} SSE/n, {@code rmse} its root, {@code mean_error} Σe/n, {@code max_error} max|e|;
 *   <li>{@code r2} 1 − SSE/SST and {@code explained_variance} 1 − Σ(e − mean e)²/SST, both at most 1 and undefined if all
 *       truths are equal;
 *   <li>{@code median_absolute_error} the median of |e|, the mean of the middle two of an even number;
 *   <li>{@code mape} Σ|e/truth|/n, undefined if a truth is 0; {@code smape} Σ 2|e|/(|truth|+|prediction|)/n, from 0 to 2,
 *       undefined if both are 0 in a row; {@code rmsle} the root of Σ(ln(1+truth) − ln(1+prediction))²/n, undefined if one of
 *       them is negative.
 * </ul>
 *
 * <p>Takes constant time for each row and at most 7 MB: the errors are counted exactly while there are at most 65,536 distinct
 * ones, else in cells. Not safe for use by several threads.
 */
public final class RegressionQuality {

    private static final int HISTOGRAM_BINS = 20;
    private static final Scale EXPLAINED = new Scale("share", Double.NEGATIVE_INFINITY, 1, Scale.Worse.LOWER);

    private final JointMoments errorAndTruth = new JointMoments();
    private final Mean absolute = new Mean();
    private final Mean relative = new Mean();
    private final Mean symmetric = new Mean();
    private final Mean logarithmic = new Mean();
    private final CountTable errors = new CountTable(CountTable.MOST_CELLS);
    private double greatest;
    private long zeroTruths;
    private long bothZero;
    private long negatives;

    private RegressionQuality() {}

    /** Returns an empty state. */
    public static RegressionQuality empty() {
        return new RegressionQuality();
    }

    /**
     * Takes a row.
     *
     * @param truth a finite number
     * @param prediction a finite number
     */
    public void add(double truth, double prediction) {
        double error = truth - prediction;
        double size = Math.abs(error);
        errorAndTruth.add(error, truth);
        absolute.add(size);
        errors.add(error, true);
        greatest = Math.max(greatest, size);
        if (truth == 0) {
            zeroTruths++;
        } else {
            relative.add(size / Math.abs(truth));
        }
        double scale = Math.abs(truth) + Math.abs(prediction);
        if (scale == 0) {
            bothZero++;
        } else {
            symmetric.add(2 * size / scale);
        }
        if (truth < 0 || prediction < 0) {
            negatives++;
        } else {
            // The logarithm of the ratio, which is exact for small errors of large numbers too.
            double ratio = StrictMath.log1p(error / (1 + prediction));
            logarithmic.add(ratio * ratio);
        }
    }

    /** Adds another state, which stays as it is. */
    public void merge(RegressionQuality other) {
        errorAndTruth.merge(other.errorAndTruth);
        absolute.merge(other.absolute);
        relative.merge(other.relative);
        symmetric.merge(other.symmetric);
        logarithmic.merge(other.logarithmic);
        errors.merge(other.errors);
        greatest = Math.max(greatest, other.greatest);
        zeroTruths += other.zeroTruths;
        bothZero += other.bothZero;
        negatives += other.negatives;
    }

    /** Writes this state in bytes, from which {@link #read} makes an equal one. */
    public void write(DataOutput out) throws IOException {
        errorAndTruth.write(out);
        errors.write(out);
        out.writeDouble(greatest);
        for (Mean mean : means()) {
            mean.write(out);
        }
        Packed.writeCounts(out, new long[] {zeroTruths, bothZero, negatives});
    }

    private List<Mean> means() {
        return List.of(absolute, relative, symmetric, logarithmic);
    }

    /**
     * Reads the state that {@link #write} wrote.
     *
     * @throws IllegalArgumentException if no state can be what is read; the message is one line
     */
    public static RegressionQuality read(DataInput in) throws IOException {
        RegressionQuality read = new RegressionQuality();
        read.errorAndTruth.read(in);
        long[] totals = read.errors.read(in);
        read.greatest = in.readDouble();
        for (Mean mean : read.means()) {
            mean.read(in, "mean error");
        }
        read.zeroTruths = Packed.readCount(in, "truths of 0");
        read.bothZero = Packed.readCount(in, "rows of 0");
        read.negatives = Packed.readCount(in, "negative rows");
        long rows = read.rows();
        Packed.check(
                totals[0] == rows
                        && totals[1] == 0
                        && read.absolute.count() == rows
                        && read.relative.count() == rows - read.zeroTruths
                        && read.symmetric.count() == rows - read.bothZero
                        && read.logarithmic.count() == rows - read.negatives,
                "rows",
                "the parts are not of the same ",
                rows);
        Packed.check(rows == 0 ? read.greatest == 0 : read.greatest >= 0, "greatest error", "it is ", read.greatest);
        return read;
    }

    /** Returns the number of rows. */
    public long rows() {
        return errorAndTruth.count();
    }

    /** Returns all metrics. The state can be added to afterwards. Takes about 10 ms when there are 65,536 distinct errors. */
    public QualitySummary summary() {
        String noRows = "there are no labelled rows";
        double mse = rows() == 0 ? Double.NaN : errorAndTruth.meanSquareX();
        double mseError = Math.sqrt(errorAndTruth.varianceOfSquareX(errorAndTruth.meanX()) / (rows() - 1));
        double rmse = Math.sqrt(mse);
        List<Metric> metrics = new ArrayList<>();
        double squareOfSquares = mse * mse + errorAndTruth.varianceOfSquareX(errorAndTruth.meanX());
        Evidence mseEvidence = FewMeans.ofSizes(rows(), mse, squareOfSquares, mseError);
        metrics.add(Uncertainty.ofSizes("mae", absolute, noRows).on(Scale.DISTANCE));
        metrics.add(Uncertainty.metric(MetricId.DATASET, "mse", mse, mseEvidence, noRows)
                .on(Scale.DISTANCE));
        metrics.add(root("rmse", rmse, mseEvidence, mseError, noRows));
        metrics.add(explained("r2", mse, errorAndTruth.meanX()));
        metrics.add(explained("explained_variance", errorAndTruth.varianceX(), 0));
        metrics.add(rows() == 0 ? undefined("mean_error", noRows) : meanError());
        metrics.addAll(orderStatistics(noRows));
        metrics.add(ratio("mape", relative, zeroTruths, "a truth is 0 in %d rows"));
        metrics.add(ratio("smape", symmetric, bothZero, "truth and prediction are 0 in %d rows"));
        metrics.add(rootMeanSquaredLogError());
        Map<String, Double> deviations = new LinkedHashMap<>();
        for (Metric metric : metrics.subList(0, 4)) {
            deviations.put(
                    metric.name(), Thinning.deviation(rows(), metric.evidence().standardError(), deviations.size()));
        }
        return new QualitySummary(rows(), metrics, deviations, null, null);
    }

    /**
     * One less a ratio of mean squares, with the standard error of the infinitesimal jackknife: a row's influence is
     * −(e² − a)/b + a·(d² − b)/b², a the numerator, b the variance of the truth, d the truth's difference from its mean.
     *
     * @param numerator the mean of (e − c)²
     * @param offset the mean of e less c
     */
    private Metric explained(String name, double numerator, double offset) {
        double variance = errorAndTruth.varianceY();
        if (!(variance > 0)) {
            return undefined(name, rows() == 0 ? "there are no labelled rows" : "all truths are equal");
        }
        double share = numerator / variance;
        double ofInfluence = errorAndTruth.varianceOfSquareX(offset)
                - 2 * share * errorAndTruth.covarianceOfSquares(offset)
                + share * share * errorAndTruth.varianceOfSquareY();
        double standardError = Math.sqrt(Math.max(0, ofInfluence) / (rows() - 1)) / variance;
        return Metric.of(MetricId.DATASET, name, 1 - share, FewMeans.ofExplained(rows(), share, standardError))
                .on(EXPLAINED);
    }

    private Metric meanError() {
        double standardError = Math.sqrt(errorAndTruth.varianceX() / (rows() - 1));
        return Metric.of(
                MetricId.DATASET,
                "mean_error",
                errorAndTruth.meanX(),
                FewMeans.ofAny(rows(), errorAndTruth.meanX(), errorAndTruth.meanSquareX(), standardError));
    }

    private List<Metric> orderStatistics(String noRows) {
        if (rows() == 0) {
            return List.of(undefined("median_absolute_error", noRows), undefined("max_error", noRows));
        }
        AbsoluteErrors sizes = AbsoluteErrors.of(errors.sorted());
        Metric median = Metric.of(MetricId.DATASET, "median_absolute_error", sizes.median(), sizes.medianEvidence())
                .on(Scale.DISTANCE);
        // The greatest error of a window is what it is: a fact.
        return List.of(
                sizes.relativeError() == 0
                        ? median
                        : median.withNote(String.format(
                                Locale.ROOT,
                                "within %.2g %% of the exact value, as distinct errors share cells",
                                100 * sizes.relativeError())),
                Metric.of(MetricId.DATASET, "max_error", greatest)
                        .on(Scale.DISTANCE)
                        .withPlot(residuals()));
    }

    private Plot residuals() {
        return ResidualPlot.histogram(errors.sorted(), HISTOGRAM_BINS);
    }

    private Metric ratio(String name, Mean mean, long undefinedRows, String because) {
        if (undefinedRows > 0 || mean.count() == 0) {
            return undefined(
                    name,
                    undefinedRows > 0
                            ? String.format(Locale.ROOT, because, undefinedRows)
                            : "there are no labelled rows");
        }
        return Uncertainty.ofSizes(name, mean, "its terms are too large to be summed")
                .on(Scale.DISTANCE);
    }

    private Metric rootMeanSquaredLogError() {
        Metric mean = ratio("rmsle", logarithmic, negatives, "truth or prediction is negative in %d rows");
        if (!mean.isDefined()) {
            return mean;
        }
        return root(
                "rmsle",
                Math.sqrt(mean.value()),
                mean.evidence(),
                mean.evidence().standardError(),
                "");
    }

    /** Returns the root of a mean of squares. */
    private static Metric root(
            String name, double root, Evidence ofSquare, double errorOfSquare, String undefinedBecause) {
        Evidence evidence = FewMeans.map(
                ofSquare, root == 0 ? 0 : errorOfSquare / (2 * root), square -> Math.sqrt(Math.max(0, square)));
        return Uncertainty.metric(MetricId.DATASET, name, root, evidence, undefinedBecause)
                .on(Scale.DISTANCE);
    }

    private static Metric undefined(String name, String because) {
        return Metric.undefined(MetricId.DATASET, name, because);
    }
}
