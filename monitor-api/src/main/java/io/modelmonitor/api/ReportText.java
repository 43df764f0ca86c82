package io.modelmonitor.api;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Writes a report as a short text of ASCII, however hostile the names and notes in it are. */
final class ReportText {

    private static final int MOST_CHARACTERS = 1_000;
    private static final int MOST_VIOLATIONS = 12;
    private static final int WIDEST_SUBJECT = 20;
    private static final int WIDEST_METRIC = 20;
    private static final int WIDEST_LINE = 100;
    /** What the closing lines may need. */
    private static final int RESERVE = 130;

    private ReportText() {}

    static String of(Report report) {
        List<Violation> violations = new ArrayList<>(report.violations());
        // Undefined metrics have no p-value: they come last, behind everything that was measured.
        violations.sort(Comparator.comparingDouble(Violation::adjustedPValue));
        StringBuilder text = new StringBuilder(MOST_CHARACTERS);
        text.append(verdict(report, violations.size())).append('\n');
        text.append(String.format(
                Locale.ROOT,
                "%,d rows, %,d metrics",
                report.rows(),
                report.metrics().size()));
        if (!report.assessments().isEmpty()) {
            text.append(String.format(
                    Locale.ROOT, "; rings at p <= %s (%s)", number(report.level()), cut(report.correction(), 30)));
        }
        text.append('\n');
        appendViolations(text, violations);
        appendRest(text, report);
        return text.length() <= MOST_CHARACTERS ? text.toString() : text.substring(0, MOST_CHARACTERS);
    }

    static String describe(Violation violation) {
        Metric metric = violation.metric();
        String wanted = "wanted " + wanted(violation.constraint().bound());
        if (!metric.isDefined()) {
            return printable(metric.name() + " could not be measured (" + metric.note() + "), " + wanted);
        }
        String note = metric.note().isEmpty() ? "" : "; " + metric.note();
        return printable(
                metric.name() + " is " + number(metric.value()) + ", " + wanted + chance(violation, ", ") + note);
    }

    static String printable(String text) {
        StringBuilder ascii = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            ascii.append(c >= ' ' && c < 127 ? c : '?');
        }
        return ascii.toString();
    }

    private static String verdict(Report report, int violated) {
        int constraints = report.assessments().size();
        String what =
                switch (report.status()) {
                    case HEALTHY -> "HEALTHY: all " + constraints + " constraints hold";
                    case VIOLATED -> "VIOLATED: " + violated + " of " + constraints + " constraints";
                    case NO_DATA -> "NO_DATA: there was no row to look at";
                };
        return what + " [" + cut(report.name(), 40) + "]";
    }

    private static void appendViolations(StringBuilder text, List<Violation> violations) {
        List<Violation> shown = violations.subList(0, Math.min(MOST_VIOLATIONS, violations.size()));
        int subjectWidth = width(shown.stream().map(ReportText::subject).toList(), WIDEST_SUBJECT);
        int metricWidth = width(shown.stream().map(v -> v.metric().name()).toList(), WIDEST_METRIC);
        int listed = 0;
        for (Violation violation : shown) {
            Metric metric = violation.metric();
            String line = String.format(
                    Locale.ROOT,
                    "  %-" + subjectWidth + "s  %-" + metricWidth + "s  %9s  %-9s",
                    cut(subject(violation), subjectWidth),
                    cut(metric.name(), metricWidth),
                    metric.isDefined() ? number(metric.value()) : "undefined",
                    wanted(violation.constraint().bound()));
            line += chance(violation, " ") + (metric.note().isEmpty() ? "" : "  " + metric.note());
            line = cut(line, WIDEST_LINE).stripTrailing();
            if (text.length() + line.length() + 1 > MOST_CHARACTERS - RESERVE) {
                break;
            }
            text.append(line).append('\n');
            listed++;
        }
        if (listed < violations.size()) {
            text.append("  and ").append(violations.size() - listed).append(" more\n");
        }
    }

    private static void appendRest(StringBuilder text, Report report) {
        for (String failure : report.failures()) {
            appendIfRoom(text, "failed: " + failure);
        }
        for (DataProblem problem : report.problems()) {
            appendIfRoom(text, "bad data: " + problem);
        }
    }

    private static void appendIfRoom(StringBuilder text, String line) {
        String cut = cut(line, WIDEST_LINE);
        if (text.length() + cut.length() + 1 <= MOST_CHARACTERS) {
            text.append(cut).append('\n');
        }
    }

    private static String subject(Violation violation) {
        return violation.subject().isEmpty() ? "(dataset)" : violation.subject();
    }

    private static int width(List<String> texts, int most) {
        return Math.min(
                most, Math.max(1, texts.stream().mapToInt(String::length).max().orElse(1)));
    }

    private static String wanted(Bound bound) {
        if (bound.lower() == bound.upper()) {
            return "= " + number(bound.lower());
        }
        if (bound.lower() == Double.NEGATIVE_INFINITY) {
            return "<= " + number(bound.upper());
        }
        if (bound.upper() == Double.POSITIVE_INFINITY) {
            return ">= " + number(bound.lower());
        }
        return number(bound.lower()) + " to " + number(bound.upper());
    }

    private static String chance(Violation violation, String before) {
        double p = violation.adjustedPValue();
        if (violation.metric().evidence().isCertain() || Double.isNaN(p)) {
            return "";
        }
        return before + (p < 1e-9 ? "p<1e-9" : String.format(Locale.ROOT, "p=%.2g", p));
    }

    private static String number(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "Infinity" : "-Infinity";
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e9) {
            return String.format(Locale.ROOT, "%,d", (long) value);
        }
        double size = Math.abs(value);
        if (size >= 1e9 || size < 1e-4) {
            return String.format(Locale.ROOT, "%.3e", value);
        }
        // Four significant digits, so that 0.9963 is not printed as a bound of 1 that it misses.
        int decimals = Math.max(0, 3 - (int) Math.floor(Math.log10(size)));
        String digits = String.format(Locale.ROOT, "%,." + decimals + "f", value);
        return decimals == 0 ? digits : digits.replaceAll("0+$", "");
    }

    private static String cut(String text, int most) {
        String ascii = printable(text);
        return ascii.length() <= most ? ascii : ascii.substring(0, Math.max(0, most - 2)) + "..";
    }
}
