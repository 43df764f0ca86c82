package io.modelmonitor.api;

import org.jspecify.annotations.Nullable;

/**
 * A role that a user gives to a column, which goes before the type that its values show.
 *
 * <pre>{@code
 * Baseline baseline = Baseline.of(data).declaring(id("order_id"), time("created_at"), category("hour"), label("defaulted"));
 * }</pre>
 *
 * @param column the name of the column
 * @param type what it is; null where its values show it
 * @param isLabel whether it is a truth that is learned later, so that data without it lack nothing
 */
public record ColumnRole(String column, @Nullable ColumnType type, boolean isLabel) {

    /** Returns the role of a column that names something, such as an order or a customer. */
    public static ColumnRole id(String column) {
        return new ColumnRole(column, ColumnType.ID, false);
    }

    /** Returns the role of a column of dates, times or parts of the calendar. */
    public static ColumnRole time(String column) {
        return new ColumnRole(column, ColumnType.TIME, false);
    }

    /** Returns the role of a column of few values that come again, texts or numbers. */
    public static ColumnRole category(String column) {
        return new ColumnRole(column, ColumnType.CATEGORY, false);
    }

    /** Returns the role of a column of numbers that count or measure something, whatever they look like. */
    public static ColumnRole number(String column) {
        return new ColumnRole(column, ColumnType.FRACTION, false);
    }

    /** Returns the role of a column of texts, whatever they look like. */
    public static ColumnRole text(String column) {
        return new ColumnRole(column, ColumnType.TEXT, false);
    }

    /** Returns the role of a column of truths that are learned later: data without it lack nothing. */
    public static ColumnRole label(String column) {
        return new ColumnRole(column, null, true);
    }

    /** Returns both roles of one column; what the other says goes first. */
    public ColumnRole with(ColumnRole other) {
        return new ColumnRole(column, other.type != null ? other.type : type, isLabel || other.isLabel);
    }
}
