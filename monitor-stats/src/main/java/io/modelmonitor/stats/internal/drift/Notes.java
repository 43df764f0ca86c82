package io.modelmonitor.stats.internal.drift;

import io.modelmonitor.api.Distribution;
import io.modelmonitor.api.Plot;
import io.modelmonitor.api.internal.VisibleText;
import io.modelmonitor.stats.sketch.ColumnProfile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Lines for the reader of a report, and what to look at. */
final class Notes {

    private static final int MOST_CELLS = 3;
    private static final int MOST_LETTERS = 24;
    private static final int MOST_CATEGORIES = 10;
    private static final int MOST_CODE_POINTS = 60;

    private Notes() {}

    /** Returns two shares, such as {@code 1.0 % -> 7.3 %}. */
    static String change(double from, double to) {
        return percent(from) + " -> " + percent(to);
    }

    /** Returns the cells that changed most, new ones first. */
    static String ofCells(PooledCounts shares) {
        return ofCells(shares, Notes::label);
    }

    /** As {@link #ofCells}, of cells whose texts of the data are in single quotes, beside others that are not. */
    static String ofQuotedCells(PooledCounts shares) {
        return ofCells(shares, Notes::quotedLabel);
    }

    private static String ofCells(PooledCounts shares, Function<Distribution.Cell, String> labels) {
        Distribution p = shares.reference();
        Distribution q = shares.current();
        StringBuilder note = new StringBuilder();
        boolean[] isNamed = new boolean[p.size()];
        for (int part = 0; part < Math.min(MOST_CELLS, p.size()); part++) {
            int most = -1;
            for (int i = 0; i < p.size(); i++) {
                most = !isNamed[i] && (most < 0 || weight(p, q, i) > weight(p, q, most)) ? i : most;
            }
            isNamed[most] = true;
            if (part > 0 && weight(p, q, most) == 0) {
                break;
            }
            String label = labels.apply(p.cells().get(most));
            note.append(part == 0 ? "" : ", ")
                    .append(
                            p.cells().get(most).kind() == Distribution.Kind.UNSEEN
                                    ? "new: " + label + " " + percent(q.share(most))
                                    : label + " " + change(p.share(most), q.share(most)));
        }
        return note.toString();
    }

    /** Returns a histogram of each over the same intervals. */
    static List<Plot> histograms(EmpiricalDistribution reference, EmpiricalDistribution current, int bins) {
        double least = Math.min(reference.values().value(0), current.values().value(0));
        double greatest = Math.max(last(reference), last(current));
        if (!(greatest > least)) {
            return List.of();
        }
        Bins edges = Bins.equalWidth(least, greatest, bins);
        double[] inner = edges.innerEdges();
        Double[] ends = new Double[inner.length + 2];
        ends[0] = least;
        for (int i = 0; i < inner.length; i++) {
            ends[i + 1] = inner[i];
        }
        ends[inner.length + 1] = greatest;
        List<Double> shared = List.of(ends);
        return List.of(
                new Plot.Histogram("reference", shared, boxed(edges.counts(reference))),
                new Plot.Histogram("current", shared, boxed(edges.counts(current))));
    }

    /** Returns the shares of the most frequent categories, of all others together, and of rows without a value. */
    static Plot shares(PooledCounts shares, ColumnProfile reference, ColumnProfile current) {
        List<String> names = new ArrayList<>();
        List<Double> before = new ArrayList<>();
        List<Double> after = new ArrayList<>();
        double othersBefore = 0;
        double othersAfter = 0;
        for (int i = 0; i < shares.reference().size(); i++) {
            Distribution.Cell cell = shares.reference().cells().get(i);
            double one = shares.reference().count(i) / reference.rows();
            double other = shares.current().count(i) / current.rows();
            if (names.size() < MOST_CATEGORIES && cell.kind() != Distribution.Kind.OTHER) {
                boolean isNew = cell.kind() == Distribution.Kind.UNSEEN;
                names.add(isNew ? begun(cell.label()) + " (new)" : begun(cell.label()));
                before.add(one);
                after.add(other);
            } else {
                othersBefore += one;
                othersAfter += other;
            }
        }
        if (othersBefore + othersAfter > 0) {
            names.add("(others)");
            before.add(othersBefore);
            after.add(othersAfter);
        }
        if (reference.missing() + current.missing() > 0) {
            names.add("(missing)");
            before.add((double) reference.missing() / reference.rows());
            after.add((double) current.missing() / current.rows());
        }
        return ofRows(names, before, after, reference, current);
    }

    /** Returns the shares of rows without and with a value; both, as one bar alone would have no scale. */
    static Plot missing(ColumnProfile reference, ColumnProfile current) {
        double before = (double) reference.missing() / reference.rows();
        double after = (double) current.missing() / current.rows();
        return ofRows(
                List.of("(missing)", "(present)"),
                List.of(before, 1 - before),
                List.of(after, 1 - after),
                reference,
                current);
    }

    private static Plot ofRows(
            List<String> names,
            List<Double> before,
            List<Double> after,
            ColumnProfile reference,
            ColumnProfile current) {
        String title = String.format(Locale.ROOT, "Shares of %,d and %,d rows", reference.rows(), current.rows());
        return new Plot.Pairs(title, "reference", "current", names, before, after);
    }

    /** Returns a category's beginning as text that every encoding keeps: halves of surrogate pairs are question marks. */
    private static String begun(String category) {
        String begun = category.codePointCount(0, category.length()) <= MOST_CODE_POINTS
                ? category
                : category.substring(0, category.offsetByCodePoints(0, MOST_CODE_POINTS)) + "...";
        return new String(begun.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static double last(EmpiricalDistribution distribution) {
        return distribution.values().value(distribution.values().size() - 1);
    }

    private static List<Double> boxed(double[] counts) {
        Double[] boxed = new Double[counts.length];
        for (int i = 0; i < counts.length; i++) {
            boxed[i] = counts[i];
        }
        return List.of(boxed);
    }

    private static double weight(Distribution p, Distribution q, int cell) {
        double change = Math.abs(p.share(cell) - q.share(cell));
        return p.cells().get(cell).kind() == Distribution.Kind.UNSEEN ? 2 * change : change;
    }

    private static String percent(double share) {
        return decimals(100 * share, 1) + " %";
    }

    /** Returns a number with four significant digits, or whole from 1,000 on. */
    static String number(double value) {
        double size = Math.abs(value);
        if (size >= 1000 && size < 1e15) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        if (size < 1e-3 || size >= 1000 || Double.isNaN(value)) {
            return value == 0 ? "0" : String.format(Locale.ROOT, "%.3e", value);
        }
        return decimals(value, size >= 100 ? 1 : size >= 10 ? 2 : size >= 1 ? 3 : 4);
    }

    /** Returns a number of moderate size with some decimals: many times as fast as a format. */
    private static String decimals(double value, int decimals) {
        long unit = 1;
        for (int i = 0; i < decimals; i++) {
            unit *= 10;
        }
        long scaled = Math.round(Math.abs(value) * unit);
        String fraction = Long.toString(unit + scaled % unit).substring(1);
        return (value < 0 && scaled > 0 ? "-" : "") + scaled / unit + "." + fraction;
    }

    /** Returns a cell's label: of an interval all of it; of a value its beginning, in quotes where its end could not be told. */
    private static String label(Distribution.Cell cell) {
        boolean isOfData = cell.kind() == Distribution.Kind.UNSEEN
                || (cell.kind() == Distribution.Kind.VALUES && Double.isNaN(cell.position()));
        return isOfData ? VisibleText.label(beginning(cell.label())) : cell.label();
    }

    private static String quotedLabel(Distribution.Cell cell) {
        String label = cell.label();
        return label.startsWith("'") ? VisibleText.quoted(beginning(label.substring(1, label.length() - 1))) : label;
    }

    /** Returns a value's beginning; the point where it is cut is no end at which blanks could be overlooked. */
    private static String beginning(String value) {
        return value.codePointCount(0, value.length()) > MOST_LETTERS
                ? value.substring(0, value.offsetByCodePoints(0, MOST_LETTERS)) + "..."
                : value;
    }
}
