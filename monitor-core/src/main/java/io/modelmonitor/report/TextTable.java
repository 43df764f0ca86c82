package io.modelmonitor.report;

import io.modelmonitor.api.Assessment.Outcome;
import io.modelmonitor.api.Plot;
import io.modelmonitor.api.Report;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a report as a table for a terminal, a line for each subject, with histograms of eight heights. */
final class TextTable {

    private static final String HEIGHTS = " \u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588";
    private static final int MOST_SUBJECTS = 50;
    private static final int WIDEST_NAME = 24;
    private static final int WIDEST_NOTE = 44;
    private static final int BARS = 20;

    private TextTable() {}

    static String of(Report report) {
        List<Finding> findings = new ArrayList<>(Finding.of(report));
        findings.sort(Comparator.comparing(finding -> finding.outcome() != Outcome.VIOLATED));
        List<Finding> shown = findings.subList(0, Math.min(MOST_SUBJECTS, findings.size()));
        int widest = 7;
        for (Finding finding : shown) {
            widest = Math.max(widest, name(finding).length());
        }
        StringBuilder text = new StringBuilder(128 * (shown.size() + 2));
        text.append(new Sentences(Printable::of).verdict(report)).append('\n');
        line(text, widest, "subject", "verdict", "baseline", "current", "what changed");
        for (Finding finding : shown) {
            List<Plot> plots = finding.plots();
            boolean hasBoth = Pictures.hasBothSides(plots);
            line(
                    text,
                    widest,
                    name(finding),
                    word(finding.outcome()),
                    hasBoth ? bars(Pictures.baseline(plots)) : "",
                    hasBoth ? bars(Pictures.current(plots)) : "",
                    Printable.shortened(Printable.of(finding.note()), WIDEST_NOTE));
        }
        if (findings.size() > shown.size()) {
            text.append("and ")
                    .append(Numbers.of(findings.size() - shown.size()))
                    .append(" more\n");
        }
        return text.toString();
    }

    private static void line(StringBuilder text, int widest, String... cells) {
        int start = text.length();
        int end = start;
        int[] widths = {widest, 10, BARS, BARS};
        for (int i = 0; i < cells.length; i++) {
            text.append(cells[i]);
            if (i < widths.length) {
                end += widths[i] + 2;
                text.append(" ".repeat(Math.max(1, end - text.length())));
            }
        }
        while (text.length() > start && text.charAt(text.length() - 1) == ' ') {
            text.setLength(text.length() - 1);
        }
        text.append('\n');
    }

    private static String name(Finding finding) {
        return Printable.shortened(Printable.of(Finding.title(finding.subject())), WIDEST_NAME);
    }

    /** Returns values as bars; where there are more than {@value #BARS}, as many neighbours are added up in each. */
    private static String bars(List<Double> values) {
        int together = Math.max(1, (values.size() + BARS - 1) / BARS);
        double[] sums = new double[(values.size() + together - 1) / together];
        double greatest = 0;
        for (int i = 0; i < values.size(); i++) {
            sums[i / together] += Math.max(0, values.get(i));
            greatest = Math.max(greatest, sums[i / together]);
        }
        StringBuilder bars = new StringBuilder(sums.length);
        for (double sum : sums) {
            // Whatever is there is seen, however little.
            bars.append(HEIGHTS.charAt(greatest > 0 ? (int) Math.ceil(8 * (sum / greatest)) : 0));
        }
        return bars.toString();
    }

    private static String word(@Nullable Outcome outcome) {
        if (outcome == null) {
            return "-";
        }
        return switch (outcome) {
            case HOLDS -> "holds";
            case VIOLATED -> "VIOLATED";
            case NOT_JUDGED -> "not judged";
        };
    }
}
