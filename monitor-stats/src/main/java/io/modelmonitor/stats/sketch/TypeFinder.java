package io.modelmonitor.stats.sketch;

import io.modelmonitor.api.ColumnType;
import io.modelmonitor.api.FeatureType;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.DoublePredicate;
import org.jspecify.annotations.Nullable;

/** Finds the type of a column, and by what it shows. */
final class TypeFinder {

    private static final double LEAST_SHARE = 0.9;
    private static final double LEAST_NUMBER_SHARE = 0.99;

    /** Below this, many columns have only different values. */
    static final int LEAST_IDS = 50;

    private static final double NAMED_ID_SHARE = 0.2;
    private static final int MOST_YEARS = 12;

    /** Fewer numbers that could be hours and minutes may be others, and those of fewer hours or minutes are hundreds and quarters. */
    private static final int LEAST_CLOCKS = 30;

    private static final int LEAST_HOURS = 3;
    private static final int LEAST_MINUTES = 10;

    /** Up to so many forms of texts that hardly come again a window of many more rows has no more than are counted. */
    private static final int FEW_FORMS = 32;

    private final ColumnWords words;
    private final ColumnReading reading;
    private final ColumnProfile values;
    private final long present;
    private final double different;
    private final IdSigns ids;

    TypeFinder(ColumnWords words, ColumnReading reading) {
        this.words = words;
        this.reading = reading;
        this.values = reading.values();
        this.present = reading.ofType();
        this.different = reading.differentOfType();
        this.ids = new IdSigns(reading, present, different);
    }

    ColumnTyping find() {
        if (present == 0) {
            return found(ColumnType.EMPTY, null, "");
        }
        ColumnTyping moving = reading.type().isNumeric() || reading.isOfCodes()
                ? numberTime()
                : reading.type() == FeatureType.STRING ? textTime() : null;
        moving = moving == null ? idAmongOthers() : moving;
        moving = moving == null ? id() : moving;
        if (moving != null) {
            return moving;
        }
        Categories categories = values.categories();
        if (present > 1 && categories.isComplete() && categories.size() == 1) {
            String value = categories.top(1).get(0).value();
            return found(ColumnType.CONSTANT, null, "always '" + value + "'");
        }
        Amounts amounts = reading.amounts();
        if (amounts != null) {
            ColumnFormat format = new ColumnFormat.OfAmounts(amounts);
            return found(
                    reading.type() == FeatureType.FRACTIONAL ? ColumnType.FRACTION : ColumnType.WHOLE_NUMBER,
                    format,
                    AmountWords.of(mostly(format.counts(reading)), amounts, reading));
        }
        return switch (reading.type()) {
            case BOOLEAN -> found(ColumnType.BOOLEAN, null, "");
            case FRACTIONAL ->
                found(ColumnType.FRACTION, null, reading.pointedWidth() > 0 ? "with zeros in front" : "");
            case INTEGRAL ->
                isOfFew(ColumnTyping.MOST_CLASSES)
                        ? found(ColumnType.CATEGORY, null, number(different) + " whole numbers")
                        : found(ColumnType.WHOLE_NUMBER, null, "");
            default ->
                isOfFew(ColumnTyping.MOST_CATEGORIES)
                        ? found(
                                ColumnType.CATEGORY,
                                null,
                                number(different) + (reading.isOfCodes() ? " codes" : " values"))
                        : text();
        };
    }

    private ColumnTyping text() {
        String evidence = number(different) + " different values";
        boolean comeAnew = ids.comeAnew();
        if (reading.isOfCodes() || !(comeAnew || reading.forms().comeAnew())) {
            return found(ColumnType.TEXT, new ColumnFormat.OfForms(false), evidence);
        }
        boolean areFew = comeAnew
                && reading.forms().forms().size() <= FEW_FORMS
                && !reading.forms().comeAnew();
        return found(
                ColumnType.TEXT,
                areFew ? new ColumnFormat.OfForms(true) : new ColumnFormat.OfTraits(),
                evidence + (areFew ? " that hardly come again, watched by form," : " of many forms, watched by")
                        + " words, length and kind of letters");
    }

    private ColumnTyping found(ColumnType type, @Nullable ColumnFormat format, String evidence) {
        return new ColumnTyping(type, reading, format, evidence, false);
    }

    private boolean isOfFew(int most) {
        return values.categories().isComplete() && different <= most && different <= present / 2.0;
    }

    private @Nullable ColumnTyping numberTime() {
        for (NumberTime time : NumberTime.values()) {
            if (areMostly(time::holds)) {
                NumbersApart apart = NumbersApart.from(values.distribution(), time::holds);
                double others = different - apart.numbers().size();
                if (NumberTimes.areTold(time, words, reading, apart.without(values.distribution()), others, present)) {
                    NumberTime sure = asFarAsKnown(time);
                    ColumnFormat format = new ColumnFormat.OfNumbers(sure, apart);
                    return found(ColumnType.TIME, format, "as " + sure + note(apart));
                }
            }
        }
        if (reading.type() != FeatureType.INTEGRAL) {
            return reading.isOfCodes() ? codeTime() : null;
        }
        CalendarPart part = CalendarPart.named(words);
        if (part != null) {
            return areMostly(part::holds) ? ofPart(part) : null;
        }
        return CalendarPart.namedLoosely(words).stream()
                .filter(loose -> loose.fits(values.moments()) && areMostly(loose::holds))
                .findFirst()
                .map(this::ofPart)
                .orElseGet(() -> areClocks() ? clock() : null);
    }

    private @Nullable ColumnTyping codeTime() {
        ColumnTyping named = named(CalendarColumn.ofCodes(words, values));
        return named == null && areClocks() ? clock() : named;
    }

    private ColumnTyping clock() {
        CalendarPart clock = CalendarPart.HOUR_AND_MINUTE;
        return found(ColumnType.TIME, new ColumnFormat.OfPart(clock), "as " + clock);
    }

    /**
     * Returns whether all are hours and minutes, such as {@code 1345}, and many: of other numbers above 100, two of five have another digit
     * for the tens of minutes.
     */
    private boolean areClocks() {
        Moments range = values.moments();
        CalendarPart clock = CalendarPart.HOUR_AND_MINUTE;
        if (!clock.holds(range.min()) || !clock.holds(range.max())) {
            return false;
        }
        WeightedValues numbers = values.distribution();
        Set<Integer> hours = new HashSet<>();
        Set<Integer> minutes = new HashSet<>();
        int known = 0;
        for (int i = 0; i < numbers.size(); i++) {
            int number = (int) numbers.value(i);
            if (!clock.holds(numbers.value(i))) {
                return false;
            }
            if (number >= 100) {
                known++;
                hours.add(number / 100);
                minutes.add(number % 100);
            }
        }
        return known >= LEAST_CLOCKS && hours.size() >= LEAST_HOURS && minutes.size() >= LEAST_MINUTES;
    }

    private @Nullable ColumnTyping ofPart(CalendarPart part) {
        return part != CalendarPart.YEAR || different <= MOST_YEARS
                ? found(ColumnType.TIME, new ColumnFormat.OfPart(part), "by its name, " + part)
                : null;
    }

    /** Returns a format, or that of two which the values may both be in. */
    private NumberTime asFarAsKnown(NumberTime time) {
        if (time == NumberTime.DAY_FIRST && areMostly(NumberTime.MONTH_FIRST::holds)) {
            return NumberTime.DAY_OR_MONTH_FIRST;
        }
        NumberTime closest = NumberTimes.closest(time, values.distribution(), other -> areMostly(other::holds));
        if (closest != NumberTime.MONTH || words.sayMonth()) {
            return closest;
        }
        double[] months = Arrays.stream(values.distribution().values())
                .filter(time::holds)
                .toArray();
        boolean isOfOneYear = Math.floor(months[0] / 100) == Math.floor(months[months.length - 1] / 100);
        return isOfOneYear ? NumberTime.MONTH_OR_WEEK : time;
    }

    /**
     * Returns whether nearly all numbers are in a format, but for those that are apart from it. These are some of the most frequent ones that
     * are in none, so that the loop ends as soon as there are too many others.
     */
    private boolean areMostly(DoublePredicate holds) {
        WeightedValues numbers = values.distribution();
        long missed = 0;
        long frequent = 0;
        long[] mostFrequent = new long[NumbersApart.MOST];
        for (int i = 0; i < numbers.size(); i++) {
            if (holds.test(numbers.value(i))) {
                continue;
            }
            long weight = numbers.weight(i);
            missed += weight;
            if (weight > mostFrequent[0]) {
                frequent += weight - mostFrequent[0];
                mostFrequent[0] = weight;
                Arrays.sort(mostFrequent);
            }
            if (missed - frequent > (1 - LEAST_NUMBER_SHARE) * numbers.total()) {
                return false;
            }
        }
        long count = numbers.total() - missed;
        if (count == 0 || count >= LEAST_NUMBER_SHARE * numbers.total()) {
            return count > 0;
        }
        long apart = NumbersApart.from(numbers, holds).count(numbers);
        return apart > 0 && count >= LEAST_NUMBER_SHARE * (numbers.total() - apart);
    }

    private String note(NumbersApart apart) {
        return apart.isEmpty() ? "" : ", " + CellNote.of(apart.cells(values.distribution()), values.rows());
    }

    private @Nullable ColumnTyping textTime() {
        ColumnReading sparse = reading.withAbsences();
        WordsAmongTimes others = new WordsAmongTimes(sparse);
        if (others.areFew()) {
            ColumnFormat times = TimeFormat.of(sparse.forms());
            String evidence = "as " + mostly(times.counts(sparse)) + others.note();
            return new ColumnTyping(ColumnType.TIME, sparse, times, evidence, false);
        }
        return named(CalendarColumn.find(words, values));
    }

    private @Nullable ColumnTyping named(ColumnFormat.@Nullable OfNames names) {
        return names == null ? null : found(ColumnType.TIME, names, "by " + names.words());
    }

    private static String mostly(SortedMap<String, Long> counts) {
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse("texts");
    }

    private @Nullable ColumnTyping id() {
        boolean isText = reading.type() == FeatureType.STRING;
        boolean mayCount =
                reading.type() == FeatureType.INTEGRAL && values.moments().negativeCount() == 0;
        ColumnFormat format = isText ? new ColumnFormat.OfForms(false) : ColumnFormat.OfAmounts.of(reading.amounts());
        String evidence = number(different) + " of " + number((double) present) + " values differ";
        boolean many = different > ColumnTyping.MOST_CATEGORIES
                || different >= LEAST_SHARE * present
                || (different > ColumnTyping.MOST_CLASSES && IdSigns.comeAnew(values, present, different));
        if (saysId()
                && many
                && different >= NAMED_ID_SHARE / 10 * present
                && (isText ? ids.haveFewForms() : mayCount)) {
            return new ColumnTyping(ColumnType.ID, reading, format, "by its name, " + evidence, ids.comeInGroups());
        }
        boolean allDiffer = present >= LEAST_IDS && different >= LEAST_SHARE * present;
        boolean mayBeIds = (allDiffer && (isText || mayCount)) || (isText && ids.comeAnew());
        if (mayBeIds && (isText ? ids.haveFewForms() && IdSigns.haveDigits(reading) : ids.repeatTooLittle())) {
            return found(ColumnType.ID, format, evidence);
        }
        if (ids.holdDates()) {
            String dated = values.categories().size() > 1
                    ? number(different) + " values with dates in them"
                    : "always '" + values.categories().top(1).get(0).value() + "', with a date in it";
            return new ColumnTyping(ColumnType.ID, reading, format, dated, true);
        }
        if (!ids.goOn()) {
            return null;
        }
        ColumnFormat written = isText && !ids.haveFewForms() ? new ColumnFormat.OfTraits() : format;
        String goingOn = number(different) + " values that go on with the rows";
        return new ColumnTyping(ColumnType.ID, reading, written, goingOn, true);
    }

    /** Returns whether the name says that the values are ids; of customers the values may as well be names of persons. */
    private boolean saysId() {
        boolean isText = reading.type() == FeatureType.STRING;
        return words.sayId() || (words.sayMember() && (!isText || IdSigns.haveDigits(reading)));
    }

    /** Returns ids among which there are a few numbers that come again, and are none. */
    private @Nullable ColumnTyping idAmongOthers() {
        if (reading.type() != FeatureType.INTEGRAL || reading.amounts() != null || present < LEAST_IDS) {
            return null;
        }
        WeightedValues numbers = values.distribution();
        NumbersApart apart = NumbersApart.fromIds(numbers);
        long others = present - apart.count(numbers);
        double differentOthers = different - apart.numbers().size();
        boolean allDiffer = others > 0 && differentOthers >= LEAST_SHARE * others;
        boolean mayBeIds = !apart.isEmpty()
                && (allDiffer || (saysId() && differentOthers > ColumnTyping.MOST_CATEGORIES))
                && apart.without(numbers).value(0) >= 0;
        if (!mayBeIds || !(saysId() || new IdSigns(reading, others, differentOthers, apart).repeatTooLittle())) {
            return null;
        }
        String evidence = number(differentOthers) + " of " + number((double) others) + " values differ" + note(apart);
        return found(ColumnType.ID, new ColumnFormat.OfIds(apart), evidence);
    }

    private static String number(double count) {
        return String.format(Locale.ROOT, "%,d", Math.round(count));
    }
}
