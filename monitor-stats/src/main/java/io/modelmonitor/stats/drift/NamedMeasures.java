package io.modelmonitor.stats.drift;

import io.modelmonitor.spi.DriftMeasure;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;

/** The measures that a metric names. */
final class NamedMeasures {

    /** Measures of counts over cells. */
    static final Map<String, DriftMeasure> OF_COUNTS = ofCounts();

    /** Measures of numbers. */
    static final Map<String, ToDoubleBiFunction<EmpiricalDistribution, EmpiricalDistribution>> OF_NUMBERS = ofNumbers();

    private NamedMeasures() {}

    private static Map<String, DriftMeasure> ofCounts() {
        Map<String, DriftMeasure> all = new LinkedHashMap<>();
        all.put("drift.psi", BinnedDistances::psi);
        all.put("drift.jensen_shannon", BinnedDistances::jensenShannonBits);
        all.put("drift.hellinger", BinnedDistances::hellinger);
        all.put("drift.total_variation", BinnedDistances::totalVariation);
        all.put("drift.l_infinity", BinnedDistances::infinity);
        all.put("drift.l2", BinnedDistances::euclidean);
        all.put("drift.kullback_leibler", BinnedDistances::kullbackLeibler);
        all.put("drift.bhattacharyya", BinnedDistances::bhattacharyya);
        return Collections.unmodifiableMap(all);
    }

    private static Map<String, ToDoubleBiFunction<EmpiricalDistribution, EmpiricalDistribution>> ofNumbers() {
        Map<String, ToDoubleBiFunction<EmpiricalDistribution, EmpiricalDistribution>> all = new LinkedHashMap<>();
        all.put("drift.kolmogorov_smirnov", EmpiricalDistances::kolmogorovSmirnov);
        all.put("drift.wasserstein", EmpiricalDistances::wassersteinNormed);
        all.put("drift.energy", EmpiricalDistances::energyNormed);
        return Collections.unmodifiableMap(all);
    }
}
