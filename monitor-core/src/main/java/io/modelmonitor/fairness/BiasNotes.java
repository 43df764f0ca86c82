package io.modelmonitor.fairness;

import io.modelmonitor.stats.fairness.BiasMetric;
import io.modelmonitor.stats.fairness.GroupComparison;
import io.modelmonitor.stats.fairness.GroupRate;
import io.modelmonitor.stats.fairness.Outcomes;
import java.util.Locale;

/** Writes one-line notes: the group of a measure, its difference and its size. */
final class BiasNotes {

    private BiasNotes() {}

    static String of(BiasMetric metric, GroupComparison comparison, String group, String rest) {
        GroupRate rate = metric.rate();
        if (rate == null) {
            String ofGroup = people(comparison.group().size()) + " in " + group;
            return comparison.rest().size() == 0
                    ? ofGroup
                    : ofGroup + ", " + Names.count(comparison.rest().size()) + " in " + rest;
        }
        String both = rate.label() + " " + describe(rate, comparison.group()) + " in " + group + ", "
                + describe(rate, comparison.rest()) + " in " + rest;
        return rate.isShare() ? worseOff(rate, comparison, group, rest) + both : both;
    }

    /** Names the group with the lower rate, and the difference in people: a lower share of good decisions is worse. */
    private static String worseOff(GroupRate rate, GroupComparison comparison, String group, String rest) {
        double difference = rate.of(comparison.rest()) - rate.of(comparison.group());
        if (!(Math.abs(difference) > 0)) {
            return "";
        }
        boolean groupIsWorse = (rate == GroupRate.FALSE_POSITIVE_RATE) != (difference > 0);
        Outcomes worse = groupIsWorse ? comparison.group() : comparison.rest();
        double people = Math.abs(difference) * rate.denominator(worse);
        return (groupIsWorse ? group + " is" : rest + " are") + " worse off, by about "
                + people(Math.max(1, Math.round(people))) + ": ";
    }

    private static String people(long count) {
        return count == 1 ? "1 person" : Names.count(count) + " people";
    }

    private static String describe(GroupRate rate, Outcomes outcomes) {
        double value = rate.of(outcomes);
        return (rate.isShare() ? Names.percent(value) : String.format(Locale.ROOT, "%.3g", value)) + " of "
                + Names.count(rate.denominator(outcomes));
    }
}
