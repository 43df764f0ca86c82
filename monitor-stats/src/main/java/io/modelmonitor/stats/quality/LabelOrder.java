package io.modelmonitor.stats.quality;

import java.util.Comparator;

/** The order of labels: numbers by value, then text by code points, so that 2 comes before 10 and 10 before "a". */
final class LabelOrder {

    private LabelOrder() {}

    static Comparator<String> comparator() {
        return Comparator.comparingDouble(LabelOrder::number).thenComparing(Comparator.naturalOrder());
    }

    private static double number(String label) {
        // No exponents, hexadecimals or words such as NaN: labels are counted things.
        if (label.isEmpty() || !label.matches("[+-]?[0-9]{1,15}(\\.[0-9]{1,15})?")) {
            return Double.POSITIVE_INFINITY;
        }
        return Double.parseDouble(label);
    }
}
