package io.modelmonitor.stats.sketch;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The most frequent cells of a column with their counts, as a phrase such as {@code 3 of 5,000 cells are 'n/a', 1 is '?'}. */
final class CellNote {

    private static final int MOST_NAMED = 3;
    private static final int MOST_CHARACTERS = 30;

    private CellNote() {}

    /** Returns the note of cells, the most frequent ones first, of so many rows; nothing if there are none. */
    static String of(List<Category> cells, long rows) {
        if (cells.isEmpty()) {
            return "";
        }
        Category first = cells.get(0);
        String rest = cells.stream()
                .skip(1)
                .limit(MOST_NAMED - 1L)
                .map(cell -> ", " + grouped(cell.count()) + " " + named(cell))
                .collect(Collectors.joining());
        long more = cells.stream().skip(MOST_NAMED).mapToLong(Category::count).sum();
        return grouped(first.count()) + " of " + grouped(rows) + " cells " + named(first) + rest
                + (more > 0 ? ", " + grouped(more) + " others" : "");
    }

    private static String named(Category cell) {
        return (cell.count() == 1 ? "is '" : "are '") + shown(cell.value()) + "'";
    }

    /** Returns a text, or its beginning if it is long. */
    static String shown(String text) {
        return text.codePointCount(0, text.length()) > MOST_CHARACTERS
                ? text.substring(0, text.offsetByCodePoints(0, MOST_CHARACTERS)) + "\u2026"
                : text;
    }

    private static String grouped(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
