package io.modelmonitor.stats.sketch;

import io.modelmonitor.api.ValueKind;
import io.modelmonitor.stats.internal.Hashes;
import io.modelmonitor.stats.internal.text.LexicalForm;

/** Numbers as texts spell them, by the grammar of {@link ValueKind}. */
final class NumberSpelling {

    private NumberSpelling() {}

    /** Returns a hash by which a number is told apart: of its value, of a large whole number's text. */
    static long hash(CharSequence text, double number) {
        return Math.abs(number) < Categories.EXACT_INTEGERS || LexicalForm.of(text) == ValueKind.FRACTIONAL
                ? Hashes.of(number)
                : Hashes.of(text);
    }

    /** Returns what a text is as a number; NaN when it is none. */
    static double number(String text) {
        return ValueKind.isNumber(LexicalForm.of(text)) ? Double.parseDouble(text) : Double.NaN;
    }
}
