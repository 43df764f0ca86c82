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
import java.util.TreeSet;

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
            once.add(
                    left[i] > assessment.pValue() && verdict.isExplained(adjusted[i])
                            ? told(assessment, left[i], adjusted[i])
                            : with(assessment, inOnePart(assessment.metric(), assessment.pValue())));
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

    /** Returns an assessment that holds by what is left, and notes which metrics tell of the rest. */
    private Assessment told(Assessment assessment, double left, double adjusted) {
        Metric metric = assessment.metric();
        Set<String> by = new TreeSet<>(violated.getOrDefault(metric.subject(), Set.of()));
        if (metric.evidence() instanceof PValue test) {
            by.retainAll(test.parts().keySet().stream().flatMap(Set::stream).toList());
        }
        Metric noted = metric.withNote(metric.note() + "; told by " + String.join(", ", by));
        return new Assessment(assessment.constraint(), inOnePart(noted, left), left, adjusted, Outcome.HOLDS);
    }

    private static Metric inOnePart(Metric metric, double pValue) {
        return metric.evidence() instanceof PValue test && !test.parts().isEmpty()
                ? metric.withEvidence(new PValue(pValue, test.expectedByChance()))
                : metric;
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
        Assessment found = all.get(extra);
        once.set(extra, new Assessment(found.constraint(), found.metric(), 1, 1, Outcome.HOLDS));
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
