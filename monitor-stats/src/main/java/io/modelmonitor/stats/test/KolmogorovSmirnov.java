package io.modelmonitor.stats.test;

import io.modelmonitor.stats.internal.Samples;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;
import org.apache.commons.statistics.inference.PValueMethod;

/**
 * Two-sample Kolmogorov-Smirnov tests of whether two samples come from the same distribution. Undefined for an empty sample or one
 * with NaN.
 *
 * <p>All p-values take the values as distinct; ties make them larger than they need be, never smaller.
 *
 * <p>Pure and safe for use by several threads.
 */
public final class KolmogorovSmirnov {

    private static final int SERIES_TERMS = 100;

    private KolmogorovSmirnov() {}

    /** Which difference counts. */
    public enum Side {
        /** Any: {@code max |F - G|}. */
        BOTH(AlternativeHypothesis.TWO_SIDED) {
            @Override
            double of(double greater, double less) {
                return Math.max(greater, less);
            }
        },
        /** The current values are greater: {@code max (F - G)}. */
        CURRENT_GREATER(AlternativeHypothesis.GREATER_THAN) {
            @Override
            double of(double greater, double less) {
                return greater;
            }
        },
        /** The current values are less: {@code max (G - F)}. */
        CURRENT_LESS(AlternativeHypothesis.LESS_THAN) {
            @Override
            double of(double greater, double less) {
                return less;
            }
        };

        private final AlternativeHypothesis alternative;

        Side(AlternativeHypothesis alternative) {
            this.alternative = alternative;
        }

        /** Returns which of max (F - G) and max (G - F) counts. */
        abstract double of(double greater, double less);
    }

    /**
     * Returns the test with the exact p-value P(D >= d), by counting lattice paths. For up to some 10,000 values a sample:
     * the time grows with the product of the sizes.
     */
    public static TestResult exact(double[] reference, double[] current, Side side) {
        String problem = Samples.problem(1, reference, current);
        if (!problem.isEmpty()) {
            return TestResult.undefined(problem);
        }
        if (Math.min(reference.length, current.length) == 1) {
            return ofOne(reference, current, side);
        }
        KolmogorovSmirnovTest.TwoResult result = KolmogorovSmirnovTest.withDefaults()
                .with(side.alternative)
                .with(PValueMethod.EXACT)
                .test(reference, current);
        return Double.isNaN(result.getPValue())
                ? TestResult.undefined("the samples are too large to count lattice paths")
                : TestResult.of(result.getStatistic(), result.getPValue());
    }

    /** A single value is equally likely to be in any place among the others, which the library does not take. */
    private static TestResult ofOne(double[] reference, double[] current, Side side) {
        double distance = distance(reference, current, side);
        int others = Math.max(reference.length, current.length);
        int asFar = 0;
        for (int below = 0; below <= others; below++) {
            double there = side.of((double) below / others, (double) (others - below) / others);
            // Distances are whole multiples of 1 / others; half of that tells them apart whatever their rounding.
            asFar += there > distance - 0.5 / others ? 1 : 0;
        }
        return TestResult.of(distance, asFar / (others + 1.0));
    }

    /** Returns the distance, from products of whole numbers so that equal ones are equal. */
    private static double distance(double[] reference, double[] current, Side side) {
        double[] x = Samples.sorted(reference);
        double[] y = Samples.sorted(current);
        double n = x.length;
        double m = y.length;
        double greater = 0;
        double less = 0;
        for (double value : Samples.pooled(reference, current)) {
            double difference = Samples.countUpTo(x, value) * m - Samples.countUpTo(y, value) * n;
            greater = Math.max(greater, difference);
            less = Math.max(less, -difference);
        }
        return side.of(greater, less) / (n * m);
    }

    /**
     * Returns the two-sided test with the p-value of the one-sample test at {@code n m / (n + m)} values, rounded half to
     * even, as SciPy has it; undefined when that rounds to none. Source: Simard and L'Ecuyer (2011), Computing the two-sided
     * Kolmogorov-Smirnov distribution.
     */
    public static TestResult asymptotic(double[] reference, double[] current) {
        String problem = Samples.problem(1, reference, current);
        if (!problem.isEmpty()) {
            return TestResult.undefined(problem);
        }
        double distance = distance(reference, current, Side.BOTH);
        double n = reference.length;
        double m = current.length;
        int size = (int) Math.rint(n * m / (n + m));
        return size == 0
                ? TestResult.undefined("the samples are too small: their effective size rounds to 0")
                : TestResult.of(distance, oneSamplePValue(distance, size));
    }

    private static double oneSamplePValue(double distance, int size) {
        if (size == 1) {
            return 2 * (1 - distance);
        }
        if (distance <= 0.5 / size) {
            return 1;
        }
        // The library has this distribution behind a test only, so it is given a sample that is just so far from
        // uniform.
        double[] sample = new double[size];
        for (int i = 0; i < size; i++) {
            sample[i] = Math.max(0, (i + 1.0) / size - distance);
        }
        return KolmogorovSmirnovTest.withDefaults().test(sample, u -> u).getPValue();
    }

    /**
     * Returns the two-sided p-value of Kolmogorov's limit, {@code Q(sqrt(n m / (n + m)) D)} with {@code Q(x) = 2 sum over j >=
     * 1 of (-1)^(j-1) exp(-2 j^2 x^2)}. Source: Smirnov (1948), Table for estimating the goodness of fit of empirical
     * distributions.
     *
     * @param distance the distance D
     * @param n the number of reference rows
     * @param m the number of current rows
     */
    public static double limitPValue(double distance, double n, double m) {
        return tail(Math.sqrt(n * m / (n + m)) * distance);
    }

    /**
     * Returns the two-sided p-value of Kolmogorov's limit with Stephens' correction for small samples, {@code Q((e + 0.12 +
     * 0.11 / e) D)} with {@code e = sqrt(n m / (n + m))}. Needs no values, so it serves sketches. Source: Stephens (1970), Use
     * of the Kolmogorov-Smirnov, Cramer-von Mises and related statistics without extensive tables.
     *
     * @param distance the distance D; for sketches less both rank errors, as those are no change
     * @param n the number of reference rows
     * @param m the number of current rows
     */
    public static double stephensPValue(double distance, double n, double m) {
        double root = Math.sqrt(n * m / (n + m));
        return tail((root + 0.12 + 0.11 / root) * distance);
    }

    /** Returns the distance to be expected from chance alone: the mean of Kolmogorov's distribution over the root of nm/(n+m). */
    public static double expectedDistance(double n, double m) {
        return Math.sqrt(Math.PI / 2) * StrictMath.log(2) * Math.sqrt((n + m) / (n * m));
    }

    private static double tail(double x) {
        if (Double.isNaN(x)) {
            return Double.NaN;
        }
        if (x <= 0) {
            return 1;
        }
        // The alternating series converges slowly near zero, where its theta-function twin needs a term or two.
        return x < 1 ? 1 - head(x) : upper(x);
    }

    private static double upper(double x) {
        double sum = 0;
        double sign = 2;
        for (int j = 1; j <= SERIES_TERMS; j++) {
            double term = sign * StrictMath.exp(-2 * j * j * x * x);
            sum += term;
            sign = -sign;
            if (Math.abs(term) <= 1e-18 * Math.abs(sum)) {
                break;
            }
        }
        return sum;
    }

    private static double head(double x) {
        double sum = 0;
        for (int j = 1; j <= SERIES_TERMS; j += 2) {
            double term = StrictMath.exp(-j * j * Math.PI * Math.PI / (8 * x * x));
            sum += term;
            if (term <= 1e-18 * sum) {
                break;
            }
        }
        return Math.sqrt(2 * Math.PI) / x * sum;
    }
}
