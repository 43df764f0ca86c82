package io.modelmonitor.fairness;

import io.modelmonitor.fairness.BiasSettings.OutcomeColumn;
import io.modelmonitor.stats.fairness.GroupComparison;
import io.modelmonitor.stats.fairness.OutcomeCounts;
import io.modelmonitor.stats.fairness.Outcomes;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Finds settings that the reference data contradict: with them, bias would be 0 or undefined whatever happens. */
final class BiasMismatch {

    private BiasMismatch() {}

    /** Returns the first contradiction, in one line; null if there is none. */
    static @Nullable String of(BiasSettings settings, BiasState state) {
        Outcomes all = state.allRows();
        OutcomeColumn prediction = settings.prediction();
        if (prediction != null && 2 * state.predictionsAboveOne() > all.predictions()) {
            return "most values of '" + prediction.column()
                    + "' are above 1, such as percent are, and the threshold is " + Names.number(prediction.threshold())
                    + "; say a threshold in percent, or divide them";
        }
        if (2 * state.improperScores() > all.size()) {
            return "most values of '" + settings.score()
                    + "' are not from 0 to 1, as a score is to be; divide them if they are percent";
        }
        String outcome = oneSided(settings.label(), all.positiveLabels(), all.negativeLabels());
        if (outcome == null) {
            outcome = oneSided(prediction, all.positivePredictions(), all.negativePredictions());
        }
        for (int facet = 0; facet < settings.facets().size() && outcome == null; facet++) {
            outcome = withoutComparison(settings.facets().get(facet), state.grouping(facet), state.counts(facet));
        }
        return outcome;
    }

    private static @Nullable String oneSided(@Nullable OutcomeColumn column, long positive, long negative) {
        if (column == null || Double.isNaN(column.threshold()) || positive > 0 == negative > 0) {
            return null;
        }
        return (positive == 0 ? "no" : "every") + " value of '" + column.column() + "' is above "
                + Names.number(column.threshold()) + "; say a threshold that some are above and some are not";
    }

    /** Returns why a facet compares nobody; of a facet without any known value, or of too many, the metrics say it. */
    private static @Nullable String withoutComparison(Facet facet, Grouping grouping, OutcomeCounts counts) {
        if (grouping.isOverflown()) {
            return null;
        }
        long known = 0;
        String lacking = null;
        for (int code : IntStream.range(0, grouping.size())
                .filter(grouping::isOfInterest)
                .toArray()) {
            GroupComparison comparison = counts.comparison(code);
            long group = comparison.group().size();
            long rest = comparison.rest().size();
            if (group > 0 && rest > 0) {
                return null;
            }
            known = group + rest;
            lacking = (group == 0 ? "nobody is in " : "everybody is in ") + grouping.name(code);
        }
        return known == 0 ? null : "facet '" + facet + "' compares nobody: " + lacking;
    }
}
