package io.modelmonitor.stats.internal.text;

import java.util.Set;

/** Reads dates that begin with a year, and years and their parts: quarters, halves, weeks and periods of accounts. One thread at a time. */
abstract class PeriodText extends ClockText {

    private static final int DAY = 86_400;
    private static final int PIVOT_YEAR = 70;
    private static final int LAST_WEEK = 53;
    private static final int LONGEST_WEEK = 4;

    /** Words for a week beside its number. */
    private static final Set<String> WEEKS =
            Set.of("KW", "CW", "WK", "W", "kw", "cw", "wk", "Week", "week", "Wk", "Kw");

    /** The words behind a year, a month and a day in Chinese and Japanese, and in Korean. */
    private static final String NAMED_YEARS = "\u5e74\ub144";

    private static final String NAMED_MONTHS = "\u6708\uc6d4";
    private static final String NAMED_DAYS = "\u65e5\uc77c";

    PeriodText(FormatBuffer format) {
        super(format);
    }

    /** Reads on behind the letter of a quarter or half of a year, as in {@code Q1 2024} and {@code Q4'25}. */
    final boolean partFirst(int parts) {
        format.append(parts == 4 ? 'Q' : 'h');
        if (!digits(1) || number < 1 || number > parts || at == end) {
            return false;
        }
        int month = 12 / parts * (number - 1) + 1;
        return yearBehindPart(month, parts == 4);
    }

    /** Reads on at the letter of a quarter or half of a year behind its number, as in {@code 4Q25}. */
    final boolean partLast(int part, int parts) {
        at++;
        format.append(parts == 4 ? 'Q' : 'h');
        return part >= 1 && part <= parts && at < end && yearBehindPart(12 / parts * (part - 1) + 1, parts == 4);
    }

    private boolean yearBehindPart(int month, boolean mayBeShort) {
        if ("-/ '._".indexOf(text.charAt(at)) >= 0) {
            copy();
        }
        return year()
                && (width == 4 || mayBeShort)
                && at == end
                && Calendars.isUsualYear(number)
                && day(number, month, 1);
    }

    /** Reads on behind a year of accounts, as in {@code FY24-P02}, where a thirteenth month closes the year, and {@code FY24Q1}. */
    final boolean period(int year) {
        if (at == end) {
            return day(year, 1, 1);
        }
        if (!next('Q')) {
            copy();
            if (format.last() != '-' && format.last() != ' ') {
                return false;
            }
        }
        if (next('Q')) {
            copy();
            return digits(1) && at == end && number >= 1 && number <= 4 && day(year, 3 * number - 2, 1);
        }
        if (!next('P')) {
            return false;
        }
        copy();
        return digits(2) && at == end && number >= 1 && number <= 13 && day(year, Math.min(12, number), 1);
    }

    /** Returns whether a word before or behind a number makes it one of a week, as in {@code CW43/25}. */
    final boolean isOfWeek(int from, int to) {
        int last = text.charAt(to - 1) | ' ';
        if (to - from > LONGEST_WEEK || (last != 'w' && last != 'k')) {
            return false;
        }
        String word = text.subSequence(from, to).toString();
        return WEEKS.contains(word);
    }

    /** Reads on behind the word for a week: its number, and a year behind a sign. */
    final boolean weekFirst() {
        format.append('W');
        skip(' ');
        if (!digits(2) || number > LAST_WEEK || number < 1 || at == end || "/- .'".indexOf(text.charAt(at)) < 0) {
            return false;
        }
        int week = number;
        copy();
        return year() && at == end && Calendars.isUsualYear(number) && day(number, 1, 1, 7 * (week - 1));
    }

    /** Reads on behind a year: a month and a day, or another part of it. */
    final boolean yearFirst(int year) {
        if (at == end || ("-/. QWHM_:KC" + NAMED_YEARS).indexOf(text.charAt(at)) < 0) {
            return false;
        }
        char separator = text.charAt(at);
        if (separator == ':' && !Calendars.isUsualYear(year)) {
            return false;
        }
        if ((separator == 'K' || separator == 'C') && at + 1 < end && text.charAt(at + 1) == 'W') {
            format.append("y'").append(separator).append('\'');
            at++;
            return weekOf(year);
        }
        format.append('y');
        boolean isApart = "QWHMKC".indexOf(separator) < 0;
        if (isApart) {
            copy();
        }
        boolean mayBePart = !isApart || separator == '-' || separator == ' ';
        if ((next('Q') || next('H')) && mayBePart) {
            int parts = next('Q') ? 4 : 2;
            at++;
            format.append(parts == 4 ? 'Q' : 'h');
            return digits(1)
                    && number >= 1
                    && number <= parts
                    && at == end
                    && day(year, 12 / parts * (number - 1) + 1, 1);
        }
        if (next('W') && mayBePart) {
            return weekOf(year);
        }
        if (next('M')) {
            at++;
            format.append("'M'M");
            return digits(2) && width == 2 && at == end && Calendars.isUsualYear(year) && day(year, number, 1);
        }
        int named = NAMED_YEARS.indexOf(separator);
        if (named >= 0) {
            skip(' ');
        }
        if (separator == ' ' || !digits(3)) {
            return false;
        }
        if (width == 3) {
            format.append('D');
            return separator == '-' && isOfUsualYear(year, number) && day(year, 1, 1, number - 1);
        }
        int month = number;
        format.append('M');
        if (!next(named >= 0 ? NAMED_MONTHS.charAt(named) : separator)) {
            boolean isMonth =
                    separator == '_' ? width == 2 && Calendars.isUsualYear(year) : separator != '.' && separator != ':';
            return named < 0 && isMonth && at == end && day(year, month, 1);
        }
        copy();
        if (named >= 0) {
            skip(' ');
        }
        format.append('d');
        if (!digits(2) || !day(year, month, number)) {
            return false;
        }
        boolean isNamed = named >= 0 && next(NAMED_DAYS.charAt(named));
        at += isNamed ? 1 : 0;
        return named < 0 || isNamed;
    }

    private boolean weekOf(int year) {
        at++;
        format.append('W');
        return digits(2) && number >= 1 && number <= 53 && weekday(7 * (number - 1), year);
    }

    private static boolean isOfUsualYear(int year, int dayOfYear) {
        return Calendars.isUsualYear(year) && dayOfYear >= 1 && dayOfYear <= 366;
    }

    /** Reads the day of a week, if there is one, and ends. */
    private boolean weekday(int days, int year) {
        int day = 1;
        if (next('-') && at + 1 < end) {
            at++;
            format.append("-e");
            if (!digits(1) || number < 1 || number > 7) {
                return false;
            }
            day = number;
        }
        return at == end && day(year, 1, 1, days + day - 1);
    }

    /** Reads a year of four digits or two. */
    final boolean year() {
        if (!digits(4) || (width != 2 && width != 4)) {
            return false;
        }
        format.append(width == 4 ? "y" : "yy");
        number += width == 4 ? 0 : number < PIVOT_YEAR ? 2000 : 1900;
        return true;
    }

    final boolean day(int year, int month, int day) {
        return day(year, month, day, 0);
    }

    /** Sets the date, which need not be one; returns whether it is. */
    final boolean day(int year, int month, int day, int more) {
        if (!Calendars.isDay(year, month, day)) {
            return false;
        }
        dayFirst = (double) DAY * (Calendars.epochDay(year, month, day) + more);
        monthFirst = dayFirst;
        return true;
    }
}
