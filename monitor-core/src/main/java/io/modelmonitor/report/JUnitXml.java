package io.modelmonitor.report;

import io.modelmonitor.api.Assessment;
import io.modelmonitor.api.Assessment.Outcome;
import io.modelmonitor.api.Report;

/**
 * Writes a report as the XML of a test run, as Surefire does: each constraint is a test case, each violation a failure, each
 * calculator that failed an error, and what was not judged is skipped.
 */
final class JUnitXml {

    private static final Sentences SENTENCES = new Sentences(Printable::html);
    private static final Sentences PLAIN = new Sentences(Printable::of);

    private JUnitXml() {}

    static String of(Report report) {
        long failed = count(report, Outcome.VIOLATED);
        long skipped = count(report, Outcome.NOT_JUDGED);
        // A window without rows must not look like a run that passed.
        boolean isEmpty = report.status() == Report.Status.NO_DATA;
        int errors = report.failures().size() + (isEmpty ? 1 : 0);
        String name = Printable.html(report.name());
        StringBuilder xml = new StringBuilder(512 + 256 * report.assessments().size());
        xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"")
                .append(name);
        xml.append("\" time=\"0\" tests=\"").append(report.assessments().size() + errors);
        xml.append("\" errors=\"").append(errors).append("\" skipped=\"").append(skipped);
        xml.append("\" failures=\"").append(failed).append("\">\n");
        for (Assessment assessment : report.assessments()) {
            xml.append("  <testcase name=\"")
                    .append(Printable.html(assessment.constraint().metric()))
                    .append(' ');
            xml.append(Numbers.wanted(assessment.constraint().bound())).append("\" classname=\"");
            xml.append(Printable.html(Finding.title(assessment.constraint().subject())))
                    .append("\" time=\"0\"");
            String message = SENTENCES.of(assessment);
            if (assessment.outcome() == Outcome.VIOLATED) {
                xml.append(">\n    <failure message=\"").append(message).append("\" type=\"violated\">");
                xml.append(message).append("</failure>\n  </testcase>\n");
            } else if (assessment.outcome() == Outcome.NOT_JUDGED) {
                xml.append(">\n    <skipped message=\"").append(message).append("\"/>\n  </testcase>\n");
            } else {
                xml.append("/>\n");
            }
        }
        report.failures().forEach(failure -> error(xml, failure.calculator(), failure.reason()));
        if (isEmpty) {
            error(xml, report.name(), PLAIN.verdict(report));
        }
        return xml.append("</testsuite>\n").toString();
    }

    private static void error(StringBuilder xml, String calculator, String reason) {
        String message = Printable.html(reason, Printable.MOST_OF_A_REASON);
        xml.append("  <testcase name=\"measures\" classname=\"").append(Printable.html(calculator));
        xml.append("\" time=\"0\">\n    <error message=\"").append(message).append("\" type=\"failed\">");
        xml.append(message).append("</error>\n  </testcase>\n");
    }

    private static long count(Report report, Outcome outcome) {
        return report.assessments().stream()
                .filter(assessment -> assessment.outcome() == outcome)
                .count();
    }
}
