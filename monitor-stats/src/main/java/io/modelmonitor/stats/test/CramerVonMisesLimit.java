package io.modelmonitor.stats.test;

/**
 * The limit distribution of the Cramer-von Mises statistic: that of {@code sum over j of z_j^2 / (j pi)^2} with standard normal
 * z. Pure and safe for use by several threads.
 */
final class CramerVonMisesLimit {

    /** Below this the distribution function is less than 1e-17. */
    private static final double LEAST = 0.003;

    private static final int NODES = 64;
    private static final int ARCHES = 60;
    private static final int MOST_TERMS = 1_000;

    private CramerVonMisesLimit() {}

    /**
     * Returns the probability of a greater value, precise relative to itself in the tail. Source: Smirnov (1937), On the
     * distribution of the omega-square criterion: an alternating sum of integrals of {@code (2 / pi) exp(-x y^2 / 2) /
     * sqrt(-y sin y)} over the arches from (2j - 1) pi to 2j pi. Each is taken by Chebyshev's quadrature, whose weight takes
     * away the roots at both ends.
     */
    static double tail(double x) {
        if (x < LEAST) {
            return 1;
        }
        if (x < 0.1) {
            return cutTail(x, 0);
        }
        double sum = 0;
        double sign = 1;
        for (int j = 1; j <= ARCHES; j++) {
            double middle = (2 * j - 0.5) * Math.PI;
            double arch = 0;
            for (int node = 0; node < NODES; node++) {
                double cosine = StrictMath.cos((node + 0.5) * Math.PI / NODES);
                double y = middle + cosine * Math.PI / 2;
                double root = Math.sqrt((1 - cosine) * (1 + cosine) / (-y * StrictMath.sin(y)));
                arch += StrictMath.exp(-x * y * y / 2) * root;
            }
            double term = arch * Math.PI / 2 * Math.PI / NODES * 2 / Math.PI;
            sum += sign * term;
            if (term <= 1e-17 * sum) {
                break;
            }
            sign = -sign;
        }
        return Math.min(1, sum);
    }

    /**
     * Returns one less the distribution function by Anderson and Darling's series (1952, equation 4.35), left off at the first
     * term below a size. Precise to about that size, not relative to itself.
     */
    static double cutTail(double x, double leastTerm) {
        if (x < LEAST) {
            return 1;
        }
        double sum = 0;
        double ratio = Math.sqrt(Math.PI);
        for (int k = 0; k < MOST_TERMS; k++) {
            double y = 4 * k + 1;
            double term = ratio
                    / (StrictMath.pow(Math.PI, 1.5) * Math.sqrt(x))
                    * Math.sqrt(y)
                    * scaledBessel(y * y / (16 * x));
            sum += term;
            if (term < leastTerm || term <= 1e-17 * sum) {
                break;
            }
            ratio *= (k + 0.5) / (k + 1);
        }
        return Math.max(0, 1 - sum);
    }

    /**
     * Returns {@code exp(-q) K(q)} for the modified Bessel function K of order 1/4: the integral of {@code exp(-q (1 + cosh
     * t)) cosh(t / 4)} from 0, by the trapezoidal rule, which converges exponentially here.
     */
    private static double scaledBessel(double q) {
        double step = 1.0 / 16;
        double sum = StrictMath.exp(-2 * q) / 2;
        for (int i = 1; ; i++) {
            double t = i * step;
            double term = StrictMath.exp(-q * (1 + StrictMath.cosh(t))) * StrictMath.cosh(t / 4);
            sum += term;
            if (term <= 1e-18 * sum) {
                return sum * step;
            }
        }
    }
}
