package io.modelmonitor.stats.internal.drift;

import io.modelmonitor.stats.sketch.WeightedValues;
import java.util.Arrays;

/**
 * The empirical distribution functions of two samples at every distinct pooled value, in ascending order. Everything that is
 * tested of numbers depends on the data through this alone. Takes time and memory in proportion to the number of values. Not
 * changed once built.
 */
final class PooledEcdf {

    /** The distinct values in ascending order. */
    final double[] values;

    /** The number of rows of the reference up to each value. */
    final double[] reference;

    /** The number of current rows up to each value. */
    final double[] current;

    /** The number of distinct values. */
    final int size;

    /** The number of rows of the reference. */
    final double n;

    /** The number of current rows. */
    final double m;

    /** The rank error of the reference, as a share of its rows. */
    private final double referenceError;

    /** The rank error of the current data, as a share of its rows. */
    private final double currentError;

    private PooledEcdf(
            double[] values,
            double[] reference,
            double[] current,
            int size,
            double n,
            double m,
            double referenceError,
            double currentError) {
        this.values = values;
        this.reference = reference;
        this.current = current;
        this.size = size;
        this.n = n;
        this.m = m;
        this.referenceError = referenceError;
        this.currentError = currentError;
    }

    static PooledEcdf of(EmpiricalDistribution reference, EmpiricalDistribution current) {
        WeightedValues x = reference.values();
        WeightedValues y = current.values();
        int most = x.size() + y.size();
        double[] values = new double[most];
        double[] ofReference = new double[most];
        double[] ofCurrent = new double[most];
        int size = 0;
        int i = 0;
        int j = 0;
        while (i < x.size() || j < y.size()) {
            double value;
            if (i < x.size() && j < y.size()) {
                // Which side is next cannot be predicted, so no branch depends on it.
                double a = x.value(i);
                double b = y.value(j);
                value = Math.min(a, b);
                i += a <= b ? 1 : 0;
                j += b <= a ? 1 : 0;
            } else {
                value = i < x.size() ? x.value(i++) : y.value(j++);
            }
            values[size] = value;
            ofReference[size] = reference.countUpTo(i - 1);
            ofCurrent[size] = current.countUpTo(j - 1);
            size++;
        }
        return new PooledEcdf(
                values,
                ofReference,
                ofCurrent,
                size,
                reference.total(),
                current.total(),
                reference.rankError(),
                current.rankError());
    }

    /** Returns the distance from a value to the next one; 0 at the last one. */
    double gap(int value) {
        return value == size - 1 ? 0 : values[value + 1] - values[value];
    }

    /** Returns the reference's distribution function less the current one's at a value. */
    double difference(int value) {
        return reference[value] / n - current[value] / m;
    }

    /** Returns the share of the pooled rows up to a value. */
    double pooled(int value) {
        return (reference[value] + current[value]) / (n + m);
    }

    /** Returns the number of pooled rows of a value. */
    double weight(int value) {
        return referenceWeight(value) + currentWeight(value);
    }

    /** Returns the number of rows of the reference of a value. */
    double referenceWeight(int value) {
        return value == 0 ? reference[0] : reference[value] - reference[value - 1];
    }

    /** Returns the number of current rows of a value. */
    double currentWeight(int value) {
        return value == 0 ? current[0] : current[value] - current[value - 1];
    }

    /** Returns the value with most pooled rows, the first of equal ones. */
    int mode() {
        int mode = 0;
        for (int i = 1; i < size; i++) {
            mode = weight(i) > weight(mode) ? i : mode;
        }
        return mode;
    }

    /** Returns the bound on the error of a difference of distribution functions, from 0 to 1. */
    double rankError() {
        return Math.min(1, referenceError + currentError);
    }

    /** Returns the distribution functions of the rows that do not have a value. */
    PooledEcdf without(int value) {
        double fewer = referenceWeight(value);
        double fewerCurrent = currentWeight(value);
        double[] ofReference = removed(reference, value, fewer);
        double[] ofCurrent = removed(current, value, fewerCurrent);
        // An error of ranks is one of rows, which are a larger share of fewer rows.
        double error = n > fewer ? referenceError * n / (n - fewer) : 0;
        double errorOfCurrent = m > fewerCurrent ? currentError * m / (m - fewerCurrent) : 0;
        return new PooledEcdf(
                removed(values, value, 0),
                ofReference,
                ofCurrent,
                size - 1,
                n - fewer,
                m - fewerCurrent,
                error,
                errorOfCurrent);
    }

    private double[] removed(double[] from, int value, double rows) {
        double[] rest = Arrays.copyOf(from, size - 1);
        for (int i = value; i < size - 1; i++) {
            rest[i] = from[i + 1] - rows;
        }
        return rest;
    }
}
