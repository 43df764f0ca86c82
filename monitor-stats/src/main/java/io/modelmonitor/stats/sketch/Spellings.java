package io.modelmonitor.stats.sketch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The spellings of missing values, and of the numbers and months of a column of texts, which do not change what these are. */
public final class Spellings {

    private static final String EMPTY = "an empty cell";

    private Spellings() {}

    /**
     * Returns what stands for a missing value, for a month or beside the digits of a number, and never did; null if nothing does.
     *
     * @param typing what the column was taken for
     * @param before the column that was
     * @param now the same column of other rows
     */
    public static @Nullable String change(ColumnTyping typing, ColumnProfile before, ColumnProfile now) {
        String missing = ofMissing(
                missing(typing.reading(), before), missing(typing.reading().as(now), now));
        if (missing != null) {
            return missing;
        }
        ColumnFormat format = typing.format();
        if (format instanceof ColumnFormat.OfAmounts numbers) {
            return NumberMarks.change(numbers.amounts(), before, now);
        }
        return format == null ? null : PartSpellings.change(format, before, now);
    }

    private static @Nullable String ofMissing(List<String> before, List<String> now) {
        Set<String> known = new HashSet<>(before);
        for (String spelling : now) {
            if (!before.isEmpty() && !known.contains(spelling)) {
                return spelling + " for " + before.get(0) + " where a value is missing";
            }
        }
        return null;
    }

    /** Returns the spellings of missing values, the most frequent first. */
    private static List<String> missing(ColumnReading reading, ColumnProfile column) {
        List<String> spellings = new ArrayList<>();
        long empty = column.missing();
        for (Category cell : reading.absent) {
            if (empty > cell.count()) {
                spellings.add(EMPTY);
                empty = 0;
            }
            spellings.add("'" + cell.value() + "'");
        }
        if (empty > 0) {
            spellings.add(EMPTY);
        }
        return spellings;
    }
}
