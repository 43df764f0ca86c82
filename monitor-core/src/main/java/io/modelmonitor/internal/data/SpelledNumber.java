package io.modelmonitor.internal.data;

import ch.randelshofer.fastdoubleparser.JavaDoubleParser;

/** A number that keeps the spelling it had in its source. */
final class SpelledNumber extends Number {

    private static final long serialVersionUID = 1;

    private final String text;
    private final double value;

    /** @param text a number by the grammar of JSON */
    SpelledNumber(String text) {
        this.text = text;
        this.value = JavaDoubleParser.parseDouble(text);
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
