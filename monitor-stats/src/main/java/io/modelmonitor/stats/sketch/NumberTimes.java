package io.modelmonitor.stats.sketch;

import java.util.List;
import java.util.function.Predicate;

/** Tells numbers that are times from others that could be, and formats of times from others in which the same numbers are times, too. */
final class NumberTimes {

    /** The first second of 2036: numbers from there on are rather others, such as those of telephones that begin with 21. */
    private static final double LAST_USUAL = 2_082_758_400.0;

    /** The seconds of ten years; a third of those that numbers of ten digits with a one in front are. */
    private static final double FEW_YEARS = 10 * 365.25 * 86_400;

    private static final double TAIL = 0.01;
    private static final int LEAST_STEPS = 10;

    /** Of numbers in no order half of the steps are back. */
    private static final double MOST_BACK = 0.4;

    private static final List<NumberTime> SHORT =
            List.of(NumberTime.SHORT_DATE, NumberTime.SHORT_DAY_FIRST, NumberTime.SHORT_MONTH_FIRST);

    private NumberTimes() {}

    /**
     * Returns whether numbers in a format are times. Counts of units since 1970 are some by their order, or if they are of few years: others of
     * ten digits, such as numbers of telephones and accounts, are of any. Digits with zeros in front are none.
     *
     * @param words the name of their column
     * @param reading the column
     * @param different how many are different
     * @param present how many there are
     */
    static boolean areTold(NumberTime time, ColumnWords words, ColumnReading reading, double different, long present) {
        double unit = unit(time);
        if (!time.isTold(words, different, present) || Double.isNaN(unit)) {
            return time.isTold(words, different, present);
        }
        if (reading.isOfCodes()) {
            return false;
        }
        WeightedValues numbers = reading.values().distribution();
        double middle = numbers.quantile(1 - TAIL) - numbers.quantile(TAIL);
        boolean isPast = numbers.quantile(0.5) < LAST_USUAL * unit;
        return words.sayTime()
                || (middle <= FEW_YEARS * unit && isPast)
                || goOn(reading.values().steps());
    }

    /** Returns whether most steps between rows that have a direction have the same. */
    private static boolean goOn(RowSteps steps) {
        return steps.changes() >= LEAST_STEPS && steps.areDirected() && steps.back() <= MOST_BACK * steps.changes();
    }

    /** Returns how many of the unit of a count since 1970 are a second; NaN if this is none. */
    private static double unit(NumberTime time) {
        return switch (time) {
            case SECONDS -> 1;
            case MILLISECONDS -> 1e3;
            case MICROSECONDS -> 1e6;
            default -> Double.NaN;
        };
    }

    /**
     * Returns the format of dates in which numbers are times that lie closest together, if that in which they are is one of dates with years
     * of two digits: days and years may change places there.
     *
     * @param holds whether the numbers are mostly in a format
     */
    static NumberTime closest(NumberTime time, WeightedValues numbers, Predicate<NumberTime> holds) {
        if (!SHORT.contains(time)) {
            return time;
        }
        NumberTime closest = time;
        double least = range(time, numbers);
        for (NumberTime other : SHORT) {
            double range = holds.test(other) ? range(other, numbers) : least;
            closest = range < least ? other : closest;
            least = Math.min(least, range);
        }
        return closest;
    }

    private static double range(NumberTime time, WeightedValues numbers) {
        double first = Double.POSITIVE_INFINITY;
        double last = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < numbers.size(); i++) {
            if (time.holds(numbers.value(i))) {
                first = Math.min(first, time.seconds(numbers.value(i)));
                last = Math.max(last, time.seconds(numbers.value(i)));
            }
        }
        return last - first;
    }
}
