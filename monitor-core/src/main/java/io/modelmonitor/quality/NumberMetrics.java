package io.modelmonitor.quality;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Evidence.ComparedProportion;
import io.modelmonitor.api.Evidence.PValue;
import io.modelmonitor.api.Evidence.Proportion;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Scale;
import io.modelmonitor.stats.evidence.PValues;
import io.modelmonitor.stats.sketch.ColumnProfile;
import io.modelmonitor.stats.sketch.KllSketch;
import io.modelmonitor.stats.sketch.WeightedValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of a column of numbers that a distance between distributions hardly sees, from 0 to 1.
 *
 * <ul>
 *   <li>{@code out_of_range_share}: the share of finite numbers below the least or above the greatest of the baseline. Of {@code n}
 *       and {@code m} exchangeable numbers, as many of the {@code m} lie outside the range of the {@code n} as come before the second
 *       of these in a random order (the gaps between order statistics are exchangeable; H. A. David and H. N. Nagaraja, Order
 *       Statistics, 2003, 2.5): so {@code k} or more do with the probability of Fisher's exact test of {@code k} of {@code m} beside 1
 *       of {@code n}. Ties make it smaller.
 *   <li>{@code rounded_share}: the share of finite numbers but 0 with fewer decimals than most of the baseline's have; of whole numbers, as
 *       those with no decimal, the multiples of ten, or of a hundred where most are multiples of ten.
 * </ul>
 *
 * <p>Where a sketch stands for the numbers, fewer are counted as outside by its error, and decimals are those of the numbers that it holds.
 */
final class NumberMetrics {

    static final String OUT_OF_RANGE = "out_of_range_share";
    static final String ROUNDED = "rounded_share";

    /** Rows of one source come in runs: fewer say nothing. */
    private static final int LEAST_OUTSIDE = 5;

    /**
     * Where rows follow each other, numbers outside of the range come together: only those are tested that are further out, by this share
     * of the range.
     */
    private static final double FURTHER = 0.5;

    /** As that, where the rows of the baseline are worth no more than {@value #FEW_ROWS} independent ones. */
    private static final double FURTHEST = 5;

    private static final double FEW_ROWS = 5;

    private NumberMetrics() {}

    /**
     * Returns the metrics of a column; none if it has no finite numbers.
     *
     * @param outside the bound to test {@link #OUT_OF_RANGE} for; null if it is not tested, and chance explains it
     * @param correlation that of a row and the next, as numbers outside come together then; NaN if rows are independent
     * @param goesOn whether the numbers go on behind those of the baseline, so that others are round
     */
    static List<Metric> of(
            String column,
            ColumnProfile now,
            @Nullable ColumnProfile before,
            @Nullable Bound outside,
            double correlation,
            boolean goesOn) {
        ColumnProfile range = before == null ? now : before;
        List<Metric> metrics = new ArrayList<>();
        if (range.moments().count() == 0 || !range.type().isNumeric()) {
            return metrics;
        }
        if (now.moments().count() == 0) {
            metrics.add(Metric.undefined(column, OUT_OF_RANGE, "no number is present"));
            metrics.add(Metric.undefined(column, ROUNDED, "no number is present"));
            return metrics;
        }
        metrics.add(outOfRange(column, now, range, outside, correlation));
        OptionalInt decimals = decimals(range.distribution());
        if (decimals.isPresent()) {
            metrics.add(rounded(column, now, before, decimals.getAsInt(), correlation, goesOn));
        }
        return metrics;
    }

    private static Metric outOfRange(
            String column, ColumnProfile now, ColumnProfile range, @Nullable Bound wanted, double correlation) {
        double least = range.moments().min();
        double greatest = range.moments().max();
        long below = below(now, least);
        long above = above(now, greatest);
        Proportion share = new Proportion(below + above, now.moments().count());
        double further = further(range.moments().count(), correlation) * (greatest - least);
        long tested = further > 0 ? below(now, least - further) + above(now, greatest + further) : below + above;
        Evidence evidence = new PValue(1, Double.NaN);
        if (wanted != null && !wanted.holds(share.value())) {
            double p = pValue(tested, now, range, wanted);
            long negative = range.moments().negativeCount() == 0
                    ? Math.min(tested, now.moments().negativeCount())
                    : 0;
            Map<Set<String>, Double> parts = negative == 0
                    ? Map.of()
                    : Map.of(Set.of("non_negative_share"), p, Set.of(), pValue(tested - negative, now, range, wanted));
            evidence = new PValue(p, Double.NaN, parts);
        }
        Metric metric = Metric.of(column, OUT_OF_RANGE, share.value(), evidence).on(Scale.CHANGE);
        List<String> notes = new ArrayList<>();
        if (below > 0) {
            notes.add("from " + number(now.moments().min()) + ", before from " + number(least));
        }
        if (above > 0) {
            notes.add("up to " + number(now.moments().max()) + ", before up to " + number(greatest));
        }
        return notes.isEmpty() ? metric : metric.withNote(String.join(", ", notes));
    }

    /** Returns how far out numbers are tested, as a share of the range: that of a few independent rows is a part of what they can be. */
    private static double further(long rows, double correlation) {
        double independent = rows * FewerRows.independent(correlation);
        return Double.isNaN(correlation) ? 0 : Math.max(FURTHER, FURTHEST * Math.min(1, FEW_ROWS / independent));
    }

    private static long below(ColumnProfile now, double least) {
        return outside(now, now.distribution().countBelow(least), now.moments().min() < least);
    }

    private static long above(ColumnProfile now, double greatest) {
        WeightedValues numbers = now.distribution();
        return outside(
                now,
                numbers.total() - numbers.countAtMost(greatest),
                now.moments().max() > greatest);
    }

    private static double pValue(long tested, ColumnProfile now, ColumnProfile range, Bound wanted) {
        Proportion outside = new Proportion(tested, now.moments().count());
        long before = range.moments().count();
        if (!wanted.isEstimate()) {
            return PValues.of(outside, outside.value(), wanted);
        }
        return outside.successes() < LEAST_OUTSIDE
                ? 1
                : PValues.of(new ComparedProportion(outside, new Proportion(1, before)), outside.value(), wanted);
    }

    /** Returns how many numbers are outside at least: a sketch tells it but for its error. */
    private static long outside(ColumnProfile now, long counted, boolean isAny) {
        long error = isExact(now)
                ? 0
                : (long) Math.ceil(now.quantiles().rankError() * now.quantiles().count());
        return Math.max(isAny ? 1 : 0, counted - error);
    }

    private static Metric rounded(
            String column,
            ColumnProfile now,
            @Nullable ColumnProfile before,
            int decimals,
            double correlation,
            boolean goesOn) {
        Proportion rounded = rounded(now, decimals);
        if (rounded.trials() == 0) {
            return Metric.undefined(column, ROUNDED, "no number but 0 is present");
        }
        Evidence evidence = before == null
                ? rounded
                : goesOn
                        ? new PValue(1, Double.NaN)
                        : new ComparedProportion(
                                FewerRows.of(rounded, FewerRows.independent(correlation)),
                                FewerRows.of(rounded(before, decimals), FewerRows.independent(correlation)));
        Metric metric = Metric.of(column, ROUNDED, rounded.value(), evidence).on(Scale.CHANGE);
        String fewer = decimals > 1
                ? "fewer than " + decimals + " decimals"
                : decimals == 1 ? "whole numbers" : "multiples of 1" + "0".repeat(1 - decimals);
        return metric.withNote(fewer);
    }

    /**
     * Returns the number of decimals that most numbers need, of tens -1; none if all are 0, which says nothing of how others are
     * written. From one more than {@value WeightedValues#LEAST_DECIMALS} to {@value WeightedValues#MOST_DECIMALS}.
     */
    private static OptionalInt decimals(WeightedValues numbers) {
        long written = zeros(numbers);
        if (written == numbers.total()) {
            return OptionalInt.empty();
        }
        int decimals = 0;
        long most = 0;
        for (int i = WeightedValues.LEAST_DECIMALS + 1; i <= WeightedValues.MOST_DECIMALS; i++) {
            long writtenSo = i < WeightedValues.MOST_DECIMALS ? numbers.rounded(i) : numbers.total();
            if (writtenSo - written > most) {
                most = writtenSo - written;
                decimals = i;
            }
            written = writtenSo;
        }
        return OptionalInt.of(decimals);
    }

    private static long zeros(WeightedValues numbers) {
        return numbers.countAtMost(0) - numbers.countBelow(0);
    }

    /** Returns the share of numbers but 0 with fewer decimals. */
    private static Proportion rounded(ColumnProfile column, int decimals) {
        WeightedValues numbers = column.distribution();
        long zeros = zeros(numbers);
        long others = numbers.total() - zeros;
        double part = isExact(column) ? 1 : (double) sampled(column.quantiles()) / numbers.total();
        // Few that a sketch holds are worth less than one.
        long trials = Math.max(Math.min(1, others), Math.round(part * others));
        return new Proportion(Math.min(trials, Math.round(part * (numbers.rounded(decimals - 1) - zeros))), trials);
    }

    /**
     * Returns as many numbers as those that a sketch holds are worth, which stand for several each: the square of the sum of weights
     * over the sum of their squares (L. Kish, Survey Sampling, 1965).
     */
    private static long sampled(KllSketch sketch) {
        double weights = 0;
        double squares = 0;
        double weight = 1;
        for (double[] level : sketch.levels()) {
            weights += weight * level.length;
            squares += weight * weight * level.length;
            weight *= 2;
        }
        return (long) (weights * weights / squares);
    }

    private static boolean isExact(ColumnProfile column) {
        return column.quantiles().isExact() || column.categories().isComplete();
    }

    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.4g", value);
    }
}
