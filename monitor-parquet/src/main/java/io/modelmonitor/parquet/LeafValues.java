package io.modelmonitor.parquet;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * The values of a type as those that datasets read: numbers, truth values and texts. The logical types are those of the Parquet
 * format's <a href="https://github.com/apache/parquet-format/blob/master/LogicalTypes.md">specification</a>.
 *
 * @param ofWhole the value that an integer stands for
 * @param ofBinary the value that bytes stand for
 */
record LeafValues(LongFunction<Object> ofWhole, Function<Binary, Object> ofBinary) {

    private static final long NANOS_OF_SECOND = 1_000_000_000;
    private static final int JULIAN_DAY_OF_EPOCH = 2_440_588;
    private static final long SECONDS_OF_DAY = 86_400;
    private static final long UNSIGNED_INT = 0xFFFF_FFFFL;

    static LeafValues of(PrimitiveType type) {
        return new LeafValues(whole(type), binary(type));
    }

    /** Returns whether all values of a type are whole numbers that fit a long. */
    static boolean areLongs(PrimitiveType type) {
        LogicalTypeAnnotation annotation = type.getLogicalTypeAnnotation();
        return isInteger(type)
                && (annotation == null
                        || (annotation instanceof IntLogicalTypeAnnotation of && !isUnsignedLong(of))
                        || (annotation instanceof DecimalLogicalTypeAnnotation of && of.getScale() == 0));
    }

    private static boolean isInteger(PrimitiveType type) {
        return type.getPrimitiveTypeName() == PrimitiveTypeName.INT32
                || type.getPrimitiveTypeName() == PrimitiveTypeName.INT64;
    }

    private static boolean isUnsignedLong(IntLogicalTypeAnnotation type) {
        return !type.isSigned() && type.getBitWidth() == Long.SIZE;
    }

    private static LongFunction<Object> whole(PrimitiveType type) {
        LogicalTypeAnnotation annotation = type.getLogicalTypeAnnotation();
        if (annotation instanceof IntLogicalTypeAnnotation of && !of.isSigned()) {
            return isUnsignedLong(of)
                    ? value -> new BigInteger(Long.toUnsignedString(value))
                    : value -> value & UNSIGNED_INT;
        }
        if (annotation instanceof DecimalLogicalTypeAnnotation of && of.getScale() != 0) {
            return value -> BigDecimal.valueOf(value, of.getScale()).doubleValue();
        }
        if (annotation instanceof DateLogicalTypeAnnotation) {
            return value -> LocalDate.ofEpochDay(value).toString();
        }
        if (annotation instanceof TimeLogicalTypeAnnotation of) {
            long nanos = nanos(of.getUnit());
            return value ->
                    LocalTime.ofNanoOfDay(Math.multiplyExact(value, nanos)).toString();
        }
        if (annotation instanceof TimestampLogicalTypeAnnotation of) {
            long units = NANOS_OF_SECOND / nanos(of.getUnit());
            return value -> time(
                    Math.floorDiv(value, units),
                    Math.floorMod(value, units) * (NANOS_OF_SECOND / units),
                    of.isAdjustedToUTC());
        }
        return value -> value;
    }

    private static long nanos(LogicalTypeAnnotation.TimeUnit unit) {
        return switch (unit) {
            case MILLIS -> TimeUnit.MILLISECONDS.toNanos(1);
            case MICROS -> TimeUnit.MICROSECONDS.toNanos(1);
            case NANOS -> 1;
        };
    }

    private static String time(long second, long nano, boolean isInstant) {
        return isInstant
                ? Instant.ofEpochSecond(second, nano).toString()
                : LocalDateTime.ofEpochSecond(second, (int) nano, ZoneOffset.UTC)
                        .toString();
    }

    private static Function<Binary, Object> binary(PrimitiveType type) {
        LogicalTypeAnnotation annotation = type.getLogicalTypeAnnotation();
        if (annotation instanceof StringLogicalTypeAnnotation
                || annotation instanceof EnumLogicalTypeAnnotation
                || annotation instanceof JsonLogicalTypeAnnotation) {
            return Binary::toStringUsingUTF8;
        }
        if (annotation instanceof DecimalLogicalTypeAnnotation of) {
            int scale = of.getScale();
            return bytes -> {
                BigInteger unscaled = new BigInteger(bytes.getBytesUnsafe());
                return scale == 0 ? unscaled : (Object) new BigDecimal(unscaled, scale).doubleValue();
            };
        }
        if (annotation instanceof UUIDLogicalTypeAnnotation) {
            return bytes -> {
                ByteBuffer buffer = bytes.toByteBuffer();
                return new UUID(buffer.getLong(), buffer.getLong()).toString();
            };
        }
        if (annotation instanceof Float16LogicalTypeAnnotation) {
            return bytes ->
                    half(bytes.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN).getShort());
        }
        if (type.getPrimitiveTypeName() == PrimitiveTypeName.INT96) {
            // A time stamp, as Impala and Spark once wrote it: nanoseconds of a day, and a Julian day.
            return bytes -> {
                ByteBuffer buffer = bytes.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
                long nanos = buffer.getLong();
                return time((buffer.getInt() - (long) JULIAN_DAY_OF_EPOCH) * SECONDS_OF_DAY, nanos, true);
            };
        }
        return bytes -> Base64.getEncoder().encodeToString(bytes.getBytesUnsafe());
    }

    /** Returns the number of IEEE 754's binary16. */
    private static double half(short bits) {
        int exponent = bits >> 10 & 0x1F;
        int fraction = bits & 0x3FF;
        double size = exponent == 0x1F
                ? fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN
                : exponent == 0 ? fraction * 0x1p-24 : Math.scalb(1 + fraction * 0x1p-10, exponent - 15);
        return bits < 0 ? -size : size;
    }
}
