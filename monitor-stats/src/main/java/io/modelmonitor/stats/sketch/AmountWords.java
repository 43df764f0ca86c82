package io.modelmonitor.stats.sketch;

import io.modelmonitor.api.ValueKind;
import io.modelmonitor.api.internal.VisibleText;
import io.modelmonitor.stats.internal.text.LexicalForm;
import io.modelmonitor.stats.internal.text.TextForm;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The description of how numbers in texts are written, for readers who do not know the names of formats: such as {@code numbers with '$' in
 * front, such as '$1,250.00'}. The example is the most frequent such cell; there is none where not every cell is remembered, so that the
 * description does not depend on which ones are.
 */
final class AmountWords {

    private static final String NUMBER = "9";

    private AmountWords() {}

    /** Returns the description of a format, which most values of a reading are in. */
    static String of(String format, Amounts amounts, ColumnReading reading) {
        String example = example(format, amounts, reading);
        return words(format, amounts.comma()) + (example == null ? "" : ", such as " + VisibleText.quoted(example));
    }

    private static String words(String format, boolean comma) {
        if (format.equals(NUMBER)) {
            return comma ? "numbers with a decimal comma" : "numbers with separators, signs or blanks";
        }
        if (format.equals("9.9")) {
            return "numbers with a decimal point, some with a comma";
        }
        int place = format.indexOf(NUMBER);
        if (place < 0) {
            boolean hasDigit = format.codePoints().anyMatch(c -> c > 127 && Character.isDigit(c));
            return hasDigit ? "numbers in digits such as " + VisibleText.quoted(format) : "as " + format;
        }
        List<String> parts = new ArrayList<>();
        addPart(parts, format.substring(0, place), " in front");
        addPart(parts, format.substring(place + 1), " behind");
        if (comma) {
            parts.add("a decimal comma");
        }
        return "numbers with " + String.join(" and ", parts);
    }

    private static void addPart(List<String> parts, String affix, String where) {
        if (!affix.isBlank()) {
            parts.add(VisibleText.quoted(affix.strip()) + where);
        }
    }

    /** Returns the beginning of the most frequent cell of a format that is no plain number; null if none is known for sure. */
    private static @Nullable String example(String format, Amounts amounts, ColumnReading reading) {
        Categories cells = reading.written();
        if (!cells.isComplete()) {
            return null;
        }
        List<Category> written = new ArrayList<>();
        TextForm form = new TextForm();
        cells.forEachText((text, count) -> {
            if (!ValueKind.isNumber(LexicalForm.of(text)) && !Double.isNaN(amounts.number(text))) {
                form.read(text);
                boolean isKnown = form.family() == TextForm.Family.NUMBER;
                if (format.equals(isKnown ? form.form().toString() : form.affixes())) {
                    written.add(new Category(text, count));
                }
            }
        });
        return written.stream()
                .min(Category.ORDER)
                .map(cell -> CellNote.shown(cell.value()))
                .orElse(null);
    }
}
