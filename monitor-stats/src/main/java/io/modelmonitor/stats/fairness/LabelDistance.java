package io.modelmonitor.stats.fairness;

/**
 * Distances between the distributions of labels in two groups. All take counts of the same categories, in the same order,
 * and are NaN when either group is empty.
 *
 * <p>With p and q the shares of the categories in the rest and in the group.
 */
final class LabelDistance {

    private LabelDistance() {}

    /**
     * Kullback–Leibler divergence Σ p ln(p / q) in nats, from 0 to infinity (S. Kullback and R. Leibler, 1951). Infinite
     * when a category of the rest does not occur in the group: no category is left out.
     */
    public static double kullbackLeibler(long[] rest, long[] group) {
        double n = sum(rest);
        double m = sum(group);
        double sum = n == 0 || m == 0 ? Double.NaN : 0;
        for (int i = 0; i < rest.length; i++) {
            if (rest[i] > 0) {
                sum += rest[i] / n * StrictMath.log(rest[i] / n / (group[i] / m));
            }
        }
        // Never negative by Gibbs' inequality, but its rounding may be.
        return Math.max(0, sum);
    }

    /**
     * Jensen–Shannon divergence ½ KL(p, m) + ½ KL(q, m) with m = (p + q) / 2, in nats, from 0 to ln 2 (J. Lin, 1991). Not
     * its square root, the distance.
     */
    public static double jensenShannon(long[] rest, long[] group) {
        double n = sum(rest);
        double m = sum(group);
        double sum = n == 0 || m == 0 ? Double.NaN : 0;
        for (int i = 0; i < rest.length; i++) {
            double p = rest[i] / n;
            double q = group[i] / m;
            double middle = (p + q) / 2;
            sum += (p > 0 ? p * StrictMath.log(p / middle) : 0) + (q > 0 ? q * StrictMath.log(q / middle) : 0);
        }
        return Math.max(0, sum / 2);
    }

    /** Euclidean distance of the shares, sqrt(Σ (p − q)²), from 0 to √2. */
    public static double euclidean(long[] rest, long[] group) {
        double n = sum(rest);
        double m = sum(group);
        double sum = n == 0 || m == 0 ? Double.NaN : 0;
        for (int i = 0; i < rest.length; i++) {
            double difference = rest[i] / n - group[i] / m;
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }

    /** Total variation distance ½ Σ |p − q|, from 0 to 1. */
    public static double totalVariation(long[] rest, long[] group) {
        double n = sum(rest);
        double m = sum(group);
        double sum = n == 0 || m == 0 ? Double.NaN : 0;
        for (int i = 0; i < rest.length; i++) {
            sum += Math.abs(rest[i] / n - group[i] / m);
        }
        return sum / 2;
    }

    /** The greatest difference of a category's shares, max |p − q|, from 0 to 1; the service calls it Kolmogorov–Smirnov. */
    public static double greatestDifference(long[] rest, long[] group) {
        double n = sum(rest);
        double m = sum(group);
        double greatest = n == 0 || m == 0 ? Double.NaN : 0;
        for (int i = 0; i < rest.length; i++) {
            greatest = Math.max(greatest, Math.abs(rest[i] / n - group[i] / m));
        }
        return greatest;
    }

    private static double sum(long[] counts) {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }
}
