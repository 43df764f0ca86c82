package io.modelmonitor.stats.internal.text;

/**
 * Reads dates, times and date-times in the spellings of files and services, and tells their format. Day and month of {@code
 * 3/4/2024} are read both ways. One thread at a time; allocates nothing but for names of zones.
 */
final class TimeText extends ClockText {

    static final int SHORTEST = 4;
    static final int LONGEST = 48;

    private static final int DAY = 86_400;
    private static final int PIVOT_YEAR = 70;
    private static final int LONGEST_WORD = 4;

    /** The words behind a year, a month and a day in Chinese and Japanese, and in Korean. */
    private static final String NAMED_YEARS = "\u5e74\ub144";

    private static final String NAMED_MONTHS = "\u6708\uc6d4";
    private static final String NAMED_DAYS = "\u65e5\uc77c";

    TimeText(FormatBuffer format) {
        super(format);
    }

    /** Reads a text; returns whether it is a time, whose format and values are then known. */
    boolean read(CharSequence toRead) {
        text = toRead;
        at = 0;
        end = toRead.length();
        format.clear();
        if (end < SHORTEST || end > LONGEST) {
            return false;
        }
        // As in the log of a web server.
        boolean isBracketed = text.charAt(0) == '[' && text.charAt(end - 1) == ']';
        int start = isBracketed ? 1 : 0;
        end -= start;
        at = start;
        char first = text.charAt(start);
        boolean digit = isDigit(first);
        if (!digit && !isOfName(first)) {
            return false;
        }
        if (digit && digits(3) && next(':')) {
            at = start;
            dayFirst = 0;
            monthFirst = 0;
            return clock() && (at == end || dateBehind());
        }
        at = start;
        return date() && rest();
    }

    /** Reads a date behind a time of the day, as in {@code 09:30, 31.12.2024}. */
    private boolean dateBehind() {
        double seconds = dayFirst;
        if (!join() || !date() || at < end) {
            return false;
        }
        dayFirst += seconds;
        monthFirst += seconds;
        return true;
    }

    private boolean date() {
        if (isOfName(text.charAt(at))) {
            int from = word();
            int letter = text.charAt(from) | ' ';
            if (at - from == 1 && (letter == 'q' || letter == 'h')) {
                return partFirst(letter == 'q' ? 4 : 2);
            }
            if (at - from == 2 && letter == 'f' && (text.charAt(from + 1) | ' ') == 'y') {
                format.append("FY");
                return year() && period(number);
            }
            if (!CalendarNames.isWeekday(text, from, at)) {
                return monthNameFirst(from);
            }
            endWeekday();
        }
        if (at == end) {
            return false;
        }
        if (isOfName(text.charAt(at))) {
            return monthNameFirst(word());
        }
        if (!digits(9)) {
            return false;
        }
        int first = number;
        if (width == 8) {
            format.append("yMd");
            return at < end && day(first / 10_000, first / 100 % 100, first % 100);
        }
        return width == 4 ? yearFirst(first) : width <= 2 && yearLast(first, width);
    }

    /** Reads on behind the letter of a quarter or half of a year, as in {@code Q1 2024}. */
    private boolean partFirst(int parts) {
        format.append(parts == 4 ? 'Q' : 'h');
        if (!digits(1) || number < 1 || number > parts || at == end) {
            return false;
        }
        int month = 12 / parts * (number - 1) + 1;
        if ("-/ ".indexOf(text.charAt(at)) >= 0) {
            copy();
        }
        format.append('y');
        return digits(4) && width == 4 && at == end && Calendars.isUsualYear(number) && day(number, month, 1);
    }

    /** Reads on behind a year of accounts, as in {@code FY24-P02}, where a thirteenth month closes the year. */
    private boolean period(int year) {
        if (at == end) {
            return day(year, 1, 1);
        }
        copy();
        if ((format.last() != '-' && format.last() != ' ') || !next('P')) {
            return false;
        }
        copy();
        return digits(2) && at == end && number >= 1 && number <= 13 && day(year, Math.min(12, number), 1);
    }

    private void endWeekday() {
        format.append("E");
        if (next(',')) {
            copy();
        }
        if (next(' ')) {
            copy();
        }
    }

    /** Reads on behind a word that may be the name of a month. */
    private boolean monthNameFirst(int from) {
        int month = CalendarNames.monthOfDate(text, from, at);
        if (month == 0) {
            return false;
        }
        format.append("MMM");
        skip('.');
        if (!next(' ') && !next('-')) {
            return false;
        }
        boolean isJoined = next('-');
        copy();
        if (!digits(4)) {
            return false;
        }
        if (isJoined && width == 2 && at == end) {
            at -= 2;
            return year() && day(number, month, 1);
        }
        if (width == 4) {
            format.append('y');
            return day(number, month, 1);
        }
        int dayOfMonth = number;
        format.append('d');
        skipOrdinal();
        skip(',');
        if (width > 2 || !next(' ')) {
            return false;
        }
        copy();
        int clock = at;
        if (!digits(4) || width == 4) {
            format.append('y');
            return width == 4 && day(number, month, dayOfMonth);
        }
        at = clock;
        return yearAtEnd(month, dayOfMonth);
    }

    /** Skips the letters behind the digits of a day, as in {@code 2nd}. */
    private void skipOrdinal() {
        if (at + 1 < end && isLetter(text.charAt(at))) {
            int first = "snrt".indexOf(text.charAt(at) | ' ');
            if (first >= 0 && "tddh".charAt(first) == (text.charAt(at + 1) | ' ')) {
                at += 2;
                format.append("th");
            }
        }
    }

    /** Reads a time of the day, a zone and then the year, as C and Java write dates. */
    private boolean yearAtEnd(int month, int dayOfMonth) {
        int clock = at;
        int whole = end;
        at = end - 4;
        if (at <= clock || text.charAt(at - 1) != ' ' || !digits(4) || width != 4 || !day(number, month, dayOfMonth)) {
            return false;
        }
        at = clock;
        end = whole - 5;
        boolean isRead = clock() && zone() && at == end;
        end = whole;
        at = whole;
        format.append(" y");
        return isRead;
    }

    private boolean yearFirst(int year) {
        if (at == end || ("-/. QWHM_" + NAMED_YEARS).indexOf(text.charAt(at)) < 0) {
            return false;
        }
        char separator = text.charAt(at);
        format.append('y');
        boolean isApart = "QWHM".indexOf(separator) < 0;
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
            at++;
            format.append('W');
            return digits(2) && number >= 1 && number <= 53 && weekday(7 * (number - 1), year);
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
            return named < 0 && separator != '.' && separator != '_' && at == end && day(year, month, 1);
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

    private boolean yearLast(int first, int firstWidth) {
        skipOrdinal();
        skip('.', ' ');
        if (at == end || "-/. ".indexOf(text.charAt(at)) < 0) {
            return false;
        }
        char separator = text.charAt(at);
        int place = at++;
        if (at < end && isOfName(text.charAt(at))) {
            skipPreposition();
            int from = word();
            int month = CalendarNames.monthOfDate(text, from, at);
            if (month == 0) {
                return false;
            }
            skip('.');
            if (at == end || "-/. ".indexOf(text.charAt(at)) < 0) {
                return false;
            }
            format.append('d').append(separator).append("MMM").append(text.charAt(at++));
            skipPreposition();
            return year() && day(number, month, first);
        }
        at = place + 1;
        if ((separator == '/' || separator == '-') && digits(4) && width == 4 && at == end) {
            format.append('M').append(separator).append('y');
            return Calendars.isUsualYear(number) && day(number, first, 1);
        }
        at = place + 1;
        if (!digits(2) || !next(separator) || separator == ' ') {
            return false;
        }
        int second = number;
        int secondWidth = width;
        format.append("a").append(separator).append("b").append(separator);
        at++;
        if (!year() || (width == 2 && separator == '-' && (firstWidth < 2 || secondWidth < 2))) {
            return false;
        }
        boolean isDayFirst = day(number, second, first);
        double seconds = isDayFirst ? dayFirst : Double.NaN;
        boolean isMonthFirst = day(number, first, second);
        monthFirst = isMonthFirst ? monthFirst : Double.NaN;
        dayFirst = seconds;
        return isDayFirst || isMonthFirst;
    }

    /** Skips a word such as in {@code 7 de mayo de 2024}. */
    private void skipPreposition() {
        if (at + 3 < end && text.charAt(at) == 'd' && text.charAt(at + 1) == 'e' && text.charAt(at + 2) == ' ') {
            at += 3;
        }
    }

    private boolean year() {
        if (!digits(4) || (width != 2 && width != 4)) {
            return false;
        }
        format.append(width == 4 ? "y" : "yy");
        number += width == 4 ? 0 : number < PIVOT_YEAR ? 2000 : 1900;
        return true;
    }

    /** Reads what follows a date: a time of the day and a zone, or nothing. */
    private boolean rest() {
        if (at == end) {
            return true;
        }
        return join() && clock() && zone() && at == end;
    }

    /** Reads what stands between a date and a time of the day: a sign, or blanks around a dash or around words, as in {@code 1 May 2024 at 9:30}. */
    private boolean join() {
        if (next(',')) {
            copy();
        }
        if (at + 1 >= end || "Tt _:".indexOf(text.charAt(at)) < 0) {
            return false;
        }
        boolean isBlank = next(' ');
        copy();
        while (isBlank && at + 1 < end && (next('-') || isOfName(text.charAt(at)))) {
            int from = at;
            word();
            at += at == from ? 1 : 0;
            if (CalendarNames.isWeekday(text, from, at)) {
                format.append('E');
            } else {
                format.append(text, from, at);
            }
            skip('.');
            if (at - from > LONGEST_WORD + 1 || !next(' ')) {
                return false;
            }
            copy();
        }
        return at < end;
    }

    private boolean day(int year, int month, int day) {
        return day(year, month, day, 0);
    }

    /** Sets the date, which need not be one; returns whether it is. */
    private boolean day(int year, int month, int day, int more) {
        if (!Calendars.isDay(year, month, day)) {
            return false;
        }
        dayFirst = (double) DAY * (Calendars.epochDay(year, month, day) + more);
        monthFirst = dayFirst;
        return true;
    }
}
