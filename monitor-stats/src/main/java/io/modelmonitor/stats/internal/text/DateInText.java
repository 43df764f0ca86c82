package io.modelmonitor.stats.internal.text;

/**
 * Finds dates in texts such as names of files, {@code log_2024-01-31.txt} and {@code export-20240131120000.csv}, and lines of a log,
 * {@code Jan 31 12:00:00}.
 */
public final class DateInText {

    private static final int YEAR = 4;
    private static final int DATE = 8;
    private static final int DATE_AND_TIME = 14;
    private static final int NONE = -1;
    private static final int LEAP_YEAR = 2000;

    private DateInText() {}

    /** Returns the first date in a text as a number of eight digits, of four where no year is told; negative if there is none. */
    public static int find(String text) {
        int end = text.length();
        for (int at = 0; at < end; at++) {
            if (TextCursor.isOfName(text.charAt(at))) {
                int word = at;
                while (at < end && TextCursor.isOfName(text.charAt(at))) {
                    at++;
                }
                int day = named(text, word, at);
                if (day >= 0) {
                    return day;
                }
            }
            if (at == end || !TextCursor.isDigit(text.charAt(at))) {
                continue;
            }
            int digits = digits(text, at);
            int found = NONE;
            if (digits >= DATE && digits <= DATE_AND_TIME && digits % 2 == 0) {
                found = date(number(text, at, YEAR), number(text, at + YEAR, 2), number(text, at + YEAR + 2, 2));
            } else if (digits == YEAR) {
                found = apart(text, at);
            }
            if (found >= 0) {
                return found;
            }
            at += digits;
        }
        return NONE;
    }

    /** Returns a date of a word that is the name of a month and of the day behind or before it. */
    private static int named(String text, int from, int to) {
        int month = CalendarNames.monthOfDate(text, from, to);
        if (month == 0) {
            return NONE;
        }
        int behind = to + 1;
        while (behind < text.length() && text.charAt(behind) == ' ') {
            behind++;
        }
        int digits = to < text.length() && text.charAt(to) == ' ' ? digits(text, behind) : 0;
        int day = digits == 1 || digits == 2 ? number(text, behind, digits) : 0;
        if (day == 0 && from > 1 && " -.".indexOf(text.charAt(from - 1)) >= 0) {
            int first = from - 1;
            while (first > 0 && from - first <= 2 && TextCursor.isDigit(text.charAt(first - 1))) {
                first--;
            }
            day = number(text, first, from - 1 - first);
        }
        return Calendars.isDay(LEAP_YEAR, month, day) ? 100 * month + day : NONE;
    }

    /** Returns a date of which a sign stands between year, month and day. */
    private static int apart(String text, int at) {
        int month = at + YEAR + 1;
        int day = month + 3;
        boolean isDate = day + 2 <= text.length()
                && "-_/.".indexOf(text.charAt(month - 1)) >= 0
                && text.charAt(day - 1) == text.charAt(month - 1)
                && digits(text, month) == 2
                && digits(text, day) == 2;
        return isDate ? date(number(text, at, YEAR), number(text, month, 2), number(text, day, 2)) : NONE;
    }

    private static int date(int year, int month, int day) {
        return Calendars.isUsualYear(year) && Calendars.isDay(year, month, day)
                ? 10_000 * year + 100 * month + day
                : NONE;
    }

    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && TextCursor.isDigit(text.charAt(at))) {
            at++;
        }
        return at - from;
    }

    private static int number(String text, int from, int digits) {
        int number = 0;
        for (int at = from; at < from + digits; at++) {
            number = 10 * number + text.charAt(at) - '0';
        }
        return number;
    }
}
