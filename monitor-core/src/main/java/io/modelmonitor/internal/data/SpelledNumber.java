package io.modelmonitor.internal.data;

import ch.randelshofer.fastdoubleparser.JavaDoubleParser;
import io.modelmonitor.api.ValueKind;
import io.modelmonitor.stats.internal.text.LexicalForm;
import org.jspecify.annotations.Nullable;

/** A number that keeps the spelling it had in its source. */
final class SpelledNumber extends Number {

    /** The note on a number that is none. */
    static final String NAN = "NaN, which JSON does not know; read as missing";

    private static final long serialVersionUID = 1;

    private final String text;
    private final double value;

    private SpelledNumber(String text, double value) {
        this.text = text;
        this.value = value;
    }

    /**
     * Returns a number; null for one that is none.
     *
     * @param text a number by the grammar of JSON, or {@code NaN}, or a word for infinity, with a sign or without
     */
    static @Nullable SpelledNumber of(String text) {
        char last = text.charAt(text.length() - 1);
        if (last >= '0' && last <= '9') {
            return new SpelledNumber(text, JavaDoubleParser.parseDouble(text));
        }
        if (text.endsWith("NaN")) {
            return null;
        }
        return text.startsWith("-")
                ? new SpelledNumber("-Infinity", Double.NEGATIVE_INFINITY)
                : new SpelledNumber("Infinity", Double.POSITIVE_INFINITY);
    }

    /** Returns the code of a kind in {@link ValueKind}. */
    byte kind() {
        return Double.isInfinite(value) ? ValueKind.FRACTIONAL : LexicalForm.of(text);
    }

    @Override
    public int intValue() {
        return (int) value;
    }

    @Override
    public long longValue() {
        return (long) value;
    }

    @Override
    public float floatValue() {
        return (float) value;
    }

    @Override
    public double doubleValue() {
        return value;
    }

    @Override
    public String toString() {
        return text;
    }
}
