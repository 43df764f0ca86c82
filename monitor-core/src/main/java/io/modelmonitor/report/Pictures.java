package io.modelmonitor.report;

import io.modelmonitor.api.Plot;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Draws the plots of metrics, whatever calculator put them there. Two histograms over the same intervals that follow each other
 * are one picture, the first as outline and the second as fill.
 *
 * @param kind how the picture is laid out
 * @param caption the caption in HTML: what is seen, of how many
 * @param svg the picture, at most 3 KB
 */
record Pictures(String kind, String caption, String svg) {

    /** The most bars, rows or labels in one picture. */
    private static final int MOST = 12;

    private static final int ROW = 20;
    private static final int WIDE = 600;
    private static final int LABELS = 170;

    /** Returns pictures of all of some plots, for reading. */
    static List<Pictures> of(List<Plot> plots) {
        List<Pictures> pictures = new ArrayList<>();
        for (int i = 0; i < plots.size(); i++) {
            Plot plot = plots.get(i);
            if (plot instanceof Plot.Histogram histogram) {
                boolean isPair = i + 1 < plots.size() && isOverTheSame(histogram, plots.get(i + 1));
                pictures.add(isPair ? pair(histogram, (Plot.Histogram) plots.get(i + 1)) : single(histogram));
                i += isPair ? 1 : 0;
            } else if (plot instanceof Plot.Pairs pairs) {
                pictures.add(rows(pairs.title(), pairs.names(), pairs.before(), pairs.after(), pairs));
            } else if (plot instanceof Plot.Bars bars) {
                pictures.add(rows(bars.title(), bars.names(), List.of(), bars.values(), null));
            } else if (plot instanceof Plot.Curve curve) {
                pictures.add(curve(curve));
            } else if (plot instanceof Plot.Matrix matrix) {
                pictures.add(matrix(matrix));
            } else if (plot instanceof Plot.Strips strips) {
                pictures.add(strips(strips));
            }
        }
        return pictures;
    }

    /** Returns a picture of the first of some plots that can be seen in a line of a table; empty if there is none. */
    static String small(List<Plot> plots) {
        if (plots.isEmpty()) {
            return "";
        }
        Plot first = plots.get(0);
        if (first instanceof Plot.Histogram histogram) {
            boolean isPair = plots.size() > 1 && isOverTheSame(histogram, plots.get(1));
            Plot.Histogram current = isPair ? (Plot.Histogram) plots.get(1) : histogram;
            String text = isPair ? n(histogram) + ", " + n(current) : n(histogram);
            return upright(isPair ? shares(histogram.counts()) : List.of(), shares(current.counts()), text, 120, 28);
        }
        if (first instanceof Plot.Pairs pairs) {
            int most = Math.min(MOST, pairs.names().size());
            return upright(
                    pairs.before().subList(0, most),
                    pairs.after().subList(0, most),
                    Printable.html(pairs.beforeName() + " and " + pairs.afterName() + " of " + most + " names"),
                    120,
                    28);
        }
        if (first instanceof Plot.Bars bars) {
            int most = Math.min(MOST, bars.names().size());
            return upright(List.of(), bars.values().subList(0, most), Printable.html(bars.title()), 120, 28);
        }
        if (first instanceof Plot.Curve curve) {
            StringBuilder svg = Marks.open("s", 120, 28, Printable.html(curve.title()));
            Marks.line(svg, curve.x(), curve.y(), 120, 28);
            return Marks.close(svg);
        }
        return "";
    }

    /** Returns whether the first of some plots shows the baseline beside the current data. */
    static boolean hasBothSides(List<Plot> plots) {
        return !plots.isEmpty()
                && (plots.get(0) instanceof Plot.Pairs
                        || (plots.size() > 1
                                && plots.get(0) instanceof Plot.Histogram histogram
                                && isOverTheSame(histogram, plots.get(1))));
    }

    /** Returns the baseline's values of plots that have both sides. */
    static List<Double> baseline(List<Plot> plots) {
        return plots.get(0) instanceof Plot.Pairs pairs ? pairs.before() : ((Plot.Histogram) plots.get(0)).counts();
    }

    /** Returns the current values of plots that have both sides. */
    static List<Double> current(List<Plot> plots) {
        return plots.get(0) instanceof Plot.Pairs pairs ? pairs.after() : ((Plot.Histogram) plots.get(1)).counts();
    }

    private static Pictures pair(Plot.Histogram before, Plot.Histogram after) {
        String text = n(before) + " (outline), " + n(after) + " (filled), by "
                + before.counts().size() + " intervals " + range(before.edges());
        return new Pictures(
                "h",
                text,
                upright(
                        shares(before.counts()),
                        shares(after.counts()),
                        "Two histograms, " + mostDifferent(before, after),
                        WIDE,
                        160));
    }

    private static Pictures single(Plot.Histogram histogram) {
        String text = n(histogram) + ", by " + histogram.counts().size() + " intervals " + range(histogram.edges());
        return new Pictures("h", text, upright(List.of(), shares(histogram.counts()), text, WIDE, 160));
    }

    private static String upright(List<Double> before, List<Double> after, String text, int width, int height) {
        double greatest = 0;
        for (List<Double> side : List.of(before, after)) {
            for (double value : side) {
                greatest = Double.isFinite(value) ? Math.max(greatest, value) : greatest;
            }
        }
        boolean isSmall = height < 100;
        StringBuilder svg = Marks.open(isSmall ? "s" : "h", width, height, text);
        // Small ones may be of names, which are no neighbours.
        Marks.bars(svg, Marks.scaled(after, greatest), width, height, isSmall ? 1 : 0);
        if (!before.isEmpty()) {
            Marks.outline(svg, Marks.scaled(before, greatest), width, height);
        }
        return Marks.close(svg);
    }

    /** Returns a row for each name: its baseline as an outline, its current value as a fill, and both in figures. */
    private static Pictures rows(
            String title, List<String> names, List<Double> before, List<Double> after, Plot.@Nullable Pairs sides) {
        int most = Math.min(MOST, names.size());
        List<Double> all = new ArrayList<>(after.subList(0, most));
        all.addAll(before.isEmpty() ? List.of() : before.subList(0, most));
        all.add(0.0);
        Marks.Axis axis = Marks.Axis.over(all, LABELS, WIDE - 150);
        StringBuilder fills = new StringBuilder();
        StringBuilder outlines = new StringBuilder();
        StringBuilder texts = new StringBuilder();
        for (int i = 0; i < most; i++) {
            int top = i * ROW;
            Marks.text(texts, 0, top + 14, names.get(i), 24);
            bar(fills, axis, after.get(i), top + 4, 12);
            String figures = Numbers.of(after.get(i), 3);
            if (!before.isEmpty()) {
                bar(outlines, axis, before.get(i), top + 2, 16);
                figures = Numbers.of(before.get(i), 3) + " \u2192 " + figures;
            }
            Marks.text(texts, WIDE - 140, top + 14, figures, 30);
        }
        String rest = names.size() > most ? ", the first " + most + " of " + names.size() : "";
        String caption = Printable.html(title)
                + rest
                + (sides == null
                        ? ""
                        : ": " + Printable.html(sides.beforeName()) + " (outline), " + Printable.html(sides.afterName())
                                + " (filled)");
        StringBuilder svg = Marks.open("r", WIDE, Math.max(1, most) * ROW, caption);
        svg.append("<path class=\"c\" d=\"").append(fills).append("\"/>");
        if (outlines.length() > 0) {
            svg.append("<path class=\"b\" d=\"").append(outlines).append("\"/>");
        }
        return new Pictures("r", caption, Marks.close(svg.append(texts)));
    }

    private static void bar(StringBuilder path, Marks.Axis axis, double value, int top, int height) {
        int zero = axis.at(0);
        int end = Double.isFinite(value) ? axis.at(value) : zero;
        Marks.box(path, Math.min(zero, end), top, Math.abs(end - zero), height);
    }

    private static Pictures curve(Plot.Curve curve) {
        String text = Printable.html(curve.title()) + ": " + Printable.html(curve.yName()) + " " + range(curve.y())
                + ", over " + Printable.html(curve.xName()) + " " + range(curve.x());
        StringBuilder svg = Marks.open("q", 300, 200, text + ", " + curve.x().size() + " points");
        svg.append("<path class=\"a\" d=\"M1 1V199H299\"/>");
        Marks.line(svg, curve.x(), curve.y(), 300, 200);
        return new Pictures("q", text, Marks.close(svg));
    }

    private static Pictures matrix(Plot.Matrix matrix) {
        int size = Math.min(MOST, matrix.labels().size());
        boolean hasRoom = size <= 5;
        int width = hasRoom ? 76 : 30;
        long greatest = 1;
        long total = 0;
        for (List<Long> row : matrix.counts()) {
            for (long count : row) {
                greatest = Math.max(greatest, count);
                total += count;
            }
        }
        String text = Printable.html(matrix.title()) + ": " + Printable.html(matrix.rowName()) + " by rows, "
                + Printable.html(matrix.columnName()) + " by columns, n " + Numbers.of(total)
                + (size < matrix.labels().size()
                        ? ", the first " + size + " of " + matrix.labels().size()
                        : "");
        @Nullable StringBuilder[] levels = new StringBuilder[5];
        StringBuilder texts = new StringBuilder();
        for (int row = 0; row < size; row++) {
            Marks.text(texts, 0, 42 + row * 28, matrix.labels().get(row), 11);
            Marks.text(texts, 94 + row * width, 16, matrix.labels().get(row), hasRoom ? 9 : 3);
            for (int column = 0; column < size; column++) {
                long count = matrix.counts().get(row).get(column);
                // By square roots, so that what is rare is told from what is not there.
                int level = (int) Math.ceil(Math.sqrt((double) Math.max(0, count) / greatest) * 4);
                levels[level] = Objects.requireNonNullElseGet(levels[level], StringBuilder::new);
                Marks.box(levels[level], 90 + column * width, 24 + row * 28, width - 2, 26);
                if (hasRoom) {
                    Marks.text(texts, 94 + column * width, 42 + row * 28, Numbers.of(count), 9);
                }
            }
        }
        StringBuilder svg = Marks.open("m", 90 + size * width, 24 + size * 28, text);
        for (int level = 0; level < levels.length; level++) {
            if (levels[level] != null) {
                svg.append("<path class=\"v")
                        .append(level)
                        .append("\" d=\"")
                        .append(levels[level])
                        .append("\"/>");
            }
        }
        return new Pictures("m", text, Marks.close(svg.append(texts)));
    }

    private static Pictures strips(Plot.Strips strips) {
        int most = Math.min(MOST, strips.names().size());
        List<Double> all = new ArrayList<>();
        strips.points().subList(0, most).forEach(all::addAll);
        Marks.Axis axis = Marks.Axis.over(all, LABELS, WIDE - 4);
        StringBuilder dots = new StringBuilder();
        StringBuilder texts = new StringBuilder();
        for (int i = 0; i < most; i++) {
            int top = i * ROW + 4;
            Marks.text(texts, 0, top + 10, strips.names().get(i), 24);
            List<Integer> places = strips.points().get(i).stream()
                    .filter(Double::isFinite)
                    .map(axis::at)
                    .distinct()
                    .sorted()
                    .toList();
            int step = Math.max(1, (places.size() + 15) / 16);
            for (int k = 0; k < places.size(); k++) {
                if (k % step == 0 || k == places.size() - 1) {
                    dots.append('M')
                            .append(places.get(k))
                            .append(' ')
                            .append(top)
                            .append("v12");
                }
            }
        }
        String text = Printable.html(strips.title()) + ": " + Printable.html(strips.valueName()) + " " + range(all)
                + ", n " + Numbers.of(all.size());
        StringBuilder svg = Marks.open("r", WIDE, Math.max(1, most) * ROW, text);
        svg.append("<path class=\"l\" d=\"").append(dots).append("\"/>");
        return new Pictures("r", text, Marks.close(svg.append(texts)));
    }

    private static boolean isOverTheSame(Plot.Histogram histogram, Plot other) {
        return other instanceof Plot.Histogram next && next.edges().equals(histogram.edges());
    }

    private static String mostDifferent(Plot.Histogram before, Plot.Histogram after) {
        List<Double> one = shares(before.counts());
        List<Double> other = shares(after.counts());
        int most = 0;
        for (int i = 1; i < one.size(); i++) {
            most = Math.abs(other.get(i) - one.get(i)) > Math.abs(other.get(most) - one.get(most)) ? i : most;
        }
        return "most different from " + Numbers.of(before.edges().get(most)) + " to "
                + Numbers.of(before.edges().get(most + 1)) + ": " + Numbers.percent(one.get(most)) + " and "
                + Numbers.percent(other.get(most));
    }

    private static String n(Plot.Histogram histogram) {
        return Printable.html(histogram.title()) + " n " + Numbers.of(Math.rint(sum(histogram.counts())));
    }

    private static String range(List<Double> values) {
        Marks.Axis axis = Marks.Axis.over(values, 0, 1);
        return axis.least() > axis.greatest()
                ? "of no values"
                : "from " + Numbers.of(axis.least()) + " to " + Numbers.of(axis.greatest());
    }

    private static List<Double> shares(List<Double> counts) {
        double sum = sum(counts);
        return counts.stream().map(count -> sum > 0 ? count / sum : 0).toList();
    }

    private static double sum(List<Double> counts) {
        double sum = 0;
        for (double count : counts) {
            sum += count;
        }
        return sum;
    }
}
