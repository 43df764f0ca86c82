package io.modelmonitor.stats.internal.text;

/**
 * Reads dates, times and date-times in the spellings of files and services, and tells their format. Day and month of {@code
 * 3/4/2024} are read both ways. One thread at a time; allocates nothing but for names of zones.
 */
final class TimeText extends PeriodText {

    static final int SHORTEST = 4;
    static final int LONGEST = 48;

    private static final int LONGEST_WORD = 4;

    /** The signs before and behind a time with something around it. */
    private static final String OPENING = "([{\"'<";

    private static final String CLOSING = ")]}\"'>/\\";
    private static final int LONGEST_FRAME = 12;
    private static final int LEAST_FRAMED = 8;
    private static final int LEAST_MILLISECONDS = 12;
    private static final int MOST_MILLISECONDS = 13;

    /** Signs that join a date and a time of the day only if that is one of two digits and a sign. */
    private static final String JOINTS = "-/.|@;";

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
        char first = text.charAt(0);
        boolean mayBegin = isDigit(first) || isOfName(first);
        return (mayBegin && whole(0)) || (CLOSING.indexOf(text.charAt(end - 1)) >= 0 && framed());
    }

    private boolean whole(int start) {
        at = start;
        if (isDigit(text.charAt(start)) && digits(3) && next(':')) {
            at = start;
            dayFirst = 0;
            monthFirst = 0;
            return clock() && (at == end || dateBehind());
        }
        at = start;
        return date() && rest();
    }

    /** Reads a time in brackets, as in the log of a web server, or a date in quotation marks or with a word around, as databases write it. */
    private boolean framed() {
        int whole = end;
        while (end > 1 && CLOSING.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        int start = 0;
        while (start < end && start < LONGEST_FRAME && !isDigit(text.charAt(start))) {
            start++;
        }
        boolean isInBrackets = text.charAt(0) == '[' && whole == end + 1 && text.charAt(end) == ']';
        start = isInBrackets ? 1 : start;
        if (start == 0 || start >= end || OPENING.indexOf(text.charAt(start - 1)) < 0) {
            return false;
        }
        format.clear();
        if (isInBrackets) {
            return (isDigit(text.charAt(1)) || isOfName(text.charAt(1))) && whole(1);
        }
        format.append(text, 0, start);
        at = start;
        if (text.charAt(start - 1) == '(' && format.toString().endsWith("Date(")) {
            return milliseconds();
        }
        return end - start >= LEAST_FRAMED && date() && rest();
    }

    /** Reads milliseconds since 1970 as JSON of .NET has them. */
    private boolean milliseconds() {
        double sum = 0;
        int from = at;
        while (at < end && isDigit(text.charAt(at))) {
            sum = 10 * sum + text.charAt(at++) - '0';
        }
        format.append("ms");
        dayFirst = sum / 1e3;
        monthFirst = dayFirst;
        return at == end && at - from >= LEAST_MILLISECONDS && at - from <= MOST_MILLISECONDS;
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
            if (isOfWeek(from, at) && (next(' ') || (at < end && isDigit(text.charAt(at))))) {
                return weekFirst();
            }
            int to = at;
            if (!CalendarNames.isWeekday(text, from, at)) {
                if (monthNameFirst(from)) {
                    return true;
                }
                if (!isBeforeDate(from, to)) {
                    return false;
                }
                at = to;
                format.clear();
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

    /** Returns whether a word, perhaps with a point or a comma, is a short weekday or a preposition before a digit. */
    private boolean isBeforeDate(int from, int to) {
        int behind = to;
        while (behind < end && ".,".indexOf(text.charAt(behind)) >= 0) {
            behind++;
        }
        return behind + 1 < end
                && text.charAt(behind) == ' '
                && isDigit(text.charAt(behind + 1))
                && CalendarNames.isBeforeDate(text, from, to);
    }

    private void endWeekday() {
        format.append("E");
        skip('.');
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
        boolean isPoint = next('.') && at + 1 < end && isDigit(text.charAt(at + 1));
        at += next('.') && !isPoint ? 1 : 0;
        if (at == end || (!isPoint && " -/'_".indexOf(text.charAt(at)) < 0)) {
            return false;
        }
        copy();
        boolean isApostrophe = format.last() == ' ' && next('\'');
        if (isApostrophe) {
            copy();
        }
        boolean isJoined = format.last() != ' ';
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

    private boolean yearLast(int first, int firstWidth) {
        skipOrdinal();
        skip('.', ' ');
        if (at < end && isOfName(text.charAt(at))) {
            return behindDigits(first, firstWidth);
        }
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

    /** Reads letters directly behind digits and a year directly behind them, as in {@code 20OCT2025} and {@code 4Q25}. */
    private boolean behindDigits(int first, int firstWidth) {
        int from = word();
        int letter = text.charAt(from) | ' ';
        if (at - from == 1 && firstWidth == 1 && (letter == 'q' || letter == 'h')) {
            at = from;
            return partLast(first, letter == 'q' ? 4 : 2);
        }
        int month = CalendarNames.monthOfDate(text, from, at);
        format.append("dMMM");
        return month > 0 && year() && day(number, month, first);
    }

    /** Skips a word such as in {@code 7 de mayo de 2024}. */
    private void skipPreposition() {
        if (at + 3 < end && text.charAt(at) == 'd' && text.charAt(at + 1) == 'e' && text.charAt(at + 2) == ' ') {
            at += 3;
        }
    }

    /** Reads what follows a date: a time of the day and a zone, or nothing. */
    private boolean rest() {
        if (at == end) {
            return true;
        }
        boolean isZone = end - at == 6 && (next('+') || next('-')) && text.charAt(at + 3) == ':';
        if (isZone || (at + 1 == end && next('Z'))) {
            return zone() && at == end;
        }
        return join() && clock() && zone() && at == end;
    }

    /** Returns whether two digits, a sign and another digit begin at a place. */
    private boolean isClockAt(int place) {
        return place + 3 < end
                && isDigit(text.charAt(place))
                && isDigit(text.charAt(place + 1))
                && (text.charAt(place + 2) == ':' || text.charAt(place + 2) == '.')
                && isDigit(text.charAt(place + 3));
    }

    /** Reads what stands between a date and a time of the day: a sign, or blanks around a dash or around words, as in {@code 1 May 2024 at 9:30}. */
    private boolean join() {
        if (next(',')) {
            copy();
        }
        if (isClockAt(at) || (at < end && JOINTS.indexOf(text.charAt(at)) >= 0 && isClockAt(at + 1))) {
            if (!isDigit(text.charAt(at))) {
                copy();
            }
            return true;
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
}
