package io.modelmonitor.stats.drift;

/**
 * Both distribution functions at every distinct value of two distributions, in arrays, for what goes over them more than once.
 * Takes time and memory in proportion to the number of values. Not changed once built.
 */
final class PooledSteps {

    /** How many rows of the reference are at most each value. */
    final double[] reference;

    /** How many rows of the current data are at most each value. */
    final double[] current;

    /** How far the next value is; 0 at the last one. */
    final double[] gaps;

    /** The number of distinct values. */
    final int size;

    /** The number of rows of the reference. */
    final double n;

    /** The number of rows of the current data. */
    final double m;

    PooledSteps(EmpiricalDistribution reference, EmpiricalDistribution current) {
        int most = reference.values().size() + current.values().size();
        this.reference = new double[most];
        this.current = new double[most];
        gaps = new double[most];
        n = reference.total();
        m = current.total();
        Steps steps = new Steps(reference, current);
        int count = 0;
        while (steps.next()) {
            this.reference[count] = steps.referenceCount();
            this.current[count] = steps.currentCount();
            gaps[count] = steps.gap();
            count++;
        }
        size = count;
    }

    /** Returns the reference's distribution function less the current one's at a value. */
    double difference(int value) {
        return reference[value] / n - current[value] / m;
    }

    /** Returns the share of the pooled rows that are at most a value. */
    double pooled(int value) {
        return (reference[value] + current[value]) / (n + m);
    }
}
