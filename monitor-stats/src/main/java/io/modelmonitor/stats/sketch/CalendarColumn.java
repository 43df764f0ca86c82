package io.modelmonitor.stats.sketch;

import io.modelmonitor.stats.internal.text.CalendarLanguage;
import io.modelmonitor.stats.internal.text.CalendarNames;
import io.modelmonitor.stats.internal.text.Calendars;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToIntBiFunction;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds out whether the texts of a column are parts of the calendar, by all of its texts together and by the words of its name. */
final class CalendarColumn {

    private static final double LEAST_SHARE = 0.99;

    /** More different texts than days of a year and some others are no parts of the calendar. */
    private static final int MOST = 400;

    /** Of so many different names none are taken for something else, as {@code MO} and {@code SA} alone may be. */
    private static final int LEAST_OF_SHORT = 4;

    private static final int SHORT = 2;

    /** Names of weekdays and months that are ordinary words or codes, too. */
    private static final Set<String> OTHER_WORDS = Set.of(
            "segunda", "quarta", "quinta", "sexta", "sex", "set", "out", "sal", "per", "cum", "lip", "die", "don",
            "son", "mag");

    private static final ToIntFunction<String> KNOWN_WEEKS = numbers("kw[ -]?(\\d\\d?)|第(\\d\\d?)[周週]", 0, 53);
    private static final ToIntFunction<String> NAMED_WEEKS =
            numbers("(?:kw|cw|wk?|week|woche|semaine|semana|settimana|vecka|hafta|неделя)[ -]?(\\d\\d?)", 0, 53);
    private static final ToIntFunction<String> PERIODS = numbers("[pm][ -]?(\\d\\d?)", 1, 13);
    private static final ToIntFunction<String> MORNINGS = numbers("(\\d\\d?) ?a\\.?m", 1, 12);
    private static final ToIntFunction<String> AFTERNOONS = numbers("(\\d\\d?) ?p\\.?m", 1, 12);
    private static final ToIntFunction<String> HOURS = numbers("(\\d\\d?) ?(?:h|uhr|час|时|時|点)", 0, 24);
    private static final ToIntFunction<String> TWO_DIGITS = numbers("(\\d\\d)", 0, 99);
    private static final Pattern DAY = Pattern.compile("(\\d\\d)\\.(\\d\\d)\\.");
    private static final Pattern NAMED_DAY = Pattern.compile(
            "(\\d\\d?)(?:st|nd|rd|th|\\.)?[ -](\\p{L}+)\\.?|(\\p{L}+)\\.?[ -](\\d\\d?)(?:st|nd|rd|th)?");
    private static final Pattern MONTH_OF_YEAR = Pattern.compile("(?:(\\d\\d?)[-/._']|(\\p{L}+)\\.? )(\\d\\d)");
    private static final int MONTHS = 12;
    private static final int MOST_YEARS = 15;
    private static final int LEAP_YEAR = 2000;
    private static final int LONGEST_MONTH = 31;
    private static final int HALF_A_DAY = 12;

    private final ColumnWords words;
    private final List<CalendarPart> parts;
    private final List<Category> values;
    private final double least;
    private final boolean inRuns;

    private CalendarColumn(ColumnWords words, ColumnProfile column) {
        this.words = words;
        this.parts = CalendarPart.allNamed(words);
        this.values = column.categories().values();
        this.least = LEAST_SHARE * column.present();
        this.inRuns = column.steps().areRuns(column.present());
    }

    /**
     * Returns how the texts of a column are written as parts of the calendar; null if they are none.
     *
     * @param words the words of its name
     * @param column its texts
     */
    static ColumnFormat.@Nullable OfNames find(ColumnWords words, ColumnProfile column) {
        Categories texts = column.categories();
        return texts.isComplete() && texts.size() <= MOST ? new CalendarColumn(words, column).find() : null;
    }

    /** Returns how codes of two digits, such as {@code 09}, are parts of the calendar of which their column says that they are. */
    static ColumnFormat.@Nullable OfNames ofCodes(ColumnWords words, ColumnProfile column) {
        if (!column.categories().isComplete() || column.categories().size() > MOST) {
            return null;
        }
        return new CalendarColumn(words, column).twoDigits();
    }

    private ColumnFormat.@Nullable OfNames twoDigits() {
        for (CalendarPart part : parts) {
            ToIntFunction<String> number = text -> {
                int value = TWO_DIGITS.applyAsInt(text) - 1;
                return part.holds(value) ? 1 + value : 0;
            };
            if (areMostly(number)) {
                return new ColumnFormat.OfNames(part + " of two digits", part, number);
            }
        }
        return null;
    }

    private ColumnFormat.@Nullable OfNames find() {
        ColumnFormat.OfNames months =
                names("names of months", CalendarPart.MONTH, CalendarLanguage::month, CalendarNames::month);
        ColumnFormat.OfNames weekdays =
                names("names of weekdays", CalendarPart.WEEKDAY, CalendarLanguage::weekday, CalendarNames::weekday);
        if (months != null && weekdays != null) {
            return parts.contains(CalendarPart.MONTH) ? months : parts.contains(CalendarPart.WEEKDAY) ? weekdays : null;
        }
        return months != null ? months : weekdays != null ? weekdays : numbered();
    }

    /** Returns names in the languages in which nearly all are, so that those of another are a change; else in any of some. */
    private ColumnFormat.@Nullable OfNames names(
            String called,
            CalendarPart part,
            ToIntBiFunction<CalendarLanguage, String> number,
            ToIntFunction<String> usual) {
        List<CalendarLanguage> languages = Arrays.stream(CalendarLanguage.values())
                .filter(language -> areMostly(value -> number.applyAsInt(language, CalendarLanguage.simple(value))))
                .toList();
        ToIntFunction<String> numbers = languages.isEmpty()
                ? usual
                : value -> {
                    String name = CalendarLanguage.simple(value);
                    return languages.stream()
                            .mapToInt(language -> number.applyAsInt(language, name))
                            .filter(found -> found > 0)
                            .findFirst()
                            .orElse(0);
                };
        boolean isTold = parts.contains(part) || words.sayTime();
        return areMostly(numbers) && (isTold || areSure(numbers, usual))
                ? new ColumnFormat.OfNames(called, part, numbers)
                : null;
    }

    /** Returns whether names are hardly anything else: there are several, of which one is long or usual, or there are many. */
    private boolean areSure(ToIntFunction<String> numbers, ToIntFunction<String> usual) {
        List<String> names = values.stream()
                .map(category -> category.value().strip())
                .filter(value -> numbers.applyAsInt(value) > 0)
                .toList();
        return names.size() >= LEAST_OF_SHORT
                || (names.size() > 1 && names.stream().anyMatch(name -> usual.applyAsInt(name) > 0 || isSure(name)));
    }

    private static boolean isSure(String name) {
        return !OTHER_WORDS.contains(CalendarLanguage.simple(name))
                && (name.length() > SHORT || name.endsWith(".") || name.chars().anyMatch(c -> c >= 0x80));
    }

    /** Returns numbers beside a word, as in {@code KW 3} and {@code 9 AM}. */
    private ColumnFormat.@Nullable OfNames numbered() {
        boolean areWeeks = parts.contains(CalendarPart.WEEK);
        boolean areHours = parts.contains(CalendarPart.HOUR);
        ColumnFormat.OfNames found = null;
        if (words.sayTime() || areWeeks || values.size() > 1) {
            found = numbered("numbers of weeks", CalendarPart.WEEK, KNOWN_WEEKS);
        }
        found = found == null && areMonthsOfYears() ? numbered("months of years", null, CalendarColumn::month) : found;
        found = found == null ? numbered("days of a year", null, CalendarColumn::dayOfYear) : found;
        found = found == null && areWeeks ? numbered("numbers of weeks", CalendarPart.WEEK, NAMED_WEEKS) : found;
        found = found == null && words.sayPeriod() ? numbered("numbers of months", CalendarPart.MONTH, PERIODS) : found;
        found = found == null && areHours
                ? numbered("hours of half a day", CalendarPart.HOUR, CalendarColumn::hourOfHalf)
                : found;
        found = found == null && areHours ? numbered("hours", CalendarPart.HOUR, HOURS) : found;
        return found == null ? twoDigits() : found;
    }

    private ColumnFormat.@Nullable OfNames numbered(
            String called, @Nullable CalendarPart part, ToIntFunction<String> number) {
        return areMostly(number) ? new ColumnFormat.OfNames(called, part, number) : null;
    }

    private boolean areMostly(ToIntFunction<String> number) {
        long named = 0;
        for (Category value : values) {
            named += number.applyAsInt(value.value()) > 0 ? value.count() : 0;
        }
        return named > 0 && named >= least;
    }

    /** Returns a function that finds the number in a text of a form, from 1 for 0; 0 if it is not of this form. */
    private static ToIntFunction<String> numbers(String form, int from, int to) {
        Pattern pattern = Pattern.compile(form);
        return text -> {
            Matcher matcher = pattern.matcher(CalendarLanguage.simple(text));
            if (!matcher.matches()) {
                return 0;
            }
            String first = matcher.group(1);
            int number = Integer.parseInt(first == null ? matcher.group(2) : first);
            return number >= from && number <= to ? 1 + number : 0;
        };
    }

    private static int hourOfHalf(String text) {
        int afternoon = AFTERNOONS.applyAsInt(text);
        return afternoon > 0 ? afternoon + HALF_A_DAY : MORNINGS.applyAsInt(text);
    }

    /**
     * Returns whether months stand before years of two digits that are few and follow each other, in fewer years than months. Numbers of months
     * and years, which may be shares such as {@code 7/12}, come in runs of rows or in several years, unless the name of the column says it.
     */
    private boolean areMonthsOfYears() {
        Set<Integer> years = new TreeSet<>();
        Set<Integer> months = new TreeSet<>();
        boolean areNumbers = false;
        for (Category value : values) {
            Matcher matcher = MONTH_OF_YEAR.matcher(value.value().strip());
            if (month(value.value()) == 0 || !matcher.matches()) {
                continue;
            }
            years.add(Integer.parseInt(matcher.group(3)));
            months.add(month(value.value()) % MONTHS);
            areNumbers |= matcher.group(1) != null;
        }
        boolean areFew = !years.isEmpty() && Collections.max(years) - Collections.min(years) == years.size() - 1;
        boolean isTold = words.sayTime() || words.sayMonth();
        if (!areFew || years.size() > MOST_YEARS) {
            return false;
        }
        return areNumbers
                ? isTold || (values.size() > 1 && (inRuns || years.size() > 1) && months.size() >= years.size())
                : values.size() > 1 && (months.size() > years.size() || years.size() == 1);
    }

    /** Returns the number of a month of a year of two digits; 0 if it is none. */
    private static int month(String text) {
        Matcher matcher = MONTH_OF_YEAR.matcher(text.strip());
        if (!matcher.matches()) {
            return 0;
        }
        String name = matcher.group(2);
        int month =
                name == null ? Integer.parseInt(matcher.group(1)) : CalendarNames.monthOfDate(name, 0, name.length());
        return month >= 1 && month <= MONTHS ? MONTHS * Integer.parseInt(matcher.group(3)) + month : 0;
    }

    private static int dayOfYear(String text) {
        String day = text.strip();
        Matcher numbers = DAY.matcher(day);
        if (numbers.matches()) {
            return dayOfYear(Integer.parseInt(numbers.group(2)), numbers.group(1));
        }
        Matcher named = NAMED_DAY.matcher(day);
        if (!named.matches()) {
            return 0;
        }
        boolean isDayFirst = named.group(1) != null;
        String month = named.group(isDayFirst ? 2 : 3);
        return dayOfYear(CalendarNames.monthOfDate(month, 0, month.length()), named.group(isDayFirst ? 1 : 4));
    }

    private static int dayOfYear(int month, String digits) {
        int day = Integer.parseInt(digits);
        return Calendars.isDay(LEAP_YEAR, month, day) ? LONGEST_MONTH * month + day : 0;
    }
}
