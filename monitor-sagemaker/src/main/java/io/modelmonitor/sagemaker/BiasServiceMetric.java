package io.modelmonitor.sagemaker;

import io.modelmonitor.sagemaker.BiasAnalysis.Value;
import io.modelmonitor.stats.fairness.BiasMetric;
import io.modelmonitor.stats.fairness.FlipTest;
import io.modelmonitor.stats.fairness.GroupComparison;
import io.modelmonitor.stats.fairness.Outcomes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The service's measures by their short names, with its conventions and its warnings. */
enum BiasServiceMetric {
    CI(
            "CI: facet set is empty. Check that x[facet] has non-zero length.",
            "CI: negated facet set is empty. Check that x[~facet] has non-zero length."),
    DPL("Facet set is empty.", "Negative facet set is empty."),
    KL(pairs -> sum(pairs, pair -> pair[0] * StrictMath.log(pair[0] / pair[1]))),
    JS(pairs -> sum(pairs, pair -> {
                double middle = (pair[0] + pair[1]) / 2;
                return pair[0] * StrictMath.log(pair[0] / middle) + pair[1] * StrictMath.log(pair[1] / middle);
            })
            / 2),
    LP(pairs -> Math.sqrt(sum(pairs, pair -> (pair[0] - pair[1]) * (pair[0] - pair[1])))),
    TVD(pairs -> sum(pairs, pair -> Math.abs(pair[0] - pair[1])) / 2),
    KS(pairs -> pairs.stream()
            .mapToDouble(pair -> Math.abs(pair[0] - pair[1]))
            .max()
            .orElse(Double.NaN)),
    CDDL("", ""),
    DPPL("Facet set is empty.", "Negative facet set is empty."),
    DI("Facet set is empty", "Negated facet set is empty"),
    DCA("DCO: Facet set is empty", "DCO: Negated Facet set is empty"),
    DCR("DCO: Facet set is empty", "DCO: Negated Facet set is empty"),
    RD("DLA: Facet set is empty", "DLA: Negated Facet set is empty"),
    SD("DLA: Facet set is empty", "DLA: Negated Facet set is empty"),
    DAR("DLR: Facet set is empty", "DLR: Negated Facet set is empty"),
    DRR("DLR: Facet set is empty", "DLR: Negated Facet set is empty"),
    AD("Facet set is empty", "Negated Facet set is empty"),
    TE("Facet set is empty", "Negated Facet set is empty"),
    CDDPL("", ""),
    FT("Facet set is empty", "Negated Facet set is empty"),
    GE("", "");

    static final String NO_GROUP_VARIABLE = "Group variable is empty or not provided";
    static final String NO_POSITIVE_PREDICTION = "No Label values are present in the predicted Label Column,"
            + "Positive Predicted Index Series contains all False values";
    private static final String NO_COMMON_LABEL = "No instance of common facet found, dataset may be too small";

    private final String noGroup;
    private final String noRest;

    // A lambda without state.
    @SuppressWarnings("ImmutableEnumChecker")
    private final @Nullable ToDoubleFunction<List<double[]>> distance;

    BiasServiceMetric(String noGroup, String noRest) {
        this.noGroup = noGroup;
        this.noRest = noRest;
        this.distance = null;
    }

    BiasServiceMetric(ToDoubleFunction<List<double[]>> distance) {
        this.noGroup = NO_COMMON_LABEL;
        this.noRest = NO_COMMON_LABEL;
        this.distance = distance;
    }

    /**
     * Returns the measure of a short name.
     *
     * @throws IllegalArgumentException if there is none
     */
    static BiasServiceMetric named(String name) {
        try {
            return valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "no measure of bias is called '" + name + "'; there are " + List.of(values()), e);
        }
    }

    /** Returns the name that the same measure has in this library. */
    String metricName() {
        return this == FT ? FlipTest.METRIC : BiasMetric.named(name()).metricName();
    }

    /** Returns whether it needs predictions. */
    boolean isPostTraining() {
        return this == FT || BiasMetric.named(name()).inputs().needPredictions();
    }

    private String description() {
        String title = this == FT ? "Flip Test" : BiasMetric.named(name()).title();
        return title + " (" + name() + ")";
    }

    Value value(double value) {
        return new Value(name(), description(), value, "");
    }

    Value refused(String error) {
        return new Value(name(), description(), Double.NaN, error);
    }

    /** Returns why the measure is refused when one of the two groups is empty; nothing when both have people. */
    String emptiness(GroupComparison comparison) {
        if (comparison.group().size() == 0) {
            return noGroup;
        }
        return comparison.rest().size() == 0 ? noRest : "";
    }

    /** Computes a measure that is a function of counts and of nothing else. */
    Value of(GroupComparison comparison) {
        String emptiness = emptiness(comparison);
        if (!emptiness.isEmpty()) {
            return refused(emptiness);
        }
        if (distance != null) {
            List<double[]> common = commonLabels(comparison);
            return common.isEmpty() ? refused(NO_COMMON_LABEL) : value(distance.applyAsDouble(common));
        }
        double value = BiasMetric.named(name()).of(comparison, BiasServiceDivision.INSTANCE);
        // Conditional disparities of an empty group are empty sums.
        return value(Double.isNaN(value) ? 0 : value);
    }

    /** The shares in the rest and in the group of those labels that both have: others are dropped, without renormalising. */
    private static List<double[]> commonLabels(GroupComparison comparison) {
        Outcomes rest = comparison.rest();
        Outcomes group = comparison.group();
        List<double[]> pairs = new ArrayList<>();
        addIfCommon(pairs, rest.positiveLabels(), rest.labels(), group.positiveLabels(), group.labels());
        addIfCommon(pairs, rest.negativeLabels(), rest.labels(), group.negativeLabels(), group.labels());
        return pairs;
    }

    private static void addIfCommon(List<double[]> pairs, long rest, long ofRest, long group, long ofGroup) {
        if (rest > 0 && group > 0) {
            pairs.add(new double[] {(double) rest / ofRest, (double) group / ofGroup});
        }
    }

    private static double sum(List<double[]> pairs, ToDoubleFunction<double[]> term) {
        return pairs.stream().mapToDouble(term).sum();
    }
}
