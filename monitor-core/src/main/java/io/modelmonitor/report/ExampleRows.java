package io.modelmonitor.report;

import io.modelmonitor.api.Feature;
import io.modelmonitor.api.Place;
import io.modelmonitor.api.Report;
import io.modelmonitor.api.Row;
import io.modelmonitor.api.Violation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Writes the first few rows behind each violation as tables, without the values of columns that are withheld. */
final class ExampleRows {

    private static final int MOST_ROWS = 5;
    private static final int MOST_COLUMNS = 12;
    private static final int MOST_LETTERS = 40;
    private static final int MOST_VIOLATIONS = 100;

    private ExampleRows() {}

    /** Returns the markup of the rows of each subject. */
    static Map<String, String> of(
            Report report,
            Function<? super Violation, ? extends Stream<? extends Row>> search,
            Collection<String> withheld) {
        Map<String, String> bySubject = new LinkedHashMap<>();
        List<Violation> violations = report.violations();
        for (Violation violation : violations.subList(0, Math.min(MOST_VIOLATIONS, violations.size()))) {
            try (Stream<? extends Row> found = search.apply(violation)) {
                List<Row> rows = new ArrayList<>();
                found.limit(MOST_ROWS).forEach(rows::add);
                if (!rows.isEmpty()) {
                    bySubject.merge(violation.subject(), table(violation, rows, Set.copyOf(withheld)), String::concat);
                }
            }
        }
        return bySubject;
    }

    private static String table(Violation violation, List<Row> rows, Set<String> withheld) {
        List<String> columns = columns(violation.subject(), rows.get(0));
        String title = "Rows behind " + Printable.html(violation.metric().name());
        StringBuilder html = new StringBuilder("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"")
                .append(title)
                .append("\"><table class=\"rows\" aria-label=\"")
                .append(title)
                .append("\"><thead><tr><th scope=\"col\">")
                .append(title)
                .append("</th>");
        columns.forEach(
                column -> html.append("<th scope=\"col\">").append(cell(column)).append("</th>"));
        html.append("</tr></thead>\n<tbody>\n");
        for (int i = 0; i < rows.size(); i++) {
            Place place = rows.get(i).place();
            html.append("<tr><th scope=\"row\">").append(place == null ? "row " + (i + 1) : line(place));
            html.append("</th>");
            for (String column : columns) {
                html.append(column.equals(violation.subject()) ? "<td class=\"bad\">" : "<td>");
                html.append(
                        withheld.contains(column) ? "<span class=\"dim\">withheld</span>" : value(rows.get(i), column));
                html.append("</td>");
            }
            html.append("</tr>\n");
        }
        return html.append("</tbody></table></div>\n").toString();
    }

    /** Returns the columns that are shown: the violated one first, as it must not be the one that there is no room for. */
    private static List<String> columns(String subject, Row row) {
        List<String> columns = new ArrayList<>();
        for (Feature feature : row.schema().features()) {
            if (feature.name().equals(subject)) {
                columns.add(0, feature.name());
            } else {
                columns.add(feature.name());
            }
        }
        return columns.subList(0, Math.min(MOST_COLUMNS, columns.size()));
    }

    private static String line(Place place) {
        String source = place.source();
        String name = source.substring(Math.max(source.lastIndexOf('/'), source.lastIndexOf('\\')) + 1);
        return Printable.isolated(Printable.shortened(name, MOST_LETTERS)) + ", line " + Numbers.of(place.line());
    }

    private static String value(Row row, String column) {
        int index = row.schema().indexOf(column);
        String text = index < 0 ? null : row.text(index);
        return text == null ? "<span class=\"dim\">missing</span>" : cell(text);
    }

    private static String cell(String text) {
        return Printable.isolated(Printable.shortened(text, MOST_LETTERS));
    }
}
