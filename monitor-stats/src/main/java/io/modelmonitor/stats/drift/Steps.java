package io.modelmonitor.stats.drift;

import io.modelmonitor.stats.sketch.WeightedValues;

/**
 * Walks over the distinct values of two distributions together, in ascending order. At each, both distribution functions
 * and the gap to the next value are known, which is all that a distance between distribution functions needs. Takes time in
 * proportion to the number of values and no memory.
 */
final class Steps {

    private final EmpiricalDistribution reference;
    private final EmpiricalDistribution current;
    private final WeightedValues x;
    private final WeightedValues y;
    private final double referenceTotal;
    private final double currentTotal;
    private int i;
    private int j;
    private double value = Double.NaN;

    Steps(EmpiricalDistribution reference, EmpiricalDistribution current) {
        this.reference = reference;
        this.current = current;
        x = reference.values();
        y = current.values();
        referenceTotal = reference.total();
        currentTotal = current.total();
    }

    /** Moves to the next distinct value; returns false when there is none. */
    boolean next() {
        if (i == x.size() && j == y.size()) {
            return false;
        }
        if (i < x.size() && j < y.size()) {
            // Which side is next is a coin toss, so no branch depends on it.
            double a = x.value(i);
            double b = y.value(j);
            value = Math.min(a, b);
            i += a <= b ? 1 : 0;
            j += b <= a ? 1 : 0;
        } else {
            value = upcoming();
            i += i < x.size() ? 1 : 0;
            j += j < y.size() ? 1 : 0;
        }
        return true;
    }

    private double upcoming() {
        if (i == x.size()) {
            return y.value(j);
        }
        return j == y.size() ? x.value(i) : Math.min(x.value(i), y.value(j));
    }

    /** Returns how far the next value is; 0 at the last one. */
    double gap() {
        return i == x.size() && j == y.size() ? 0 : upcoming() - value;
    }

    /** Returns how many rows of the reference are at most the value. */
    double referenceCount() {
        return reference.countUpTo(i - 1);
    }

    /** Returns how many rows of the current data are at most the value. */
    double currentCount() {
        return current.countUpTo(j - 1);
    }

    /** Returns the reference's distribution function less the current one's. */
    double difference() {
        return referenceCount() / referenceTotal - currentCount() / currentTotal;
    }
}
