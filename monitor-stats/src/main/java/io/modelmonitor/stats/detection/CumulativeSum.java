package io.modelmonitor.stats.detection;

/** The cumulative sum of what exceeds the running mean, cut at 0. */
final class CumulativeSum implements ChangeDetector {

    private final double tolerance;
    private final double threshold;
    private final double memory;
    private final int least;
    private long count;
    private double mean;
    private double sum;

    CumulativeSum(double tolerance, double threshold, double memory, int least) {
        this.tolerance = tolerance;
        this.threshold = threshold;
        this.memory = memory;
        this.least = least;
    }

    @Override
    public boolean add(double value) {
        ChangeDetectors.finite(value);
        count++;
        mean += (value - mean) / count;
        sum = Math.max(0, memory * sum + (value - mean - tolerance));
        boolean isChange = count >= least && sum > threshold;
        if (isChange) {
            count = 0;
            mean = 0;
            sum = 0;
        }
        return isChange;
    }
}
