package io.modelmonitor.api;

import java.util.Locale;

/** The type of a column, by which it is judged. */
public enum ColumnType {
    /** Numbers that are not whole, judged by their distribution. */
    FRACTION,
    /** Whole numbers that count or measure something, judged by their distribution. */
    WHOLE_NUMBER,
    /** Few values that come again, texts or whole numbers, judged by their shares. */
    CATEGORY,
    /** Truth values, judged by their share. */
    BOOLEAN,
    /** Dates, times and parts of the calendar: they go on, so they are judged by their format and by values that are out of time. */
    TIME,
    /** Values that name something: new ones come, so they are judged by their format and by values that come again. */
    ID,
    /** Texts that hardly come again, judged by their form. */
    TEXT,
    /** One value in all rows. */
    CONSTANT,
    /** No value in any row. */
    EMPTY;

    /** Returns whether new values come by nature, so that they are no drift. */
    public boolean isMoving() {
        return this == TIME || this == ID;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
