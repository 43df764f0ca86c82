package io.modelmonitor.report;

import io.modelmonitor.api.Report;
import io.modelmonitor.report.ExecutionFile.Execution;
import io.modelmonitor.report.HistoryIndex.Monitored;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes the index of executions: for each monitor the newest verdict, a strip of all verdicts, and the metrics that were
 * violated most as lines; then the newest executions in a table. Its size has a limit, whatever there was.
 */
final class HistoryPage {

    private static final int MOST_CELLS = 366;
    private static final int STRIP_WIDTH = 732;
    private static final int STRIP_HEIGHT = 24;
    private static final int MOST_MONITORS = 12;
    private static final int MOST_LINES = 24;
    private static final int MOST_ROWS = 300;

    private final HistoryIndex index;
    private final StringBuilder page = new StringBuilder(65_536);

    HistoryPage(HistoryIndex index) {
        this.index = index;
    }

    String html() {
        List<Execution> newest = inOrder(index.executions());
        Map<String, Execution> monitors = new LinkedHashMap<>();
        newest.forEach(execution -> monitors.putIfAbsent(execution.monitor(), execution));
        long unhealthy = monitors.values().stream()
                .filter(last -> last.status() != Report.Status.HEALTHY)
                .count();
        String title = unhealthy == 0
                ? "Healthy now: " + count(monitors.size(), "monitor")
                : Numbers.of(unhealthy) + " of " + count(monitors.size(), "monitor") + " not healthy now";
        if (monitors.size() == 1) {
            title = newest.get(0).verdict();
        }
        String heading = monitors.size() == 1 ? Printable.isolated(title) : title;
        page.append(PageParts.head(Printable.html(title)))
                .append("<a class=\"skip\" href=\"#all\">Skip to the executions</a>\n");
        page.append("<header>\n<h1>")
                .append(HtmlPage.sign(unhealthy == 0 ? Report.Status.HEALTHY : Report.Status.VIOLATED));
        page.append(' ').append(heading).append("</h1>\n<p class=\"meta\"><span>");
        page.append(count(newest.size(), "execution")).append("</span></p>\n</header>\n<main>\n");
        int shown = 0;
        for (String name : monitors.keySet()) {
            Monitored monitor = index.monitor(name);
            if (shown < MOST_MONITORS && monitor != null) {
                monitor(name, monitor, shown, Math.min(MOST_MONITORS, monitors.size()));
                shown++;
            }
        }
        table(newest);
        page.append("</main>\n").append(PageParts.foot());
        return page.toString();
    }

    private void monitor(String name, Monitored monitor, int place, int monitors) {
        List<Integer> order = monitor.oldestFirst();
        Execution last = monitor.execution(order.get(order.size() - 1));
        page.append("<section aria-labelledby=\"m")
                .append(place)
                .append("\">\n<h2 id=\"m")
                .append(place);
        page.append("\">").append(Printable.isolated(name)).append("</h2>\n<p>").append(HtmlPage.sign(last.status()));
        page.append(" <a href=\"./")
                .append(last.id())
                .append(".html\">")
                .append(last.time())
                .append("</a> ");
        int alike = monitor.alike(order);
        page.append(Printable.isolated(last.verdict()));
        page.append(
                alike < 2
                        ? ""
                        : "; so since " + monitor.since(order).time() + ", for " + Numbers.of(alike) + " executions");
        page.append("</p>\n");
        strip(order.stream().map(monitor::execution).toList(), MOST_CELLS / monitors);
        lines(monitor, order, Math.max(1, MOST_LINES / monitors));
        page.append("</section>\n");
    }

    /** Appends the lines of the metrics that were violated most, and of others that ever changed while there is room. */
    private void lines(Monitored monitor, List<Integer> order, int most) {
        List<Series> moved = monitor.series().stream()
                .filter(line -> !line.isStill())
                .sorted(Comparator.comparingInt(Series::violations).reversed())
                .toList();
        if (!moved.isEmpty()) {
            page.append(
                    "<p class=\"dim key\">Green: allowed. Blue: where nine of ten values lay that were no violations. ");
            page.append("A dot: a violation began. A broken line: the level changed.</p>\n<div class=\"lines\">\n");
            moved.stream().limit(most).forEach(line -> page.append(line.figure(monitor, order)));
            page.append("</div>\n");
        }
        int still = monitor.series().size() - moved.size();
        int more = moved.size() - Math.min(most, moved.size());
        page.append(
                more > 0
                        ? "<p class=\"dim\">" + count(more, "further metric")
                                + " changed without many violations.</p>\n"
                        : "");
        page.append(still > 0 ? "<p class=\"dim\">" + count(still, "further metric") + " never changed.</p>\n" : "");
    }

    /** Appends all verdicts from the oldest to the newest on one line; a cell of several has the worst of them. */
    private void strip(List<Execution> oldest, int mostCells) {
        int cells = Math.min(mostCells, oldest.size());
        int width = Math.min(12, STRIP_WIDTH / cells);
        page.append("<figure><svg class=\"t\" viewBox=\"0 0 ")
                .append(STRIP_WIDTH)
                .append(' ')
                .append(STRIP_HEIGHT);
        page.append("\" role=\"group\" aria-label=\"Verdicts of ").append(count(oldest.size(), "execution"));
        page.append(", oldest first\">");
        for (int cell = 0; cell < cells; cell++) {
            int from = (int) ((long) cell * oldest.size() / cells);
            int to = (int) ((long) (cell + 1) * oldest.size() / cells);
            Execution worst = oldest.get(to - 1);
            for (Execution one : oldest.subList(from, to)) {
                worst = weight(one.status()) > weight(worst.status()) ? one : worst;
            }
            int height = 2 + weight(worst.status()) * 22 / 3;
            page.append("<a href=\"./")
                    .append(worst.id())
                    .append(".html\" aria-label=\"")
                    .append(worst.time());
            page.append(' ').append(word(worst.status())).append('"');
            page.append(weight(worst.status()) > 1 ? ">" : " tabindex=\"-1\">").append("<path class=\"s");
            page.append(weight(worst.status())).append("\" d=\"");
            Marks.box(page, cell * width, STRIP_HEIGHT - height, Math.max(1, width - 1), height);
            page.append("\"/></a>");
        }
        page.append("</svg><figcaption>").append(oldest.get(0).time()).append(" to ");
        page.append(oldest.get(oldest.size() - 1).time());
        page.append(
                ": full height is violated, half incomplete, low healthy, a line without data</figcaption></figure>\n");
    }

    private void table(List<Execution> newest) {
        page.append("<section aria-labelledby=\"all\">\n<h2 id=\"all\">Executions</h2>\n");
        page.append("<div class=\"tools\" hidden><label>Search <input type=\"search\"></label>");
        page.append("<label><input type=\"checkbox\"> not healthy only</label><output class=\"dim\"></output></div>\n");
        page.append("<p class=\"dim key\" id=\"key\">Newest first");
        if (newest.size() > MOST_ROWS) {
            page.append(": the newest ").append(MOST_ROWS).append("; older ones by the strip, and page by page");
        }
        page.append("</p>\n<div class=\"scroll\" role=\"region\" aria-label=\"Table of executions\" tabindex=\"0\">\n");
        page.append("<table class=\"all\" aria-labelledby=\"all\" aria-describedby=\"key\"><thead><tr>");
        page.append("<th scope=\"col\">Execution</th><th scope=\"col\">Monitor</th>");
        page.append("<th scope=\"col\">Verdict</th><th scope=\"col\" class=\"f\">Rows</th></tr></thead>\n<tbody>\n");
        for (Execution execution : newest.subList(0, Math.min(MOST_ROWS, newest.size()))) {
            page.append(execution.status() == Report.Status.HEALTHY ? "<tr>" : "<tr class=\"x\">");
            page.append("<th scope=\"row\"><a href=\"./").append(execution.id()).append(".html\">");
            page.append(execution.time()).append("</a></th><td>").append(Printable.isolated(execution.monitor()));
            page.append("</td><td>").append(HtmlPage.sign(execution.status())).append(' ');
            page.append(Printable.isolated(execution.verdict())).append("</td><td>");
            page.append(Numbers.of(execution.rows())).append("</td></tr>\n");
        }
        page.append("</tbody></table></div>\n</section>\n");
    }

    /** Returns the newest first: by time where all have one, else by when they were reported. */
    private static List<Execution> inOrder(Iterable<Execution> executions) {
        List<Execution> ordered = new ArrayList<>();
        Set<Boolean> known = new HashSet<>();
        for (Execution execution : executions) {
            ordered.add(0, execution);
            known.add(execution.at() != null);
        }
        if (!known.contains(false)) {
            ordered.sort(
                    Comparator.comparing(Execution::at, Comparator.nullsFirst(Comparator.<Instant>reverseOrder())));
        }
        return ordered;
    }

    private static int weight(Report.Status status) {
        return switch (status) {
            case NO_DATA -> 0;
            case HEALTHY -> 1;
            case INCOMPLETE -> 2;
            case VIOLATED -> 3;
        };
    }

    private static String word(Report.Status status) {
        return switch (status) {
            case NO_DATA -> "no data";
            case HEALTHY -> "healthy";
            case INCOMPLETE -> "incomplete";
            case VIOLATED -> "violated";
        };
    }

    private static String count(int number, String noun) {
        return Numbers.of(number) + " " + noun + (number == 1 ? "" : "s");
    }
}
