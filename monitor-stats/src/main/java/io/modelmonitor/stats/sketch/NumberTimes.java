package io.modelmonitor.stats.sketch;

import java.util.List;
import java.util.function.Predicate;

/** Tells numbers that are times from others that could be, and formats of times from others in which the same numbers are times, too. */
final class NumberTimes {

    /** The first second of 2036: numbers from there on are rather others, such as those of telephones that begin with 21. */
    private static final double LAST_USUAL = 2_082_758_400.0;

    /** The seconds of ten years; a third of those that numbers of ten digits with a one in front are. */
    private static final double FEW_YEARS = 10 * 365.25 * 86_400;

    private static final double YEAR = 365.25 * 86_400;

    /** Months of more years are rather fractions. */
    private static final int MOST_YEARS = 30;

    private static final double TAIL = 0.01;
    private static final int LEAST_STEPS = 10;

    /** Of numbers in no order half of the steps are back. */
    private static final double MOST_BACK = 0.4;

    private static final int FIRST_WITH_YEAR_LAST = 1_011_900;
    private static final int LAST_WITH_YEAR_LAST = 31_122_100;

    private static final int FIRST_WITH_SHORT_YEAR_LAST = 10_100;
    private static final int LAST_WITH_SHORT_YEAR_LAST = 311_249;

    /** The greatest distance from whole numbers of hundreds of fractions that are written with two decimals. */
    private static final double NEAR = 1e-6;

    private static final List<NumberTime> SHORT =
            List.of(NumberTime.SHORT_DATE, NumberTime.SHORT_DAY_FIRST, NumberTime.SHORT_MONTH_FIRST);

    private NumberTimes() {}

    /**
     * Returns whether numbers in a format are times. Counts of units since 1970 are some by their order, or if they are of few years: others of
     * ten digits, such as numbers of telephones and accounts, are of any. Digits with zeros in front are none.
     *
     * @param words the name of their column
     * @param reading the column
     * @param numbers its numbers without those that are apart
     * @param different how many of these are different
     * @param present how many values there are
     */
    static boolean areTold(
            NumberTime time,
            ColumnWords words,
            ColumnReading reading,
            WeightedValues numbers,
            double different,
            long present) {
        if (time == NumberTime.MONTH_OF_YEAR || time == NumberTime.YEAR_AND_MONTH) {
            double years = range(time, numbers) / YEAR;
            return time.isTold(words, different, present) && years <= MOST_YEARS && !hasOtherMonth(time, numbers);
        }
        double unit = unit(time);
        if (!time.isTold(words, different, present) || Double.isNaN(unit)) {
            return time.isTold(words, different, present);
        }
        if (reading.isOfCodes()) {
            return false;
        }
        double middle = numbers.quantile(1 - TAIL) - numbers.quantile(TAIL);
        boolean isPast = numbers.quantile(0.5) < LAST_USUAL * unit;
        return words.sayTime()
                || (middle <= FEW_YEARS * unit && isPast)
                || goOn(reading.values().steps());
    }

    /** Returns whether a fraction is none of months and years. */
    private static boolean hasOtherMonth(NumberTime time, WeightedValues numbers) {
        for (int i = 0; i < numbers.size(); i++) {
            if (!time.holds(numbers.value(i))) {
                return true;
            }
        }
        return false;
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

    /** Returns a number of eight digits that ends with a year as one that begins with it; 0 if it is none. */
    static double yearFirst(double value, int ofFirst, int ofSecond) {
        int number = (int) value;
        return number == value && number >= FIRST_WITH_YEAR_LAST && number <= LAST_WITH_YEAR_LAST
                ? 10_000.0 * (number % 10_000) + ofFirst * (number / 1_000_000) + ofSecond * (number / 10_000 % 100)
                : 0;
    }

    /** Returns a number of six digits that ends with a year of two as one that begins with it; 0 if it is none. */
    static double shortYearFirst(double value, int ofFirst, int ofSecond) {
        int number = (int) value;
        return number == value && number >= FIRST_WITH_SHORT_YEAR_LAST && number <= LAST_WITH_SHORT_YEAR_LAST
                ? 10_000.0 * (number % 100) + ofFirst * (number / 10_000) + ofSecond * (number / 100 % 100)
                : 0;
    }

    /** Returns a month before a point and a year as a number that begins with the year; 0 if it is none. */
    static double monthLast(double value) {
        double number = 10_000 * value;
        int whole = (int) Math.rint(number);
        int month = whole / 10_000;
        return isNearWhole(number) && value != Math.rint(value) ? (double) (100 * (whole % 10_000) + month) : 0;
    }

    static boolean isNearWhole(double number) {
        return Math.abs(number - Math.rint(number)) < NEAR;
    }
}
