package io.modelmonitor.stats.quality;

import io.modelmonitor.api.Evidence;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/** The sizes of errors in ascending order, with how often each occurred, for their median. */
final class AbsoluteErrors {

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private final double[] sizes;
    private final long[] ranks;
    private final double relativeError;

    private AbsoluteErrors(double[] sizes, long[] ranks, double relativeError) {
        this.sizes = sizes;
        this.ranks = ranks;
        this.relativeError = relativeError;
    }

    /** Takes errors with signs, all marked. */
    static AbsoluteErrors of(SortedCounts errors) {
        int[] order = IntStream.range(0, errors.size())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> Math.abs(errors.numbers()[i])))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] sizes = new double[order.length];
        long[] ranks = new long[order.length];
        long rank = 0;
        for (int i = 0; i < order.length; i++) {
            sizes[i] = Math.abs(errors.numbers()[order[i]]);
            rank += errors.marked()[order[i]];
            ranks[i] = rank;
        }
        return new AbsoluteErrors(sizes, ranks, errors.relativeError());
    }

    /** Returns how far sizes can be off, as a share of them; 0 if they are exact. */
    double relativeError() {
        return relativeError;
    }

    /** Returns the median, the mean of the middle two if the number of errors is even. */
    double median() {
        long count = count();
        return (ofRank((count + 1) / 2) + ofRank(count / 2 + 1)) / 2;
    }

    /**
     * Returns the median's standard error: half the width of the interval between the ranks n/2 ± √n/2 (R. S. Woodruff,
     * Journal of the American Statistical Association 47, 1952).
     */
    double medianStandardError() {
        long count = count();
        double half = Math.sqrt((double) count) / 2;
        double low = ofRank(Math.max(1, (long) Math.floor(count / 2.0 - half)));
        double high = ofRank(Math.min(count, (long) Math.ceil(count / 2.0 + half + 1)));
        return (high - low) / 2;
    }

    /**
     * Returns how sure the median is. Limits of few errors are those of the sign test (Clopper and Pearson, 1934, of a share of a half),
     * each at the next safer level, since they go in steps.
     */
    Evidence medianEvidence() {
        int count = (int) Math.min(FewMeans.FEW, count());
        if (count == FewMeans.FEW) {
            return Uncertainty.of(medianStandardError());
        }
        BinomialDistribution below = BinomialDistribution.of(count, 0.5);
        return FewMeans.limits(
                median(),
                medianStandardError(),
                tail -> {
                    int rank = rank(below, safer(tail));
                    return rank == 0 ? 0 : ofRank(rank);
                },
                tail -> {
                    int rank = rank(below, safer(tail));
                    return rank == 0 ? Double.POSITIVE_INFINITY : ofRank(count + 1L - rank);
                });
    }

    private static double safer(double tail) {
        return NORMAL.cumulativeProbability(NORMAL.inverseCumulativeProbability(tail) - 0.5);
    }

    /** Returns the greatest rank below which the median lies with at most a probability; 0 if there is none. */
    private static int rank(BinomialDistribution below, double probability) {
        int rank = 0;
        while (below.cumulativeProbability(rank) <= probability) {
            rank++;
        }
        return rank;
    }

    private long count() {
        return ranks[ranks.length - 1];
    }

    private double ofRank(long rank) {
        int index = Arrays.binarySearch(ranks, rank);
        return sizes[index >= 0 ? index : -index - 1];
    }
}
