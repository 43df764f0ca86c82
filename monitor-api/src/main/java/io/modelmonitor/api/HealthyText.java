package io.modelmonitor.api;

import io.modelmonitor.api.internal.Counted;
import io.modelmonitor.api.internal.VisibleText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The text of a report without a violation: what was looked at, what changed most, and how small a change could have been shown. */
final class HealthyText {

    /** From so many times the rows of a window on, the chance in the baseline is small beside that in the window. */
    private static final int LEAST_TIMES = 10;

    private HealthyText() {}

    static List<String> lines(Report report) {
        List<String> lines = new ArrayList<>();
        Set<String> subjects = report.assessments().stream()
                .map(a -> a.constraint().subject())
                .collect(Collectors.toCollection(TreeSet::new));
        boolean ofDataset = subjects.remove(MetricId.DATASET);
        if (!subjects.isEmpty()) {
            Set<String> metrics = report.assessments().stream()
                    .map(a -> a.constraint().metric())
                    .collect(Collectors.toCollection(TreeSet::new));
            lines.add("looked at " + Counted.of(subjects.size(), "subject") + (ofDataset ? " and the dataset" : "")
                    + ": " + String.join(", ", metrics));
        }
        Assessment largest = largestChange(report);
        if (largest != null) {
            Metric metric = largest.metric();
            Bound bound = largest.constraint().bound();
            lines.add("largest change: " + VisibleText.name(metric.subject()) + " " + metric.name() + " "
                    + ReportText.number(metric.value(), 2) + ", allowed " + ReportText.wanted(bound)
                    + (metric.note().isEmpty() ? "" : "; " + metric.note()));
            long before = baselineRows(report);
            boolean isSmall = before < LEAST_TIMES * report.rows();
            double rows = isSmall ? 1 / (1.0 / report.rows() + 1.0 / before) : report.rows();
            double least = leastShown(rows, report.assessments().size(), report.level(), bound.upper());
            lines.add(String.format(
                    Locale.ROOT,
                    "%s could show, against %s in the baseline, a change of %.2g of a column's rows",
                    Counted.of(report.rows(), "row"),
                    isSmall ? String.format(Locale.ROOT, "%,d (under %d times)", before, LEAST_TIMES) : "many",
                    Math.min(1, least)));
        }
        return lines;
    }

    /** Returns the rows of the baseline, as the evidence of completeness has them; the greatest number if it has none. */
    private static long baselineRows(Report report) {
        return report.metrics().stream()
                .filter(metric -> metric.name().equals("completeness"))
                .map(Metric::evidence)
                .filter(Evidence.ComparedProportion.class::isInstance)
                .mapToLong(evidence ->
                        ((Evidence.ComparedProportion) evidence).baseline().trials())
                .max()
                .orElse(Long.MAX_VALUE);
    }

    /** Returns the drift that comes nearest to its bound. */
    private static @Nullable Assessment largestChange(Report report) {
        Assessment largest = null;
        double most = -1;
        for (Assessment assessment : report.assessments()) {
            Metric metric = assessment.metric();
            double bound = assessment.constraint().bound().upper();
            if (metric.name().equals("drift") && metric.isDefined() && bound > 0 && metric.value() / bound > most) {
                largest = assessment;
                most = metric.value() / bound;
            }
        }
        return largest;
    }

    /**
     * Returns the least distance between a window's distribution function and a known one, or one of another sample with {@code 1 / n =
     * 1 / n1 + 1 / n2}, that alerts: beyond the bound once what
     * chance gives is taken off, {@code sqrt(bound^2 + 0.87^2 / n)}, and less likely by chance than the level over the number of
     * constraints, {@code sqrt(ln(2 constraints / level) / (2 n))} (P. Massart, The tight constant in the Dvoretzky-Kiefer-Wolfowitz
     * inequality, 1990).
     */
    static double leastShown(double rows, int constraints, double level, double bound) {
        double beyondBound = Math.sqrt(bound * bound + 0.7544 / rows);
        double beyondChance = Math.sqrt(StrictMath.log(2.0 * constraints / level) / (2.0 * rows));
        return Math.max(beyondBound, beyondChance);
    }
}
