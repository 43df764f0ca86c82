package io.modelmonitor.stats.drift;

import io.modelmonitor.api.NamedDrift;
import io.modelmonitor.spi.DriftMeasure;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** What computes each measure that has a name: every one is either of counts or of numbers. */
final class NamedMeasures {

    /** Measures of counts over cells. */
    static final Map<NamedDrift, DriftMeasure> OF_COUNTS = ofCounts();

    /** Measures of numbers. */
    static final Map<NamedDrift, OfNumbers> OF_NUMBERS = ofNumbers();

    private NamedMeasures() {}

    /**
     * A measure of numbers.
     *
     * @param size its value
     * @param chance what chance says of it
     */
    record OfNumbers(ToDoubleFunction<NumberDistances> size, Function<NumberDistances, Chance> chance) {}

    private static Map<NamedDrift, DriftMeasure> ofCounts() {
        Map<NamedDrift, DriftMeasure> all = new EnumMap<>(NamedDrift.class);
        all.put(NamedDrift.PSI, BinnedDistances::psi);
        all.put(NamedDrift.JENSEN_SHANNON, BinnedDistances::jensenShannonBits);
        all.put(NamedDrift.HELLINGER, BinnedDistances::hellinger);
        all.put(NamedDrift.TOTAL_VARIATION, BinnedDistances::totalVariation);
        all.put(NamedDrift.L_INFINITY, BinnedDistances::infinity);
        all.put(NamedDrift.L2, BinnedDistances::euclidean);
        all.put(
                NamedDrift.KULLBACK_LEIBLER,
                (reference, current) -> BinnedDistances.kullbackLeibler(reference, current, ZeroRule.HALF_A_ROW));
        all.put(NamedDrift.BHATTACHARYYA, BinnedDistances::bhattacharyya);
        return Collections.unmodifiableMap(all);
    }

    private static Map<NamedDrift, OfNumbers> ofNumbers() {
        Map<NamedDrift, OfNumbers> all = new EnumMap<>(NamedDrift.class);
        all.put(
                NamedDrift.KOLMOGOROV_SMIRNOV,
                new OfNumbers(NumberDistances::kolmogorovSmirnov, NumberDistances::chanceOfKolmogorovSmirnov));
        all.put(
                NamedDrift.WASSERSTEIN,
                new OfNumbers(NumberDistances::wasserstein, NumberDistances::chanceOfWasserstein));
        all.put(NamedDrift.ENERGY, new OfNumbers(NumberDistances::energy, NumberDistances::chanceOfEnergy));
        return Collections.unmodifiableMap(all);
    }
}
