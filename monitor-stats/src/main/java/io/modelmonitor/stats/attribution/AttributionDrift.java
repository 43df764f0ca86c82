package io.modelmonitor.stats.attribution;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Evidence;
import io.modelmonitor.stats.evidence.Replicates;
import java.util.Arrays;

/**
 * How far the order of features by attribution has moved from a baseline's: {@link Ndcg}, and whether chance explains it.
 *
 * <p>A few explained rows put features into a different order by chance alone. Two things are asked of chance, and a change
 * counts only if neither explains it:
 *
 * <ul>
 *   <li>Is this what rows like these scatter to? The live rows are resampled, and the baseline's attributions are drawn anew
 *       within their standard errors. Resampling noise lowers nDCG once more, on average by as much as noise has lowered the
 *       value itself, so replicates are mirrored at the value (the basic bootstrap; A. C. Davison and D. V. Hinkley,
 *       Bootstrap methods and their application, 1997, §2.4).
 *   <li>Is this what so few rows of the baseline would show? A feature that matters in one row of fifty is often absent from
 *       twenty rows, and then from every resample of them. So means of as many rows as there are now are drawn from what the
 *       baseline says of the scatter between rows, and the p-value is the share of them that lose the order as much.
 * </ul>
 */
public final class AttributionDrift {

    /** How often rows are resampled: the least p-value is 1 / (replicates + 1). */
    public static final int REPLICATES = 1000;

    private final double value;
    private final double lower;
    private final double upper;
    private final Evidence evidence;

    private AttributionDrift(double value, double lower, double upper, Evidence evidence) {
        this.value = value;
        this.lower = lower;
        this.upper = upper;
        this.evidence = evidence;
    }

    /**
     * Compares.
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
        double[] attributions = baseline.attributions();
        double value = Ndcg.of(attributions, live.of(aggregation, output));
        if (Double.isNaN(value)) {
            return new AttributionDrift(value, value, value, Evidence.certain());
        }
        double[] mirrored = new double[REPLICATES];
        double[] unchanged = new double[REPLICATES];
        double[][] resampled = live.resampled(aggregation, output, REPLICATES, seed);
        Variates variates = new Variates(seed);
        int features = live.features();
        double[] gains = new double[features];
        double[] means = new double[features];
        boolean positive = aggregation != Aggregation.MEDIAN;
        for (int r = 0; r < REPLICATES; r++) {
            for (int j = 0; j < features; j++) {
                double error = baseline.standardError(j, baseline.rows());
                double scatter = Math.hypot(error, baseline.standardError(j, live.rows()));
                gains[j] = variates.about(attributions[j], error, positive);
                means[j] = variates.about(attributions[j], scatter, positive);
            }
            mirrored[r] = 2 * value - Ndcg.of(gains, resampled[r]);
            unchanged[r] = Ndcg.of(attributions, means);
        }
        long asLow = Arrays.stream(unchanged).filter(chance -> chance <= value).count();
        double noChange = (1.0 + asLow) / (1.0 + REPLICATES);
        Replicates replicates = Replicates.of(mirrored);
        // Mirroring may leave the range of values; nothing keeps the order better than 1.
        return new AttributionDrift(
                value,
                Math.min(value, replicates.quantile(0.025)),
                Math.max(value, Math.min(1, replicates.quantile(0.975))),
                new Both(replicates, noChange));
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

    /** Returns how sure the value is. */
    public Evidence evidence() {
        return evidence;
    }

    /** Chance explains a value if either kind of it does. */
    private record Both(Replicates resampled, double noChange) implements Evidence {

        @Override
        public double pValue(double value, Bound bound) {
            return bound.holds(value) ? 1 : Math.max(noChange, resampled.pValue(value, bound));
        }

        @Override
        public double standardError() {
            return resampled.standardError();
        }
    }
}
