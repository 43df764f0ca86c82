package io.modelmonitor.stats.attribution;

import io.modelmonitor.api.Bound;
import io.modelmonitor.stats.evidence.ConfidenceLimit;
import io.modelmonitor.stats.evidence.Replicates;
import org.jspecify.annotations.Nullable;

/**
 * The change of the order of features by attribution against a baseline's: {@link Ndcg} with its p-value.
 *
 * <p>A few explained rows put features into a different order by chance alone. Two hypotheses are tested, and a change
 * counts only if both are rejected:
 *
 * <ul>
 *   <li>Nothing has changed. Rows of baseline and of now are exchanged at random, and the
 *       p-value is the share of permutations that lose the order as much. A feature that matters in one row of fifty is often
 *       absent from twenty rows, for which this test allows. The test is exact: without a change it alerts no more often than
 *       its level, at any number of rows and for any distribution.
 *   <li>The true nDCG lies inside the bound. Baseline and rows of now are resampled. Resampling noise lowers
 *       nDCG once more, on average by as much as noise has lowered the value itself, so replicates are mirrored at the value
 *       (the basic bootstrap; A. C. Davison and D. V. Hinkley, Bootstrap methods and their application, 1997, §2.4).
 * </ul>
 *
 * <p>Both need rows of the baseline: {@link KnownAttribution#withRows}. Where it has none, as in the files of the managed
 * service, or where there are more rows now than are kept, so that means are known well, features are drawn each by itself
 * within the baseline's standard errors. Of fewer than a hundred rows, and features that matter in fewer than one row of
 * ten, this fall-back has too few observations and may alert by chance.
 */
public final class AttributionDrift implements ConfidenceLimit.Test {

    /** The number of draws of the null distribution. */
    public static final int REPLICATES = 1000;

    /**
     * The number of draws where extremes are rare: the least p-value is 1 / (this + 1), small enough for an alert
     * after correction over two hundred constraints.
     */
    public static final int MOST_REPLICATES = 5000;

    private static final double TIE = 1e-12;
    private static final int RARE = REPLICATES / 50;

    private final double value;
    private final double lower;
    private final double upper;
    private final @Nullable Replicates resampled;
    private final double noChange;

    private AttributionDrift(
            double value, double lower, double upper, @Nullable Replicates resampled, double noChange) {
        this.value = value;
        this.lower = lower;
        this.upper = upper;
        this.resampled = resampled;
        this.noChange = noChange;
    }

    /**
     * Compares. Takes time in proportion to replicates, features and the rows that are kept.
     *
     * @param baseline the attributions of the reference data
     * @param live the explained rows of now
     * @param aggregation how both were aggregated
     * @param output the output to look at
     * @param seed what makes the draws repeatable
     * @throws IllegalArgumentException if the numbers of features differ
     */
    public static AttributionDrift between(
            KnownAttribution baseline, GlobalAttribution live, Aggregation aggregation, int output, long seed) {
        double value = Ndcg.of(baseline.attributions(), live.of(aggregation, output));
        if (Double.isNaN(value)) {
            return new AttributionDrift(value, value, value, null, 1);
        }
        OrderNull chance = chance(baseline, live, aggregation, output, seed);
        int draws = REPLICATES;
        int asLow = asLow(chance, draws);
        if (asLow < RARE) {
            asLow += asLow(chance, MOST_REPLICATES - draws);
            draws = MOST_REPLICATES;
        }
        double[] mirrored = new double[draws];
        for (int r = 0; r < draws; r++) {
            double again = chance.again();
            mirrored[r] = Double.isNaN(again) ? 1 : value + chance.found() - again;
        }
        Replicates replicates = Replicates.of(mirrored);
        // Mirroring may leave the range of values; nothing keeps the order better than 1.
        return new AttributionDrift(
                value,
                Math.min(value, replicates.quantile(0.025)),
                Math.max(value, Math.min(1, replicates.quantile(0.975))),
                replicates,
                (1.0 + asLow) / (1.0 + draws));
    }

    private static OrderNull chance(
            KnownAttribution baseline, GlobalAttribution live, Aggregation aggregation, int output, long seed) {
        double[][] kept = live.sampledRows(output, GlobalAttribution.MOST_SAMPLED);
        if (baseline.sample().length > 0 && kept.length == live.rows()) {
            OrderNull exchanged = new ExchangedRows(baseline.sample(), kept, aggregation, seed);
            if (!Double.isNaN(exchanged.found())) {
                return exchanged;
            }
        }
        return new ScatteredMeans(baseline, live, aggregation, output, seed);
    }

    /** The number of draws of the null distribution at least as extreme as the observed nDCG, undefined ones included. */
    private static int asLow(OrderNull chance, int draws) {
        int asLow = 0;
        for (int draw = 0; draw < draws; draw++) {
            // Exchanged rows are summed up in another order, which must not turn a tie into a difference.
            asLow += chance.unchanged() > chance.found() + TIE ? 0 : 1;
        }
        return asLow;
    }

    /** Returns the normalised discounted cumulative gain; NaN where the baseline's attributions have no order to keep. */
    public double value() {
        return value;
    }

    /** Returns the lower end of the 95 % interval by resampling rows; the value itself where it is undefined. */
    public double lower() {
        return lower;
    }

    /** Returns the upper end of the 95 % interval by resampling rows; the value itself where it is undefined. */
    public double upper() {
        return upper;
    }

    /** Returns the standard error of the value, by resampling rows; NaN where it is undefined. */
    public double standardError() {
        return resampled == null ? Double.NaN : resampled.standardError();
    }

    /** Returns the greater of two probabilities: by exchanged rows that nothing changed, and by resampled rows. */
    @Override
    public double pValue(double nDcg, Bound bound) {
        return resampled == null || bound.holds(nDcg) ? 1 : Math.max(noChange, resampled.pValue(nDcg, bound));
    }
}
