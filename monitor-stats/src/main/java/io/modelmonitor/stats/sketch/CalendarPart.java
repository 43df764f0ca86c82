package io.modelmonitor.stats.sketch;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Parts of the calendar that are written as whole numbers, which only the name of a column tells from others. */
enum CalendarPart {
    YEAR(1900, 2100, "year", "yr", "yyyy"),
    QUARTER(1, 4, "quarter", "qtr"),
    MONTH(1, 12, "month", "mon", "mth"),
    WEEK(0, 53, "week", "weekofyear", "weeknumber"),
    WEEKDAY(0, 7, "weekday", "dayofweek", "dow", "wday"),
    DAY(1, 31, "day", "dayofmonth", "dom"),
    DAY_OF_YEAR(0, 366, "dayofyear", "doy"),
    HOUR(0, 24, "hour", "hr", "hourofday"),
    MINUTE(0, 59, "minute", "minuteofhour"),
    SECOND(0, 60, "second", "secondofminute");

    private final int least;
    private final int most;

    @SuppressWarnings("ImmutableEnumChecker") // of List.of
    private final List<String> names;

    CalendarPart(int least, int most, String... names) {
        this.least = least;
        this.most = most;
        this.names = List.of(names);
    }

    /** Returns the part of which a column says that it is one; null if it says none. */
    static @Nullable CalendarPart named(ColumnWords words) {
        CalendarPart found = null;
        for (CalendarPart part : values()) {
            found = part.names.contains(words.last()) || part.names.contains(words.joined()) ? part : found;
        }
        return words.has("per") || words.has("birth") || words.has("built") ? null : found;
    }

    /** Returns whether this is a part of a day, which comes round in any longer window. */
    boolean isOfDay() {
        return this == HOUR || this == MINUTE || this == SECOND;
    }

    boolean holds(double value) {
        return value == Math.rint(value) && value >= least && value <= most;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ') + " from " + least + " to " + most;
    }
}
