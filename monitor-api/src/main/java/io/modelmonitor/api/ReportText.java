package io.modelmonitor.api;

import io.modelmonitor.api.internal.Counted;
import io.modelmonitor.api.internal.VisibleText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes a report as a short text of visible characters, however hostile the names and notes in it are. */
final class ReportText {

    private static final int MOST_CHARACTERS = 1_000;
    private static final int MOST_VIOLATIONS = 12;
    private static final int WIDEST_NAME = 20;
    private static final int WIDEST_LINE = 110;
    /** So much of a sentence is shown, on as many lines as it takes: a message of ours ends with what to do. */
    private static final int LONGEST_SENTENCE = 500;

    private static final String CONTINUED = "    ";
    private static final String[] HEADING = {
        "subject", "metric", "value", "wanted", "by chance", "p", "adjusted", "what changed"
    };
    /** The fewest characters kept free for the closing lines, and the most, of which the first failure needs some. */
    private static final int RESERVE = 130;

    private static final int MOST_RESERVE = 330;

    private ReportText() {}

    static String of(Report report) {
        List<Violation> violations = new ArrayList<>(report.violations());
        // Undefined metrics have no p-value: they come last, behind everything that was measured.
        violations.sort(Comparator.comparingDouble(Violation::adjustedPValue));
        StringBuilder text = new StringBuilder(MOST_CHARACTERS);
        text.append(verdict(report, violations.size())).append('\n');
        Metric rows = report.metric(MetricId.DATASET, "rows");
        text.append(Counted.of(report.rows(), "row"))
                .append(rows == null || rows.note().isEmpty() ? ", " : ", " + cut(rows.note(), 40) + "; ")
                .append(Counted.of(report.metrics().size(), "metric"));
        if (!report.assessments().isEmpty()) {
            text.append(String.format(
                    Locale.ROOT,
                    "; alerts at adjusted p <= %s (%s)",
                    number(report.level()),
                    cut(report.correction(), 30)));
        }
        text.append('\n');
        if (report.status() == Report.Status.HEALTHY) {
            HealthyText.lines(report).forEach(line -> appendIfRoom(text, line));
        }
        appendViolations(text, violations, reserve(report));
        appendRest(text, report);
        return text.length() <= MOST_CHARACTERS ? text.toString() : VisibleText.cut(text.toString(), MOST_CHARACTERS);
    }

    static String describe(Violation violation) {
        Metric metric = violation.metric();
        String wanted = "wanted " + wanted(violation.constraint().bound());
        if (!metric.isDefined()) {
            return printable(metric.name() + " could not be measured (" + metric.note() + "), " + wanted);
        }
        String note = metric.note().isEmpty() ? "" : "; " + metric.note();
        return printable(metric.name() + " is " + number(metric.value()) + ", " + wanted + chance(violation) + note);
    }

    /** Returns a text in which nothing is invisible or changes the direction of what follows. */
    static String printable(String text) {
        return VisibleText.of(text);
    }

    private static String verdict(Report report, int violated) {
        int constraints = report.assessments().size();
        String what =
                switch (report.status()) {
                    case HEALTHY ->
                        "HEALTHY: "
                                + (constraints == 0
                                        ? "nothing is required"
                                        : Counted.holding(constraints, report.unjudged(), ""));
                    case VIOLATED -> "VIOLATED: " + violated + " of " + Counted.of(constraints, "constraint");
                    case INCOMPLETE -> "INCOMPLETE: " + failed(report.failures().size());
                    case NO_DATA -> "NO_DATA: there was no row to look at";
                };
        return what + " [" + cut(report.name(), 40) + "]";
    }

    private static String failed(int calculators) {
        return Counted.of(calculators, "calculator") + " failed";
    }

    /**
     * Appends the violations as a table. A column that nothing stands in is left out; only notes are cut to what is left of
     * a line, as everything before them is what the alarm is judged by.
     */
    private static void appendViolations(StringBuilder text, List<Violation> violations, int reserve) {
        List<List<Violation>> causes = causes(violations);
        List<List<Violation>> shown = causes.subList(0, Math.min(MOST_VIOLATIONS, causes.size()));
        List<String[]> lines = new ArrayList<>();
        lines.add(HEADING);
        shown.forEach(cause -> lines.add(cells(cause)));
        int listed = -1;
        int violated = 0;
        int[] widths = widths(lines);
        for (String[] cells : shown.isEmpty() ? List.<String[]>of() : lines) {
            String line = line(cells, widths);
            if (text.length() + line.length() + 1 > MOST_CHARACTERS - reserve) {
                break;
            }
            text.append(line).append('\n');
            violated += listed < 0 ? 0 : shown.get(listed).size();
            listed++;
        }
        if (listed >= 0 && violated < violations.size()) {
            text.append("  and ").append(violations.size() - violated).append(" more\n");
        }
    }

    /** Returns the violations, together where metrics could not be measured for one and the same reason. */
    private static List<List<Violation>> causes(List<Violation> violations) {
        Map<Object, List<Violation>> causes = new LinkedHashMap<>();
        for (Violation violation : violations) {
            Metric metric = violation.metric();
            Object cause = metric.isDefined() ? metric.id() : metric.note();
            causes.computeIfAbsent(cause, first -> new ArrayList<>()).add(violation);
        }
        return List.copyOf(causes.values());
    }

    private static String[] cells(List<Violation> cause) {
        String[] cells = cells(cause.get(0));
        if (cause.size() > 1) {
            long subjects = cause.stream().map(Violation::subject).distinct().count();
            cells[0] = subjects > 1 ? Counted.of(subjects, "subject") : cells[0];
            cells[1] = Counted.of(cause.size(), "metric");
            cells[3] = "";
        }
        return cells;
    }

    private static String[] cells(Violation violation) {
        Metric metric = violation.metric();
        boolean isFact = metric.evidence().isExact();
        return new String[] {
            cut(violation.subject().isEmpty() ? "(dataset)" : VisibleText.name(violation.subject()), WIDEST_NAME),
            cut(metric.name(), WIDEST_NAME),
            metric.isDefined() ? number(metric.value()) : "undefined",
            wanted(violation.constraint().bound()),
            expected(metric),
            isFact ? "" : probability(violation.pValue()),
            isFact ? "" : probability(violation.adjustedPValue()),
            printable(metric.note())
        };
    }

    /** Returns lines of cells in aligned columns, without columns that nothing stands in but their heading, the first line. */
    static String aligned(List<String[]> lines, int columns) {
        int[] widths = new int[columns];
        for (int column = 0; column < columns; column++) {
            boolean isEmpty = true;
            for (String[] cells : lines) {
                isEmpty &= cells == lines.get(0) || cells[column].isEmpty();
                widths[column] = Math.max(widths[column], length(cells[column]));
            }
            widths[column] = isEmpty ? 0 : widths[column];
        }
        StringBuilder text = new StringBuilder();
        for (String[] cells : lines) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < columns; column++) {
                if (widths[column] > 0) {
                    line.append(cells[column]).append(" ".repeat(widths[column] + 2 - length(cells[column])));
                }
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static int[] widths(List<String[]> lines) {
        int[] widths = new int[HEADING.length];
        for (int column = 0; column < widths.length; column++) {
            boolean isEmpty = true;
            for (String[] cells : lines) {
                isEmpty &= cells == HEADING || cells[column].isEmpty();
                widths[column] = Math.max(widths[column], length(cells[column]));
            }
            widths[column] = isEmpty ? 0 : widths[column];
        }
        return widths;
    }

    /** Returns a line; only the names of the columns begin at its very left. */
    private static String line(String[] cells, int[] widths) {
        StringBuilder line = new StringBuilder(cells == HEADING ? "" : "  ");
        int end = 2;
        for (int column = 0; column < widths.length; column++) {
            if (widths[column] > 0) {
                line.append(cells[column]);
                end += widths[column] + 2;
                line.append(" ".repeat(Math.max(0, end - length(line.toString()))));
            }
        }
        return cut(line.toString().stripTrailing(), WIDEST_LINE);
    }

    /** Returns how many characters are kept free behind the violations: more where a failure has to be told. */
    private static int reserve(Report report) {
        int needed = report.failures().isEmpty()
                ? 0
                : wrapped("failed: " + report.failures().get(0)).length() + 20; // and the line of further violations
        return Math.min(MOST_RESERVE, Math.max(RESERVE, needed));
    }

    private static void appendRest(StringBuilder text, Report report) {
        for (Report.Failure failure : report.failures()) {
            appendIfRoom(text, "failed: " + failure);
        }
        for (DataProblem problem : report.problems()) {
            appendIfRoom(text, "data: " + problem);
        }
    }

    /** Appends a sentence, or as much of it as there is room for if that is a line. */
    private static void appendIfRoom(StringBuilder text, String sentence) {
        String wrapped = wrapped(sentence);
        int room = MOST_CHARACTERS - text.length() - 1;
        if (wrapped.length() <= room || room >= WIDEST_LINE) {
            text.append(VisibleText.cut(wrapped, room)).append('\n');
        }
    }

    /** Returns a sentence on lines of which those behind the first are indented, broken at blanks where a word is not too long. */
    private static String wrapped(String sentence) {
        String left = cut(sentence, LONGEST_SENTENCE);
        StringBuilder lines = new StringBuilder(left.length() + 16);
        int width = WIDEST_LINE;
        while (length(left) > width) {
            int end = left.offsetByCodePoints(0, width);
            int blank = left.lastIndexOf(' ', end);
            boolean isBroken = blank > end / 2;
            lines.append(left, 0, isBroken ? blank : end).append('\n').append(CONTINUED);
            left = left.substring(isBroken ? blank + 1 : end);
            width = WIDEST_LINE - CONTINUED.length();
        }
        return lines.append(left).toString();
    }

    static String wanted(Bound bound) {
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

    /** Returns the size to be expected from chance alone in two digits; empty when there is none. */
    private static String expected(Metric metric) {
        double expected = metric.isDefined() ? metric.evidence().expectedByChance() : Double.NaN;
        return Double.isNaN(expected) ? "" : number(expected, 2);
    }

    private static String probability(double p) {
        if (Double.isNaN(p)) {
            return "";
        }
        return p < 1e-9 ? "<1e-9" : number(p, 2);
    }

    private static String chance(Violation violation) {
        if (violation.metric().evidence().isExact() || Double.isNaN(violation.pValue())) {
            return "";
        }
        String expected = expected(violation.metric());
        return (expected.isEmpty() ? "" : ", by chance alone " + expected)
                + ", p " + probability(violation.pValue())
                + " (adjusted " + probability(violation.adjustedPValue()) + ")";
    }

    /** Four significant digits, so that 0.9963 is not printed as a bound of 1 that it misses. */
    static String number(double value) {
        return number(value, 4);
    }

    static String number(double value, int digits) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "Infinity" : "-Infinity";
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e9) {
            return String.format(Locale.ROOT, "%,d", (long) value);
        }
        double size = Math.abs(value);
        if (size >= 1e9 || size < 1e-4) {
            return String.format(Locale.ROOT, "%." + (digits - 1) + "e", value);
        }
        int decimals = Math.max(0, digits - 1 - (int) Math.floor(StrictMath.log10(size)));
        String text = String.format(Locale.ROOT, "%,." + decimals + "f", value);
        return decimals == 0 ? text : text.replaceAll("\\.?0+$", "");
    }

    private static String cut(String text, int most) {
        return VisibleText.cut(printable(text), most);
    }
}
