package io.modelmonitor.stats.sketch;

import io.modelmonitor.api.FeatureType;
import io.modelmonitor.stats.internal.text.AmountText;
import io.modelmonitor.stats.internal.text.DateInText;
import io.modelmonitor.stats.internal.text.TextForm;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.commons.math3.special.Gamma;

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

    /** Smaller numbers are dates of no year, such as {@code 0131}. */
    private static final int LEAST_DATE = 1_000_000;

    /** The greatest difference between the share of rows and that of the range, both from the beginning, of what goes on steadily. */
    private static final double MOST_UNSTEADY = 0.1;

    /** Values that come again are at most so much of all. */
    private static final double MOST_RUNS = 0.5;

    private static final double LEAST_BACK = 0.01;

    /** Values that come round go back once for all of them. */
    private static final double LEAST_ROUNDS = 4;

    /** Rows that come late are at most so much of all, and so many at either end. */
    private static final double MOST_LATE = 0.05;

    private static final int LATE_AT_END = 2;

    /** Each of them goes back once. */
    private static final double MOST_BACK = 0.1;

    /** Fewer steps show no rounds. */
    private static final int MANY_STEPS = 100;

    /** The logarithm of a probability that is no chance: one in a million. */
    private static final double LOG_CHANCE = -14;

    /** A run so long is none of those before. */
    private static final double LEAST_CHANCE = 0.01;

    /** Fewer different values may be classes though they come and go. */
    private static final int LEAST_COMING = 5;

    /** The share of the range that counts as its end. */
    private static final double NEAR = 0.05;

    /** Numbers that go through their range once, and steadily, leave its end in so many steps, jitter included; others in half of them. */
    private static final double STEPS_AT_END = 1.5 * RowEnds.FRACTIONS;

    private static final double MORE_RUNS = 1.05;
    private static final double LONGEST_RUN = 10;

    private final ColumnReading reading;
    private final ColumnProfile values;
    private final long present;
    private final double different;
    private final NumbersApart apart;

    /**
     * @param reading the values
     * @param present how many of them are of the type of the column
     * @param different how many of these are different, as far as that is known
     */
    IdSigns(ColumnReading reading, long present, double different) {
        this(reading, present, different, NumbersApart.NONE);
    }

    /** @param apart the numbers that are none of these */
    IdSigns(ColumnReading reading, long present, double different, NumbersApart apart) {
        this.reading = reading;
        this.apart = apart;
        this.values = reading.values();
        this.present = present;
        this.different = different;
    }

    /**
     * Returns whether further rows have new values, as customers who come again and new ones do: the share of values that occurred
     * once is the share of new ones to expect (I. J. Good, 1953), and where not every value is remembered, that of different ones tells.
     */
    boolean comeAnew() {
        if (reading.isOfCodes()) {
            return false;
        }
        return different < LEAST_NAMES
                ? present >= TypeFinder.LEAST_IDS && different >= LEAST_SHARE * present
                : comeAnew(values, present, different);
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
        if (reading.isOfCodes()) {
            return true;
        }
        ColumnReading each = values.categories().isComplete() ? reading.withEachOnce() : reading;
        return !each.forms().comeAnew();
    }

    /** Returns whether texts come in groups of rows, so that rows of one are not independent of each other. */
    boolean comeInGroups() {
        return reading.type() == FeatureType.STRING
                && different > 1
                && different < present
                && (values.steps().areRuns(present) || values.steps().comeAndGo(present));
    }

    /**
     * Returns whether most of the texts are single words with digits, as versions are of which some could be dates, or numbers of a few
     * beginnings and ends.
     */
    static boolean haveDigits(ColumnReading reading) {
        long numbered = reading.forms().affixed().counts(false, AffixWords.NONE).entrySet().stream()
                .filter(affixes -> affixes.getKey().indexOf(' ') >= 0)
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
        WeightedValues numbers = apart.without(values.distribution());
        boolean areAll = apart.isEmpty() || numbers.size() == 0;
        double least = areAll ? values.moments().min() : numbers.value(0);
        double greatest = areAll ? values.moments().max() : numbers.value(numbers.size() - 1);
        if (least >= LEAST_LONG_ID) {
            return true;
        }
        double places = (greatest - least) / step(numbers) + 1;
        double expected = 1 - places / present * -StrictMath.expm1(-present / places);
        double observed = 1 - different / present;
        double known = values.categories().isComplete()
                ? LEAST_REPEATS / present
                : LEAST_ERRORS * values.distinct().relativeError();
        return (expected >= known && observed <= FEWER_REPEATS * expected)
                || Evenness.isBeyondChance(numbers, least, greatest);
    }

    /**
     * Returns whether values go on with the rows: numbers in one direction and steadily, with less than half of the steps back that
     * there would be if they came round; other values with digits in them, of which none comes again once another has come, about as
     * often each; and values that come in runs or come and go ({@link #comeInRuns}, {@link RowSteps#comeAndGo}). A file that is sorted by a
     * class is none of that, nor one that is sorted by what is measured, as that is hardly ever spread evenly; fractions without steps back
     * have to be more even than independent ones, as scores may be spread so.
     */
    boolean goOn() {
        RowSteps steps = values.steps();
        if (steps.total() < LEAST_STEPS || steps.total() < LEAST_SHARE * (present - 1)) {
            return false;
        }
        boolean isInRuns = comeInRuns();
        if (isInRuns || different < FEWEST) {
            return isInRuns;
        }
        if (reading.type().isNumeric()) {
            WeightedValues numbers = values.distribution();
            double least = values.moments().min();
            double greatest = values.moments().max();
            boolean areClasses = different <= ColumnTyping.MOST_CLASSES && least >= 0 && least <= 1;
            boolean comeLate = !areClasses && comeLate(steps, numbers);
            if (comeLate) {
                least = numbers.quantile(MOST_LATE);
                greatest = numbers.quantile(1 - MOST_LATE);
            }
            boolean areJittered = comeLate || areJittered(steps, least, greatest);
            return !areClasses
                    && numbers.total() >= LEAST_SHARE * present
                    && (2 * back(steps) * different < steps.total() || areJittered)
                    && ((reading.type() == FeatureType.INTEGRAL || areJittered)
                            ? Evenness.distance(numbers, least, greatest) <= MOST_UNSTEADY + 1 / different
                            : Evenness.isBeyondChance(numbers, least, greatest));
        }
        if (reading.type() != FeatureType.STRING) {
            return false;
        }
        if (!steps.areRuns(present) && different >= LEAST_COMING && steps.comeAndGo(present)) {
            return true;
        }
        return different > ColumnTyping.MOST_CLASSES
                && different <= MOST_RUNS * present
                && steps.turns() < MORE_RUNS * different
                && values.categories().greatestCount() * different <= LONGEST_RUN * present
                && haveFewForms()
                && areNumbered();
    }

    /**
     * Returns whether each value comes in one run of rows and not again, as batches, deployments and shifts do, which rows in any order
     * do by no chance: of all orders {@code d! c1! ... cd! / n!} have so few runs of {@code d} values in {@code n} rows.
     *
     * <p>A file that is sorted by a class has such runs, too. It is told by what classes are: three names or more without digits in the
     * order of the alphabet, whole numbers from 0 on, and truth values. Two names may be either, and are taken for what goes on until a
     * window shows that they are not ({@link #goOnIn}).
     */
    boolean comeInRuns() {
        RowSteps steps = values.steps();
        boolean areNames = reading.type() == FeatureType.STRING && !reading.isOfCodes();
        boolean mayBeRuns = values.categories().isComplete()
                && different > 1
                && (areNames
                        ? steps.areRuns(present)
                        : reading.type() == FeatureType.INTEGRAL
                                && values.moments().min() > 0
                                && steps.total() == present - 1
                                && steps.changes() == different - 1);
        if (!mayBeRuns || (areNames && different >= FEWEST && steps.areSorted() && !areNumbered())) {
            return false;
        }
        double chance = Gamma.logGamma(different + 1)
                - Gamma.logGamma(present + 1.0)
                + values.categories().stream()
                        .mapToDouble(category -> Gamma.logGamma(category.count() + 1.0))
                        .sum();
        return chance <= LOG_CHANCE;
    }

    /**
     * Returns whether values that come in runs, one after the other, go on so in further rows: values that had gone do not come back, new
     * ones come in runs, too, and no run is longer than chance has it after those before. If {@code m} lengths of runs are exponential, the
     * next one is longer than {@code f} times the longest of them with probability {@code m! / ((f+1) ... (f+m))}.
     */
    static boolean goOnIn(ColumnReading before, ColumnReading now) {
        Categories earlier = before.values().categories();
        Categories later = now.values().categories();
        RowSteps steps = now.values().steps();
        long longest = earlier.greatestCount();
        long again = 0;
        long back = 0;
        for (Category category : later.values()) {
            long known = earlier.count(category.value());
            back += known > 0 ? 1 : 0;
            again = Math.max(again, category.count() + known);
        }
        double chance = 1;
        for (int run = 1; run <= earlier.size(); run++) {
            chance *= run / ((double) again / longest + run);
        }
        return later.isComplete() && back <= 1 && steps.turns() < MORE_RUNS * later.size() && chance >= LEAST_CHANCE;
    }

    /**
     * Returns whether texts hold dates of several days, as names of files do that are written every day; where they are few and come in no
     * order, they may be classes. So does the one text of a column, as the rows of one file have it: the next file has another.
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
        boolean comeOnce = steps.turns() < MORE_RUNS * different;
        boolean isInOrder = steps.total() >= LEAST_STEPS
                && (comeOnce || (steps.areDirected() && 2 * steps.back() * different < steps.total()));
        boolean isOneOfMany = values.categories().isComplete()
                && values.categories().size() == 1
                && counts[0] > 1
                && days.stream().allMatch(day -> day >= LEAST_DATE);
        return counts[1] > 0
                && counts[1] >= LEAST_SHARE * counts[0]
                && (isOneOfMany || (days.size() >= FEWEST && (isInOrder || different > ColumnTyping.MOST_CATEGORIES)));
    }

    /**
     * Returns how many steps of numbers go back. Those of texts in which they are go by the characters, by which one more digit is a step
     * back, too.
     */
    private long back(RowSteps steps) {
        if (steps.areDirected()) {
            return steps.back();
        }
        long longer = Math.abs(
                digits(values.moments().max()) - digits(values.moments().min()));
        return Math.max(0, steps.backByCharacters() - longer);
    }

    private static long digits(double number) {
        return Long.toString((long) Math.abs(number)).length();
    }

    /**
     * Returns whether numbers go on though not at each step. Those that come round have few steps back, too, but go through the range more
     * than once, so that the first ones are further from its end.
     */
    private boolean areJittered(RowSteps steps, double least, double greatest) {
        if (different <= ColumnTyping.MOST_CLASSES || steps.back() == 0) {
            return false;
        }
        return steps.ends().leadFromEndToEnd(least, greatest, STEPS_AT_END / steps.total(), 0)
                || (areManyBack(steps) && steps.ends().leadFromEndToEnd(least, greatest, NEAR, 0));
    }

    private boolean areManyBack(RowSteps steps) {
        return steps.back() >= LEAST_BACK * steps.total()
                && steps.back() * different >= LEAST_ROUNDS * steps.total()
                && steps.total() > MANY_STEPS;
    }

    /** Returns whether numbers go on but for a few rows that come late, by whatever time. */
    private boolean comeLate(RowSteps steps, WeightedValues numbers) {
        return different > ColumnTyping.MOST_CLASSES
                && numbers.total() > 0
                && areManyBack(steps)
                && steps.back() <= MOST_BACK * steps.total()
                && steps.ends()
                        .leadFromEndToEnd(
                                numbers.quantile(MOST_LATE), numbers.quantile(1 - MOST_LATE), NEAR, LATE_AT_END);
    }

    /** Returns whether most of the texts have digits. */
    private boolean areNumbered() {
        long numbered = reading.forms().forms().entrySet().stream()
                .filter(form -> form.getKey().matches("uuid|UUID|.*([9xX]|" + AmountText.DIGITS + ").*"))
                .mapToLong(form -> form.getValue().count())
                .sum();
        return reading.isOfCodes() || numbered >= LEAST_SHARE * present;
    }

    /** Returns the greatest number of which all differences are multiples, by those values that are remembered. */
    private static double step(WeightedValues numbers) {
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
