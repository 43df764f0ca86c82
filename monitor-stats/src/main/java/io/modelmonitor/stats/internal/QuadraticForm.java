package io.modelmonitor.stats.internal;

import org.apache.commons.statistics.distribution.GammaDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The distribution of {@code sum of a_j z_j^2} with positive factors a and standard normal z, known by its power sums only.
 *
 * <p>Where the largest part rules the tail, it is taken apart. The rest is a shifted gamma distribution with the same mean,
 * variance and skewness, which is exact for equal factors and takes more skewness than any factors have; without skewness it
 * is the normal distribution. Power sums that no positive factors have, such as moments of sums over few rows, take the shifted gamma
 * distribution of all of them. Source: Hall (1983),
 * Chi squared approximations to the distribution of a sum of independent random variables. For the limit of the
 * Anderson-Darling statistic the probability is within 0.006 of the exact one everywhere, and from 0.01 to 1e-5 it is too
 * large by up to a sixth, never too small.
 *
 * @param sum the sum of the factors
 * @param squares the sum of their squares
 * @param cubes the sum of their cubes
 */
public record QuadraticForm(double sum, double squares, double cubes) {

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    private static final int SEARCH_STEPS = 60;

    /** The part of the variance from which the largest part rules the tail. */
    private static final double RULING = 0.3;

    /** With that little skewness, in units of the standard deviation, the gamma distribution is a normal one. */
    private static final double NO_SKEWNESS = 1e-3;

    // Gauss-Legendre quadrature on (-1, 1), positive half.
    private static final double[] NODES = {
        0.18343464249564978, 0.525532409916329, 0.7966664774136267, 0.9602898564975362
    };
    private static final double[] WEIGHTS = {
        0.36268378337836166, 0.3137066458778869, 0.22238103445337443, 0.10122853629037706
    };

    /** Returns the probability of a greater value. */
    public double survival(double value) {
        if (value <= 0) {
            return 1;
        }
        if (!(cubes > NO_SKEWNESS * StrictMath.pow(squares, 1.5))) {
            return NORMAL.survivalProbability((value - sum) / Math.sqrt(2 * squares));
        }
        double most = Math.min(StrictMath.cbrt(cubes), Math.min(Math.sqrt(squares), sum));
        if (!(cubes / squares < most)) {
            // Sums over few rows have heavier tails than a form with their mean.
            return shiftedGamma(sum, squares, cubes).survival(value);
        }
        double largest = largest(most);
        double restSquares = squares - largest * largest;
        double restCubes = cubes - largest * largest * largest;
        boolean hasRest = restSquares > 1e-6 * squares && restCubes > 0;
        if (!hasRest || largest * largest < RULING * squares) {
            return shiftedGamma(sum, squares, cubes).survival(value);
        }
        ShiftedGamma rest = shiftedGamma(sum - largest, restSquares, restCubes);
        double above = value - rest.origin();
        return above <= 0 ? 1 : convolved(rest, Math.sqrt(above / largest), above);
    }

    /**
     * Returns the probability that the largest part and the rest exceed a value together. Over the angle whose sine is that of
     * the largest part's root in the most that it can be, the probability is smooth even where the rest begins steeply.
     */
    private static double convolved(ShiftedGamma rest, double limit, double above) {
        double within = 0;
        for (int half = 0; half < 2; half++) {
            for (int i = 0; i < NODES.length; i++) {
                for (int sign = -1; sign <= 1; sign += 2) {
                    double angle = Math.PI / 8 * (2 * half + 1 + sign * NODES[i]);
                    double cosine = StrictMath.cos(angle);
                    within += WEIGHTS[i]
                            * cosine
                            * NORMAL.density(limit * StrictMath.sin(angle))
                            * rest.survivalAboveOrigin(above * cosine * cosine);
                }
            }
        }
        return Math.min(1, 2 * NORMAL.survivalProbability(limit) + 2 * (Math.PI / 8) * within * limit);
    }

    private static ShiftedGamma shiftedGamma(double sum, double squares, double cubes) {
        double scale = 2 * cubes / squares;
        double shape = 2 * squares / (scale * scale);
        return new ShiftedGamma(sum - shape * scale, GammaDistribution.of(shape, scale));
    }

    private record ShiftedGamma(double origin, GammaDistribution distribution) {

        double survival(double value) {
            return survivalAboveOrigin(value - origin);
        }

        double survivalAboveOrigin(double value) {
            return value <= 0 ? 1 : distribution.survivalProbability(value);
        }
    }

    /**
     * Returns the largest factor as if the others were equal: the root of {@code a^3 + (squares - a^2)^2 / (sum - a) =
     * cubes} between its bounds, the ratio of cubes to squares, and the least of the cubic root of cubes, the root of squares and the sum.
     */
    private double largest(double most) {
        double low = cubes / squares;
        double high = most;
        for (int i = 0; i < SEARCH_STEPS && high - low > 1e-9 * high; i++) {
            double middle = (low + high) / 2;
            double rest = squares - middle * middle;
            if (middle * middle * middle + rest * rest / (sum - middle) > cubes) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return (low + high) / 2;
    }
}
