package io.modelmonitor.stats.internal.drift;

import io.modelmonitor.api.Distribution;
import io.modelmonitor.spi.DriftMeasure;
import io.modelmonitor.stats.internal.HypergeometricSampler;
import java.util.Arrays;
import java.util.List;

/**
 * The permutation null of a measure by Monte Carlo: the pooled rows are shared between both sides anew, at random, many times.
 * The cost depends on cells and draws, never on rows.
 *
 * <p>Where chance explains the observed size well, a few draws show it, and no more are made: after {@value #ENOUGH} draws at
 * least as far out the p-value is their share, which is as valid. Nor are more made where after {@value #LOOK} draws the size
 * is far beyond all of them. Source: Besag and Clifford (1991), Sequential Monte Carlo p-values.
 *
 * <p>Draws depend on the counts alone, which make the seed. Immutable and safe for use by several threads.
 */
final class MonteCarloNull {

    private static final int MOST_DRAWS = 999;
    private static final int LEAST_DRAWS = 99;

    /** The number of cells that are drawn in all, so that a column of many rare categories costs what others do. */
    private static final int CELLS = 100_000;

    private static final int ENOUGH = 40;

    /** After how many draws a size that is far beyond all of them needs no more. */
    private static final int LOOK = 199;

    /** The p-value by which a size is far beyond all draws. Without a change that happens to one in as many. */
    private static final double CLEAR = 1e-6;

    private final double pValue;
    private final double expected;

    private MonteCarloNull(double pValue, double expected) {
        this.pValue = pValue;
        this.expected = expected;
    }

    /**
     * Draws up to 999 times, fewer where there are more than a hundred cells, and 99 times where there are a thousand.
     *
     * @param reference the reference's counts
     * @param current the current counts over the same cells
     * @param measure what is measured; a draw of which it is undefined does not count
     */
    public static MonteCarloNull of(Distribution reference, Distribution current, DriftMeasure measure) {
        return of(reference, current, measure, measure.between(reference, current));
    }

    /**
     * As {@link #of(Distribution, Distribution, DriftMeasure)}, and judges a size that was observed otherwise, such as one that
     * is shrunk by the sketch's error bound.
     */
    static MonteCarloNull of(Distribution reference, Distribution current, DriftMeasure measure, double observed) {
        return of(reference, current, List.of(measure), observed).get(0);
    }

    /** As above, of several measures on the same draws, each until it has seen enough. */
    static List<MonteCarloNull> of(
            Distribution reference, Distribution current, List<DriftMeasure> measures, double... observed) {
        return of(new OfCounts(reference, current, measures), reference.size(), observed);
    }

    /**
     * Judges sizes that were observed.
     *
     * @param draws what draws as many sizes
     * @param cells how many cells each draw takes
     * @param observed the sizes
     */
    static List<MonteCarloNull> of(Draws draws, int cells, double... observed) {
        int most = Math.max(LEAST_DRAWS, Math.min(MOST_DRAWS, CELLS / Math.max(1, cells)));
        Drawn[] drawn = new Drawn[observed.length];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = new Drawn(observed[i], most);
        }
        boolean isOpen = true;
        for (int draw = 0; draw < most && isOpen; draw++) {
            draws.next();
            isOpen = false;
            for (int i = 0; i < drawn.length; i++) {
                if (!drawn[i].hasEnough) {
                    drawn[i].add(draws.size(i));
                    isOpen |= !drawn[i].hasEnough;
                }
            }
        }
        return Arrays.stream(drawn).map(Drawn::result).toList();
    }

    /** Draws from the null distribution of some measures. One thread at a time. */
    interface Draws {

        /** Draws anew. */
        void next();

        /** Returns a measure, by its number from 0, of what was drawn last; NaN when it is undefined. */
        double size(int measure);
    }

    /** Draws of measures of counts. */
    private static final class OfCounts implements Draws {

        private final List<DriftMeasure> measures;
        private final HypergeometricSampler sampler;
        private final double[] one;
        private final double[] other;
        private Distribution reference;
        private Distribution current;

        private OfCounts(Distribution reference, Distribution current, List<DriftMeasure> measures) {
            this.reference = reference;
            this.current = current;
            this.measures = List.copyOf(measures);
            sampler = new HypergeometricSampler(reference, current);
            one = new double[reference.size()];
            other = new double[one.length];
        }

        @Override
        public void next() {
            sampler.next(one, other);
            reference = reference.withCounts(one);
            current = current.withCounts(other);
        }

        @Override
        public double size(int measure) {
            return measures.get(measure).between(reference, current);
        }
    }

    /** The sizes of one measure that have been drawn. */
    private static final class Drawn {

        private final double observed;
        private final double least;
        private final double[] sizes;
        private double sum;
        private int count;
        private int exceeding;
        private boolean hasEnough;

        private Drawn(double observed, int draws) {
            this.observed = observed;
            this.least = Double.isInfinite(observed) ? observed : observed - 1e-12 * Math.abs(observed);
            this.sizes = new double[draws];
        }

        private void add(double size) {
            if (Double.isNaN(size)) {
                return;
            }
            sizes[count++] = size;
            sum += size;
            exceeding += size >= least ? 1 : 0;
            hasEnough = exceeding >= ENOUGH || (count == LOOK && exceeding == 0 && pValue() < CLEAR);
        }

        private double pValue() {
            return MonteCarloNull.pValue(observed, Arrays.copyOf(sizes, count), exceeding);
        }

        private MonteCarloNull result() {
            double expected = count == 0 ? Double.NaN : sum / count;
            return new MonteCarloNull(pValue(), expected);
        }
    }

    private static double pValue(double observed, double[] sizes, int exceeding) {
        if (Double.isNaN(observed) || sizes.length == 0) {
            return Double.NaN;
        }
        if (exceeding >= ENOUGH) {
            return (double) exceeding / sizes.length;
        }
        double least = 1.0 / (sizes.length + 1);
        return exceeding > 0 ? (exceeding + 1) * least : least * beyond(observed, sizes);
    }

    /**
     * Returns how much less likely a size is than the greatest that was drawn, by the slower of two exponential tails,
     * through the top tenth and the top fiftieth.
     */
    private static double beyond(double observed, double[] sizes) {
        Arrays.sort(sizes);
        double excess = Math.max(meanExcess(sizes, sizes.length / 10), meanExcess(sizes, sizes.length / 50));
        return excess > 0 && observed < Double.POSITIVE_INFINITY
                ? StrictMath.exp((sizes[sizes.length - 1] - observed) / excess)
                : 1;
    }

    private static double meanExcess(double[] ascending, int top) {
        int first = ascending.length - top;
        double sum = 0;
        for (int i = first; i < ascending.length; i++) {
            sum += ascending[i] - ascending[first - 1];
        }
        return top == 0 ? 0 : sum / top;
    }

    /**
     * Returns the probability of a size at least as observed when nothing changed; NaN when it is undefined. From the ranks
     * of the draws and, beyond all of them, from an exponential tail. Source: Pickands (1975), Statistical inference using
     * extreme order statistics.
     */
    public double pValue() {
        return pValue;
    }

    /** Returns the mean size when nothing changed: what to expect from chance alone; NaN when it is undefined. */
    public double expected() {
        return expected;
    }
}
