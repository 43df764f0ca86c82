package io.modelmonitor.stats.fairness;

import io.modelmonitor.api.Evidence;
import io.modelmonitor.stats.evidence.ConfidenceLimit;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Estimates the sampling distribution of measures of bias by resampling the table of counts. Resampling n rows with
 * replacement and counting them is the same as drawing the counts from a multinomial distribution with the observed shares
 * (B. Efron, Ann. Statist. 7, 1979), so the cost does not depend on the number of rows: a thousand replicates of all
 * measures take a few milliseconds. Same counts, same seed, same result. Safe for use by several threads.
 */
public final class Bootstrap implements Serializable {

    private static final long serialVersionUID = 1L;

    /** The default number of replicates. */
    public static final int REPLICATES = 1_000;

    private static final int FEWEST = 100;

    private final int replicates;
    private final long seed;

    private Bootstrap(int replicates, long seed) {
        this.replicates = replicates;
        this.seed = seed;
    }

    /** Returns a bootstrap of {@value #REPLICATES} replicates and a fixed seed. */
    public static Bootstrap standard() {
        return of(REPLICATES, 20_210_714);
    }

    /**
     * Returns a bootstrap.
     *
     * @param replicates how many tables are drawn, at least 100
     * @param seed what the tables depend on, beside the counts
     * @throws IllegalArgumentException if there are fewer than 100 replicates
     */
    public static Bootstrap of(int replicates, long seed) {
        if (replicates < FEWEST) {
            throw new IllegalArgumentException("replicates " + replicates + " are too few; at least 100 are needed");
        }
        return new Bootstrap(replicates, seed);
    }

    /**
     * Resamples a comparison.
     *
     * @param metrics the measures to resample
     * @return how sure each is, but the equalized odds difference: it has no interval, only {@link #evidence}
     */
    public Map<BiasMetric, Resampled> of(GroupComparison comparison, Collection<BiasMetric> metrics) {
        List<BiasMetric> overall = new ArrayList<>(metrics);
        overall.remove(BiasMetric.EQUALIZED_ODDS_DIFFERENCE);
        List<BiasMetric> labelStrata = only(BiasMetric.CDDL, overall);
        List<BiasMetric> predictionStrata = only(BiasMetric.CDDPL, overall);
        Map<BiasMetric, Resampled> evidence = new EnumMap<>(BiasMetric.class);
        resample(ResampledCounts.ofOutcomes(comparison, overall), evidence);
        resample(ResampledCounts.ofLabelStrata(comparison, labelStrata), evidence);
        resample(ResampledCounts.ofPredictionStrata(comparison, predictionStrata), evidence);
        return evidence;
    }

    /**
     * Resamples a comparison.
     *
     * @param metrics the measures to resample
     * @return the evidence of each, but of those for which the groups are too small to be resampled
     */
    public Map<BiasMetric, Evidence> evidence(GroupComparison comparison, Collection<BiasMetric> metrics) {
        Set<BiasMetric> needed = EnumSet.noneOf(BiasMetric.class);
        needed.addAll(metrics);
        boolean odds = needed.contains(BiasMetric.EQUALIZED_ODDS_DIFFERENCE);
        if (odds) {
            needed.add(BiasMetric.EQUAL_OPPORTUNITY_DIFFERENCE);
            needed.add(BiasMetric.PREDICTIVE_EQUALITY_DIFFERENCE);
        }
        Map<BiasMetric, Resampled> resampled = of(comparison, needed);
        resampled.values().removeIf(one -> !one.isEnough());
        Map<BiasMetric, Evidence> evidence = new EnumMap<>(BiasMetric.class);
        resampled.forEach((metric, one) -> evidence.put(metric, one.evidence()));
        Resampled truePositives = resampled.get(BiasMetric.EQUAL_OPPORTUNITY_DIFFERENCE);
        Resampled falsePositives = resampled.get(BiasMetric.PREDICTIVE_EQUALITY_DIFFERENCE);
        if (odds && truePositives != null && falsePositives != null) {
            EqualizedOddsPValue test = new EqualizedOddsPValue(
                    BiasMetric.EQUAL_OPPORTUNITY_DIFFERENCE.of(comparison),
                    truePositives,
                    BiasMetric.PREDICTIVE_EQUALITY_DIFFERENCE.of(comparison),
                    falsePositives);
            double value = BiasMetric.EQUALIZED_ODDS_DIFFERENCE.of(comparison);
            evidence.put(
                    BiasMetric.EQUALIZED_ODDS_DIFFERENCE, ConfidenceLimit.limits(value, Double.NaN, Double.NaN, test));
        }
        return evidence;
    }

    private static List<BiasMetric> only(BiasMetric metric, List<BiasMetric> from) {
        return from.remove(metric) ? List.of(metric) : List.of();
    }

    private void resample(ResampledCounts table, Map<BiasMetric, Resampled> evidence) {
        List<BiasMetric> metrics = table.metrics();
        if (metrics.isEmpty()) {
            return;
        }
        long[] cells = new long[table.counts().length];
        Multinomial multinomial = new Multinomial(table.weights(), sum(table.counts()), new SplittableRandom(seed));
        double[][] values = new double[metrics.size()][replicates];
        for (int i = 0; i < replicates; i++) {
            multinomial.draw(cells);
            GroupComparison comparison = table.view(cells);
            for (int m = 0; m < values.length; m++) {
                values[m][i] = metrics.get(m).pivot(comparison);
            }
        }
        GroupComparison observed = table.view(table.counts());
        boolean centered = table.isAsObserved();
        double[] accelerations = centered ? accelerations(table) : new double[values.length];
        for (int m = 0; m < values.length; m++) {
            BiasMetric metric = metrics.get(m);
            evidence.put(
                    metric,
                    Resampled.of(metric.scale(), metric.pivot(observed), values[m], accelerations[m], centered));
        }
    }

    /**
     * Efron's a for each measure, from the jackknife: what the measure becomes when one person is left out, weighted by how
     * many people are alike. 0 where leaving one out makes a measure undefined.
     */
    private static double[] accelerations(ResampledCounts table) {
        long[] cells = table.counts().clone();
        List<BiasMetric> metrics = table.metrics();
        double[][] without = new double[metrics.size()][cells.length];
        for (int i = 0; i < cells.length; i++) {
            if (cells[i] > 0) {
                cells[i]--;
                GroupComparison comparison = table.view(cells);
                for (int m = 0; m < without.length; m++) {
                    without[m][i] = metrics.get(m).pivot(comparison);
                }
                cells[i]++;
            }
        }
        double[] accelerations = new double[metrics.size()];
        for (int m = 0; m < without.length; m++) {
            accelerations[m] = acceleration(without[m], cells);
        }
        return accelerations;
    }

    private static double acceleration(double[] without, long[] counts) {
        double mean = 0;
        for (int i = 0; i < counts.length; i++) {
            mean += counts[i] * without[i];
        }
        mean /= sum(counts);
        double squares = 0;
        double cubes = 0;
        for (int i = 0; i < counts.length; i++) {
            double difference = mean - without[i];
            squares += counts[i] * difference * difference;
            cubes += counts[i] * difference * difference * difference;
        }
        double acceleration = cubes / (6 * StrictMath.pow(squares, 1.5));
        return Double.isFinite(acceleration) ? acceleration : 0;
    }

    private static long sum(long[] counts) {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }
}
