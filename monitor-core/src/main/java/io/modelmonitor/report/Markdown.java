package io.modelmonitor.report;

import io.modelmonitor.api.Assessment;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Report;
import io.modelmonitor.api.internal.Counted;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a report as Markdown of at most 60 lines, for a pull request or the summary of a job. */
final class Markdown {

    private static final Sentences SENTENCES = new Sentences(Printable::markdown);
    private static final int MOST_VIOLATIONS = 12;
    private static final int MOST_REMARKS = 6;
    private static final int MOST_SUBJECTS = 25;

    private Markdown() {}

    static String of(Report report) {
        StringBuilder text = new StringBuilder(4_096);
        text.append("### ")
                .append(sign(report.status()))
                .append(' ')
                .append(SENTENCES.verdict(report))
                .append("\n\n");
        String first = SENTENCES.lookFirst(report);
        text.append(first.isEmpty() ? "" : first + "\n\n");
        text.append(Printable.markdown(report.name()))
                .append(": ")
                .append(Counted.of(report.rows(), "row"))
                .append(", ");
        text.append(Counted.of(report.metrics().size(), "metric")).append('\n');
        violations(text, Finding.violations(report));
        remarks(text, report);
        table(text, Finding.of(report));
        return text.toString();
    }

    private static void violations(StringBuilder text, List<Assessment> violations) {
        if (violations.isEmpty()) {
            return;
        }
        text.append("\n| subject | metric | value | wanted | adjusted p | what changed |\n|---|---|--:|---|--:|---|\n");
        for (Assessment violation : violations.subList(0, Math.min(MOST_VIOLATIONS, violations.size()))) {
            text.append("| ")
                    .append(Printable.markdown(
                            Finding.title(violation.constraint().subject())));
            text.append(" | ").append(Printable.markdown(violation.metric().name()));
            text.append(" | ").append(Numbers.of(violation.metric().value()));
            text.append(" | ").append(Numbers.wanted(violation.constraint().bound()));
            text.append(" | ").append(SENTENCES.chance(violation));
            text.append(" | ")
                    .append(Printable.markdown(violation.metric().note()))
                    .append(" |\n");
        }
        more(text, violations.size() - MOST_VIOLATIONS);
    }

    private static void remarks(StringBuilder text, Report report) {
        int left = MOST_REMARKS;
        String separator = "\n";
        for (Report.Failure failure : report.failures()) {
            if (left-- > 0) {
                text.append(separator).append("- Calculator ").append(Printable.markdown(failure.calculator()));
                text.append(" failed: ")
                        .append(Printable.markdown(failure.reason(), Printable.MOST_OF_A_REASON))
                        .append('\n');
                separator = "";
            }
        }
        for (DataProblem problem : report.problems()) {
            if (left-- > 0) {
                text.append(separator)
                        .append("- Bad data: ")
                        .append(Printable.markdown(problem.description(), Printable.MOST_OF_A_REASON));
                text.append(", ").append(Counted.of(problem.count(), "time")).append('\n');
                separator = "";
            }
        }
    }

    private static void table(StringBuilder text, List<Finding> findings) {
        if (findings.isEmpty()) {
            return;
        }
        text.append("\n<details><summary>Everything measured</summary>\n\n");
        text.append("| subject | verdict | what changed |\n|---|---|---|\n");
        for (Finding finding : findings.subList(0, Math.min(MOST_SUBJECTS, findings.size()))) {
            text.append("| ").append(Printable.markdown(Finding.title(finding.subject())));
            text.append(" | ").append(word(finding.outcome()));
            text.append(" | ").append(Printable.markdown(finding.note())).append(" |\n");
        }
        more(text, findings.size() - MOST_SUBJECTS);
        text.append("\n</details>\n");
    }

    private static void more(StringBuilder text, int more) {
        text.append(more > 0 ? "\nand " + Numbers.of(more) + " more\n" : "");
    }

    private static String sign(Report.Status status) {
        return switch (status) {
            case HEALTHY -> "\u2713";
            case VIOLATED -> "\u26A0";
            case INCOMPLETE, NO_DATA -> "?";
        };
    }

    private static String word(Assessment.@Nullable Outcome outcome) {
        if (outcome == null) {
            return "nothing wanted";
        }
        return switch (outcome) {
            case HOLDS -> "\u2713 holds";
            case VIOLATED -> "\u26A0 violated";
            case NOT_JUDGED -> "? not judged";
        };
    }
}
