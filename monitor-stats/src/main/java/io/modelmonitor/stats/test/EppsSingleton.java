package io.modelmonitor.stats.test;

import io.modelmonitor.stats.internal.Samples;
import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.correlation.Covariance;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * The Epps-Singleton test: compares the empirical characteristic functions of two samples at two points, and so sees more
 * than a change of location. Source: Epps and Singleton (1986), An omnibus test for the two-sample problem using the empirical
 * characteristic function; scaled as in Goerg and Kaiser (2009), Nonparametric testing of distributions.
 *
 * <p>Undefined for samples of fewer than five values, with NaN or infinite values, of which the middle half are equal, when
 * one has no more than four distinct values, and when the covariance of both characteristic functions together, which the test
 * inverts, is singular; that of one of them may be.
 *
 * <p>Takes a sort's time. Pure and safe for use by several threads.
 */
public final class EppsSingleton {

    private static final double FIRST_POINT = 0.4;
    private static final int SMALL = 25;

    private EppsSingleton() {}

    /** Returns the test; for samples of fewer than 25 values with the correction for small samples. */
    public static TestResult test(double[] reference, double[] current) {
        String problem = Samples.problemOfFinite(5, reference, current);
        if (!problem.isEmpty()) {
            return TestResult.undefined(problem);
        }
        double[][] scaled = Samples.scaled(reference, current);
        double[] pooled = Samples.pooled(scaled);
        double scale = (Samples.quantile(pooled, 0.75) - Samples.quantile(pooled, 0.25)) / 2;
        if (scale == 0) {
            return TestResult.undefined("the middle half of the values are equal");
        }
        double n = reference.length;
        double m = current.length;
        RealMatrix x = features(scaled[0], scale);
        RealMatrix y = features(scaled[1], scale);
        RealMatrix ofReference = covariance(x);
        RealMatrix ofCurrent = covariance(y);
        RealMatrix covariance = ofReference.scalarMultiply((n + m) / n).add(ofCurrent.scalarMultiply((n + m) / m));
        SingularValueDecomposition decomposition = new SingularValueDecomposition(covariance);
        int dimension = covariance.getRowDimension();
        if (distinct(reference) <= dimension || distinct(current) <= dimension) {
            return TestResult.undefined("a sample has no more than " + dimension + " distinct values");
        }
        if (decomposition.getRank() < dimension) {
            return TestResult.undefined("the covariance of the characteristic functions is singular");
        }
        RealVector difference = means(x).subtract(means(y));
        double statistic =
                (n + m) * difference.dotProduct(decomposition.getSolver().solve(difference));
        if (isSmall(reference, current)) {
            statistic /= 1 + StrictMath.pow(n + m, -0.45) + 10.1 * (StrictMath.pow(n, -1.7) + StrictMath.pow(m, -1.7));
        }
        return TestResult.of(
                statistic, dimension, ChiSquaredDistribution.of(dimension).survivalProbability(statistic));
    }

    /** Returns whether both samples are so small that the statistic is corrected for it. */
    public static boolean isSmall(double[] reference, double[] current) {
        return Math.max(reference.length, current.length) < SMALL;
    }

    /** Returns the real and the imaginary parts of the characteristic function at both points, of each value. */
    private static RealMatrix features(double[] sample, double scale) {
        double[][] features = new double[sample.length][];
        for (int i = 0; i < sample.length; i++) {
            double angle = FIRST_POINT / scale * sample[i];
            double cosine = StrictMath.cos(angle);
            double sine = StrictMath.sin(angle);
            // The second point is twice the first.
            features[i] = new double[] {cosine, (cosine - sine) * (cosine + sine), sine, 2 * sine * cosine};
        }
        return new Array2DRowRealMatrix(features, false);
    }

    private static RealMatrix covariance(RealMatrix features) {
        return new Covariance(features, false).getCovarianceMatrix();
    }

    private static long distinct(double[] sample) {
        return Arrays.stream(sample).map(value -> value + 0.0).distinct().count();
    }

    private static RealVector means(RealMatrix features) {
        double[] means = new double[features.getColumnDimension()];
        for (int j = 0; j < means.length; j++) {
            means[j] = StatUtils.mean(features.getColumn(j));
        }
        return new ArrayRealVector(means, false);
    }
}
