package io.modelmonitor.stats.internal.text;

import java.time.chrono.IsoChronology;

/** Days of the Gregorian calendar by integer arithmetic. */
public final class Calendars {

    private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private Calendars() {}

    /** Returns whether there is such a day from the year 1 on. */
    public static boolean isDay(int year, int month, int day) {
        return year >= 1
                && year <= 9999
                && month >= 1
                && month <= 12
                && day >= 1
                && (day <= DAYS[month - 1] || (day == 29 && month == 2 && IsoChronology.INSTANCE.isLeapYear(year)));
    }

    /** Returns the number of a day since 1970-01-01 (E. M. Reingold and N. Dershowitz, Calendrical Calculations). */
    public static long epochDay(int year, int month, int day) {
        int shifted = month <= 2 ? year - 1 : year;
        int era = Math.floorDiv(shifted, 400);
        int ofEra = shifted - era * 400;
        int ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        return 146_097L * era + ofEra * 365L + ofEra / 4 - ofEra / 100 + ofYear - 719_468;
    }

    /** Returns whether a number is a year by which dates are told from other numbers. */
    static boolean isUsualYear(int number) {
        return number >= 1900 && number <= 2100;
    }
}
