package io.modelmonitor.report;

import io.modelmonitor.api.Assessment;
import io.modelmonitor.api.Assessment.Outcome;
import io.modelmonitor.api.Bound;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Plot;
import io.modelmonitor.api.Report;
import io.modelmonitor.api.Scale;
import io.modelmonitor.api.internal.Counted;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Writes a report as pages of HTML that need nothing but themselves. */
final class HtmlPage {

    private static final Sentences SENTENCES = new Sentences(Printable::isolated);
    private static final Sentences TITLE = new Sentences(Printable::html);
    /** The number of metrics that have a column of their own in the table of all subjects. */
    private static final int MOST_COLUMNS = 3;

    private static final int MOST_VIOLATIONS = 100;
    private static final int MOST_PICTURES = 12;
    private static final int MOST_OF_NAME = 60;
    private static final int MOST_OF_NOTE = 120;

    private final Report report;
    private final String links;
    private final Map<String, String> rows;
    private final List<Finding> findings;
    private final Map<String, Integer> places = new HashMap<>();
    private final StringBuilder page;

    HtmlPage(Report report) {
        this(report, "", Map.of());
    }

    /**
     * Creates a writer of pages with links to others.
     *
     * @param links markup
     * @param rows markup of rows, by subject
     */
    HtmlPage(Report report, String links, Map<String, String> rows) {
        this.report = report;
        this.links = links;
        this.rows = rows;
        findings = Finding.of(report);
        findings.forEach(finding -> places.put(finding.subject(), places.size()));
        page = new StringBuilder(32_768 + 4_096 * findings.size());
    }

    /** Returns how many subjects there are. */
    int size() {
        return findings.size();
    }

    /** Returns a page with everything. */
    String whole() {
        return begin(place -> "#f" + place).details(0, findings.size()).end();
    }

    /** Returns a page with everything but details, which are where links lead. */
    String summary(IntFunction<String> links) {
        return begin(links).end();
    }

    /** Returns a page with the details of some subjects, and a link back. */
    String part(int from, int to, String back) {
        page.setLength(0);
        String range = "Subjects " + Numbers.of(from + 1) + " to " + Numbers.of(to);
        page.append(PageParts.head(range + " - " + Printable.html(report.name())));
        page.append("<header><p>")
                .append(Printable.isolated(report.name()))
                .append("</p>\n<h1>")
                .append(range);
        page.append("</h1>\n<p><a href=\"").append(back).append("\">Back to the verdict</a></p></header>\n<main>\n");
        return details(from, to).end();
    }

    private HtmlPage begin(IntFunction<String> places) {
        page.setLength(0);
        page.append(PageParts.head(TITLE.verdict(report) + " - " + Printable.html(report.name())));
        page.append("<a class=\"skip\" href=\"#all\">Skip to everything measured</a>\n<header>\n");
        page.append(links.isEmpty() ? "" : "<nav class=\"meta\" aria-label=\"Other executions\">" + links + "</nav>\n")
                .append("<p>");
        page.append(Printable.isolated(report.name()))
                .append("</p>\n<h1>")
                .append(sign(report.status()))
                .append(' ');
        page.append(SENTENCES.verdict(report)).append("</h1>\n");
        paragraph("first", SENTENCES.lookFirst(report));
        meta();
        page.append("</header>\n<main>\n");
        violations(places);
        remarks();
        table(places);
        return this;
    }

    private void meta() {
        page.append("<p class=\"meta\">");
        item(Counted.of(report.rows(), "row"));
        if (report.start() != null || report.end() != null) {
            item("from " + time(report.start()) + " to " + time(report.end()));
        }
        item(Counted.of(report.metrics().size(), "metric"));
        if (!report.assessments().isEmpty()) {
            item("alerts at adjusted p of at most " + Numbers.of(report.level()) + " ("
                    + Printable.isolated(report.correction()) + ")");
        }
        if (!report.baseline().isEmpty()) {
            item("baseline " + Printable.isolated(report.baseline()));
        }
        page.append("</p>\n");
    }

    private void item(String html) {
        page.append("<span>").append(html).append("</span>");
    }

    private static String time(@Nullable Instant time) {
        return time == null ? "an unknown time" : "<time>" + time + "</time>";
    }

    private void violations(IntFunction<String> links) {
        List<Assessment> violations = Finding.violations(report);
        if (violations.isEmpty()) {
            return;
        }
        page.append("<section aria-labelledby=\"violated\">\n<h2 id=\"violated\">What is violated</h2>\n");
        page.append("<ol class=\"changes\">\n");
        List<Assessment> shown = violations.subList(0, Math.min(MOST_VIOLATIONS, violations.size()));
        for (Assessment violation : shown) {
            String subject = violation.constraint().subject();
            int place = Objects.requireNonNull(places.get(subject), "every subject has a place");
            page.append("<li>").append(picture(violation, findings.get(place))).append("<div><a href=\"");
            page.append(links.apply(place)).append("\">").append(name(subject));
            page.append("</a> ").append(SENTENCES.size(violation));
            String why = SENTENCES.why(violation);
            page.append(why.isEmpty() ? "" : "<br><small>" + why + "</small>").append("</div></li>\n");
        }
        page.append("</ol>\n");
        if (violations.size() > shown.size()) {
            paragraph("dim", "and " + Numbers.of(violations.size() - shown.size()) + " more, in the table below");
        }
        paragraph(
                "dim key",
                "If the data are wrong, repair them where they come from. If the change is meant, set another bound with the "
                        + "code in the details, or make a new baseline.");
        page.append("</section>\n");
    }

    /** Returns the picture of a violation: both sides where there is one, else its value beside what is allowed. */
    private static String picture(Assessment violation, Finding finding) {
        List<Plot> own = violation.metric().plots();
        String picture = own.isEmpty() && Pictures.hasBothSides(finding.plots())
                ? Pictures.small(finding.plots())
                : Pictures.small(own);
        return picture.isEmpty() ? "<div>" + Marks.dot(violation) + "</div>" : picture;
    }

    /** Appends what was wrong while reading and measuring, which limits what the verdict says. */
    private void remarks() {
        if (report.problems().isEmpty() && report.failures().isEmpty()) {
            return;
        }
        page.append("<section aria-labelledby=\"limits\">\n<h2 id=\"limits\">What limits this report</h2>\n<ul>\n");
        for (Report.Failure failure : report.failures()) {
            page.append("<li>Calculator ")
                    .append(Printable.isolated(failure.calculator()))
                    .append(" failed: ");
            page.append(Printable.isolated(failure.reason(), Printable.MOST_OF_A_REASON))
                    .append("</li>\n");
        }
        for (DataProblem problem : report.problems()) {
            page.append("<li>Bad data: ")
                    .append(Printable.isolated(problem.description(), Printable.MOST_OF_A_REASON))
                    .append(", ");
            page.append(Numbers.of(problem.count())).append(problem.count() == 1 ? " time" : " times");
            page.append(
                            problem.lines().isEmpty()
                                    ? ""
                                    : ", first at line " + problem.lines().get(0))
                    .append("</li>\n");
        }
        page.append("</ul>\n</section>\n");
    }

    private void table(IntFunction<String> links) {
        if (findings.isEmpty()) {
            return;
        }
        Map<String, @Nullable Bound> columns = columns();
        page.append("<section aria-labelledby=\"all\">\n<h2 id=\"all\">Everything measured</h2>\n");
        page.append("<div class=\"tools\" hidden><label>Search <input type=\"search\"></label>");
        page.append("<label><input type=\"checkbox\"> violated only</label><output class=\"dim\"></output></div>\n");
        page.append("<p class=\"dim key\" id=\"key\">Outline: the baseline. Filled: the current data. ");
        page.append("A name leads to its details.</p>\n");
        page.append(
                "<div class=\"scroll\" role=\"region\" aria-label=\"Table of everything measured\" tabindex=\"0\">\n");
        page.append(
                "<table class=\"all\" aria-labelledby=\"all\" aria-describedby=\"key\">\n<thead><tr><th scope=\"col\" class=\"w\">Subject</th>");
        page.append("<th scope=\"col\">Verdict</th><th scope=\"col\" class=\"u\">Distribution</th>");
        columns.forEach((metric, bound) -> {
            page.append("<th scope=\"col\" class=\"f\">").append(Printable.isolated(metric));
            page.append(bound == null ? "" : "<small>" + Numbers.wanted(bound) + "</small>")
                    .append("</th>");
        });
        page.append("<th scope=\"col\" class=\"u\">What changed</th></tr></thead>\n<tbody>\n");
        for (int place = 0; place < findings.size(); place++) {
            row(findings.get(place), links.apply(place), columns);
        }
        page.append("</tbody>\n</table>\n</div>\n</section>\n");
    }

    private void row(Finding finding, String link, Map<String, @Nullable Bound> columns) {
        Outcome outcome = finding.outcome();
        page.append(outcome == Outcome.VIOLATED ? "<tr class=\"x\">" : "<tr>").append("<th scope=\"row\"><a href=\"");
        page.append(link).append("\">").append(name(finding.subject()));
        page.append("</a></th><td>").append(word(outcome)).append("</td><td class=\"p\">");
        page.append(Pictures.small(finding.plots())).append("</td>");
        for (String metric : columns.keySet()) {
            Metric measured = null;
            for (Metric candidate : finding.metrics()) {
                measured = candidate.name().equals(metric) ? candidate : measured;
            }
            Assessment assessment = finding.on(metric);
            boolean isViolated = assessment != null && assessment.outcome() == Outcome.VIOLATED;
            page.append(isViolated ? "<td class=\"bad\"><b>" : "<td>");
            page.append(measured == null ? "" : Numbers.of(measured.value())).append(isViolated ? " \u26A0</b>" : "");
            page.append("</td>");
        }
        page.append("<td class=\"o\">").append(Printable.isolated(Printable.shortened(finding.note(), MOST_OF_NOTE)));
        page.append("</td></tr>\n");
    }

    /** Returns the metrics that most subjects are held to, with the bound that all of them share, if they do. */
    private Map<String, @Nullable Bound> columns() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        report.assessments()
                .forEach(assessment -> counts.merge(assessment.constraint().metric(), 1, Integer::sum));
        Map<String, @Nullable Bound> columns = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted((one, other) -> other.getValue() - one.getValue())
                .limit(MOST_COLUMNS)
                .forEach(entry -> columns.put(entry.getKey(), null));
        for (String metric : List.copyOf(columns.keySet())) {
            List<Bound> bounds = report.assessments().stream()
                    .filter(assessment -> assessment.constraint().metric().equals(metric))
                    .map(assessment -> assessment.constraint().bound())
                    .distinct()
                    .toList();
            columns.put(metric, bounds.size() == 1 ? bounds.get(0) : null);
        }
        return columns;
    }

    private HtmlPage details(int from, int to) {
        page.append("<section aria-labelledby=\"details\">\n<h2 id=\"details\">In detail</h2>\n");
        for (int place = from; place < to; place++) {
            detail(findings.get(place), place);
        }
        page.append("</section>\n");
        return this;
    }

    private void detail(Finding finding, int place) {
        page.append("<details><summary><b>").append(Printable.isolated(Finding.title(finding.subject())));
        page.append("</b> ")
                .append(word(finding.outcome()))
                .append("</summary>\n<div id=\"f")
                .append(place)
                .append("\">");
        int left = MOST_PICTURES;
        for (Metric metric : finding.metrics()) {
            for (Pictures picture : Pictures.of(metric.plots())) {
                if (left-- > 0) {
                    page.append("<figure class=\"")
                            .append(picture.kind())
                            .append("\">")
                            .append(picture.svg());
                    page.append("<figcaption>")
                            .append(Printable.isolated(metric.name()))
                            .append(": ");
                    page.append(picture.caption()).append("</figcaption></figure>\n");
                }
            }
        }
        page.append(rows.getOrDefault(finding.subject(), ""));
        wanted(finding);
        others(finding);
        page.append("</div></details>\n");
    }

    /** Appends a line for each constraint, and the code that sets other bounds. */
    private void wanted(Finding finding) {
        if (finding.assessments().isEmpty()) {
            return;
        }
        page.append(
                "<div class=\"scroll\"><table class=\"w\" aria-label=\"Constraints\"><thead><tr><th>Metric</th><th>Value</th><th>Wanted</th><td></td>");
        page.append("<th>Evidence</th><th>Adjusted p</th><th>Note</th></tr>");
        page.append("</thead><tbody>\n");
        for (Assessment assessment : finding.assessments()) {
            Metric metric = assessment.metric();
            boolean isViolated = assessment.outcome() == Outcome.VIOLATED;
            page.append("<tr><th>").append(Printable.isolated(metric.name())).append("</th><td");
            page.append(isViolated ? " class=\"bad\"><b>\u26A0 " : ">").append(Numbers.of(metric.value()));
            page.append(isViolated ? "</b>" : "").append(unit(metric)).append("</td><td>");
            page.append(Numbers.wanted(assessment.constraint().bound())).append("</td><td>");
            page.append(Marks.dot(assessment))
                    .append("</td><td>")
                    .append(Numbers.evidence(metric))
                    .append("</td><td>");
            page.append(SENTENCES.chance(assessment));
            page.append("</td><td>").append(metric.note().isEmpty() ? "" : Printable.isolated(metric.note()));
            page.append("</td></tr>\n");
        }
        page.append("</tbody></table></div>\n<pre>").append(Printable.htmlCode(Code.of(finding.assessments())));
        page.append("</pre>\n");
    }

    /** Appends the metrics of which nothing is wanted. */
    private void others(Finding finding) {
        boolean isFirst = true;
        for (Metric metric : finding.metrics()) {
            if (finding.on(metric.name()) == null) {
                page.append(isFirst ? "<ul class=\"also\">" : "")
                        .append("<li>")
                        .append(Printable.isolated(metric.name()));
                page.append(" <b>")
                        .append(Numbers.of(metric.value()))
                        .append("</b>")
                        .append(unit(metric));
                String evidence = Numbers.evidence(metric);
                String note = metric.note().isEmpty() ? "" : Printable.isolated(metric.note());
                String both = evidence + (evidence.isEmpty() || note.isEmpty() ? "" : "; ") + note;
                page.append(both.isEmpty() ? "" : " <small>" + both + "</small>")
                        .append("</li>");
                isFirst = false;
            }
        }
        page.append(isFirst ? "" : "</ul>\n");
    }

    /** Returns a subject's name for where many are looked over; its details have all of it that is ever shown. */
    private static String name(String subject) {
        return Printable.isolated(Printable.shortened(Finding.title(subject), MOST_OF_NAME));
    }

    /** Returns a unit to write behind a value; a share, which most metrics are, has none. */
    private static String unit(Metric metric) {
        String unit = metric.scale().unit();
        return unit.isEmpty() || unit.equals(Scale.SHARE.unit()) ? "" : " <i>" + Printable.html(unit) + "</i>";
    }

    private void paragraph(String kind, String html) {
        if (!html.isEmpty()) {
            page.append("<p class=\"").append(kind).append("\">").append(html).append("</p>\n");
        }
    }

    private String end() {
        page.append("</main>\n<footer>Chance is judged over all constraints together: a value outside its ");
        page.append("bound that chance explains is no violation.</footer>\n").append(PageParts.foot());
        return page.toString();
    }

    static String sign(Report.Status status) {
        return switch (status) {
            case HEALTHY -> "<span class=\"good\" aria-hidden=\"true\">\u2713</span>";
            case VIOLATED -> "<span class=\"bad\" aria-hidden=\"true\">\u26A0</span>";
            case INCOMPLETE, NO_DATA -> "<span class=\"dim\" aria-hidden=\"true\">?</span>";
        };
    }

    private static String word(@Nullable Outcome outcome) {
        if (outcome == null) {
            return "<span class=\"dim\">nothing wanted</span>";
        }
        return switch (outcome) {
            case HOLDS -> "<span class=\"good\">\u2713 holds</span>";
            case VIOLATED -> "<span class=\"bad\">\u26A0 violated</span>";
            case NOT_JUDGED -> "<span class=\"dim\">? not judged</span>";
        };
    }
}
