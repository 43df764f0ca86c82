package io.modelmonitor.report;

import io.modelmonitor.api.Assessment;
import io.modelmonitor.api.Assessment.Outcome;
import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Report;
import io.modelmonitor.api.internal.Counted;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The sentences of a report. Words of ours are plain ASCII without signs of markup; texts of the data are put in as a function
 * gives them.
 *
 * @param data writes a text of the data for where the sentence is to stand
 */
record Sentences(UnaryOperator<String> data) {

    private static final int MOST_NAMES = 4;
    private static final int MOST_LETTERS = 60;

    /** Returns the verdict: how many constraints of what are violated, or that all hold. */
    String verdict(Report report) {
        int constraints = report.assessments().size();
        return switch (report.status()) {
            case HEALTHY ->
                constraints == 0
                        ? "Healthy, but nothing was wanted: there are no constraints"
                        : "Healthy: "
                                + Counted.holding(
                                        constraints, report.unjudged(), " on " + Counted.of(report.rows(), "row"));
            case VIOLATED -> violated(report, constraints);
            case INCOMPLETE -> "Incomplete: " + failed(report.failures().size()) + ", the rest holds";
            case NO_DATA -> "No data: there was no row to look at";
        };
    }

    /** Returns what to look at first, or the largest change where all is well; empty when nothing can be said. */
    String lookFirst(Report report) {
        List<Assessment> violations = Finding.violations(report);
        if (!violations.isEmpty()) {
            return "Look first at " + of(violations.get(0)) + ".";
        }
        Assessment closest = closest(report.assessments());
        if (closest == null || report.status() == Report.Status.NO_DATA) {
            return "";
        }
        return "The largest change is " + of(closest) + ".";
    }

    /** Returns a constraint with its subject, what was measured, and why it counts, without a full stop. */
    String of(Assessment assessment) {
        String why = why(assessment);
        return name(assessment.constraint().subject()) + ": " + size(assessment) + (why.isEmpty() ? "" : "; " + why);
    }

    /** Returns what was measured and what was wanted. */
    String size(Assessment assessment) {
        Metric metric = assessment.metric();
        String wanted = Numbers.wanted(assessment.constraint().bound());
        return data.apply(metric.name())
                + (metric.isDefined() ? " is " + Numbers.of(metric.value()) : " could not be measured")
                + ", wanted " + wanted;
    }

    /** Returns what changed, what chance alone gives, and how likely it is by chance; empty when there is nothing to say. */
    String why(Assessment assessment) {
        Metric metric = assessment.metric();
        List<String> parts = new ArrayList<>();
        if (!metric.note().isEmpty()) {
            parts.add(data.apply(metric.note()));
        }
        String chance = chance(assessment);
        if (!chance.isEmpty()) {
            double expected = metric.evidence().expectedByChance();
            if (!Double.isNaN(expected)) {
                parts.add("chance alone gives " + Numbers.of(expected, 2));
            }
            parts.add("adjusted p " + chance);
        }
        return String.join("; ", parts);
    }

    /** Returns how likely chance explains a value outside its bound; empty for a value inside and for a fact. */
    String chance(Assessment assessment) {
        Metric metric = assessment.metric();
        boolean isInside = assessment.constraint().bound().holds(metric.value());
        return isInside || metric.evidence().isExact() || !metric.isDefined()
                ? ""
                : Numbers.probability(assessment.adjustedPValue());
    }

    private String name(String subject) {
        return data.apply(Printable.shortened(Finding.title(subject), MOST_LETTERS));
    }

    private String violated(Report report, int constraints) {
        Set<String> subjects = new LinkedHashSet<>();
        List<Assessment> violations = Finding.violations(report);
        violations.forEach(violation -> subjects.add(violation.constraint().subject()));
        List<String> names = new ArrayList<>();
        for (String subject : subjects) {
            if (names.size() < MOST_NAMES) {
                names.add(name(subject));
            }
        }
        int more = subjects.size() - names.size();
        if (more > 0) {
            names.add(Numbers.of(more) + " more");
        }
        String last = names.remove(names.size() - 1);
        String list = names.isEmpty() ? last : String.join(", ", names) + " and " + last;
        int count = violations.size();
        return "Violated: " + Numbers.of(count) + " of " + Numbers.of(constraints)
                + (constraints == 1 ? " constraint, on " : " constraints, on ") + list;
    }

    private static String failed(int calculators) {
        return calculators == 1 ? "1 calculator failed" : Numbers.of(calculators) + " calculators failed";
    }

    /** Returns the uncertain metric of which the greatest part of what its bound allows is used up; null if there is none. */
    private static @Nullable Assessment closest(List<Assessment> assessments) {
        Assessment closest = null;
        double most = 0;
        for (Assessment assessment : assessments) {
            double used = used(assessment);
            if (assessment.outcome() == Outcome.HOLDS && used > most) {
                most = used;
                closest = assessment;
            }
        }
        return closest;
    }

    /** Returns which part of the way from the best possible value to its bound a value has gone; 0 where there is no best. */
    private static double used(Assessment assessment) {
        Metric metric = assessment.metric();
        Bound bound = assessment.constraint().bound();
        boolean isHigherWorse =
                bound.upper() < Double.POSITIVE_INFINITY && metric.scale().least() == 0;
        boolean isLowerWorse =
                bound.lower() > Double.NEGATIVE_INFINITY && metric.scale().greatest() == 1;
        double high = isHigherWorse && bound.upper() > 0 ? metric.value() / bound.upper() : 0;
        double low = isLowerWorse && bound.lower() < 1 ? (1 - metric.value()) / (1 - bound.lower()) : 0;
        return metric.evidence().isExact() || !metric.isDefined() ? 0 : Math.max(high, low);
    }
}
