package io.modelmonitor.quality;

import io.modelmonitor.api.Row;
import io.modelmonitor.api.Schema;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A column by its name, by its position from 0 in digits, or by the JMESPath of a value in a JSON payload: {@code
 * predictions[0].score} and {@code predictions[*].score} are the column {@code score} of each row, {@code predictions[0]} is the
 * column {@code predictions}, and {@code predictions[0][1]} the second of rows that are arrays. A name wins over a path, and a
 * path over a position. The position is looked up once for each schema. Not safe for use by several threads.
 */
final class ColumnReference {

    /** An element of an array, and what of it is meant. */
    private static final Pattern ROW = Pattern.compile("(?<table>[^.\\[\\]]*)\\[(?:[0-9]+|\\*)?](?<value>.*)");

    private static final Pattern ELEMENT = Pattern.compile("\\[([0-9]{1,9})](.*)");

    private final String reference;
    private @Nullable Schema schema;
    private int position;

    ColumnReference(String reference) {
        this.reference = reference;
    }

    /**
     * Returns the column's position in a row.
     *
     * @throws IllegalArgumentException if the row has no such column; the message lists some that it has
     */
    @SuppressWarnings(
            "ReferenceEquality") // equal schemas are mostly the same one; comparing them by value costs more than
    // finding the column
    int in(Row row) {
        Schema present = row.schema();
        if (present != schema) {
            position = find(present);
            schema = present;
        }
        return position;
    }

    private int find(Schema present) {
        int byName = present.indexOf(reference);
        if (byName >= 0) {
            return byName;
        }
        String path = reference.replace("\"", "");
        Matcher row = ROW.matcher(path);
        for (String name :
                row.matches() ? List.of(path, inRow(row.group("value")), row.group("table")) : List.of(path)) {
            int byPath = present.indexOf(name);
            if (byPath >= 0) {
                return byPath;
            }
        }
        if (reference.matches("[0-9]{1,6}") && Integer.parseInt(reference) < present.size()) {
            return Integer.parseInt(reference);
        }
        return present.requireIndexOf(reference);
    }

    /** Returns the name of a value by its path within a row. */
    private static String inRow(String value) {
        Matcher element = ELEMENT.matcher(value);
        return element.matches()
                ? "0".repeat(20 - element.group(1).length()) + element.group(1) + element.group(2)
                : value.startsWith(".") ? value.substring(1) : value;
    }
}
