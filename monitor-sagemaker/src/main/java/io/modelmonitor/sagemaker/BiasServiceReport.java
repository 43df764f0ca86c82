package io.modelmonitor.sagemaker;

import io.modelmonitor.sagemaker.BiasAnalysis.Group;
import io.modelmonitor.sagemaker.BiasAnalysis.Section;
import io.modelmonitor.sagemaker.BiasAnalysis.Value;
import io.modelmonitor.stats.fairness.FlipTest;
import io.modelmonitor.stats.fairness.GroupComparison;
import io.modelmonitor.stats.fairness.OutcomeCounts;
import io.modelmonitor.stats.fairness.Outcomes;
import io.modelmonitor.stats.fairness.People;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Measures bias as the service's reference library does. */
final class BiasServiceReport {

    private static final int FEW = 10;
    private static final int NEIGHBOURS_OF_FEW = 1;

    private final BiasTable table;
    private final BiasAnalysisConfig config;
    private final boolean[] labels;
    private final boolean @Nullable [] predictions;
    private final int @Nullable [] strata;
    private final String labelName;

    private BiasServiceReport(BiasTable table, BiasAnalysisConfig config) {
        this.table = table;
        this.config = config;
        BiasColumn label = table.column(config.label());
        boolean continuous = label.isContinuous(config.labelValues());
        this.labels = label.mask(config.labelValues(), continuous);
        this.labelName = label.name(config.labelValues(), continuous);
        String predicted = config.predictedLabel();
        this.predictions = predicted == null ? null : predictions(predicted, continuous);
        String group = config.groupVariable();
        this.strata = group == null ? null : codes(table.column(group), table.rows());
    }

    /** Returns who is predicted to be positive: a score above the threshold, if there is one, predicts the label 1, else 0. */
    private boolean[] predictions(String predicted, boolean continuous) {
        BiasColumn column = table.column(predicted);
        Double threshold = config.probabilityThreshold();
        return threshold == null
                ? column.mask(config.labelValues(), continuous)
                : column.labelsAbove(threshold, predicted).mask(config.labelValues(), continuous);
    }

    static BiasAnalysis of(BiasTable table, BiasAnalysisConfig config) {
        BiasServiceReport report = new BiasServiceReport(table, config);
        return new BiasAnalysis(report.section(true), report.section(false));
    }

    /** Returns the measures of predictions, or of labels; null if none is wanted. */
    private @Nullable Section section(boolean postTraining) {
        List<BiasServiceMetric> wanted = Arrays.stream(BiasServiceMetric.values())
                .filter(metric -> metric.isPostTraining() == postTraining && config.isMeasured(metric.name()))
                .toList();
        if (wanted.isEmpty() || (postTraining && predictions == null)) {
            return null;
        }
        Map<String, List<Group>> facets = new LinkedHashMap<>();
        for (BiasAnalysisConfig.Facet facet : config.facets()) {
            List<Group> groups = facets.computeIfAbsent(facet.column(), name -> new ArrayList<>());
            BiasColumn column = table.column(facet.column());
            boolean continuous = column.isContinuous(facet.values());
            if (facet.values().isEmpty() && !continuous) {
                column.distinct().forEach(value -> groups.add(group(facet.column(), List.of(value), false, wanted)));
            } else {
                groups.add(group(facet.column(), facet.values(), continuous, wanted));
            }
        }
        return new Section(config.label(), labelName, facets);
    }

    private Group group(String facet, List<String> values, boolean continuous, List<BiasServiceMetric> wanted) {
        BiasColumn column = table.column(facet);
        boolean[] sensitive = column.mask(values, continuous);
        GroupComparison comparison = comparison(sensitive);
        List<Value> metrics = wanted.stream()
                .map(metric -> measure(metric, comparison, facet, sensitive))
                .sorted(Comparator.comparing(Value::name))
                .toList();
        return new Group(column.name(values, continuous), metrics);
    }

    private GroupComparison comparison(boolean[] sensitive) {
        OutcomeCounts counts = OutcomeCounts.create();
        for (int row = 0; row < sensitive.length; row++) {
            counts.add(
                    sensitive[row] ? 1 : 0,
                    strata == null ? OutcomeCounts.NO_STRATUM : strata[row],
                    code(labels, row),
                    predictions == null ? Outcomes.UNKNOWN : code(predictions, row));
        }
        return counts.comparison(1);
    }

    private static int code(boolean[] positive, int row) {
        return positive[row] ? Outcomes.POSITIVE : Outcomes.NEGATIVE;
    }

    private Value measure(BiasServiceMetric metric, GroupComparison comparison, String facet, boolean[] sensitive) {
        if (metric.isPostTraining() && predictions != null && !isAny(predictions)) {
            return metric.refused(BiasServiceMetric.NO_POSITIVE_PREDICTION);
        }
        return switch (metric) {
            case CDDL -> conditional(metric, comparison, labels);
            case CDDPL -> conditional(metric, comparison, predictions);
            case FT -> flipTest(comparison, facet, sensitive);
            default -> metric.of(comparison);
        };
    }

    private Value conditional(BiasServiceMetric metric, GroupComparison comparison, boolean @Nullable [] positive) {
        if (strata == null) {
            return metric.refused(BiasServiceMetric.NO_GROUP_VARIABLE);
        }
        if (positive == null || !isAny(positive)) {
            return metric.refused("No positive labels in set");
        }
        for (boolean is : positive) {
            if (!is) {
                return metric.of(comparison);
            }
        }
        return metric.refused("No negative labels in set");
    }

    private Value flipTest(GroupComparison comparison, String facet, boolean[] sensitive) {
        String emptiness = BiasServiceMetric.FT.emptiness(comparison);
        if (!emptiness.isEmpty()) {
            return BiasServiceMetric.FT.refused(emptiness);
        }
        Set<String> notFeatures = new HashSet<>(Arrays.asList(facet, config.label(), config.predictedLabel()));
        notFeatures.addAll(config.excludedColumns());
        List<BiasColumn> features = new ArrayList<>();
        table.columns().forEach((name, column) -> {
            if (!notFeatures.contains(name)) {
                features.add(column);
            }
        });
        if (!features.stream().allMatch(BiasColumn::isNumeric)) {
            return BiasServiceMetric.FT.refused("FlipTest does not support non-numeric columns");
        }
        if (features.isEmpty()) {
            return BiasServiceMetric.FT.refused("FlipTest needs a column beside facet, label and predicted label");
        }
        People people = People.with(features.size(), 0);
        for (int row = 0; row < sensitive.length; row++) {
            double[] numbers = new double[features.size()];
            for (int f = 0; f < numbers.length; f++) {
                numbers[f] = features.get(f).number(row);
                if (Double.isNaN(numbers[f])) {
                    return BiasServiceMetric.FT.refused("Input contains NaN.");
                }
            }
            people.add(numbers, new int[0], sensitive[row], predictions != null && predictions[row]);
        }
        int neighbours = comparison.rest().size() < FEW ? NEIGHBOURS_OF_FEW : FlipTest.NEIGHBOURS;
        double value = FlipTest.withNeighbours(neighbours).unscaled().of(people).value();
        // The reference library has the sign that is the opposite of the guide's; 0 has none.
        return BiasServiceMetric.FT.value(value == 0 ? 0 : -value);
    }

    private static int[] codes(BiasColumn column, int rows) {
        Map<String, Integer> known = new LinkedHashMap<>();
        int[] codes = new int[rows];
        for (int row = 0; row < rows; row++) {
            String text = column.text(row);
            codes[row] = text == null ? OutcomeCounts.NO_STRATUM : known.computeIfAbsent(text, value -> known.size());
        }
        return codes;
    }

    private static boolean isAny(boolean[] positive) {
        for (boolean is : positive) {
            if (is) {
                return true;
            }
        }
        return false;
    }
}
