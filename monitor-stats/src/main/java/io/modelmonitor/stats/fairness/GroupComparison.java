package io.modelmonitor.stats.fairness;

import java.util.Arrays;

/**
 * One group beside the rest: all that a measure of bias between the two is a function of. Immutable.
 *
 * <p>The group is the one that may be treated worse, which the literature calls sensitive, disadvantaged or unprivileged
 * and marks with d; the rest is everybody else, advantaged or privileged, marked with a.
 */
public final class GroupComparison {

    private final Outcomes group;
    private final Outcomes rest;
    private final Strata labelStrata;
    private final Strata predictionStrata;
    private final long[] groupLabels;
    private final long[] restLabels;

    private GroupComparison(
            Outcomes group,
            Outcomes rest,
            Strata labelStrata,
            Strata predictionStrata,
            long[] groupLabels,
            long[] restLabels) {
        this.group = group;
        this.rest = rest;
        this.labelStrata = labelStrata;
        this.predictionStrata = predictionStrata;
        this.groupLabels = groupLabels;
        this.restLabels = restLabels;
    }

    /** Compares a group with the rest, without strata. */
    public static GroupComparison of(Outcomes group, Outcomes rest) {
        return of(group, rest, Strata.NONE, Strata.NONE);
    }

    /** Compares a group with the rest, overall and stratum by stratum. */
    public static GroupComparison of(Outcomes group, Outcomes rest, Strata labels, Strata predictions) {
        return new GroupComparison(group, rest, labels, predictions, binary(group), binary(rest));
    }

    /**
     * Returns this comparison with the counts of more than two categories of labels, which the distances of the label
     * distributions are then computed from.
     *
     * @param ofGroup a count for each category
     * @param ofRest a count for each category, in the same order
     * @throws IllegalArgumentException if the numbers of categories differ
     */
    public GroupComparison withLabels(long[] ofGroup, long[] ofRest) {
        if (ofGroup.length != ofRest.length) {
            throw new IllegalArgumentException("ofGroup: " + ofGroup.length + " categories, ofRest: " + ofRest.length
                    + "; there must be as many of one as of the other");
        }
        return new GroupComparison(group, rest, labelStrata, predictionStrata, ofGroup.clone(), ofRest.clone());
    }

    private static long[] binary(Outcomes outcomes) {
        return new long[] {outcomes.positiveLabels(), outcomes.negativeLabels()};
    }

    /** Returns the group's outcomes. */
    public Outcomes group() {
        return group;
    }

    /** Returns everybody else's outcomes. */
    public Outcomes rest() {
        return rest;
    }

    /** Returns the labels stratum by stratum. */
    public Strata labelStrata() {
        return labelStrata;
    }

    /** Returns the predictions stratum by stratum. */
    public Strata predictionStrata() {
        return predictionStrata;
    }

    long[] groupLabels() {
        return groupLabels;
    }

    long[] restLabels() {
        return restLabels;
    }

    /** Returns the sign of DPL: 1 when the rest has more positive labels, −1 when the group has. */
    double labelDirection() {
        double difference = GroupRate.BASE_RATE.of(rest) - GroupRate.BASE_RATE.of(group);
        return difference < 0 ? -1 : 1;
    }

    @Override
    public String toString() {
        return "Comparison[group=" + group + ", rest=" + rest + ", strata=" + labelStrata.size() + ", labels="
                + Arrays.toString(groupLabels) + "/" + Arrays.toString(restLabels) + "]";
    }
}
