package io.modelmonitor.stats.fairness;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The measures of bias between a group (d) and the rest (a), as functions of counts.
 *
 * <p>Sources: the Amazon Clarify developer guide, "Measure pre-training bias" and "Measure post-training data and model
 * bias"; R. Bellamy et al., AI Fairness 360, 2018; S. Bird et al., Fairlearn, 2020. q is a share of positive labels, q'
 * of positive predictions. A division by 0 people is undefined; nothing is dropped from a distribution.
 *
 * <p>A measure that has a name in the field goes by it; the differences that only the service names go by its
 * abbreviations. {@link #named(String)} knows both, and other tools' names.
 */
public enum BiasMetric {
    /** Class imbalance, (n_a − n_d) / (n_a + n_d), from −1 to 1. */
    CI(
            Inputs.GROUPS,
            "Class Imbalance",
            BiasFormula.of("there is nobody", (c, division) -> {
                double rest = c.rest().size();
                double group = c.group().size();
                return division.ratio(rest - group, rest + group);
            }),
            ResamplingScale.IDENTITY),
    /** Difference in positive proportions in labels, q_a − q_d, from −1 to 1. */
    DPL(
            Inputs.LABELS,
            "Difference in Positive Proportions in Labels",
            BiasFormula.restMinusGroup(GroupRate.BASE_RATE),
            ResamplingScale.IDENTITY),
    /**
     * Kullback–Leibler divergence of the labels of a from those of d, from 0 to infinity: see
     * {@link LabelDistance#kullbackLeibler}.
     */
    KL(
            Inputs.LABELS,
            "Kullback-Liebler Divergence",
            BiasFormula.labels(LabelDistance::kullbackLeibler),
            ResamplingScale.SIGNED_ROOT,
            "kullback_leibler_divergence"),
    /** Jensen–Shannon divergence of the labels, from 0 to ln 2: see {@link LabelDistance#jensenShannon}. */
    JS(
            Inputs.LABELS,
            "Jensen-Shannon Divergence",
            BiasFormula.labels(LabelDistance::jensenShannon),
            ResamplingScale.SIGNED_ROOT,
            "jensen_shannon_divergence"),
    /** Euclidean distance of the shares of the labels, from 0 to √2. */
    LP(Inputs.LABELS, "L-p Norm", BiasFormula.labels(LabelDistance::euclidean), ResamplingScale.SIGNED, "lp_norm"),
    /** Total variation distance of the labels, from 0 to 1. */
    TVD(
            Inputs.LABELS,
            "Total Variation Distance",
            BiasFormula.labels(LabelDistance::totalVariation),
            ResamplingScale.SIGNED,
            "total_variation_distance"),
    /** The greatest difference in the share of a label, from 0 to 1. */
    KS(
            Inputs.LABELS,
            "Kolmogorov-Smirnov Distance",
            BiasFormula.labels(LabelDistance::greatestDifference),
            ResamplingScale.SIGNED,
            "kolmogorov_smirnov_distance"),
    /** Conditional demographic disparity in labels, from −1 to 1: see {@link Strata}. */
    CDDL(
            Inputs.LABELS,
            "Conditional Demographic Disparity in Labels",
            BiasFormula.of(
                    "no stratum has people with a positive and people with a negative label",
                    (c, division) -> c.labelStrata().conditionalDisparity(division)),
            ResamplingScale.IDENTITY),
    /** Difference in positive proportions in predicted labels, q'_a − q'_d, from −1 to 1. */
    DPPL(
            Inputs.PREDICTIONS,
            "Difference in Positive Proportions in Predicted Labels",
            BiasFormula.restMinusGroup(GroupRate.SELECTION_RATE),
            ResamplingScale.IDENTITY,
            "demographic_parity_difference"),
    /** Disparate impact, q'_d / q'_a, from 0; 1 when the groups are treated alike. */
    DISPARATE_IMPACT(
            Inputs.PREDICTIONS,
            "Disparate Impact",
            BiasFormula.groupToRest(GroupRate.SELECTION_RATE),
            ResamplingScale.LOGARITHM,
            "di",
            "demographic_parity_ratio"),
    /** Difference in conditional acceptance, n_a(1) / n'_a(1) − n_d(1) / n'_d(1). */
    DCA(
            Inputs.LABELS_AND_PREDICTIONS,
            "Difference in Conditional Acceptance",
            BiasFormula.restMinusGroup(GroupRate.CONDITIONAL_ACCEPTANCE),
            ResamplingScale.IDENTITY,
            "dcacc"),
    /** Difference in conditional rejection, n_d(0) / n'_d(0) − n_a(0) / n'_a(0). */
    DCR(
            Inputs.LABELS_AND_PREDICTIONS,
            "Difference in Conditional Rejection",
            BiasFormula.groupMinusRest(GroupRate.CONDITIONAL_REJECTION),
            ResamplingScale.IDENTITY),
    /** Recall difference, TPR_a − TPR_d, from −1 to 1. */
    RD(
            Inputs.LABELS_AND_PREDICTIONS,
            "Recall Difference",
            BiasFormula.restMinusGroup(GroupRate.TRUE_POSITIVE_RATE),
            ResamplingScale.IDENTITY,
            "recall_difference"),
    /** Specificity difference, TNR_d − TNR_a, from −1 to 1. */
    SD(
            Inputs.LABELS_AND_PREDICTIONS,
            "Specificity Difference",
            BiasFormula.groupMinusRest(GroupRate.TRUE_NEGATIVE_RATE),
            ResamplingScale.IDENTITY,
            "specificity_difference"),
    /** Difference in acceptance rates, precision_a − precision_d, from −1 to 1. */
    DAR(
            Inputs.LABELS_AND_PREDICTIONS,
            "Difference in Acceptance Rates",
            BiasFormula.restMinusGroup(GroupRate.PRECISION),
            ResamplingScale.IDENTITY,
            "predictive_parity_difference"),
    /** Difference in rejection rates, NPV_d − NPV_a, from −1 to 1. */
    DRR(
            Inputs.LABELS_AND_PREDICTIONS,
            "Difference in Rejection Rates",
            BiasFormula.groupMinusRest(GroupRate.NEGATIVE_PREDICTIVE_VALUE),
            ResamplingScale.IDENTITY),
    /** Accuracy difference, accuracy_a − accuracy_d, from −1 to 1. */
    AD(
            Inputs.LABELS_AND_PREDICTIONS,
            "Accuracy Difference",
            BiasFormula.restMinusGroup(GroupRate.ACCURACY),
            ResamplingScale.IDENTITY,
            "accuracy_difference"),
    /** Treatment equality, FN_d / FP_d − FN_a / FP_a. */
    TREATMENT_EQUALITY(
            Inputs.LABELS_AND_PREDICTIONS,
            "Treatment Equality",
            BiasFormula.groupMinusRest(GroupRate.ERROR_RATIO),
            ResamplingScale.IDENTITY,
            "te"),
    /** Conditional demographic disparity in predicted labels, from −1 to 1: see {@link Strata}. */
    CDDPL(
            Inputs.PREDICTIONS,
            "Conditional Demographic Disparity in Predicted Labels",
            BiasFormula.of(
                    "no stratum has people with a positive and people with a negative prediction",
                    (c, division) -> c.predictionStrata().conditionalDisparity(division)),
            ResamplingScale.IDENTITY),
    /**
     * Generalized entropy with α = 2 of the benefits b = ŷ − y + 1, Σ ((b / mean b)² − 1) / 2n over both groups, from 0
     * (T. Speicher et al., KDD 2018). The service's guide gives 0.5 as its greatest value, but it has none.
     */
    GENERALIZED_ENTROPY(
            Inputs.LABELS_AND_PREDICTIONS,
            "Generalized Entropy",
            BiasFormula.of("nobody has a label and a prediction, or all were wrongly rejected", (c, division) -> {
                Outcomes all = c.group().plus(c.rest());
                double n = all.judged();
                // b is 2 for false positives, 0 for false negatives and 1 for the others.
                double right = all.truePositives() + all.trueNegatives();
                double sum = right + 2.0 * all.falsePositives();
                double squares = right + 4.0 * all.falsePositives();
                return (division.ratio(n * squares, sum * sum) - 1) / 2;
            }),
            ResamplingScale.IDENTITY,
            "ge",
            "generalized_entropy_index"),
    /** Statistical parity difference, q'_d − q'_a, from −1 to 1: as AI Fairness 360 has it, the negative of DPPL. */
    STATISTICAL_PARITY_DIFFERENCE(
            Inputs.PREDICTIONS,
            "Statistical Parity Difference",
            BiasFormula.groupMinusRest(GroupRate.SELECTION_RATE),
            ResamplingScale.IDENTITY),
    /** Equal opportunity difference, TPR_d − TPR_a, from −1 to 1: as AI Fairness 360 has it, the negative of RD. */
    EQUAL_OPPORTUNITY_DIFFERENCE(
            Inputs.LABELS_AND_PREDICTIONS,
            "Equal Opportunity Difference",
            BiasFormula.groupMinusRest(GroupRate.TRUE_POSITIVE_RATE),
            ResamplingScale.IDENTITY),
    /** Predictive equality difference, FPR_d − FPR_a, from −1 to 1. */
    PREDICTIVE_EQUALITY_DIFFERENCE(
            Inputs.LABELS_AND_PREDICTIONS,
            "Predictive Equality Difference",
            BiasFormula.groupMinusRest(GroupRate.FALSE_POSITIVE_RATE),
            ResamplingScale.IDENTITY,
            "false_positive_rate_difference"),
    /** Average odds difference, ½ (FPR_d − FPR_a + TPR_d − TPR_a), from −1 to 1: as AI Fairness 360 has it. */
    AVERAGE_ODDS_DIFFERENCE(
            Inputs.LABELS_AND_PREDICTIONS,
            "Average Odds Difference",
            BiasFormula.of(
                    "a group has nobody with a positive or nobody with a negative label",
                    (c, division) -> (difference(GroupRate.TRUE_POSITIVE_RATE, c, division)
                                    + difference(GroupRate.FALSE_POSITIVE_RATE, c, division))
                            / 2),
            ResamplingScale.IDENTITY),
    /** Equalized odds difference, max(|TPR_d − TPR_a|, |FPR_d − FPR_a|), from 0 to 1: as Fairlearn has it. */
    EQUALIZED_ODDS_DIFFERENCE(
            Inputs.LABELS_AND_PREDICTIONS,
            "Equalized Odds Difference",
            BiasFormula.of(
                    "a group has nobody with a positive or nobody with a negative label",
                    (c, division) -> Math.max(
                            Math.abs(difference(GroupRate.TRUE_POSITIVE_RATE, c, division)),
                            Math.abs(difference(GroupRate.FALSE_POSITIVE_RATE, c, division)))),
            ResamplingScale.IDENTITY,
            "equalised_odds_difference");

    private static final String FAMILY = "bias.";

    private final Inputs inputs;
    private final String title;

    // Formulas are lambdas and records of lambdas, none of which has state.
    @SuppressWarnings("ImmutableEnumChecker")
    private final BiasFormula formula;

    private final ResamplingScale scale;

    // The list is List.of.
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<String> aliases;

    BiasMetric(Inputs inputs, String title, BiasFormula formula, ResamplingScale scale, String... aliases) {
        this.inputs = inputs;
        this.title = title;
        this.formula = formula;
        this.scale = scale;
        this.aliases = List.of(aliases);
    }

    /**
     * Returns the measure of a name: its metric's name with or without {@code bias.}, the service's abbreviation, or
     * another tool's name, in any case.
     *
     * @throws IllegalArgumentException if there is none of that name; the message lists those there are
     */
    public static BiasMetric named(String name) {
        String plain = name.toLowerCase(Locale.ROOT);
        plain = plain.startsWith(FAMILY) ? plain.substring(FAMILY.length()) : plain;
        for (BiasMetric metric : values()) {
            if (metric.name().toLowerCase(Locale.ROOT).equals(plain) || metric.aliases.contains(plain)) {
                return metric;
            }
        }
        throw new IllegalArgumentException("no measure of bias is called '" + name + "'; there are "
                + Arrays.stream(values()).map(BiasMetric::metricName).toList());
    }

    /** Returns the name of the metric, such as {@code bias.dppl} or {@code bias.disparate_impact}. */
    public String metricName() {
        return FAMILY + name().toLowerCase(Locale.ROOT);
    }

    /** Returns the name in words, in the spelling of the service's files. */
    public String title() {
        return title;
    }

    /** Returns other names, in lower case. */
    public List<String> aliases() {
        return aliases;
    }

    /** Returns what has to be known of people. */
    public Inputs inputs() {
        return inputs;
    }

    /** Returns the value when both groups are treated alike: 1 for the disparate impact, else 0. */
    public double neutral() {
        return scale.toValue(0);
    }

    /** Returns whether the value is a distance, which is never negative and 0 when both groups are treated alike. */
    public boolean isDistance() {
        return scale.isFolded() || this == GENERALIZED_ENTROPY || this == EQUALIZED_ODDS_DIFFERENCE;
    }

    /** Returns the rate that is compared between the groups, or null when it is not one rate. */
    public @Nullable GroupRate rate() {
        return formula.rate();
    }

    /** Returns the value; NaN when it is undefined, as when a group is empty. Takes time in proportion to the strata. */
    public double of(GroupComparison comparison) {
        return of(comparison, Division.UNDEFINED_BY_ZERO);
    }

    /** Returns the value, divided as given. */
    public double of(GroupComparison comparison, Division division) {
        return formula.value(comparison, division);
    }

    /**
     * Returns in one line why the value is undefined, of a comparison for which it is.
     *
     * @param group the name of the group
     * @param rest the name of everybody else
     */
    public String whyUndefined(GroupComparison comparison, String group, String rest) {
        if (comparison.group().size() == 0) {
            return "there is nobody in " + group;
        }
        if (comparison.rest().size() == 0) {
            return "there is nobody in " + rest;
        }
        return formula.whyUndefined(comparison, group, rest);
    }

    ResamplingScale scale() {
        return scale;
    }

    /** Returns the value on the scale on which it is resampled. */
    double pivot(GroupComparison comparison) {
        double pivot = scale.toPivot(of(comparison));
        return scale.isFolded() ? pivot * comparison.labelDirection() : pivot;
    }

    private static double difference(GroupRate rate, GroupComparison comparison, Division division) {
        return division.difference(rate.of(comparison.group(), division), rate.of(comparison.rest(), division));
    }
}
