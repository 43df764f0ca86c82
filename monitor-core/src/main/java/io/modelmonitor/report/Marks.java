package io.modelmonitor.report;

import io.modelmonitor.api.Assessment;
import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Metric;
import java.util.List;

/**
 * Marks of SVG with integer coordinates. The baseline is always an outline and the current data a fill, so that the form tells
 * them apart where colours do not. Colours are classes that the page's style gives: {@code b} baseline, {@code c} current,
 * {@code k} allowed, {@code t} text.
 */
final class Marks {

    private Marks() {}

    /** Opens a picture. Its text alternative is escaped already. */
    static StringBuilder open(String kind, int width, int height, String alternative) {
        return new StringBuilder(1_024)
                .append("<svg class=\"")
                .append(kind)
                .append("\" viewBox=\"0 0 ")
                .append(width)
                .append(' ')
                .append(height)
                .append("\" role=\"img\" aria-label=\"")
                .append(alternative)
                .append("\">");
    }

    /** Closes a picture. */
    static String close(StringBuilder svg) {
        return svg.append("</svg>").toString();
    }

    /**
     * Appends upright bars over a whole picture, from its left to its right edge, as one line that goes along the ground, and up and
     * down where there are bars. Values are parts of its height.
     *
     * @param gap the room between two bars; 0 for those of neighbouring intervals
     */
    static void bars(StringBuilder svg, double[] heights, int width, int height, int gap) {
        svg.append("<path class=\"c\" d=\"M0 ").append(height);
        boolean isUp = false;
        for (int i = 0; i < heights.length; i++) {
            int top = height - part(heights[i], height - 2);
            boolean isBar = top < height;
            if (isUp && (gap > 0 || !isBar)) {
                svg.append('V').append(height);
                isUp = false;
            }
            if (isBar) {
                int left = i * width / heights.length;
                int right = (i + 1) * width / heights.length;
                svg.append(isUp ? "" : "H" + left).append('V').append(top).append('H');
                svg.append(right - (right - left > 4 ? gap : 0));
                isUp = true;
            }
        }
        svg.append(isUp ? "V" + height : "").append("\"/>");
    }

    /** Appends the outline of upright bars, as {@link #bars} draws them. */
    static void outline(StringBuilder svg, double[] heights, int width, int height) {
        svg.append("<path class=\"b\" d=\"M1 ").append(height - 1);
        int last = height - 1;
        for (int i = 0; i < heights.length; i++) {
            int top = height - 1 - part(heights[i], height - 3);
            if (top != last) {
                svg.append('V').append(top);
                last = top;
            }
            boolean isLevel = i + 1 < heights.length && part(heights[i + 1], height - 3) == height - 1 - top;
            if (!isLevel) {
                svg.append('H').append(Math.min(width - 1, (i + 1) * width / heights.length));
            }
        }
        svg.append('V').append(height - 1).append("\"/>");
    }

    /** Appends a rectangle to a path. */
    static void box(StringBuilder path, int x, int y, int width, int height) {
        path.append('M').append(x).append(' ').append(y).append('h').append(width);
        path.append('v').append(height).append('h').append(-width).append('z');
    }

    /** Appends a text of the data, cut to some characters. */
    static void text(StringBuilder svg, int x, int y, String text, int most) {
        svg.append("<text x=\"").append(x).append("\" y=\"").append(y).append("\">");
        svg.append(Printable.html(Printable.shortened(text, most))).append("</text>");
    }

    /** Appends a line through points, of which at most 120 are drawn. */
    static void line(StringBuilder svg, List<Double> x, List<Double> y, int width, int height) {
        Axis across = Axis.over(x, 2, width - 2);
        Axis up = Axis.over(y, height - 2, 2);
        int step = Math.max(1, (x.size() + 119) / 120);
        svg.append("<path class=\"l\" d=\"");
        boolean isFirst = true;
        for (int i = 0; i < x.size(); i++) {
            boolean isDrawn = i % step == 0 || i == x.size() - 1;
            if (isDrawn && Double.isFinite(x.get(i)) && Double.isFinite(y.get(i))) {
                svg.append(isFirst ? 'M' : 'L').append(across.at(x.get(i))).append(' ');
                svg.append(up.at(y.get(i)));
                isFirst = false;
            }
        }
        svg.append("\"/>");
    }

    /** Returns a dot for a value with its interval, over a band of what its bound allows. */
    static String dot(Assessment assessment) {
        Metric metric = assessment.metric();
        Bound bound = assessment.constraint().bound();
        if (!Double.isFinite(metric.value())) {
            return "";
        }
        double[] interval = Numbers.interval(metric);
        double least = Math.min(metric.value(), bound.nearest(metric.value()));
        double greatest = Math.max(metric.value(), bound.nearest(metric.value()));
        for (double end : new double[] {bound.lower(), bound.upper()}) {
            least = Double.isFinite(end) ? Math.min(least, end) : least;
            greatest = Double.isFinite(end) ? Math.max(greatest, end) : greatest;
        }
        for (double end : interval) {
            least = Double.isFinite(end) ? Math.min(least, end) : least;
            greatest = Double.isFinite(end) ? Math.max(greatest, end) : greatest;
        }
        double room = greatest > least ? (greatest - least) / 4 : Math.max(Math.abs(least) / 4, 1e-9);
        Axis axis = new Axis(
                Math.max(metric.scale().least(), least - room),
                Math.min(metric.scale().greatest(), greatest + room),
                4,
                116);
        // Value, evidence and bound stand in words beside it. The style gives it the size of its units, 120 by 16.
        StringBuilder svg = new StringBuilder("<svg class=\"i\" aria-hidden=\"true\">");
        int from = axis.at(bound.lower());
        svg.append("<path class=\"k\" d=\"");
        box(svg, from, 2, Math.max(1, axis.at(bound.upper()) - from), 12);
        svg.append("\"/>");
        if (interval.length > 0 && axis.at(interval[0]) < axis.at(interval[1])) {
            svg.append("<path class=\"l\" d=\"M").append(axis.at(interval[0]));
            svg.append(" 8H").append(axis.at(interval[1])).append("\"/>");
        }
        svg.append("<path class=\"e\" d=\"M").append(axis.at(metric.value())).append(" 8h0\"/>");
        return close(svg);
    }

    /** Returns values as parts of the greatest of two lists. */
    static double[] scaled(List<Double> values, double greatest) {
        double[] parts = new double[values.size()];
        for (int i = 0; i < parts.length; i++) {
            double value = values.get(i);
            parts[i] = greatest > 0 && value > 0 ? Math.min(1, value / greatest) : 0;
        }
        return parts;
    }

    private static int part(double share, int height) {
        // Whatever is there is seen, however little.
        return share > 0 ? Math.max(1, (int) Math.round(share * height)) : 0;
    }

    /**
     * An axis.
     *
     * @param least the value at its beginning
     * @param greatest the value at its end
     * @param from the coordinate of its beginning
     * @param to the coordinate of its end
     */
    record Axis(double least, double greatest, int from, int to) {

        static Axis over(List<Double> values, int from, int to) {
            double least = Double.POSITIVE_INFINITY;
            double greatest = Double.NEGATIVE_INFINITY;
            for (double value : values) {
                least = Double.isFinite(value) ? Math.min(least, value) : least;
                greatest = Double.isFinite(value) ? Math.max(greatest, value) : greatest;
            }
            return new Axis(least, greatest, from, to);
        }

        /** Returns where a value lies; at an end if it lies beyond. */
        int at(double value) {
            // Halves, as the range of two large doubles is infinite.
            double range = greatest / 2 - least / 2;
            double part = range > 0 ? (value / 2 - least / 2) / range : 0.5;
            return from + (int) Math.round(Math.max(0, Math.min(1, part)) * (to - from));
        }
    }
}
