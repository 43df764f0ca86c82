package io.modelmonitor.stats.drift;

import io.modelmonitor.api.Distribution;
import io.modelmonitor.api.Exhibit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** Lines of ASCII for the reader of a report, and what to look at. */
final class Notes {

    private static final int MOST_CELLS = 3;
    private static final int MOST_LETTERS = 24;

    private Notes() {}

    /** Returns what changed, and what size chance alone would give. */
    static String withChance(Change change) {
        return change.note() + String.format(Locale.ROOT, "; by chance alone about %.2g", change.expected());
    }

    /** Returns two shares, such as {@code 1.0 % -> 7.3 %}. */
    static String change(double from, double to) {
        return percent(from) + " -> " + percent(to);
    }

    /** Returns both medians. */
    static String ofNumbers(EmpiricalDistribution reference, EmpiricalDistribution current) {
        return "median " + number(reference.values().quantile(0.5)) + " -> "
                + number(current.values().quantile(0.5));
    }

    /** Returns the cells that changed most, new ones first. */
    static String ofCells(Shares shares) {
        Distribution p = shares.reference();
        Distribution q = shares.current();
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < p.size(); i++) {
            order.add(i);
        }
        order.sort((i, j) -> Double.compare(weight(p, q, j), weight(p, q, i)));
        List<String> parts = new ArrayList<>();
        for (int i : order.subList(0, Math.min(MOST_CELLS, order.size()))) {
            String label = label(p.cells().get(i).label());
            parts.add(
                    p.cells().get(i).kind() == Distribution.Kind.UNSEEN
                            ? "new: " + label + " " + percent(q.share(i))
                            : label + " " + change(p.share(i), q.share(i)));
        }
        return String.join(", ", parts);
    }

    /** Returns a histogram of each over the same intervals. */
    static List<Exhibit> histograms(EmpiricalDistribution reference, EmpiricalDistribution current, int bins) {
        double least = Math.min(reference.values().value(0), current.values().value(0));
        double greatest = Math.max(last(reference), last(current));
        if (!(greatest > least)) {
            return List.of();
        }
        Bins edges = Bins.equalWidth(least, greatest, bins);
        List<Double> ends = DoubleStream.concat(
                        DoubleStream.concat(DoubleStream.of(least), DoubleStream.of(edges.innerEdges())),
                        DoubleStream.of(greatest))
                .boxed()
                .toList();
        return List.of(
                new Exhibit.Histogram("reference", ends, boxed(edges.counts(reference))),
                new Exhibit.Histogram("current", ends, boxed(edges.counts(current))));
    }

    private static double last(EmpiricalDistribution distribution) {
        return distribution.values().value(distribution.values().size() - 1);
    }

    private static List<Double> boxed(double[] counts) {
        return DoubleStream.of(counts).boxed().toList();
    }

    private static double weight(Distribution p, Distribution q, int cell) {
        double change = Math.abs(p.share(cell) - q.share(cell));
        return p.cells().get(cell).kind() == Distribution.Kind.UNSEEN ? 2 * change : change;
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String number(double value) {
        double size = Math.abs(value);
        return size >= 1000 && size < 1e15
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.4g", value);
    }

    /** Returns a value's beginning in printable ASCII. */
    private static String label(String value) {
        String printable = value.replaceAll("[^\\x20-\\x7E]", "?");
        return printable.length() > MOST_LETTERS ? printable.substring(0, MOST_LETTERS) + "..." : printable;
    }
}
