package io.modelmonitor.stats.sketch;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The parts of the calendar in a column of them whose rows go on with time: hours, days of the week or month, months. Each comes in a run
 * of rows that are next to each other, and once in a round of all.
 *
 * @param counts the numbers of rows by the number of the part, with a name of it; unmodifiable
 * @param runs how often another part follows, and one
 * @param rows how many rows there are
 */
public record CalendarRounds(SortedMap<Integer, Category> counts, long runs, long rows) {

    private static final double LEAST_SHARE = 0.9;

    /** Shorter runs are those of devices or customers one after the other, or of rows in no order. */
    private static final int LEAST_RUN = 4;

    /** Creates rounds. */
    public CalendarRounds {
        counts = Collections.unmodifiableSortedMap(counts);
    }

    /**
     * Returns the rounds of a column.
     *
     * @param typing what the column is
     * @param reading its values
     * @return null if it is none of parts of the calendar, or its rows do not go on with time, or have too few rows each
     */
    public static @Nullable CalendarRounds of(ColumnTyping typing, ColumnReading reading) {
        ColumnProfile values = reading.values();
        ColumnFormat format = typing.format();
        RowSteps steps = values.steps();
        long runs = steps.changes() + 1;
        if (format == null
                || !values.categories().isComplete()
                || steps.total() < LEAST_SHARE * (values.present() - 1)
                || values.present() < LEAST_RUN * runs) {
            return null;
        }
        SortedMap<Integer, Category> counts = new TreeMap<>();
        values.categories().stream().forEach(category -> {
            int part = format.part(category.value());
            if (part >= 0) {
                counts.merge(part, category, (one, other) -> new Category(one.value(), one.count() + other.count()));
            }
        });
        long rows = counts.values().stream().mapToLong(Category::count).sum();
        return typing.type().isMoving() && rows >= LEAST_SHARE * values.present()
                ? new CalendarRounds(counts, runs, rows)
                : null;
    }

    /** Returns the number of rows of a part; 0 if it does not come. */
    public long count(int part) {
        Category category = counts.get(part);
        return category == null ? 0 : category.count();
    }
}
