package io.modelmonitor.stats.fairness;

import org.jspecify.annotations.Nullable;

/** A measure of bias between a group and the rest. */
interface BiasFormula {

    /** Returns the value, or NaN when it is undefined. */
    double value(GroupComparison comparison, Division division);

    /**
     * Returns why the value is undefined, of a comparison in which both groups have people and for which it is, such as
     * {@code "nobody in gender=F has a positive prediction and a label"}.
     */
    String whyUndefined(GroupComparison comparison, String group, String rest);

    /** Returns the rate that is compared, if it is one rate. */
    default @Nullable GroupRate rate() {
        return null;
    }

    /** Returns the rate of the rest minus the rate of the group. */
    static BiasFormula restMinusGroup(GroupRate rate) {
        return new OfRate(rate, (group, rest, division) -> division.difference(rest, group));
    }

    /** Returns the rate of the group minus the rate of the rest. */
    static BiasFormula groupMinusRest(GroupRate rate) {
        return new OfRate(rate, (group, rest, division) -> division.difference(group, rest));
    }

    /** Returns the rate of the group divided by the rate of the rest. */
    static BiasFormula groupToRest(GroupRate rate) {
        return new OfRate(rate, (group, rest, division) -> division.ratio(group, rest));
    }

    /** Returns a formula of counts. */
    static BiasFormula of(String whyUndefined, Computation computation) {
        return new OfCounts(computation, whyUndefined);
    }

    /** Returns a distance between the labels of the rest and of the group. */
    static BiasFormula labels(Distance distance) {
        return of(
                "a group has nobody with a label",
                (comparison, division) -> distance.between(comparison.restLabels(), comparison.groupLabels()));
    }

    /** Combines two rates. */
    interface Combination {
        double of(double group, double rest, Division division);
    }

    /** Computes a value from counts. */
    interface Computation {
        double of(GroupComparison comparison, Division division);
    }

    /** Compares two distributions. */
    interface Distance {
        double between(long[] rest, long[] group);
    }

    /**
     * A formula of one rate in both groups.
     *
     * @param rate the rate
     * @param combination what is made of the two
     */
    record OfRate(GroupRate rate, Combination combination) implements BiasFormula {

        @Override
        public double value(GroupComparison comparison, Division division) {
            return combination.of(
                    rate.of(comparison.group(), division), rate.of(comparison.rest(), division), division);
        }

        @Override
        public String whyUndefined(GroupComparison comparison, String group, String rest) {
            if (rate.denominator(comparison.group()) == 0) {
                return "nobody in " + group + " has " + rate.among();
            }
            if (rate.denominator(comparison.rest()) == 0) {
                return "nobody in " + rest + " has " + rate.among();
            }
            return "the " + rate.label() + " of " + rest + " is 0";
        }
    }

    /**
     * A formula of counts.
     *
     * @param computation the formula
     * @param reason why it is undefined, when it is
     */
    record OfCounts(Computation computation, String reason) implements BiasFormula {

        @Override
        public double value(GroupComparison comparison, Division division) {
            return computation.of(comparison, division);
        }

        @Override
        public String whyUndefined(GroupComparison comparison, String group, String rest) {
            return reason;
        }
    }
}
