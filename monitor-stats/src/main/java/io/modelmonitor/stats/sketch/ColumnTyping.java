package io.modelmonitor.stats.sketch;

import io.modelmonitor.api.ColumnRole;
import io.modelmonitor.api.ColumnType;
import io.modelmonitor.api.FeatureType;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoublePredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The type of a column with the evidence for it: by a role that a user gave, else by its name and its profile.
 *
 * <ul>
 *   <li>Times: most present texts are dates or times, whatever words come among them ({@link Exceptions}), or nearly all are names of
 *       months or weekdays; or 99 of 100 numbers are dates such as {@code 20240131} and {@code 202401}, or points in time from 2000 to
 *       2050 in seconds, milliseconds or microseconds since 1970, or in days of a spreadsheet and the name says that they are dates; or
 *       the name says that whole numbers are parts of the calendar, and they are.
 *   <li>Ids: nine of ten values differ, or a thousand do and one in ten occurs once, and they are texts of few forms with digits, whole
 *       numbers that repeat less often than independent ones of their range would or cover it more evenly, whole numbers of 16 digits and
 *       more; or they go on with the rows, as days and batches do that are counted; or the name says it, such as {@code customer_id}, and
 *       there are many.
 *   <li>Categories: at most {@value #MOST_CATEGORIES} texts of which most come again, or at most {@value #MOST_CLASSES} whole numbers.
 * </ul>
 *
 * <p>A function of the name and the profile, so it is the same whatever parts, in the order of their rows, the profile was merged from.
 * Immutable while nobody changes the profile.
 */
public final class ColumnTyping {

    /** Up to how many different texts are categories. */
    public static final int MOST_CATEGORIES = 120;

    /** Up to how many different whole numbers are categories. */
    public static final int MOST_CLASSES = 20;

    private static final double LEAST_SHARE = 0.9;
    private static final double LEAST_NUMBER_SHARE = 0.99;

    /** Below this, many columns have only different values. */
    private static final int LEAST_IDS = 50;

    private static final double NAMED_ID_SHARE = 0.2;
    private static final int MOST_YEARS = 12;

    /** Up to so many forms of texts that hardly come again a window of many more rows has no more than are counted. */
    private static final int FEW_FORMS = 32;

    private final ColumnType type;
    private final ColumnReading reading;
    private final @Nullable ColumnFormat format;
    private final String evidence;
    private final boolean goesOn;

    private ColumnTyping(
            ColumnType type, ColumnReading reading, @Nullable ColumnFormat format, String evidence, boolean goesOn) {
        this.goesOn = goesOn;
        this.type = type;
        this.reading = reading;
        this.format = format;
        this.evidence = evidence;
    }

    /**
     * Returns what a column is.
     *
     * @param name the column's name
     * @param column its profile
     * @param role what a user says of it; null if nothing
     */
    public static ColumnTyping of(String name, ColumnProfile column, @Nullable ColumnRole role) {
        ColumnReading reading = column.reading();
        ColumnTyping own = new Finder(ColumnWords.of(name), reading).find();
        ColumnType said = role == null ? null : role.type();
        if (said == null) {
            return own;
        }
        if (said == own.type) {
            return new ColumnTyping(said, own.reading, own.format, "as declared", false);
        }
        ColumnReading read = said == ColumnType.TEXT || said == ColumnType.CATEGORY
                ? ColumnReading.of(column, FeatureType.STRING)
                : said == ColumnType.FRACTION && !reading.type().isNumeric()
                        ? ColumnReading.of(column, FeatureType.FRACTIONAL)
                        : reading;
        ColumnFormat format =
                said.isMoving() && reading.type() == FeatureType.STRING ? new ColumnFormat.OfForms(false) : null;
        return new ColumnTyping(said, read, format, "as declared", false);
    }

    /** Returns the type. */
    public ColumnType type() {
        return type;
    }

    /** Returns how its values are read. */
    public ColumnReading reading() {
        return reading;
    }

    /** Returns how its values are written; null if that says nothing of this column. */
    @Nullable
    ColumnFormat format() {
        return format;
    }

    /** Returns by what the type shows, in a few words. */
    public String evidence() {
        return evidence;
    }

    /** Returns whether this is an id because values go on with the rows, as days and batches do that are counted. */
    public boolean goesOn() {
        return goesOn;
    }

    /** Returns how many present values of a reading are written in which format; none if formats say nothing of this column. */
    public SortedMap<String, Long> formats(ColumnReading of) {
        boolean areMany = of.forms().isTooVarious() && !(format instanceof ColumnFormat.OfTraits);
        return format == null || areMany ? Collections.emptySortedMap() : format.counts(of);
    }

    /** Returns how many values of a reading begin with which letters and signs; null if that says nothing here or they are too various. */
    public @Nullable SortedMap<String, Long> beginnings(ColumnReading of) {
        return format instanceof ColumnFormat.OfForms && !reading.isOfCodes()
                ? of.forms().beginnings()
                : null;
    }

    /** Returns the words of a reading's texts ({@link ColumnReading#words}); none if words say nothing of this column. */
    public List<Category> words(ColumnReading of) {
        boolean areTexts = type == ColumnType.ID || format instanceof ColumnFormat.OfTraits || areFormsOfTexts();
        return areTexts && !goesOn && !reading.isOfCodes() ? of.words() : List.of();
    }

    /** Returns whether a format is none of those that make this column. */
    public boolean isOther(String formatName) {
        return formatName.equals(ColumnFormat.OTHER);
    }

    /** Returns whether values are in formats by which they are judged, too. */
    public boolean hasFormats() {
        return type.isMoving() || (format != null && format.isJudged(reading));
    }

    private boolean areFormsOfTexts() {
        return type == ColumnType.TEXT && format instanceof ColumnFormat.OfForms forms && forms.comeAnew();
    }

    /** Returns the times of a reading; null if its values are no points in time, as those without a date are. */
    public @Nullable ColumnTimes times(ColumnReading of) {
        return type != ColumnType.TIME || format == null || isOfDay() ? null : format.times(of);
    }

    /**
     * Returns whether values are compared, with windows whose rows come in no order of time either: those of any column but of times and
     * ids, and of a column of hours of the day or of durations if its rows come in no order.
     */
    public boolean isCompared() {
        return !type.isMoving() || hasWords() || (isOfDay() && reading.isInNoOrder());
    }

    /** Returns whether words, of which there are many among these times, are compared. */
    private boolean hasWords() {
        return format != null && format.areTimes() && new WordsAmongTimes(reading).areMany();
    }

    /** Returns whether these are times of a day or durations, without a date. */
    private boolean isOfDay() {
        if (type != ColumnType.TIME || format == null) {
            return false;
        }
        return format.isOfDay()
                || (format instanceof ColumnFormat.OfTimes
                        && reading.forms().forms().entrySet().stream()
                                .allMatch(form -> form.getValue().family() != TextForm.Family.TIME
                                        || form.getKey().startsWith("H")));
    }

    /**
     * Returns a column as it is compared with another of this: where new values come by nature, by the formats of the values in place of
     * the values, unless rows of neither come in an order of time.
     */
    public ColumnProfile compared(ColumnReading one, ColumnReading other) {
        ColumnProfile values = one.beside(other);
        if (isOfDay() && one.isInNoOrder() && other.isInNoOrder()) {
            return format instanceof ColumnFormat.OfTimes
                    ? Amounts.OF_CLOCK.read(values, FeatureType.FRACTIONAL, 0)
                    : values;
        }
        if (hasWords()) {
            return values.comparedBy(new WordsAmongTimes(one).counts());
        }
        if (areFormsOfTexts()) {
            return values.comparedBy(new ColumnFormat.OfTraits().counts(one));
        }
        return type.isMoving() || format instanceof ColumnFormat.OfTraits
                ? values.comparedBy(format == null ? new TreeMap<>() : formats(one))
                : values;
    }

    @Override
    public String toString() {
        String notes = List.of(evidence, reading.missingNote(), reading.oddNote()).stream()
                .filter(note -> !note.isEmpty())
                .collect(Collectors.joining(", "));
        return type + (notes.isEmpty() ? "" : ", " + notes);
    }

    /** Finds the type of a column. */
    private static final class Finder {

        private final ColumnWords words;
        private final ColumnReading reading;
        private final ColumnProfile values;
        private final long present;
        private final double different;
        private final IdSigns ids;

        private Finder(ColumnWords words, ColumnReading reading) {
            this.words = words;
            this.reading = reading;
            this.values = reading.values();
            this.present = reading.ofType();
            this.different = reading.differentOfType();
            this.ids = new IdSigns(reading, present, different);
        }

        private ColumnTyping find() {
            if (present == 0) {
                return found(ColumnType.EMPTY, null, "");
            }
            ColumnTyping moving = reading.type().isNumeric() || reading.isOfCodes()
                    ? numberTime()
                    : reading.type() == FeatureType.STRING ? textTime() : null;
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
                        "as " + mostly(format.counts(reading)) + (amounts.comma() ? " with a decimal comma" : ""));
            }
            return switch (reading.type()) {
                case BOOLEAN -> found(ColumnType.BOOLEAN, null, "");
                case FRACTIONAL -> found(ColumnType.FRACTION, null, "");
                case INTEGRAL ->
                    isOfFew(MOST_CLASSES)
                            ? found(ColumnType.CATEGORY, null, number(different) + " whole numbers")
                            : found(ColumnType.WHOLE_NUMBER, null, "");
                default ->
                    isOfFew(MOST_CATEGORIES)
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
            if (reading.isOfCodes() || !(comeAnew || reading.forms().isTooVarious())) {
                return found(ColumnType.TEXT, new ColumnFormat.OfForms(false), evidence);
            }
            boolean areFew = comeAnew
                    && reading.forms().forms().size() <= FEW_FORMS
                    && !reading.forms().isTooVarious();
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
                if (areMostly(time::holds) && time.isTold(words, different, present)) {
                    NumberTime sure = asFarAsKnown(time);
                    return found(ColumnType.TIME, new ColumnFormat.OfNumbers(sure), "as " + sure);
                }
            }
            if (reading.type() != FeatureType.INTEGRAL) {
                return reading.isOfCodes() ? named(CalendarColumn.ofCodes(words, values)) : null;
            }
            CalendarPart part = CalendarPart.named(words);
            if (part != null) {
                return areMostly(part::holds) ? ofPart(part) : null;
            }
            return CalendarPart.namedLoosely(words).stream()
                    .filter(loose -> loose.fits(values.moments()) && areMostly(loose::holds))
                    .findFirst()
                    .map(this::ofPart)
                    .orElse(null);
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
            boolean isOfOneYear = Math.floor(values.moments().min() / 100)
                    == Math.floor(values.moments().max() / 100);
            return time == NumberTime.MONTH && isOfOneYear && !words.sayMonth() ? NumberTime.MONTH_OR_WEEK : time;
        }

        private boolean areMostly(DoublePredicate holds) {
            WeightedValues numbers = values.distribution();
            if (numbers.size() == 0 || !holds.test(numbers.quantile(0.5))) {
                return false;
            }
            long count = 0;
            for (int i = 0; i < numbers.size(); i++) {
                count += holds.test(numbers.value(i)) ? numbers.weight(i) : 0;
            }
            return count > 0 && count >= LEAST_NUMBER_SHARE * numbers.total();
        }

        private @Nullable ColumnTyping textTime() {
            ColumnReading sparse = reading.withAbsences();
            WordsAmongTimes others = new WordsAmongTimes(sparse);
            if (others.areFew()) {
                ColumnFormat times = ColumnFormat.OfTimes.of(sparse.forms());
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
            ColumnFormat format =
                    isText ? new ColumnFormat.OfForms(false) : ColumnFormat.OfAmounts.of(reading.amounts());
            String evidence = number(different) + " of " + number((double) present) + " values differ";
            boolean many = different > MOST_CATEGORIES || different >= LEAST_SHARE * present;
            if (words.sayId()
                    && many
                    && different >= NAMED_ID_SHARE / 10 * present
                    && (isText ? ids.haveFewForms() : mayCount)) {
                return found(ColumnType.ID, format, "by its name, " + evidence);
            }
            boolean allDiffer = present >= LEAST_IDS && different >= LEAST_SHARE * present;
            boolean mayBeIds = (allDiffer && (isText || mayCount)) || (isText && ids.comeAnew());
            if (mayBeIds && (isText ? ids.haveFewForms() && IdSigns.haveDigits(reading) : ids.repeatTooLittle())) {
                return found(ColumnType.ID, format, evidence);
            }
            if (ids.holdDates()) {
                String dated = number(different) + " values with dates in them";
                return new ColumnTyping(ColumnType.ID, reading, format, dated, true);
            }
            String goingOn = number(different) + " values that go on with the rows";
            return ids.goOn() ? new ColumnTyping(ColumnType.ID, reading, format, goingOn, true) : null;
        }

        private static String number(double count) {
            return String.format(Locale.ROOT, "%,d", Math.round(count));
        }
    }
}
