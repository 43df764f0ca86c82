package io.modelmonitor.stats.sketch;

import io.modelmonitor.api.ColumnRole;
import io.modelmonitor.api.ColumnType;
import io.modelmonitor.api.FeatureType;
import io.modelmonitor.stats.internal.text.TextForm;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The type of a column with the evidence for it: by a role that a user gave, else by its name and its profile.
 *
 * <ul>
 *   <li>Times: most present texts are dates or times, whatever words come among them ({@link MajorityKind}), or nearly all are names of
 *       months or weekdays; or 99 of 100 numbers, but for a few that come again far outside ({@link NumbersApart}), are dates such as
 *       {@code 20240131} and {@code 202401}, or points in time from 2000 to 2050 in seconds, milliseconds or microseconds since 1970, or in days of a spreadsheet and the name says that they are dates; or
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

    /** Fewer rounds are those of a file that is sorted by groups; of a window that has more, each is one of many. */
    private static final int LEAST_ROUNDS = 8;

    /** A window with fewer is one of a few days, or of a part of a year. */
    private static final int LEAST_WEEKDAYS = 5;

    private static final int LEAST_MONTHS = 10;

    private final ColumnType type;
    private final ColumnReading reading;
    private final @Nullable ColumnFormat format;
    private final String evidence;
    private final boolean goesOn;

    ColumnTyping(
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
        ColumnTyping own = new TypeFinder(ColumnWords.of(name), reading).find();
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

    /**
     * Returns what a column is, as another reading may show what this one does not: whether day or month stands first in its times.
     *
     * @param one a reading of this column
     * @param other one that is compared with it
     */
    public ColumnTyping beside(ColumnReading one, ColumnReading other) {
        return format instanceof TimeFormat times && !times.isShown()
                ? new ColumnTyping(type, reading, times.beside(one, other), evidence, goesOn)
                : this;
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

    /**
     * Returns the serial correlation of the rows, from 0.1 to 1: {@code 1 - d / (2 s)} of numbers, with the sums {@code d} of the squares of
     * the differences from the row before and {@code s} of those from the mean (J. von Neumann, Annals of Mathematical Statistics 12, 1941);
     * of other values by how much more often than by chance a row has the value of the one before, as a share of the most that is possible.
     * NaN where it is smaller or less than five standard errors, where the order of the rows is not known, and of times and ids.
     */
    public double serialCorrelation() {
        SerialCorrelation own = SerialCorrelation.of(reading);
        return !type.isMoving() && own.isCertain() ? own.value() : Double.NaN;
    }

    /**
     * Returns the serial correlation if the rows of a window follow each other, too: by at least half of it, or no more than a standard error
     * less, and the value changes at least a quarter as often. NaN if not, and where it is that of a file which is sorted.
     */
    public double serialCorrelation(ColumnReading window) {
        double own = serialCorrelation();
        return !Double.isNaN(own) && SerialCorrelation.of(reading).holdsIn(window, reading) && !isSorted(window)
                ? own
                : Double.NaN;
    }

    /**
     * Returns whether rows are sorted by this column: its values rise, perhaps again and again, or each text comes in one run of rows. Where
     * they rise in many rounds and a window has few of these, it has a part of a process that comes round.
     */
    private boolean isSorted(ColumnReading window) {
        RowSteps steps = reading.values().steps();
        boolean isPartOfRounds =
                steps.back() >= LEAST_ROUNDS && window.values().steps().back() < LEAST_ROUNDS;
        return steps.areSorted()
                || (!steps.areBalanced() && !isPartOfRounds)
                || (reading.type() == FeatureType.STRING
                        && steps.areRuns(reading.values().present()));
    }

    /**
     * Returns how many of the present values, at least, are some that came in one run of equal ones only, as those of sessions, days and
     * batches do: of {@code d} different values in {@code r} runs these are {@code 2 d - r} or more, in no fewer rows than the rarest. 0 where
     * not every value is remembered, the order of the rows is not known, or there is one value.
     */
    public long inOneRun() {
        ColumnProfile values = reading.values();
        Categories categories = values.categories();
        if (!categories.isComplete() || categories.size() < 2 || runs() == 0) {
            return 0;
        }
        return categories.stream()
                .mapToLong(Category::count)
                .sorted()
                .limit(Math.max(0, 2L * categories.size() - runs()))
                .sum();
    }

    /** Returns in how many runs of equal ones the present values come; 0 where the order of the rows is not known. */
    public long runs() {
        RowSteps steps = reading.values().steps();
        long present = reading.values().present();
        return steps.areOf(present) ? present - (steps.total() - steps.turns()) : 0;
    }

    /**
     * Returns how many present values of a reading are written in which format; none if formats say nothing of this column. Where texts of
     * one of both have too many forms to count, formats are their traits.
     *
     * @param other what the formats are compared with, whose own are asked for the other way round
     */
    public SortedMap<String, Long> formats(ColumnReading of, ColumnReading other) {
        if (format == null) {
            return Collections.emptySortedMap();
        }
        boolean areMany = of.forms().isTooVarious() || other.forms().isTooVarious();
        ColumnFormat known = areMany && format instanceof ColumnFormat.OfForms ? new ColumnFormat.OfTraits() : format;
        return known.counts(of);
    }

    /**
     * Returns a reading by which the formats of values are counted: of texts of ids, of which each is remembered, one in which each occurs
     * once, as rows of one are written as it is.
     *
     * @param other what the formats are compared with
     */
    public ColumnReading written(ColumnReading of, ColumnReading other) {
        boolean isOnce = type == ColumnType.ID
                && reading.type() == FeatureType.STRING
                && of.values().categories().isComplete()
                && other.values().categories().isComplete();
        return isOnce ? of.withEachOnce() : of;
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

    /** Returns the most frequent cell of a reading that is in no format of this column; null if none is remembered. */
    public @Nullable String otherCell(ColumnReading of) {
        return OtherCell.of(format, of);
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
     * ids, and of a column of hours of the day, weekdays, months or durations if its rows come in no order.
     */
    public boolean isCompared() {
        return !type.isMoving() || isInRuns() || hasWords() || ((isOfDay() || isOfRound()) && reading.isInNoOrder());
    }

    /** Returns whether these are a few values that come in runs, one after the other, which a window may show to be classes. */
    private boolean isInRuns() {
        ColumnProfile values = reading.values();
        return goesOn
                && values.categories().isComplete()
                && values.categories().size() > 1
                && values.categories().size() <= MOST_CLASSES
                && (reading.type() == FeatureType.STRING
                        ? values.steps().areRuns(values.present())
                        : values.steps().changes() == values.categories().size() - 1);
    }

    /** Returns whether words, of which there are many among these times, are compared. */
    private boolean hasWords() {
        return format != null
                && (format.areTimes() || !format.apart().isEmpty())
                && new WordsAmongTimes(reading, format).areMany();
    }

    /** Returns whether these are times of a day or durations, without a date. */
    public boolean isOfDay() {
        if (type != ColumnType.TIME || format == null) {
            return false;
        }
        return format.isOfDay()
                || (format instanceof TimeFormat
                        && reading.forms().forms().entrySet().stream()
                                .allMatch(form -> form.getValue().family() != TextForm.Family.TIME
                                        || (form.getKey().startsWith("H")
                                                && form.getKey().indexOf('y') < 0)));
    }

    /** Returns whether these are days of the week or months, all of which come in any longer window. */
    private boolean isOfRound() {
        CalendarPart part = type == ColumnType.TIME && format != null ? format.part() : null;
        return part == CalendarPart.WEEKDAY || part == CalendarPart.MONTH;
    }

    /** Returns whether each of both has nearly all parts of the calendar that there are, so that neither is of a few days or months. */
    private boolean areMost(ColumnReading one, ColumnReading other) {
        Set<Integer> parts = parts(one);
        Set<Integer> others = parts(other);
        int fewer = Math.min(parts.size(), others.size());
        parts.addAll(others);
        boolean areMonths = format != null && format.part() == CalendarPart.MONTH;
        return fewer >= parts.size() - 1 && fewer >= (areMonths ? LEAST_MONTHS : LEAST_WEEKDAYS);
    }

    private Set<Integer> parts(ColumnReading of) {
        Set<Integer> parts = new HashSet<>();
        Categories known = of.values().categories();
        if (format != null && known.isComplete()) {
            known.stream().forEach(category -> parts.add(format.part(category.value())));
        }
        parts.removeIf(part -> part < 0);
        return parts;
    }

    /**
     * Returns a column as it is compared with another of this: where new values come by nature, by the formats of the values in place of
     * the values, unless rows of neither come in an order of time.
     */
    public ColumnProfile compared(ColumnReading one, ColumnReading other) {
        ColumnProfile values = one.beside(other);
        boolean comeRound = isOfDay() || (isOfRound() && areMost(one, other));
        if (comeRound && one.isInNoOrder() && other.isInNoOrder()) {
            return format instanceof TimeFormat ? Amounts.OF_CLOCK.read(values, FeatureType.FRACTIONAL, 0) : values;
        }
        if (isInRuns() && !IdSigns.goOnIn(reading, one.isOf(reading) ? other : one)) {
            return values;
        }
        if (format != null && hasWords()) {
            return values.comparedBy(new WordsAmongTimes(one, format).counts());
        }
        if (areFormsOfTexts()) {
            return values.comparedBy(new ColumnFormat.OfTraits().counts(one));
        }
        return type.isMoving() || format instanceof ColumnFormat.OfTraits
                ? values.comparedBy(formats(written(one, other), written(other, one)))
                : values;
    }

    @Override
    public String toString() {
        String notes = List.of(evidence, reading.missingNote(), reading.oddNote()).stream()
                .filter(note -> !note.isEmpty())
                .collect(Collectors.joining(", "));
        return type + (notes.isEmpty() ? "" : ", " + notes);
    }
}
