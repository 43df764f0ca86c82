package io.modelmonitor.stats.internal.drift;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * A measure of counts that grows with a sum over cells of a term that is least where both shares are equal.
 *
 * @param term the term of a cell, from the shares p of the reference and q of the current data
 * @param hasHalfRows whether half a row is added to every cell that has rows ({@link ZeroRule#HALF_A_ROW_IF_OCCUPIED})
 * @param size the measure of a sum
 * @param isRoot whether the measure is in proportion to the root of the sum
 * @param isSmooth whether the term has a second derivative; else it is in proportion to |p - q|
 */
record SumMeasure(
        DoubleBinaryOperator term, boolean hasHalfRows, DoubleUnaryOperator size, boolean isRoot, boolean isSmooth) {

    private static final double LOG_OF_2 = StrictMath.log(2);

    static final SumMeasure PSI = ofHalfRows((p, q) -> p == q ? 0 : (q - p) * StrictMath.log(q / p));

    /** The parts that make each term least where shares are equal add up to nothing. */
    static final SumMeasure KULLBACK_LEIBLER = ofHalfRows((p, q) -> p == q ? 0 : q * StrictMath.log(q / p) - q + p);

    static final SumMeasure JENSEN_SHANNON =
            new SumMeasure(SumMeasure::jensenShannon, false, sum -> Math.sqrt(sum / LOG_OF_2), true, true);

    static final SumMeasure HELLINGER = new SumMeasure(SumMeasure::hellinger, false, Math::sqrt, true, true);

    /** The distance is a function of Hellinger's, {@code -ln(1 - H^2)}. */
    static final SumMeasure BHATTACHARYYA =
            new SumMeasure(SumMeasure::hellinger, false, sum -> -StrictMath.log1p(-Math.min(1, sum)), false, true);

    static final SumMeasure TOTAL_VARIATION =
            new SumMeasure((p, q) -> Math.abs(p - q) / 2, false, DoubleUnaryOperator.identity(), false, false);

    static final SumMeasure EUCLIDEAN = new SumMeasure((p, q) -> (p - q) * (p - q), false, Math::sqrt, true, true);

    private static SumMeasure ofHalfRows(DoubleBinaryOperator term) {
        return new SumMeasure(term, true, DoubleUnaryOperator.identity(), false, true);
    }

    private static double jensenShannon(double p, double q) {
        double middle = (p + q) / 2;
        return (relativeEntropy(p, middle) + relativeEntropy(q, middle)) / 2;
    }

    private static double relativeEntropy(double p, double q) {
        return p == 0 ? 0 : p * StrictMath.log(p / q);
    }

    private static double hellinger(double p, double q) {
        double difference = Math.sqrt(p) - Math.sqrt(q);
        return difference * difference / 2;
    }
}
