package io.modelmonitor.stats.detection;

/** The error rate beside the least that it was. */
final class ErrorRate implements ChangeDetector {

    private final double deviations;
    private final int least;
    private long count;
    private double rate;
    private double leastRate = Double.POSITIVE_INFINITY;
    private double leastDeviation = Double.POSITIVE_INFINITY;

    ErrorRate(double deviations, int least) {
        this.deviations = deviations;
        this.least = least;
    }

    @Override
    public boolean add(double value) {
        count++;
        rate += ((ChangeDetectors.isError(value) ? 1 : 0) - rate) / count;
        if (count < least) {
            return false;
        }
        double deviation = Math.sqrt(rate * (1 - rate) / count);
        if (rate + deviation < leastRate + leastDeviation) {
            leastRate = rate;
            leastDeviation = deviation;
        }
        boolean isChange = rate + deviation > leastRate + deviations * leastDeviation;
        if (isChange) {
            count = 0;
            rate = 0;
            leastRate = Double.POSITIVE_INFINITY;
            leastDeviation = Double.POSITIVE_INFINITY;
        }
        return isChange;
    }
}
