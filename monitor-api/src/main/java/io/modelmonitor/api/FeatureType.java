package io.modelmonitor.api;

/** The kind of values that a feature holds. */
public enum FeatureType {
    /** Whole numbers. */
    INTEGRAL,
    /** Numbers, at least one of them written with a point or an exponent. */
    FRACTIONAL,
    /** {@code true} and {@code false}. */
    BOOLEAN,
    /** Text, or a mixture of kinds that only text can hold. */
    STRING,
    /** Nothing is known: no value was present. */
    UNKNOWN;

    /** Returns whether this is a type of numbers. */
    public boolean isNumeric() {
        return this == INTEGRAL || this == FRACTIONAL;
    }

    /**
     * Returns the type of a column from how many of its present values are of each kind: any text, or booleans mixed with
     * numbers, make it {@link #STRING}; otherwise any fractional value makes it {@link #FRACTIONAL}.
     *
     * @param integral the number of integral values
     * @param fractional the number of fractional values
     * @param bool the number of boolean values
     * @param string the number of all other present values
     * @return the type; {@link #UNKNOWN} when all counts are zero
     */
    public static FeatureType of(long integral, long fractional, long bool, long string) {
        boolean numbers = integral + fractional > 0;
        if (string > 0 || (bool > 0 && numbers)) {
            return STRING;
        }
        if (bool > 0) {
            return BOOLEAN;
        }
        if (fractional > 0) {
            return FRACTIONAL;
        }
        return numbers ? INTEGRAL : UNKNOWN;
    }
}
