package io.modelmonitor.stats.sketch;

import io.modelmonitor.stats.internal.text.MissingSpelling;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/**
 * The rule by which most values of a column say what it is: a kind of values is the column's if nine of ten present ones are of it; or if
 * more than half are, and nine of ten are of it or equal one of at most {@value #MOST} others that come again, as {@code never} does among
 * dates and {@code unlimited} among numbers. Numbers may be as few as one in twenty if they are many and various, and nearly all others
 * equal one of {@value #FEW} words. These others are counted, named and judged by their shares.
 */
final class MajorityKind {

    static final double LEAST_SHARE = 0.9;

    /** The share that a kind has to have at least, whatever the others are. */
    static final double MAJORITY = 0.5;

    /** Up to so many different others are a vocabulary. */
    static final int MOST = ColumnTyping.MOST_CLASSES;

    /** So few words may be more than the numbers among which they come. */
    private static final int FEW = 5;

    private static final double LEAST_OF_FEW = 0.99;
    private static final double LEAST_AMONG_FEW = 0.05;
    private static final int LEAST_NUMBERS = 40;

    private MajorityKind() {}

    /**
     * Returns whether a kind of values is the column's.
     *
     * @param column all values
     * @param known how many are of the kind
     * @param present how many there are, but for those that stand for nothing
     * @param isKnown whether a text is of the kind
     * @param areNumbersKnown whether numbers are
     */
    static boolean are(
            ColumnProfile column, long known, long present, Predicate<String> isKnown, boolean areNumbersKnown) {
        if (known >= LEAST_SHARE * present) {
            return known > 0;
        }
        return known > MAJORITY * present
                && known + comingAgain(column, isKnown, areNumbersKnown, MOST) >= LEAST_SHARE * present;
    }

    /** Returns whether so many values are few different ones that come again, and so rather classes than numbers. */
    static boolean areFew(double different, long count) {
        return different <= Math.min(ColumnTyping.MOST_CLASSES, count / 2);
    }

    /** Returns whether numbers are the column's kind, whatever words come among them, and not as few as the words are. */
    static boolean areNumbers(ColumnProfile column, KindCounts kinds) {
        if (kinds.numbers() >= LEAST_SHARE * kinds.present()) {
            return kinds.numbers() > 0;
        }
        Categories categories = column.categories();
        long[] texts = {0};
        categories.forEachText((text, count) -> texts[0]++);
        return (are(column, kinds.numbers(), kinds.present(), text -> false, true) || areManyAmongFew(column, kinds))
                && !(categories.isComplete() && areFew((double) categories.size() - texts[0], kinds.numbers()));
    }

    private static boolean areManyAmongFew(ColumnProfile column, KindCounts kinds) {
        long others = kinds.present() - kinds.numbers();
        return kinds.numbers() >= LEAST_NUMBERS
                && kinds.numbers() >= LEAST_AMONG_FEW * kinds.present()
                && comingAgain(column, text -> false, true, FEW) >= LEAST_OF_FEW * others;
    }

    /** Returns how many values are one of the most frequent others. */
    private static long comingAgain(
            ColumnProfile column, Predicate<String> isKnown, boolean areNumbersKnown, int most) {
        LongStream.Builder counts = LongStream.builder();
        column.categories().forEachText((text, count) -> {
            if (count > 1 && !MissingSpelling.is(text) && !isKnown.test(text)) {
                counts.add(count);
            }
        });
        if (!areNumbersKnown && column.kinds().numbers() > 0) {
            WeightedValues numbers = column.distribution();
            for (int i = 0; i < numbers.size(); i++) {
                if (numbers.weight(i) > 1) {
                    counts.add(numbers.weight(i));
                }
            }
        }
        long[] sorted = counts.build().sorted().toArray();
        return Arrays.stream(sorted, Math.max(0, sorted.length - most), sorted.length)
                .sum();
    }
}
