package io.modelmonitor.stats.sketch;

import java.util.List;

/** The English names of months and weekdays, and how they are cut short. */
final class CalendarNames {

    private static final int SHORT = 3;
    private static final List<String> MONTHS = List.of(
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december");
    private static final List<String> WEEKDAYS =
            List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");

    private static final int[] MONTH_BEGINNINGS = beginnings(MONTHS);
    private static final int[] WEEKDAY_BEGINNINGS = beginnings(WEEKDAYS);
    private static final List<String> SHORT_WEEKDAYS = List.of("tues", "thur", "thurs");

    private CalendarNames() {}

    /** Returns the number of the month of a name in a text, in any case, from 1; 0 if it is none. */
    static int month(CharSequence text, int from, int to) {
        return isEqual(text, from, to, "sept") ? 9 : 1 + place(MONTHS, MONTH_BEGINNINGS, text, from, to);
    }

    /** Returns whether a part of a text is the name of a day of the week, in any case. */
    static boolean isWeekday(CharSequence text, int from, int to) {
        if (place(WEEKDAYS, WEEKDAY_BEGINNINGS, text, from, to) >= 0) {
            return true;
        }
        for (String name : SHORT_WEEKDAYS) {
            if (isEqual(text, from, to, name)) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether a text is the name of a month in any case. */
    static boolean isMonth(String text) {
        String name = text.strip();
        return month(name, 0, name.length()) > 0;
    }

    /** Returns whether a text is the name of a day of the week in any case. */
    static boolean isWeekday(String text) {
        String name = text.strip();
        return isWeekday(name, 0, name.length());
    }

    private static int place(List<String> names, int[] beginnings, CharSequence text, int from, int to) {
        int length = to - from;
        if (length < SHORT) {
            return -1;
        }
        // Most words are no names, which their first letters say at once.
        int beginning = beginning(text, from);
        for (int i = 0; i < beginnings.length; i++) {
            if (beginnings[i] == beginning) {
                return length == SHORT || isEqual(text, from, to, names.get(i)) ? i : -1;
            }
        }
        return -1;
    }

    /** Returns the first three letters of a word as a number, whatever their case. */
    private static int beginning(CharSequence text, int from) {
        int beginning = 0;
        for (int i = from; i < from + SHORT; i++) {
            char c = text.charAt(i);
            beginning = beginning << Byte.SIZE | (c < 0x80 ? c | ' ' : 0);
        }
        return beginning;
    }

    private static int[] beginnings(List<String> names) {
        return names.stream().mapToInt(name -> beginning(name, 0)).toArray();
    }

    /** Returns whether a part of a text in any case, of ASCII letters, is a name in lower case. */
    private static boolean isEqual(CharSequence text, int from, int to, String name) {
        if (to - from != name.length()) {
            return false;
        }
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c >= 0x80 || (c | ' ') != name.charAt(i - from)) {
                return false;
            }
        }
        return true;
    }
}
