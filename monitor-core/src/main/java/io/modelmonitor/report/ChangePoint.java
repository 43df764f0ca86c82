package io.modelmonitor.report;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Finds where a series of numbers changed its level once, by ranks, so that single values that stand out do not matter (A. N.
 * Pettitt, A non-parametric approach to the change-point problem, Applied Statistics 28, 1979). Takes time n log n.
 */
final class ChangePoint {

    /** The probability of a change where there is none, at most about this for values that do not depend on each other. */
    private static final double LEVEL = 0.001;

    private ChangePoint() {}

    /** Returns the place of the first value after the change; -1 if chance explains what there is. */
    static int of(List<Double> values) {
        int n = values.size();
        long[] ranks = doubledRanks(values);
        long sum = 0;
        long greatest = 0;
        int place = -1;
        for (int t = 0; t < n - 1; t++) {
            // Doubled ranks, whose mean is n + 1.
            sum += ranks[t] - (n + 1L);
            if (Math.abs(sum) > greatest) {
                greatest = Math.abs(sum);
                place = t + 1;
            }
        }
        double k = greatest;
        double cubes = (double) n * n * n + (double) n * n;
        double p = 2 * StrictMath.exp(-6 * k * k / cubes);
        return p <= LEVEL ? place : -1;
    }

    /** Returns twice the mean rank of each value, from 2; equal ones share theirs. */
    private static long[] doubledRanks(List<Double> values) {
        Integer[] order = new Integer[values.size()];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparing(values::get));
        long[] ranks = new long[order.length];
        for (int from = 0; from < order.length; ) {
            int to = from + 1;
            while (to < order.length && values.get(order[to]).equals(values.get(order[from]))) {
                to++;
            }
            for (int i = from; i < to; i++) {
                ranks[order[i]] = from + 1L + to;
            }
            from = to;
        }
        return ranks;
    }
}
