package io.modelmonitor.stats.fairness;

import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * A rate of one group: so many people of so many. The names are those of the confusion matrix; Fairlearn's
 * {@code MetricFrame} and AI Fairness 360 use the same.
 *
 * <p>With labels y and predictions ŷ, n(1) and n(0) the numbers of positive and negative labels, n'(1) and n'(0) those of
 * predictions.
 */
public enum GroupRate {
    /** n(1) / n over known labels, from 0 to 1. */
    BASE_RATE(Outcomes::positiveLabels, Outcomes::labels, true, "a label"),
    /** n'(1) / n over known predictions, from 0 to 1. */
    SELECTION_RATE(Outcomes::positivePredictions, Outcomes::predictions, true, "a prediction"),
    /** TP / (TP + FN), also recall, from 0 to 1. */
    TRUE_POSITIVE_RATE(
            Outcomes::truePositives,
            o -> o.truePositives() + o.falseNegatives(),
            true,
            "a positive label and a prediction"),
    /** FP / (FP + TN), from 0 to 1. */
    FALSE_POSITIVE_RATE(
            Outcomes::falsePositives,
            o -> o.falsePositives() + o.trueNegatives(),
            true,
            "a negative label and a prediction"),
    /** TN / (TN + FP), also specificity, from 0 to 1. */
    TRUE_NEGATIVE_RATE(
            Outcomes::trueNegatives,
            o -> o.falsePositives() + o.trueNegatives(),
            true,
            "a negative label and a prediction"),
    /** TP / (TP + FP), the service's acceptance rate, from 0 to 1. */
    PRECISION(
            Outcomes::truePositives,
            o -> o.truePositives() + o.falsePositives(),
            true,
            "a positive prediction and a label"),
    /** TN / (TN + FN), the service's rejection rate, from 0 to 1. */
    NEGATIVE_PREDICTIVE_VALUE(
            Outcomes::trueNegatives,
            o -> o.trueNegatives() + o.falseNegatives(),
            true,
            "a negative prediction and a label"),
    /** (TP + TN) / n over those with both, from 0 to 1. */
    ACCURACY(o -> o.truePositives() + o.trueNegatives(), Outcomes::judged, true, "a label and a prediction"),
    /** n(1) / n'(1) over those with both, from 0: above 1 when fewer are accepted than should be. */
    CONDITIONAL_ACCEPTANCE(
            o -> o.truePositives() + o.falseNegatives(),
            o -> o.truePositives() + o.falsePositives(),
            false,
            "a positive prediction and a label"),
    /** n(0) / n'(0) over those with both, from 0: below 1 when more are rejected than should be. */
    CONDITIONAL_REJECTION(
            o -> o.trueNegatives() + o.falsePositives(),
            o -> o.trueNegatives() + o.falseNegatives(),
            false,
            "a negative prediction and a label"),
    /** FN / FP, from 0: how many are wrongly rejected for one wrongly accepted. */
    ERROR_RATIO(Outcomes::falseNegatives, Outcomes::falsePositives, false, "a wrong positive prediction");

    // Both are references to methods, which have no state.
    @SuppressWarnings("ImmutableEnumChecker")
    private final ToLongFunction<Outcomes> numerator;

    @SuppressWarnings("ImmutableEnumChecker") // as above
    private final ToLongFunction<Outcomes> denominator;

    private final boolean share;
    private final String among;

    GroupRate(ToLongFunction<Outcomes> numerator, ToLongFunction<Outcomes> denominator, boolean share, String among) {
        this.numerator = numerator;
        this.denominator = denominator;
        this.share = share;
        this.among = among;
    }

    /** Returns the name in lower case with words joined by {@code _}, such as {@code selection_rate}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns whether this is a share of people, from 0 to 1, rather than a ratio of two counts. */
    public boolean isShare() {
        return share;
    }

    /** Returns the count above the line. */
    public long numerator(Outcomes outcomes) {
        return numerator.applyAsLong(outcomes);
    }

    /** Returns the count below the line. */
    public long denominator(Outcomes outcomes) {
        return denominator.applyAsLong(outcomes);
    }

    /** Returns whom the rate is about: who has what it takes to be counted below the line, such as {@code "a label"}. */
    public String among() {
        return among;
    }

    /** Returns the rate; NaN when there is nobody below the line. */
    public double of(Outcomes outcomes) {
        return of(outcomes, Division.UNDEFINED_BY_ZERO);
    }

    /** Returns the rate, divided as given. */
    public double of(Outcomes outcomes, Division division) {
        return division.ratio((double) numerator(outcomes), (double) denominator(outcomes));
    }
}
