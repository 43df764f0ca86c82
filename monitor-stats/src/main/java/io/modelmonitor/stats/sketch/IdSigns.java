package io.modelmonitor.stats.sketch;

import io.modelmonitor.api.FeatureType;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Signs in the values of a column that they are ids: that new ones come, are of few forms, and repeat less often than chance has it. */
final class IdSigns {

    /** The number of repeated values to be expected by chance from which it means something that there are none. */
    private static final double LEAST_REPEATS = 10;
    /** Of how many standard errors of an estimated number of different values a share of repeats has to be. */
    private static final double LEAST_ERRORS = 4;
    /** From so many different names on it means something that new ones come. */
    private static final int LEAST_NAMES = 1_000;

    private static final double MANY_NEW = 0.1;
    private static final double MANY_DIFFERENT = 0.4;
    private static final double FEWER_REPEATS = 0.25;
    private static final double LEAST_LONG_ID = 1e15;
    private static final double LEAST_SHARE = 0.9;

    /** Fewer steps or fewer different values show no direction. */
    private static final int LEAST_STEPS = 40;

    private static final int FEWEST = 3;

    /** The greatest difference between the share of rows and that of the range, both from the beginning, of what goes on steadily. */
    private static final double MOST_UNSTEADY = 0.1;

    /** Values that come again are at most so much of all. */
    private static final double MOST_RUNS = 0.5;

    private static final double LEAST_BACK = 0.01;

    /** Values that come round go back once for all of them. */
    private static final double LEAST_ROUNDS = 4;

    /** Fewer steps show no rounds. */
    private static final int MANY_STEPS = 100;

    /** The share of the range that counts as its end. */
    private static final double NEAR = 0.05;

    /** Numbers that go through their range once, and steadily, leave its end in so many steps, jitter included; others in half of them. */
    private static final double STEPS_AT_END = 1.5 * RowSteps.ENDS;

    private static final double MORE_RUNS = 1.05;
    private static final double LONGEST_RUN = 10;

    private final ColumnReading reading;
    private final ColumnProfile values;
    private final long present;
    private final double different;

    /**
     * @param reading the values
     * @param present how many of them are of the type of the column
     * @param different how many of these are different, as far as that is known
     */
    IdSigns(ColumnReading reading, long present, double different) {
        this.reading = reading;
        this.values = reading.values();
        this.present = present;
        this.different = different;
    }

    /**
     * Returns whether further rows have new values, as customers who come again and new ones do: the share of values that occurred
     * once is the share of new ones to expect (I. J. Good, 1953), and where not every value is remembered, that of different ones tells.
     */
    boolean comeAnew() {
        if (different < LEAST_NAMES || reading.isOfCodes()) {
            return false;
        }
        return comeAnew(values, present, different);
    }

    /** Returns whether values come anew, however few there are. */
    static boolean comeAnew(ColumnProfile values, long present, double different) {
        if (!values.categories().isComplete()) {
            return different >= MANY_DIFFERENT * present;
        }
        long once = values.categories().stream()
                .filter(category -> category.count() == 1)
                .count();
        return once >= MANY_NEW * present;
    }

    /** Returns whether there are few ways in which they are written. */
    boolean haveFewForms() {
        return reading.isOfCodes() || !reading.forms().isTooVarious();
    }

    /**
     * Returns whether most of the texts are single words with digits, as versions are of which some could be dates, or numbers of a few
     * beginnings and ends.
     */
    static boolean haveDigits(ColumnReading reading) {
        long numbered = reading.forms().dressed().counts(false, Set.of()).entrySet().stream()
                .filter(dress -> dress.getKey().indexOf(' ') >= 0)
                .mapToLong(Map.Entry::getValue)
                .sum();
        long words = reading.forms().forms().entrySet().stream()
                .filter(form -> form.getValue().family() == TextForm.Family.TIME
                        || form.getKey().matches("uuid|UUID|[^ \u2026]*([9xX]|" + AmountText.DIGITS + ")[^ \u2026]*"))
                .mapToLong(form -> form.getValue().count())
                .sum();
        return reading.isOfCodes()
                || words + numbered >= LEAST_SHARE * reading.values().present();
    }

    /**
     * Returns whether whole numbers repeat much less often than independent ones of the same range and step, of which {@code n} in
     * {@code r} places take {@code r (1 - exp(-n / r))} at most (W. Feller, An Introduction to Probability Theory, II.11).
     */
    boolean repeatTooLittle() {
        double least = values.moments().min();
        if (least >= LEAST_LONG_ID) {
            return true;
        }
        double places = (values.moments().max() - least) / step() + 1;
        double expected = 1 - places / present * -StrictMath.expm1(-present / places);
        double observed = 1 - different / present;
        double known = values.categories().isComplete()
                ? LEAST_REPEATS / present
                : LEAST_ERRORS * values.distinct().relativeError();
        return (expected >= known && observed <= FEWER_REPEATS * expected)
                || Evenness.isBeyondChance(
                        values.distribution(), least, values.moments().max());
    }

    /**
     * Returns whether values go on with the rows: numbers in one direction and steadily, with less than half of the steps back that
     * there would be if they came round; other values with digits in them, of which none comes again once another has come, about as
     * often each. A file that is sorted by a class is none of that, nor one that is sorted by what is measured, as that is hardly ever
     * spread evenly; fractions without steps back have to be more even than independent ones, as scores may be spread so.
     */
    boolean goOn() {
        RowSteps steps = values.steps();
        if (steps.total() < LEAST_STEPS || steps.total() < LEAST_SHARE * (present - 1) || different < FEWEST) {
            return false;
        }
        if (reading.type().isNumeric()) {
            WeightedValues numbers = values.distribution();
            double least = values.moments().min();
            double greatest = values.moments().max();
            boolean areClasses = different <= ColumnTyping.MOST_CLASSES && least >= 0 && least <= 1;
            boolean areJittered = areJittered(steps, least, greatest);
            return !areClasses
                    && numbers.total() >= LEAST_SHARE * present
                    && (2 * steps.back() * different < steps.total() || areJittered)
                    && ((reading.type() == FeatureType.INTEGRAL || areJittered)
                            ? Evenness.distance(numbers, least, greatest) <= MOST_UNSTEADY + 1 / different
                            : Evenness.isBeyondChance(numbers, least, greatest));
        }
        return reading.type() == FeatureType.STRING
                && different > ColumnTyping.MOST_CLASSES
                && different <= MOST_RUNS * present
                && steps.changes() < MORE_RUNS * different
                && values.categories().greatestCount() * different <= LONGEST_RUN * present
                && haveFewForms()
                && areNumbered();
    }

    /**
     * Returns whether texts hold dates of several days, as names of files do that are written every day; where they are few and come in no
     * order, they may be classes.
     */
    boolean holdDates() {
        if (reading.type() != FeatureType.STRING || reading.isOfCodes() || !haveFewForms()) {
            return false;
        }
        long[] counts = new long[2];
        Set<Integer> days = new HashSet<>();
        values.categories().forEachText((text, count) -> {
            int day = DateInText.find(text);
            counts[0] += count;
            counts[1] += day >= 0 ? count : 0;
            days.add(day);
        });
        RowSteps steps = values.steps();
        boolean comeOnce = steps.changes() < MORE_RUNS * different;
        boolean isInOrder = steps.total() >= LEAST_STEPS
                && (comeOnce || (steps.areDirected() && 2 * steps.back() * different < steps.total()));
        return counts[1] > 0
                && counts[1] >= LEAST_SHARE * counts[0]
                && days.size() >= FEWEST
                && (isInOrder || different > ColumnTyping.MOST_CATEGORIES);
    }

    /**
     * Returns whether numbers go on though not at each step. Those that come round have few steps back, too, but go through the range more
     * than once, so that the first ones are further from its end.
     */
    private boolean areJittered(RowSteps steps, double least, double greatest) {
        if (different <= ColumnTyping.MOST_CLASSES || steps.back() == 0) {
            return false;
        }
        boolean areManyBack = steps.back() >= LEAST_BACK * steps.total()
                && steps.back() * different >= LEAST_ROUNDS * steps.total()
                && steps.total() > MANY_STEPS;
        return steps.leadFromEndToEnd(least, greatest, STEPS_AT_END / steps.total())
                || (areManyBack && steps.leadFromEndToEnd(least, greatest, NEAR));
    }

    /** Returns whether most of the texts have digits. */
    private boolean areNumbered() {
        long numbered = reading.forms().forms().entrySet().stream()
                .filter(form -> form.getKey().matches(".*([9xX]|" + AmountText.DIGITS + ").*"))
                .mapToLong(form -> form.getValue().count())
                .sum();
        return reading.isOfCodes() || numbered >= LEAST_SHARE * present;
    }

    /** Returns the greatest number of which all differences are multiples, by those values that are remembered. */
    private double step() {
        WeightedValues numbers = values.distribution();
        long step = 0;
        for (int i = 1; i < numbers.size() && step != 1; i++) {
            step = divisor(step, (long) (numbers.value(i) - numbers.value(0)));
        }
        return Math.max(1, step);
    }

    private static long divisor(long one, long other) {
        return other == 0 ? one : divisor(other, one % other);
    }
}
