package io.modelmonitor.stats.sketch;

import io.modelmonitor.api.ValueKind;
import io.modelmonitor.stats.internal.text.LexicalForm;
import io.modelmonitor.stats.internal.text.TextForm;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The most frequent cell in none of the formats of a column, to be shown to the reader. */
final class OtherCell {

    private OtherCell() {}

    /** Returns the cell of a reading; null if none is remembered, or formats say nothing of cells. */
    static @Nullable String of(@Nullable ColumnFormat format, ColumnReading reading) {
        Predicate<String> isKnown = known(format);
        return reading.values().categories().stream()
                .filter(cell -> !isKnown.test(cell.value()))
                .min(Category.ORDER)
                .map(cell -> CellNote.shown(cell.value()))
                .orElse(null);
    }

    private static Predicate<String> known(@Nullable ColumnFormat format) {
        if (format instanceof ColumnFormat.OfNumbers numbers) {
            return cell -> isNumber(cell) && numbers.time().holds(Double.parseDouble(cell));
        }
        if (format instanceof ColumnFormat.OfIds ids) {
            return cell -> isNumber(cell) && !ids.apart().has(Double.parseDouble(cell));
        }
        if (format instanceof ColumnFormat.OfPart || format instanceof ColumnFormat.OfNames) {
            return cell -> format.part(cell) >= 0;
        }
        if (format instanceof TimeFormat times) {
            TextForm form = new TextForm();
            return cell -> !Double.isNaN(times.time(cell, form));
        }
        if (format instanceof ColumnFormat.OfAmounts texts) {
            return cell -> isNumber(cell) || !Double.isNaN(texts.amounts().number(cell));
        }
        return cell -> true;
    }

    private static boolean isNumber(String cell) {
        return ValueKind.isNumber(LexicalForm.of(cell));
    }
}
