package io.modelmonitor.api;

/**
 * The kind of a single value, as one byte for each cell.
 *
 * <p>Texts are read so: integral {@code [+-]?[0-9]+}; fractional {@code [+-]?([0-9]+\.[0-9]*|\.[0-9]+|[0-9]+)([eE][+-]?[0-9]+)?};
 * boolean {@code true} or {@code false} in any case; else string. Values of typed sources are of the kind of their type.
 */
public final class ValueKind {

    /** No value. */
    public static final byte MISSING = 0;
    /** A whole number. */
    public static final byte INTEGRAL = 1;
    /** A number with a point or an exponent. */
    public static final byte FRACTIONAL = 2;
    /** {@code true} or {@code false}. */
    public static final byte BOOLEAN = 3;
    /** Any other text. */
    public static final byte STRING = 4;
    /** The number of kinds. */
    public static final int COUNT = 5;

    private ValueKind() {}

    /** Returns whether a kind is that of numbers. */
    public static boolean isNumber(byte kind) {
        return kind == INTEGRAL || kind == FRACTIONAL;
    }
}
