package io.modelmonitor.spark;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;
import scala.collection.Iterator;

/** The values of rows as those that datasets read: numbers, truth values, texts, and maps and lists of them. */
final class FrameValues {

    private FrameValues() {}

    /** Returns whether a value of a type holds others. */
    static boolean isNested(DataType type) {
        return type instanceof StructType || type instanceof ArrayType || type instanceof MapType;
    }

    /** Returns a row by name; a struct that is missing has all its members, missing, so that rows agree on their columns. */
    static Map<String, @Nullable Object> map(@Nullable Row row, StructType type) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        StructField[] fields = type.fields();
        for (int i = 0; i < fields.length; i++) {
            map.put(fields[i].name(), value(row == null ? null : row.get(i), fields[i].dataType()));
        }
        return map;
    }

    private static @Nullable Object value(@Nullable Object value, DataType type) {
        if (type instanceof StructType struct) {
            return map((Row) value, struct);
        }
        if (value != null && type instanceof ArrayType array) {
            List<@Nullable Object> list = new ArrayList<>();
            for (Iterator<?> rest = ((scala.collection.Seq<?>) value).iterator(); rest.hasNext(); ) {
                list.add(value(rest.next(), array.elementType()));
            }
            return list;
        }
        if (value != null && type instanceof MapType map) {
            Map<String, @Nullable Object> sorted = new TreeMap<>();
            for (Iterator<?> rest = ((scala.collection.Map<?, ?>) value).iterator(); rest.hasNext(); ) {
                Tuple2<?, ?> entry = (Tuple2<?, ?>) rest.next();
                sorted.put(String.valueOf(plain(entry._1(), map.keyType())), value(entry._2(), map.valueType()));
            }
            return sorted;
        }
        return plain(value, type);
    }

    /** Returns a value that holds no others. */
    static @Nullable Object plain(@Nullable Object value, DataType type) {
        if (value == null || value instanceof String) {
            return value;
        }
        if (value instanceof BigDecimal decimal) {
            return isWhole(type) ? decimal.toBigInteger() : (Object) decimal.doubleValue();
        }
        if (value instanceof Number || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Timestamp time) {
            return time.toInstant().toString();
        }
        return value instanceof byte[] bytes ? Base64.getEncoder().encodeToString(bytes) : value.toString();
    }

    /** Returns whether a type is of decimals without a fraction. */
    static boolean isWhole(DataType type) {
        return type instanceof DecimalType decimal && decimal.scale() == 0;
    }
}
