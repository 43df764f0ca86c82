package io.modelmonitor.attribution;

import io.modelmonitor.api.Exhibit;
import io.modelmonitor.api.Metric;
import io.modelmonitor.stats.attribution.GlobalAttribution;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The local attributions of a sample of rows to one output, as strips to look at: position i of every strip is row i. A
 * baseline keeps what its metrics show, and so later windows are compared with its rows.
 */
final class LocalValues {

    /** The most rows that are shown, and kept with a baseline. */
    static final int MOST_ROWS = 200;

    /** Five digits are more than Kernel SHAP knows, and a third of what a double takes in a file. */
    private static final MathContext SHOWN = new MathContext(5);

    private LocalValues() {}

    /**
     * Returns the strips of an output.
     *
     * @param order the positions of the features in the order to be shown
     */
    static Exhibit of(GlobalAttribution global, int output, String label, List<String> features, int[] order) {
        double[][] rows = global.sampledRows(output, MOST_ROWS);
        List<String> names = new ArrayList<>();
        List<List<Double>> points = new ArrayList<>();
        for (int feature : order) {
            names.add(features.get(feature));
            points.add(Arrays.stream(rows)
                    .map(row -> new BigDecimal(row[feature]).round(SHOWN).doubleValue())
                    .toList());
        }
        return new Exhibit.Strips(title(label), "contribution", names, points);
    }

    /**
     * Returns the rows behind an output's strips.
     *
     * @param shown the metric that shows them, if there is one
     * @return for each row a contribution of each feature; empty if they are not known, or of other features
     */
    static double[][] rows(@Nullable Metric shown, String label, List<String> features) {
        if (shown != null) {
            for (Exhibit exhibit : shown.exhibits()) {
                if (exhibit instanceof Exhibit.Strips strips
                        && strips.title().equals(title(label))
                        && strips.names().containsAll(features)) {
                    return rows(strips, features);
                }
            }
        }
        return new double[0][];
    }

    private static double[][] rows(Exhibit.Strips strips, List<String> features) {
        int count = strips.points().stream().mapToInt(List::size).min().orElse(0);
        double[][] rows = new double[count][features.size()];
        for (int j = 0; j < features.size(); j++) {
            List<Double> strip = strips.points().get(strips.names().indexOf(features.get(j)));
            for (int i = 0; i < count; i++) {
                rows[i][j] = strip.get(i);
            }
        }
        return rows;
    }

    private static String title(String label) {
        return label.isEmpty() ? "Local attributions" : "Local attributions of " + label;
    }
}
