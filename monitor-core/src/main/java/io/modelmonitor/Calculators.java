package io.modelmonitor;

import io.modelmonitor.internal.Arguments;
import io.modelmonitor.quality.DataQuality;
import io.modelmonitor.spi.MetricCalculator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lists of calculators, in which every name stands once. */
final class Calculators {

    private Calculators() {}

    /**
     * Returns the calculator of data quality and drift, unless it is among them, and these.
     *
     * @throws IllegalArgumentException if two have the same name
     */
    static List<MetricCalculator<?>> withStandard(List<MetricCalculator<?>> calculators) {
        boolean isGiven =
                calculators.stream().anyMatch(calculator -> calculator.name().equals(DataQuality.NAME));
        return isGiven ? with(List.of(), calculators) : with(List.of(DataQuality.standard()), calculators);
    }

    /**
     * Returns these and others, of which those that are there already are left out.
     *
     * @throws IllegalArgumentException if two have the same name
     */
    static List<MetricCalculator<?>> with(List<MetricCalculator<?>> calculators, List<MetricCalculator<?>> others) {
        Map<String, MetricCalculator<?>> byName = new LinkedHashMap<>();
        List<MetricCalculator<?>> all = new ArrayList<>(calculators);
        all.addAll(others);
        for (MetricCalculator<?> calculator : all) {
            Arguments.check(!calculator.name().isBlank(), "name", "'" + calculator.name() + "'", "anything but blanks");
            calculator.reads();
            MetricCalculator<?> earlier = byName.putIfAbsent(calculator.name(), calculator);
            if (earlier != null && earlier != calculator) {
                throw new IllegalArgumentException("calculators " + earlier + " and " + calculator + " are both named '"
                        + calculator.name() + "'; give one another name");
            }
        }
        return List.copyOf(byName.values());
    }
}
