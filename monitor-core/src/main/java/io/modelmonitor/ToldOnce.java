package io.modelmonitor;

import io.modelmonitor.api.Assessment;
import io.modelmonitor.api.Assessment.Outcome;
import io.modelmonitor.api.Evidence.PValue;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Leaves one violation of each cause: where {@code completeness} tells of missing values, {@code drift} of the same column is judged by its
 * values alone. Which metrics tell of the same part of a change is in their evidence ({@link PValue#parts}); and columns that are new in the
 * place of as many that are missing were renamed.
 */
final class ToldOnce {

    private static final MetricId MISSING_COLUMNS = new MetricId(MetricId.DATASET, "missing_columns");
    private static final MetricId EXTRA_COLUMNS = new MetricId(MetricId.DATASET, "extra_columns");

    private final List<Assessment> assessments;
    private final Map<String, Set<String>> violated = new HashMap<>();

    private ToldOnce(List<Assessment> assessments) {
        this.assessments = assessments;
        for (Assessment assessment : assessments) {
            if (assessment.outcome() == Outcome.VIOLATED) {
                MetricId id = assessment.constraint().id();
                violated.computeIfAbsent(id.subject(), first -> new HashSet<>()).add(id.name());
            }
        }
    }

    /** Returns assessments of which those hold that are violated only by what others are violated by, too. */
    static List<Assessment> of(List<Assessment> assessments, Verdict verdict) {
        return renamed(new ToldOnce(assessments).withoutTold(verdict));
    }

    private List<Assessment> withoutTold(Verdict verdict) {
        double[] left = assessments.stream().mapToDouble(this::left).toArray();
        double[] adjusted =
                verdict.adjusted(assessments.stream().map(Assessment::metric).toList(), left);
        List<Assessment> once = new ArrayList<>();
        for (int i = 0; i < left.length; i++) {
            Assessment assessment = assessments.get(i);
            boolean isTold = left[i] > assessment.pValue() && verdict.isExplained(adjusted[i]);
            once.add(
                    isTold
                            ? judged(assessment, left[i], adjusted[i], Outcome.HOLDS)
                            : judged(
                                    assessment,
                                    assessment.pValue(),
                                    assessment.adjustedPValue(),
                                    assessment.outcome()));
        }
        return once;
    }

    /** Returns the p-value of what is left of a change of which other violated metrics tell. */
    private double left(Assessment assessment) {
        Set<String> told = violated.getOrDefault(assessment.constraint().subject(), Set.of());
        return assessment.outcome() == Outcome.VIOLATED && assessment.metric().evidence() instanceof PValue test
                ? test.without(told)
                : assessment.pValue();
    }

    /** Returns an assessment with its evidence in one part, as that is left. */
    private static Assessment judged(Assessment assessment, double pValue, double adjusted, Outcome outcome) {
        Metric metric = assessment.metric();
        if (metric.evidence() instanceof PValue test && !test.parts().isEmpty()) {
            metric = metric.withEvidence(new PValue(pValue, test.expectedByChance()));
        }
        return new Assessment(assessment.constraint(), metric, pValue, adjusted, outcome);
    }

    /** Returns an assessment with another metric. */
    static Assessment with(Assessment assessment, Metric metric) {
        return new Assessment(
                assessment.constraint(),
                metric,
                assessment.pValue(),
                assessment.adjustedPValue(),
                assessment.outcome());
    }

    /** Lets the constraint on new columns hold where as many are missing, and names them beside these. */
    private static List<Assessment> renamed(List<Assessment> all) {
        int missing = violated(all, MISSING_COLUMNS);
        int extra = violated(all, EXTRA_COLUMNS);
        if (missing < 0
                || extra < 0
                || all.get(missing).metric().value() != all.get(extra).metric().value()) {
            return all;
        }
        List<Assessment> once = new ArrayList<>(all);
        Metric lost = all.get(missing).metric();
        String names = lost.note() + "; new: " + all.get(extra).metric().note();
        once.set(missing, with(all.get(missing), lost.withNote(names)));
        once.set(extra, judged(all.get(extra), 1, 1, Outcome.HOLDS));
        return once;
    }

    private static int violated(List<Assessment> all, MetricId id) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).outcome() == Outcome.VIOLATED
                    && all.get(i).constraint().id().equals(id)) {
                return i;
            }
        }
        return -1;
    }
}
