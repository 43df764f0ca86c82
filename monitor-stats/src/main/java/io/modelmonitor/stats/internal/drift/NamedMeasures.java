package io.modelmonitor.stats.internal.drift;

import io.modelmonitor.api.NamedDrift;
import io.modelmonitor.spi.DriftMeasure;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The measures that have a name: every one is either of counts or of numbers. */
final class NamedMeasures {

    /** Measures of counts over cells. */
    static final Map<NamedDrift, OfCounts> OF_COUNTS = ofCounts();

    /** Measures of numbers. */
    static final Map<NamedDrift, OfNumbers> OF_NUMBERS = ofNumbers();

    private NamedMeasures() {}

    /**
     * A measure of counts.
     *
     * @param measure what computes it
     * @param dense what judges counts where cells are dense
     * @param excess the size less what chance gives, from both
     */
    record OfCounts(
            DriftMeasure measure,
            Function<PermutationNull, Function<PooledCounts, NullSummary>> dense,
            DoubleBinaryOperator excess) {

        private static OfCounts distance(DriftMeasure measure, SumMeasure sum) {
            return new OfCounts(measure, cells -> cells.judge(sum), Excess::ofDistance);
        }

        private static OfCounts divergence(DriftMeasure measure, SumMeasure sum) {
            return new OfCounts(measure, cells -> cells.judge(sum), Excess::ofDivergence);
        }
    }

    /**
     * A measure of numbers.
     *
     * @param size its value
     * @param chance its null distribution
     * @param excess the value less what chance gives
     */
    record OfNumbers(
            ToDoubleFunction<NumberDistances> size,
            Function<NumberDistances, NullSummary> chance,
            ToDoubleFunction<NumberDistances> excess) {

        private static OfNumbers of(
                ToDoubleFunction<NumberDistances> size, Function<NumberDistances, NullSummary> chance) {
            return new OfNumbers(
                    size,
                    chance,
                    numbers -> Excess.ofDistance(
                            size.applyAsDouble(numbers), chance.apply(numbers).expected()));
        }
    }

    private static Map<NamedDrift, OfCounts> ofCounts() {
        Map<NamedDrift, OfCounts> all = new EnumMap<>(NamedDrift.class);
        all.put(
                NamedDrift.PSI,
                OfCounts.divergence(
                        (reference, current) ->
                                BinnedDistances.psi(reference, current, ZeroRule.HALF_A_ROW_IF_OCCUPIED),
                        SumMeasure.PSI));
        all.put(
                NamedDrift.JENSEN_SHANNON,
                OfCounts.distance(BinnedDistances::jensenShannonBits, SumMeasure.JENSEN_SHANNON));
        all.put(NamedDrift.HELLINGER, OfCounts.distance(BinnedDistances::hellinger, SumMeasure.HELLINGER));
        all.put(
                NamedDrift.TOTAL_VARIATION,
                OfCounts.distance(BinnedDistances::totalVariation, SumMeasure.TOTAL_VARIATION));
        all.put(
                NamedDrift.L_INFINITY,
                new OfCounts(BinnedDistances::infinity, PermutationNull::judgeGreatest, Excess::ofDistance));
        all.put(NamedDrift.L2, OfCounts.distance(BinnedDistances::euclidean, SumMeasure.EUCLIDEAN));
        all.put(
                NamedDrift.KULLBACK_LEIBLER,
                OfCounts.divergence(
                        (reference, current) ->
                                BinnedDistances.kullbackLeibler(reference, current, ZeroRule.HALF_A_ROW_IF_OCCUPIED),
                        SumMeasure.KULLBACK_LEIBLER));
        all.put(
                NamedDrift.BHATTACHARYYA,
                OfCounts.divergence(BinnedDistances::bhattacharyya, SumMeasure.BHATTACHARYYA));
        return Collections.unmodifiableMap(all);
    }

    private static Map<NamedDrift, OfNumbers> ofNumbers() {
        Map<NamedDrift, OfNumbers> all = new EnumMap<>(NamedDrift.class);
        all.put(
                NamedDrift.KOLMOGOROV_SMIRNOV,
                new OfNumbers(
                        NumberDistances::kolmogorovSmirnov,
                        NumberDistances::kolmogorovSmirnovNull,
                        NumberDistances::kolmogorovSmirnovExcess));
        all.put(NamedDrift.WASSERSTEIN, OfNumbers.of(NumberDistances::wasserstein, NumberDistances::wassersteinNull));
        all.put(NamedDrift.ENERGY, OfNumbers.of(NumberDistances::energy, NumberDistances::energyNull));
        return Collections.unmodifiableMap(all);
    }
}
