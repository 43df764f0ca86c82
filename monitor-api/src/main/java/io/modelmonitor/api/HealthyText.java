package io.modelmonitor.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The text of a report without a violation: what was looked at, what changed most, and how small a change could have been shown. */
final class HealthyText {

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
            lines.add("looked at " + ReportText.counted(subjects.size(), "subject")
                    + (ofDataset ? " and the dataset" : "") + ": " + String.join(", ", metrics));
        }
        Assessment largest = largestChange(report);
        if (largest != null) {
            Metric metric = largest.metric();
            Bound bound = largest.constraint().bound();
            lines.add("largest change: " + ReportText.name(metric.subject()) + " " + metric.name() + " "
                    + ReportText.number(metric.value(), 2) + ", allowed " + ReportText.wanted(bound)
                    + (metric.note().isEmpty() ? "" : "; " + metric.note()));
            double least = leastShown(report.rows(), report.assessments().size(), report.level(), bound.upper());
            lines.add(String.format(
                    Locale.ROOT,
                    "%s could show, against many in the baseline, a change of %.2g of a column's rows",
                    ReportText.counted(report.rows(), "row"),
                    Math.min(1, least)));
        }
        return lines;
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
     * Returns the least distance between a window's distribution function and a known one that alerts: beyond the bound once what
     * chance gives is taken off, {@code sqrt(bound^2 + 0.87^2 / n)}, and less likely by chance than the level over the number of
     * constraints, {@code sqrt(ln(2 constraints / level) / (2 n))} (P. Massart, The tight constant in the Dvoretzky-Kiefer-Wolfowitz
     * inequality, 1990).
     */
    static double leastShown(long rows, int constraints, double level, double bound) {
        double beyondBound = Math.sqrt(bound * bound + 0.7544 / rows);
        double beyondChance = Math.sqrt(StrictMath.log(2.0 * constraints / level) / (2.0 * rows));
        return Math.max(beyondBound, beyondChance);
    }
}
