package io.modelmonitor.stats.sketch;

import java.util.Arrays;

/**
 * Decimals but for what a cast or arithmetic left of them: 0.10000000149011612 is what a cast makes of {@code 0.1f}, and 0.30000000000000004
 * of three times 0.1. Neither is another value than 0.1 and 0.3, and each is read as that: as the decimal that is the same float or at most
 * {@value #MOST_ULPS} doubles away, if decimals of so few digits are so far apart that chance makes few numbers of a column as near to one.
 * So most numbers of a continuous quantity stay as they are; as decimals they would look as if they were rounded.
 */
final class NearDecimals {

    private static final int MOST_ULPS = 256;
    private static final double DOUBLES_APART = 1 << 17;

    /** Decimals are so many floats apart, or more, where most numbers are near to one, as chance has at most half of them. */
    private static final int FLOATS_APART = 2;

    private static final double MOST_SHARE = 0.6;

    /** Decimals are so many floats apart, or more, where some numbers are near to one, as chance has one in 16 floats and in 256 doubles. */
    private static final int FAR_APART = 16;

    private static final double SOME_SHARE = 0.02;

    /** No float is multiplied by more than the last: its 24 bits times those of 5<sup>12</sup> are a double exactly. */
    private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12};

    /** So many numbers of a column are looked at. */
    private static final int LOOKED_AT = 512;

    private NearDecimals() {}

    /**
     * Returns a column that is read by value with such numbers as the decimals that they are near; itself if hardly one is. Its categories
     * are changed.
     */
    static ColumnProfile read(ColumnProfile column) {
        double[] some = column.quantiles().levels().stream()
                .flatMapToDouble(Arrays::stream)
                .limit(LOOKED_AT)
                .toArray();
        long near = near(some, FLOATS_APART);
        if (near > 0 && near >= MOST_SHARE * some.length) {
            return read(column, FLOATS_APART);
        }
        boolean areSome =
                near > 0 && near >= SOME_SHARE * some.length && near(some, FAR_APART) >= SOME_SHARE * some.length;
        return areSome ? read(column, FAR_APART) : column;
    }

    private static long near(double[] numbers, int apart) {
        return Arrays.stream(numbers)
                .filter(number -> decimal(number, apart) != number)
                .count();
    }

    private static ColumnProfile read(ColumnProfile column, int apart) {
        column.categories().replaceNumbers(number -> decimal(number, apart));
        return column.readAs(
                column.type(),
                column.kinds(),
                column.categories(),
                column.moments().withNumbers(number -> decimal(number, apart)),
                column.quantiles().withNumbers(number -> decimal(number, apart)));
    }

    private static double decimal(double number, int apart) {
        if (number == Math.rint(number)) {
            return number;
        }
        float single = (float) number;
        boolean isFloat = single == number;
        double step = isFloat ? apart * (double) Math.ulp(single) : DOUBLES_APART * Math.ulp(number);
        int digits = 0;
        while (digits + 1 < POWERS.length && step * POWERS[digits + 1] <= 1) {
            digits++;
        }
        double decimal = Math.rint(number * POWERS[digits]) / POWERS[digits];
        boolean isNear =
                isFloat ? (float) decimal == single : Math.abs(decimal - number) <= MOST_ULPS * Math.ulp(number);
        return isNear ? decimal : number;
    }
}
