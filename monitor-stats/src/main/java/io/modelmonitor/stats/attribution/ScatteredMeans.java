package io.modelmonitor.stats.attribution;

import io.modelmonitor.stats.internal.Variates;
import java.util.SplittableRandom;

/**
 * OrderNull as the baseline's standard errors show it, for want of its rows: features are drawn each by itself, of a
 * distribution that is known by its mean and standard deviation only. Good for hundreds of rows; of few rows and features
 * that matter rarely it is based on too few observations, and alerts too often. Where not even standard errors are known, the baseline is
 * a fact. The rows of now are drawn again with replacement (B. Efron, Bootstrap methods, 1979).
 */
final class ScatteredMeans implements OrderNull {

    private final KnownAttribution baseline;
    private final double[] attributions;
    private final double[][] kept;
    private final long rowsNow;
    private final Aggregation aggregation;
    private final double found;
    private final int[] chosen;
    private final SplittableRandom random;
    private final Variates variates;

    ScatteredMeans(KnownAttribution baseline, GlobalAttribution live, Aggregation aggregation, int output, long seed) {
        this.baseline = baseline;
        this.attributions = baseline.attributions();
        this.kept = live.sampledRows(output, GlobalAttribution.MOST_SAMPLED);
        this.rowsNow = live.rows();
        this.aggregation = aggregation;
        this.found = Ndcg.of(attributions, live.of(aggregation, output));
        this.chosen = new int[kept.length];
        this.random = new SplittableRandom(seed);
        this.variates = new Variates(seed);
    }

    @Override
    public double found() {
        return found;
    }

    @Override
    public double unchanged() {
        double[] means = new double[attributions.length];
        for (int j = 0; j < means.length; j++) {
            means[j] = about(j, StrictMath.hypot(error(j), baseline.standardError(j, rowsNow)));
        }
        return Ndcg.of(attributions, means);
    }

    @Override
    public double again() {
        double[] gains = new double[attributions.length];
        for (int j = 0; j < gains.length; j++) {
            gains[j] = about(j, error(j));
        }
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = random.nextInt(chosen.length);
        }
        return Ndcg.of(gains, aggregation.of(kept, chosen, 0, chosen.length));
    }

    private double error(int feature) {
        return baseline.standardError(feature, baseline.rows());
    }

    private double about(int feature, double standardDeviation) {
        return variates.about(attributions[feature], standardDeviation, aggregation != Aggregation.MEDIAN);
    }
}
