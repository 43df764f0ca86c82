package io.modelmonitor.report;

import io.modelmonitor.api.Assessment.Outcome;
import io.modelmonitor.api.Bound;
import io.modelmonitor.report.History.Execution;
import io.modelmonitor.report.History.Point;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A metric over executions, drawn as a line over the band that its newest bound allows. */
final class Series {

    private static final int WIDTH = 600;
    private static final int HEIGHT = 72;
    private static final int MOST_BUCKETS = 150;
    private static final int MOST_ALERTS = 12;

    private final Map<String, Point> points = new LinkedHashMap<>();
    private final Map<String, String> times = new LinkedHashMap<>();

    /** Adds the value of an execution, in place of an earlier one of the same execution. */
    void put(Execution execution, Point point) {
        points.put(execution.id(), point);
        times.put(execution.id(), execution.time());
    }

    /** Returns the picture, with what it shows in words. */
    String figure() {
        List<String> ids = new ArrayList<>(points.keySet());
        List<Double> values = points.values().stream()
                .map(Point::value)
                .filter(Double::isFinite)
                .toList();
        if (values.isEmpty()) {
            return "";
        }
        Point last = points.getOrDefault(
                ids.get(ids.size() - 1), points.values().iterator().next());
        Bound bound = new Bound(last.atLeast(), last.atMost(), false);
        long violated = points.values().stream()
                .filter(point -> point.outcome() == Outcome.VIOLATED)
                .count();
        String what = Printable.isolated(Finding.title(last.subject())) + " " + Printable.isolated(last.metric());
        String plain = Printable.html(Finding.title(last.subject()) + " " + last.metric());
        List<Double> usual = points.values().stream()
                .filter(point -> point.outcome() != Outcome.VIOLATED)
                .map(Point::value)
                .filter(Double::isFinite)
                .sorted()
                .toList();
        String words = " is " + Numbers.of(last.value()) + ", wanted " + Numbers.wanted(bound) + "; violated "
                + Numbers.of(violated) + " of " + Numbers.of(points.size()) + " times" + usually(usual);
        List<Double> seen = new ArrayList<>(values);
        for (double end : new double[] {bound.lower(), bound.upper()}) {
            if (Double.isFinite(end)) {
                seen.add(end);
            }
        }
        Marks.Axis up = Marks.Axis.over(seen, HEIGHT - 6, 6);
        StringBuilder svg = Marks.open("r", WIDTH, HEIGHT, plain + words);
        // With links in it a picture is a group.
        svg.replace(svg.indexOf("role=\"img\""), svg.indexOf("role=\"img\"") + 10, "role=\"group\"");
        int top = bound.upper() == Double.POSITIVE_INFINITY ? 0 : up.at(bound.upper());
        int bottom = bound.lower() == Double.NEGATIVE_INFINITY ? HEIGHT : up.at(bound.lower());
        svg.append("<path class=\"k\" d=\"");
        Marks.box(svg, 0, top, WIDTH, Math.max(1, bottom - top));
        svg.append("\"/>");
        line(svg, ids, up);
        alerts(svg, ids, up);
        return "<figure>" + Marks.close(svg) + "<figcaption>" + what + words + "</figcaption></figure>\n";
    }

    /** Appends the least and the greatest value of every few executions, so that none that stands out is lost. */
    private void line(StringBuilder svg, List<String> ids, Marks.Axis up) {
        int buckets = Math.min(MOST_BUCKETS, ids.size());
        svg.append("<path class=\"l\" d=\"");
        boolean isFirst = true;
        for (int bucket = 0; bucket < buckets; bucket++) {
            int from = (int) ((long) bucket * ids.size() / buckets);
            int to = (int) ((long) (bucket + 1) * ids.size() / buckets);
            double least = Double.POSITIVE_INFINITY;
            double greatest = Double.NEGATIVE_INFINITY;
            for (String id : ids.subList(from, to)) {
                double value = value(id);
                least = Double.isFinite(value) ? Math.min(least, value) : least;
                greatest = Double.isFinite(value) ? Math.max(greatest, value) : greatest;
            }
            if (least <= greatest) {
                svg.append(isFirst ? 'M' : 'L')
                        .append(across(from, ids.size()))
                        .append(' ')
                        .append(up.at(least));
                if (up.at(greatest) != up.at(least)) {
                    svg.append('V').append(up.at(greatest));
                }
                isFirst = false;
            }
        }
        svg.append("\"/>");
    }

    /** Appends a dot where violations began, and for the newest, which leads to that execution's page; the newest ones only. */
    private void alerts(StringBuilder svg, List<String> ids, Marks.Axis up) {
        int drawn = 0;
        for (int i = ids.size() - 1; i >= 0 && drawn < MOST_ALERTS; i--) {
            boolean isEnd = i == ids.size() - 1 || i == 0 || !isViolated(ids.get(i - 1));
            double value = value(ids.get(i));
            if (isViolated(ids.get(i)) && isEnd && Double.isFinite(value)) {
                svg.append("<a href=\"./").append(ids.get(i)).append(".html\" aria-label=\"");
                svg.append(times.get(ids.get(i))).append(" violated: ").append(Numbers.of(value));
                svg.append("\"><circle class=\"d\" r=\"4\" cx=\"").append(across(i, ids.size()));
                svg.append("\" cy=\"").append(up.at(value)).append("\"/></a>");
                drawn++;
            }
        }
    }

    private boolean isViolated(String id) {
        Point point = points.get(id);
        return point != null && point.outcome() == Outcome.VIOLATED;
    }

    private double value(String id) {
        Point point = points.get(id);
        return point == null ? Double.NaN : point.value();
    }

    /** Returns the interval of nine in ten values that were no violations. */
    private static String usually(List<Double> sorted) {
        if (sorted.size() < 20) {
            return "";
        }
        int edge = sorted.size() / 20;
        return "; usually " + Numbers.of(sorted.get(edge), 2) + " to "
                + Numbers.of(sorted.get(sorted.size() - 1 - edge), 2);
    }

    private static int across(int index, int size) {
        return size < 2 ? WIDTH / 2 : 4 + (int) ((long) index * (WIDTH - 8) / (size - 1));
    }
}
