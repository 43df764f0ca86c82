package io.modelmonitor.stats.internal;

import java.util.SplittableRandom;

/** Gamma and normal random numbers. The same seed gives the same numbers everywhere. */
public final class Variates {

    private final SplittableRandom random;

    /** Creates a generator. */
    public Variates(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /**
     * Draws a number of this mean and standard deviation: of a gamma distribution when the mean is positive, as means of
     * magnitudes of rare events are, which are never below 0 and skewed; else of a normal distribution.
     */
    public double about(double mean, double standardDeviation, boolean positive) {
        if (!(standardDeviation > 0)) {
            return mean;
        }
        if (positive && mean > 0) {
            double ratio = mean / standardDeviation;
            return gamma(ratio * ratio) * standardDeviation / ratio;
        }
        return mean + standardDeviation * normal();
    }

    /**
     * Draws a gamma number of scale 1.
     *
     * <p>Source: G. Marsaglia and W. W. Tsang, A simple method for generating gamma variables, 2000; of shape 1 it is exponential.
     *
     * @param shape above 0
     */
    public double gamma(double shape) {
        if (shape < 1) {
            return gamma(shape + 1) * StrictMath.pow(1 - random.nextDouble(), 1 / shape);
        }
        if (shape == 1) {
            return -StrictMath.log(1 - random.nextDouble());
        }
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = normal();
            double v = 1 + c * x;
            if (v > 0) {
                double cube = v * v * v;
                double u = 1 - random.nextDouble();
                double square = x * x;
                // What the first condition accepts, the second does too: it spares most draws the logarithms.
                if (u < 1 - 0.0331 * square * square
                        || StrictMath.log(u) < 0.5 * square + d - d * cube + d * StrictMath.log(cube)) {
                    return d * cube;
                }
            }
        }
    }

    /** G. Marsaglia and T. A. Bray, A convenient method for generating normal variables, 1964: the polar method. */
    private double normal() {
        while (true) {
            double x = random.nextDouble(-1, 1);
            double y = random.nextDouble(-1, 1);
            double square = x * x + y * y;
            if (square > 0 && square < 1) {
                return x * Math.sqrt(-2 * StrictMath.log(square) / square);
            }
        }
    }
}
