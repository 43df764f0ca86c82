package io.modelmonitor.stats.fairness;

import java.util.SplittableRandom;

/**
 * Draws binomial numbers in constant time: by inversion where few successes are expected, else by transformed rejection
 * with squeeze (W. Hörmann, The generation of binomial random variates, J. Statist. Comput. Simul. 46, 1993, algorithm
 * BTRS). Not safe for use by several threads.
 */
final class Binomial {

    /** Expected successes from which rejection is faster than counting up, and its constants are valid. */
    private static final double FEW = 10;

    private static final double HALF_LOG_TWO_PI = 0.9189385332046728;

    private static final double[] LOG_FACTORIALS = new double[4096];

    static {
        for (int i = 2; i < LOG_FACTORIALS.length; i++) {
            LOG_FACTORIALS[i] = LOG_FACTORIALS[i - 1] + StrictMath.log(i);
        }
    }

    private final SplittableRandom random;

    Binomial(SplittableRandom random) {
        this.random = random;
    }

    /** Draws the number of successes in n trials of probability p. */
    long draw(long n, double p) {
        if (p > 0.5) {
            return n - draw(n, 1 - p);
        }
        if (n == 0 || !(p > 0)) {
            return 0;
        }
        return n * p < FEW ? countUp(n, p) : reject(n, p);
    }

    private long countUp(long n, double p) {
        double odds = p / (1 - p);
        double u = random.nextDouble();
        double probability = StrictMath.exp(n * StrictMath.log1p(-p));
        long k = 0;
        while (u > probability && k < n) {
            u -= probability;
            k++;
            probability *= odds * (n - k + 1) / k;
        }
        return k;
    }

    private long reject(long n, double p) {
        double deviation = Math.sqrt(n * p * (1 - p));
        double b = 1.15 + 2.53 * deviation;
        double a = -0.0873 + 0.0248 * b + 0.01 * p;
        double center = n * p + 0.5;
        double squeeze = 0.92 - 4.2 / b;
        double alpha = (2.83 + 5.1 / b) * deviation;
        double logOdds = StrictMath.log(p / (1 - p));
        long mode = (long) Math.floor((n + 1) * p);
        double atMode = logFactorial(mode) + logFactorial(n - mode);
        while (true) {
            double u = random.nextDouble() - 0.5;
            double v = random.nextDouble();
            double us = 0.5 - Math.abs(u);
            double k = Math.floor((2 * a / us + b) * u + center);
            if (us >= 0.07 && v <= squeeze) {
                return (long) k;
            }
            if (k < 0 || k > n) {
                continue;
            }
            double limit = atMode - logFactorial((long) k) - logFactorial(n - (long) k) + (k - mode) * logOdds;
            if (StrictMath.log(v * alpha / (a / (us * us) + b)) <= limit) {
                return (long) k;
            }
        }
    }

    /** ln n! from a table, and beyond it by Stirling's series. */
    private static double logFactorial(long n) {
        if (n < LOG_FACTORIALS.length) {
            return LOG_FACTORIALS[(int) n];
        }
        double inverse = 1.0 / n;
        double square = inverse * inverse;
        double series = inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square / 1680)));
        return (n + 0.5) * StrictMath.log((double) n) - n + HALF_LOG_TWO_PI + series;
    }
}
