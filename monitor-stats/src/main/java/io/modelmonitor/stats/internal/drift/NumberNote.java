package io.modelmonitor.stats.internal.drift;

import io.modelmonitor.stats.sketch.WeightedValues;

/**
 * The change between two distributions of numbers, in words: the first of these that says most of the change.
 *
 * <ol>
 *   <li>All rows have one value now, and had several.
 *   <li>The share of one value, if that changed by at least {@value #OF_ONE} of the greatest difference between the distribution functions.
 *   <li>The median, if it moved by at least {@value #MOVED} of the interquartile range of the reference.
 *   <li>The interquartile range, if it changed by at least {@value #SPREAD}.
 *   <li>Else the share of rows up to the value where the distribution functions differ most.
 * </ol>
 */
final class NumberNote {

    private static final double OF_ONE = 0.8;
    private static final double MOVED = 0.1;
    private static final double SPREAD = 0.1;

    private final WeightedValues before;
    private final WeightedValues after;

    /** Where the distribution functions differ most, and how much. */
    private double place = Double.NaN;

    private double difference;

    /** The value whose share changed most, and how much. */
    private double value = Double.NaN;

    private double change;

    private NumberNote(WeightedValues before, WeightedValues after, PooledEcdf pooled) {
        this.before = before;
        this.after = after;
        double last = 0;
        for (int i = 0; i < pooled.size; i++) {
            double now = pooled.difference(i);
            if (Math.abs(now - last) > change) {
                change = Math.abs(now - last);
                value = pooled.values[i];
            }
            if (Math.abs(now) > difference) {
                difference = Math.abs(now);
                place = pooled.values[i];
            }
            last = now;
        }
    }

    /** Returns the note of two distributions that are not empty. Takes one pass over the values of both. */
    static String of(WeightedValues reference, WeightedValues current, PooledEcdf pooled) {
        return new NumberNote(reference, current, pooled).text();
    }

    private String text() {
        if (Double.isNaN(place)) {
            return "";
        }
        if (after.size() == 1 && before.size() > 1) {
            double share = before.rank(after.value(0)) - before.rankBelow(after.value(0));
            return Notes.number(after.value(0)) + ": " + Notes.change(share, 1);
        }
        if (change >= OF_ONE * difference) {
            return Notes.number(value) + ": " + Notes.change(share(before, value), share(after, value));
        }
        double medianBefore = before.quantile(0.5);
        double medianAfter = after.quantile(0.5);
        String from = Notes.number(medianBefore);
        String to = Notes.number(medianAfter);
        double spreadBefore = spread(before);
        if (Math.abs(medianAfter - medianBefore) >= MOVED * spreadBefore && !from.equals(to)) {
            return "median " + from + " -> " + to;
        }
        double ratio = spread(after) / spreadBefore;
        if (ratio > 0 && ratio < Double.POSITIVE_INFINITY && Math.abs(ratio - 1) >= SPREAD) {
            return "spread x " + Notes.number(ratio);
        }
        return "at most " + Notes.number(place) + ": " + Notes.change(before.rank(place), after.rank(place));
    }

    private static double share(WeightedValues values, double value) {
        return values.rank(value) - values.rankBelow(value);
    }

    private static double spread(WeightedValues values) {
        return values.quantile(0.75) - values.quantile(0.25);
    }
}
