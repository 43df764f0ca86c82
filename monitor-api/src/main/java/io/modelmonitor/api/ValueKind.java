package io.modelmonitor.api;

/**
 * The kind of a single value, as one byte per cell.
 *
 * <p>A cell has two readings, because two grammars are in use: the strict one, which is this library's, and that of the
 * managed service (Deequ's regular expressions). Both fit one byte: the strict reading in the low four bits, the
 * service's in the high four. {@code 0} is a missing value.
 *
 * <ul>
 *   <li>Strict: integral {@code [+-]?[0-9]+}; fractional {@code [+-]?([0-9]+\.[0-9]*|\.[0-9]+|[0-9]+)([eE][+-]?[0-9]+)?};
 *       boolean {@code true} or {@code false} in any case; else string.
 *   <li>Service: fractional {@code (-|\+)? ?\d+((\.\d+)|((?:\.\d+)?[Ee][-+]?\d+))}; integral {@code (-|\+)? ?\d+}; boolean
 *       {@code true} or {@code false} in lower case; else string. Source: Deequ, StatefulDataType.
 * </ul>
 */
public final class ValueKind {

    /** No value. */
    public static final int MISSING = 0;
    /** A whole number. */
    public static final int INTEGRAL = 1;
    /** A number with a point or an exponent. */
    public static final int FRACTIONAL = 2;
    /** {@code true} or {@code false}. */
    public static final int BOOLEAN = 3;
    /** Any other text. */
    public static final int STRING = 4;
    /** The number of kinds. */
    public static final int COUNT = 5;

    private ValueKind() {}

    /** Returns the code of a cell from its strict reading and the service's reading. */
    public static byte code(int strict, int service) {
        return (byte) (strict | service << 4);
    }

    /** Returns the code of a cell that both grammars read alike, as every cell of a typed source is. */
    public static byte code(int kind) {
        return code(kind, kind);
    }

    /** Returns the strict reading of a code. */
    public static int strict(byte code) {
        return code & 0xF;
    }

    /** Returns whether the strict reading of a code is a number. */
    public static boolean isNumber(byte code) {
        int kind = strict(code);
        return kind == INTEGRAL || kind == FRACTIONAL;
    }

    /** Returns the service's reading of a code. */
    public static int service(byte code) {
        return code >>> 4 & 0xF;
    }
}
