package io.modelmonitor.stats.internal.text;

import java.util.Locale;

/** Reads times of the day, with zones, in the spellings of files and services. One thread at a time. */
abstract class ClockText extends TextCursor {

    private static final int NO_MINUTE = 60;

    double dayFirst;
    double monthFirst;

    ClockText(FormatBuffer format) {
        super(format);
    }

    /** Returns the seconds since 1970 if the day stands before the month where either may; NaN if that is no date. */
    final double dayFirst() {
        return dayFirst;
    }

    /** Returns the seconds since 1970 if the month stands before the day where either may; NaN if that is no date. */
    final double monthFirst() {
        return monthFirst;
    }

    /** Reads a time of the day, which is added to the date; alone it may be a duration, of as many hours as have three digits. */
    final boolean clock() {
        boolean isAlone = at == 0;
        if (!digits(6)) {
            return false;
        }
        int hour = number;
        int minute = 0;
        int second = 0;
        double fraction = 0;
        if (width == 6 || width == 4) {
            second = width == 6 ? number % 100 : 0;
            minute = width == 6 ? number / 100 % 100 : number % 100;
            hour = width == 6 ? number / 10_000 : number / 100;
            format.append(width == 6 ? "Hms" : "Hm");
        } else if (width <= 2 && isHourLetter()) {
            minute = minuteBehindLetter();
        } else if (width > (isAlone ? 3 : 2) || !(next(':') || next('.') || (next('-') && !isAlone))) {
            return false;
        } else {
            char separator = text.charAt(at++);
            format.append('H').append(separator).append('m');
            if (!digits(2) || width != 2) {
                return false;
            }
            minute = number;
            if (next(separator)) {
                at++;
                format.append(separator).append('s');
                if (!digits(2) || width != 2) {
                    return false;
                }
                second = number;
            }
        }
        if ((next('.') || next(',')) && at + 1 < end && isDigit(text.charAt(at + 1))) {
            at++;
            format.append(".S");
            digits(9);
            fraction = number / AmountText.POWERS[width];
        }
        hour = halfDay(hour);
        if (hour < 0 || (hour > 24 && !(isAlone && at == end)) || minute > 59 || second > 60) {
            return false;
        }
        double seconds = 3_600.0 * hour + 60 * minute + second + fraction;
        dayFirst += seconds;
        monthFirst += seconds;
        return true;
    }

    /** Returns whether a letter for hours comes, with or without a blank, as in {@code 14h05}, {@code 14 h} and {@code 14u05}; to stand on it. */
    private boolean isHourLetter() {
        int letter = next(' ') ? at + 1 : at;
        boolean isOne = letter < end
                && "hHu".indexOf(text.charAt(letter)) >= 0
                && (letter + 1 == end || !isLetter(text.charAt(letter + 1)));
        at = isOne ? letter : at;
        return isOne;
    }

    /** Returns the minute behind the letter for hours, which need not be there; one that cannot be if it is none. */
    private int minuteBehindLetter() {
        format.append("H'h'");
        at++;
        skip(' ');
        if (at == end || !isDigit(text.charAt(at))) {
            return 0;
        }
        format.append('m');
        return digits(2) && width == 2 ? number : NO_MINUTE;
    }

    /** Returns the hour of the day, of which a following AM or PM says the half; negative if it cannot be. */
    private int halfDay(int hour) {
        int before = at;
        char blank = at < end ? text.charAt(at) : 0;
        at += isBlank(blank) ? 1 : 0;
        int half = at < end ? text.charAt(at) | ' ' : 0;
        if (half == 'a' || half == 'p') {
            boolean isDotted = at + 1 < end && text.charAt(at + 1) == '.';
            int letter = isDotted ? at + 2 : at + 1;
            letter += isDotted && letter < end && isBlank(text.charAt(letter)) ? 1 : 0;
            int behind = letter + (isDotted && letter + 1 < end && text.charAt(letter + 1) == '.' ? 2 : 1);
            if (letter < end
                    && (text.charAt(letter) | ' ') == 'm'
                    && (behind == end || !isLetter(text.charAt(behind)))) {
                at = behind;
                if (isFixedBlank(blank)) {
                    format.append(blank);
                }
                format.append(isDotted ? "a.m." : "a");
                return hour < 1 || hour > 12 ? -1 : hour % 12 + (half == 'p' ? 12 : 0);
            }
        }
        at = before;
        return hour;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || isFixedBlank(c);
    }

    /** Returns whether a character is a blank at which no line ends, as some locales have it before AM and PM. */
    private static boolean isFixedBlank(char c) {
        return c == '\u00a0' || c == '\u202f';
    }

    /** Reads a zone, if there is one. */
    final boolean zone() {
        if (at == end) {
            return true;
        }
        skip(' ');
        if (at == end) {
            return false;
        }
        char sign = text.charAt(at);
        if (sign == '+' || sign == '-') {
            at++;
            if (!digits(4) || (width != 2 && width != 4)) {
                return false;
            }
            int hours = width == 4 ? number / 100 : number;
            int minutes = width == 4 ? number % 100 : 0;
            if (width == 2 && next(':')) {
                at++;
                if (!digits(2) || width != 2) {
                    return false;
                }
                minutes = number;
            }
            format.append("+h");
            double seconds = (sign == '-' ? 60.0 : -60.0) * (60 * hours + minutes);
            dayFirst += seconds;
            monthFirst += seconds;
            return hours <= 18 && minutes < 60 && region();
        }
        if (!isLetter(sign)) {
            return region();
        }
        int from = word();
        if (next('/')) {
            return regionName();
        }
        String name = text.subSequence(from, at).toString().toLowerCase(Locale.ROOT);
        format.append(name.equals("z") ? "Z" : name.equals("utc") || name.equals("gmt") ? "UTC" : "zone");
        return name.length() <= 5 && region();
    }

    /** Reads the rest of the name of a region, such as {@code Europe/Berlin}. */
    private boolean regionName() {
        format.append("zone/region");
        while (at < end && (isLetter(text.charAt(at)) || "/_-".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        return at == end;
    }

    /** Reads the name of a region in brackets, if there is one. */
    private boolean region() {
        if (at == end || text.charAt(at) != '[') {
            return true;
        }
        format.append("[zone]");
        boolean closed = text.charAt(end - 1) == ']';
        at = end;
        return closed;
    }
}
