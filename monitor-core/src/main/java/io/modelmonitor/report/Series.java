package io.modelmonitor.report;

import io.modelmonitor.api.Assessment.Outcome;
import io.modelmonitor.api.Bound;
import io.modelmonitor.report.ExecutionFile.Execution;
import io.modelmonitor.report.ExecutionFile.Point;
import io.modelmonitor.report.HistoryIndex.Monitored;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A metric over executions, drawn as a line over the band that its newest bound allows and the one in which nine of ten values
 * lay, with dots where violations began and a mark where it changed.
 */
final class Series {

    private static final int WIDTH = 600;
    private static final int HEIGHT = 72;
    private static final int MOST_BUCKETS = 150;
    private static final int MOST_ALERTS = 12;
    private static final int LEAST_USUAL = 20;

    /** The values by the places of their executions; NaN where there is none. */
    private double[] values = new double[0];

    private boolean[] violated = new boolean[0];
    private int newest = -1;
    private @Nullable Point last;

    void put(int place, Point point) {
        int size = values.length;
        if (place >= size) {
            int capacity = Math.max(place + 1, size + size / 2);
            values = Arrays.copyOf(values, capacity);
            Arrays.fill(values, size, capacity, Double.NaN);
            violated = Arrays.copyOf(violated, capacity);
        }
        values[place] = point.value();
        violated[place] = point.outcome() == Outcome.VIOLATED;
        if (place >= newest) {
            newest = place;
            last = point;
        }
    }

    /** Forgets the value of an execution that is reported again. */
    void forget(int place) {
        if (place < values.length) {
            values[place] = Double.NaN;
            violated[place] = false;
        }
    }

    /** Returns how many of its values were violations. */
    int violations() {
        int count = 0;
        for (boolean one : violated) {
            count += one ? 1 : 0;
        }
        return count;
    }

    /** Returns whether nothing ever happened: it was never violated and has one value only, if any. */
    boolean isStill() {
        double first = Double.NaN;
        for (int i = 0; i < values.length; i++) {
            if (violated[i] || (Double.isFinite(values[i]) && Double.isFinite(first) && values[i] != first)) {
                return false;
            }
            first = Double.isFinite(values[i]) ? values[i] : first;
        }
        return true;
    }

    /**
     * Returns the picture, with what it shows in words; empty if there is no value.
     *
     * @param executions the executions, by the places that values were put for
     * @param oldestFirst these places in the order of time
     */
    String figure(Monitored executions, List<Integer> oldestFirst) {
        Point newestPoint = last;
        List<Integer> places = new ArrayList<>();
        List<Double> finite = new ArrayList<>();
        List<Double> usual = new ArrayList<>();
        for (int place : oldestFirst) {
            boolean isHere = place < values.length;
            places.add(place);
            if (isHere && Double.isFinite(values[place])) {
                finite.add(values[place]);
                if (!violated[place]) {
                    usual.add(values[place]);
                }
            }
        }
        if (finite.isEmpty() || newestPoint == null) {
            return "";
        }
        Bound bound = newestPoint.bound();
        usual.sort(null);
        int edge = usual.size() / 20;
        boolean hasUsual = usual.size() >= LEAST_USUAL;
        List<Double> seen = new ArrayList<>(finite);
        for (double end : new double[] {bound.lower(), bound.upper()}) {
            if (Double.isFinite(end)) {
                seen.add(end);
            }
        }
        int change = ChangePoint.of(finite);
        int changed = change < 0 ? -1 : place(places, change);
        String name = Finding.title(newestPoint.subject()) + " " + newestPoint.metric();
        String words = " is " + Numbers.of(newestPoint.value()) + ", wanted " + Numbers.wanted(bound) + "; violated "
                + Numbers.of(violations()) + " of " + Numbers.of(finite.size()) + " times"
                + (hasUsual
                        ? "; usually " + Numbers.of(usual.get(edge), 2) + " to "
                                + Numbers.of(usual.get(usual.size() - 1 - edge), 2)
                        : "")
                + (changed < 0
                        ? ""
                        : "; changed at "
                                + executions.execution(places.get(changed)).time());
        Marks.Axis up = Marks.Axis.over(seen, HEIGHT - 6, 6);
        StringBuilder svg = Marks.open("r", WIDTH, HEIGHT, Printable.html(name) + words);
        // With links in it a picture is a group.
        svg.replace(svg.indexOf("role=\"img\""), svg.indexOf("role=\"img\"") + 10, "role=\"group\"");
        band(svg, "k", bound.lower(), bound.upper(), up);
        if (hasUsual) {
            band(svg, "v1", usual.get(edge), usual.get(usual.size() - 1 - edge), up);
        }
        if (changed >= 0) {
            svg.append("<path class=\"g\" d=\"M")
                    .append(across(changed, places.size()))
                    .append(" 0V")
                    .append(HEIGHT);
            svg.append("\"/>");
        }
        line(svg, places, up);
        alerts(svg, executions, places, up);
        return "<figure>" + Marks.close(svg) + "<figcaption><b>" + Printable.isolated(name) + "</b>" + words
                + "</figcaption></figure>\n";
    }

    private static void band(StringBuilder svg, String kind, double lower, double upper, Marks.Axis up) {
        int top = upper == Double.POSITIVE_INFINITY ? 0 : up.at(upper);
        int bottom = lower == Double.NEGATIVE_INFINITY ? HEIGHT : up.at(lower);
        svg.append("<path class=\"").append(kind).append("\" d=\"");
        Marks.box(svg, 0, top, WIDTH, Math.max(1, bottom - top));
        svg.append("\"/>");
    }

    /** Returns which of some places has the nth value. */
    private int place(List<Integer> places, int nth) {
        int left = nth;
        for (int i = 0; i < places.size(); i++) {
            if (Double.isFinite(value(places.get(i))) && left-- == 0) {
                return i;
            }
        }
        throw new AssertionError("there are fewer values than " + nth);
    }

    /** Appends the least and the greatest value of every few executions, so that none that stands out is lost. */
    private void line(StringBuilder svg, List<Integer> places, Marks.Axis up) {
        int buckets = Math.min(MOST_BUCKETS, places.size());
        svg.append("<path class=\"l\" d=\"");
        boolean isFirst = true;
        for (int bucket = 0; bucket < buckets; bucket++) {
            int from = (int) ((long) bucket * places.size() / buckets);
            int to = (int) ((long) (bucket + 1) * places.size() / buckets);
            double least = Double.POSITIVE_INFINITY;
            double greatest = Double.NEGATIVE_INFINITY;
            for (int place : places.subList(from, to)) {
                double value = value(place);
                least = Double.isFinite(value) ? Math.min(least, value) : least;
                greatest = Double.isFinite(value) ? Math.max(greatest, value) : greatest;
            }
            if (least <= greatest) {
                svg.append(isFirst ? 'M' : 'L')
                        .append(across(from, places.size()))
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
    private void alerts(StringBuilder svg, Monitored executions, List<Integer> places, Marks.Axis up) {
        int drawn = 0;
        for (int i = places.size() - 1; i >= 0 && drawn < MOST_ALERTS; i--) {
            boolean isEnd = i == places.size() - 1 || i == 0 || !isViolated(places.get(i - 1));
            double value = value(places.get(i));
            if (isViolated(places.get(i)) && isEnd && Double.isFinite(value)) {
                Execution execution = executions.execution(places.get(i));
                svg.append("<a href=\"./").append(execution.id()).append(".html\" aria-label=\"");
                svg.append(execution.time()).append(" violated: ").append(Numbers.of(value));
                svg.append("\"><circle class=\"d\" r=\"4\" cx=\"").append(across(i, places.size()));
                svg.append("\" cy=\"").append(up.at(value)).append("\"/></a>");
                drawn++;
            }
        }
    }

    private boolean isViolated(int place) {
        return place < violated.length && violated[place];
    }

    private double value(int place) {
        return place < values.length ? values[place] : Double.NaN;
    }

    private static int across(int index, int size) {
        return size < 2 ? WIDTH / 2 : 4 + (int) ((long) index * (WIDTH - 8) / (size - 1));
    }
}
