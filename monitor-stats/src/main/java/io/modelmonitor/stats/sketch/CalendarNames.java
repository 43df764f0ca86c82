package io.modelmonitor.stats.sketch;

import java.util.List;
import java.util.Locale;

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

    private CalendarNames() {}

    /** Returns the number of the month of a name, from 1; 0 if it is none. */
    static int month(String name) {
        return 1 + place(MONTHS, name.equals("sept") ? "sep" : name);
    }

    /** Returns whether a text is the name of a month in any case. */
    static boolean isMonth(String text) {
        return month(lower(text)) > 0;
    }

    /** Returns whether a text is the name of a day of the week in any case. */
    static boolean isWeekday(String text) {
        String name = lower(text);
        return place(WEEKDAYS, name) >= 0 || List.of("tues", "thur", "thurs").contains(name);
    }

    private static int place(List<String> names, String name) {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equals(name)
                    || (name.length() == SHORT && names.get(i).startsWith(name))) {
                return i;
            }
        }
        return -1;
    }

    private static String lower(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }
}
