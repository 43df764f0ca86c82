package io.modelmonitor.stats.quality;

/**
 * A running mean with its spread, by Welford's update and Chan's merge (T. F. Chan, G. H. Golub, R. J. LeVeque, The
 * American Statistician 37, 1983), so that a large common offset costs no digits.
 */
final class Mean {

    private long count;
    private double mean;
    private double squares;

    void add(double value) {
        count++;
        double delta = value - mean;
        mean += delta / count;
        squares += delta * (value - mean);
    }

    void merge(Mean other) {
        if (other.count == 0) {
            return;
        }
        long total = count + other.count;
        double delta = other.mean - mean;
        squares += other.squares + delta * delta * ((double) count * other.count / total);
        mean += delta * other.count / total;
        count = total;
    }

    long count() {
        return count;
    }

    /** Returns the mean; NaN of nothing. */
    double value() {
        return count == 0 ? Double.NaN : mean;
    }

    /** Returns the sum of squares about zero, divided by the count; NaN of nothing. */
    double meanSquare() {
        return count == 0 ? Double.NaN : mean * mean + squares / count;
    }

    /** Returns the standard error of the mean, s/√n; NaN of fewer than two values. */
    double standardError() {
        return count < 2 ? Double.NaN : Math.sqrt(squares / (count - 1) / count);
    }
}
