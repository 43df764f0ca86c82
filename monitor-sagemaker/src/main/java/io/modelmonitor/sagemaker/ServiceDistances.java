package io.modelmonitor.sagemaker;

import io.modelmonitor.stats.sketch.KllSketch;
import io.modelmonitor.stats.sketch.WeightedValues;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/** Distances as the service's engine, Deequ, defines them ({@code com.amazon.deequ.analyzers.Distance}). */
final class ServiceDistances {

    /** The quantile of the two-sample Kolmogorov statistic that the engine takes off: about 0.3 % (Knuth 1998, 3.3.1). */
    private static final double ROBUST_QUANTILE = 1.8;

    private static final int FEWEST_CATEGORIES = 2;

    private ServiceDistances() {}

    /**
     * Returns the greatest difference of two distribution functions.
     *
     * @param robust whether to take off what few observations explain
     * @return a distance from 0 to 1; NaN if either has no observations
     */
    static double ofNumbers(SortedMap<Double, Long> one, SortedMap<Double, Long> other, boolean robust) {
        double n = one.values().stream().mapToLong(Long::longValue).sum();
        double m = other.values().stream().mapToLong(Long::longValue).sum();
        TreeMap<Double, long[]> union = new TreeMap<>();
        one.forEach((value, weight) -> union.computeIfAbsent(value, key -> new long[2])[0] = weight);
        other.forEach((value, weight) -> union.computeIfAbsent(value, key -> new long[2])[1] = weight);
        double distance = 0;
        double below = 0;
        double otherBelow = 0;
        for (long[] weights : union.values()) {
            below += weights[0];
            otherBelow += weights[1];
            distance = Math.max(distance, Math.abs(below / n - otherBelow / m));
        }
        return corrected(distance, n, m, robust);
    }

    /**
     * Returns the weights of a sketch's numbers as the engine has them up to its version 2.0.7: of equal numbers only the
     * last one counts, in the order of the levels. Columns of few values lose nearly all of their weight that way.
     */
    static SortedMap<Double, Long> collapsed(KllSketch sketch) {
        SortedMap<Double, Long> weights = new TreeMap<>();
        long weight = 1;
        for (double[] level : sketch.levels()) {
            for (double value : level) {
                weights.put(value + 0.0, weight);
            }
            weight *= 2;
        }
        return weights;
    }

    /** Returns the weights of a sketch's numbers, with all that are equal. */
    static SortedMap<Double, Long> complete(KllSketch sketch) {
        WeightedValues values = sketch.values();
        SortedMap<Double, Long> weights = new TreeMap<>();
        for (int i = 0; i < values.size(); i++) {
            weights.put(values.value(i) + 0.0, values.weight(i));
        }
        return weights;
    }

    /**
     * Returns the greatest difference of two categories' shares.
     *
     * @param robust whether to take off what few observations explain
     * @return a distance from 0 to 1; NaN if either has no observations
     */
    static double ofCategories(Map<String, Long> one, Map<String, Long> other, boolean robust) {
        double n = total(one.values());
        double m = total(other.values());
        Set<String> union = new HashSet<>(one.keySet());
        union.addAll(other.keySet());
        double distance = 0;
        for (String category : union) {
            double difference = one.getOrDefault(category, 0L) / n - other.getOrDefault(category, 0L) / m;
            distance = Math.max(distance, Math.abs(difference));
        }
        return corrected(distance, n, m, robust);
    }

    private static double corrected(double distance, double n, double m, boolean robust) {
        if (n == 0 || m == 0) {
            return Double.NaN;
        }
        return robust ? Math.max(0, distance - ROBUST_QUANTILE * Math.sqrt((n + m) / (n * m))) : distance;
    }

    /**
     * Returns the result of a chi-square test of goodness of fit. Categories that are not expected do not count. While too
     * many expected counts are small (two categories: any below 10; more: over 20 % below 5), the smallest is joined with
     * the second smallest.
     *
     * @param observed how often each category occurs
     * @param expected how often it occurs in the baseline
     * @param pValue whether to return the p-value instead of the statistic
     * @return NaN if fewer than two categories are left
     */
    static double chiSquared(Map<String, Long> observed, Map<String, Long> expected, boolean pValue) {
        double expectedTotal = total(expected.values());
        double observedTotal = 0;
        for (Map.Entry<String, Long> entry : observed.entrySet()) {
            observedTotal += expected.containsKey(entry.getKey()) ? entry.getValue() : 0;
        }
        List<double[]> cells = new ArrayList<>();
        for (Map.Entry<String, Long> entry : expected.entrySet()) {
            double scaled = entry.getValue() / expectedTotal * observedTotal;
            cells.add(new double[] {scaled, observed.getOrDefault(entry.getKey(), 0L)});
        }
        regroup(cells);
        if (cells.size() < FEWEST_CATEGORIES || observedTotal == 0) {
            return Double.NaN;
        }
        double statistic = 0;
        for (double[] cell : cells) {
            statistic += (cell[1] - cell[0]) * (cell[1] - cell[0]) / cell[0];
        }
        return pValue ? ChiSquaredDistribution.of(cells.size() - 1.0).survivalProbability(statistic) : statistic;
    }

    private static void regroup(List<double[]> cells) {
        while (cells.size() >= FEWEST_CATEGORIES && hasTooManySmall(cells)) {
            double[] smallest = removeSmallest(cells);
            double[] second = removeSmallest(cells);
            cells.add(new double[] {smallest[0] + second[0], smallest[1] + second[1]});
        }
    }

    private static boolean hasTooManySmall(List<double[]> cells) {
        boolean two = cells.size() == FEWEST_CATEGORIES;
        long small = cells.stream().filter(cell -> cell[0] < (two ? 10 : 5)).count();
        return small > (two ? 0 : (int) (0.2 * cells.size()));
    }

    private static double[] removeSmallest(List<double[]> cells) {
        int smallest = 0;
        for (int i = 1; i < cells.size(); i++) {
            if (cells.get(i)[0] < cells.get(smallest)[0]) {
                smallest = i;
            }
        }
        return cells.remove(smallest);
    }

    private static double total(Collection<Long> counts) {
        return counts.stream().mapToLong(Long::longValue).sum();
    }
}
