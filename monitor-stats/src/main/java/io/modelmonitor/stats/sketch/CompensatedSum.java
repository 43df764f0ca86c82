package io.modelmonitor.stats.sketch;

import java.util.LinkedHashMap;
import java.util.Map;

/** A sum that keeps what rounding takes away (Neumaier, <i>Rundungsfehleranalyse einiger Verfahren zur Summation</i>, 1974). */
final class CompensatedSum {

    private double sum;
    private double compensation;

    void add(double value) {
        double next = sum + value;
        compensation += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
        sum = next;
    }

    void add(CompensatedSum other) {
        add(other.sum);
        compensation += other.compensation;
    }

    /** Returns the sum; it stays infinite once it has exceeded the largest double on the way. */
    double value() {
        return Double.isFinite(sum) ? sum + compensation : sum;
    }

    Object toTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("sum", sum);
        tree.put("compensation", compensation);
        return tree;
    }

    static CompensatedSum fromTree(Tree tree) {
        CompensatedSum sum = new CompensatedSum();
        sum.sum = tree.number("sum");
        sum.compensation = tree.number("compensation");
        return sum;
    }
}
