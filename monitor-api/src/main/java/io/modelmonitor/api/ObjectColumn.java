package io.modelmonitor.api;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes columns of objects. Null, NaN and the empty text are missing; whole numbers are integral, other numbers fractional; everything
 * that is neither a number nor a truth value is the text that {@code toString} gives.
 */
final class ObjectColumn {

    private ObjectColumn() {}

    /**
     * Returns a column.
     *
     * @param values one for each row; what is no number and no truth value is made a text in its place
     */
    static Column of(@Nullable Object[] values) {
        byte[] kinds = new byte[values.length];
        double[] numbers = new double[values.length];
        Arrays.fill(numbers, Double.NaN);
        boolean hasText = false;
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value instanceof Number number) {
                numbers[i] = number(number);
                kinds[i] = isWhole(number)
                        ? ValueKind.INTEGRAL
                        : Double.isNaN(numbers[i]) ? ValueKind.MISSING : ValueKind.FRACTIONAL;
            } else if (value instanceof Boolean) {
                kinds[i] = ValueKind.BOOLEAN;
            } else if (value != null) {
                String text = value.toString();
                values[i] = text;
                kinds[i] = text.isEmpty() ? ValueKind.MISSING : ValueKind.STRING;
                hasText = true;
            }
        }
        return Column.of(kinds, numbers, row -> text(values[row], numbers[row]), hasText);
    }

    private static String text(@Nullable Object value, double number) {
        return value instanceof Double || value instanceof Float ? shortest(number) : String.valueOf(value);
    }

    /** Returns what a number is; of a float, the decimal of the fewest digits that is this float. */
    private static double number(Number value) {
        double number = value.doubleValue();
        return value instanceof Float single && Double.isFinite(number) && number != 0
                ? shortest(number, decimal -> decimal.floatValue() == single).doubleValue()
                : number;
    }

    private static boolean isWhole(Number number) {
        return number instanceof Long
                || number instanceof Integer
                || number instanceof Short
                || number instanceof Byte
                || number instanceof BigInteger;
    }

    /**
     * Returns the decimal of the fewest digits that reads back as a number, laid out as {@link Double#toString} does, which finds
     * the fewest on newer JDKs only.
     */
    private static String shortest(double number) {
        if (!Double.isFinite(number) || number == 0) {
            return Double.toString(number);
        }
        BigDecimal decimal = shortest(number, read -> read.doubleValue() == number);
        String digits = decimal.unscaledValue().abs().toString();
        int exponent = decimal.precision() - decimal.scale() - 1;
        digits = digits.replaceAll("(?<=.)0+$", "");
        String sign = number < 0 ? "-" : "";
        if (exponent >= -3 && exponent < 7) {
            String plain = new BigDecimal(new BigInteger(digits), digits.length() - 1 - exponent).toPlainString();
            return sign + (plain.contains(".") ? plain : plain + ".0");
        }
        return sign + digits.charAt(0) + "." + (digits.length() > 1 ? digits.substring(1) : "0") + "E" + exponent;
    }

    private static BigDecimal shortest(double number, Predicate<BigDecimal> readsBack) {
        BigDecimal exact = new BigDecimal(number);
        BigDecimal decimal = exact;
        for (int digits = 2; digits <= 17; digits++) {
            decimal = exact.round(new MathContext(digits));
            if (readsBack.test(decimal)) {
                return decimal;
            }
        }
        return decimal;
    }
}
