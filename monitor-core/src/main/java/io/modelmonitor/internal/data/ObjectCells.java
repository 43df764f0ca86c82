package io.modelmonitor.internal.data;

import io.modelmonitor.api.ValueKind;
import io.modelmonitor.stats.internal.text.NumberText;
import io.modelmonitor.stats.internal.text.ShortestFloat;
import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads objects as cells. Null, NaN, the empty text and an empty optional value are missing. Whole numbers are integral, other numbers
 * fractional, whatever their values; a Boolean is a boolean; everything else is the text that {@code toString} gives. A text of digits
 * stays a text.
 */
final class ObjectCells {

    private static final Set<Class<?>> WHOLE = Set.of(
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            BigInteger.class,
            AtomicInteger.class,
            AtomicLong.class);

    private ObjectCells() {}

    /** Returns what an optional value holds, null if it is empty; any other value as it is. */
    static @Nullable Object content(@Nullable Object value) {
        if (value instanceof Optional<?> optional) {
            return content(optional.orElse(null));
        }
        if (value instanceof OptionalInt optional) {
            return optional.isPresent() ? optional.getAsInt() : null;
        }
        if (value instanceof OptionalLong optional) {
            return optional.isPresent() ? optional.getAsLong() : null;
        }
        if (value instanceof OptionalDouble optional) {
            return optional.isPresent() ? optional.getAsDouble() : null;
        }
        return value;
    }

    /** Returns the {@link ValueKind} code of a value. */
    static byte kind(@Nullable Object value) {
        if (value == null) {
            return ValueKind.MISSING;
        }
        if (value instanceof SpelledNumber spelled) {
            return spelled.kind();
        }
        if (value instanceof Number number) {
            boolean isWhole = WHOLE.contains(number.getClass());
            return isWhole
                    ? ValueKind.INTEGRAL
                    : Double.isNaN(number.doubleValue()) ? ValueKind.MISSING : ValueKind.FRACTIONAL;
        }
        if (value instanceof Boolean) {
            return ValueKind.BOOLEAN;
        }
        String text = value.toString();
        return text.isEmpty() ? ValueKind.MISSING : ValueKind.STRING;
    }

    /** Returns the number that a value is; NaN if it is none. */
    static double number(@Nullable Object value) {
        return value instanceof Float single
                ? ShortestFloat.toDouble(single)
                : value instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    /** Returns the text of a value that is not missing; numbers that are not whole in their shortest form. */
    static String text(@Nullable Object value) {
        return value instanceof Double || value instanceof Float
                ? NumberText.of(number(value), true)
                : String.valueOf(value);
    }

    /** Returns whether the spelling of a value says more than the value. */
    static boolean isText(@Nullable Object value) {
        return value instanceof SpelledNumber
                || !(value == null || value instanceof Number || value instanceof Boolean);
    }
}
