package io.modelmonitor.quality;

import io.modelmonitor.api.Row;
import io.modelmonitor.api.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A column by its name, by its position from 0 in digits, or by the JMESPath of a value in a JSON payload, as in
 * {@code predictions[0].score}, which is the name of its column. A name wins over a position. The position is looked up once
 * for each schema. Not safe for use by several threads.
 */
final class ColumnReference {

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
        int byPath = present.indexOf(reference.replace("\"", ""));
        if (byPath >= 0) {
            return byPath;
        }
        if (reference.matches("[0-9]{1,6}") && Integer.parseInt(reference) < present.size()) {
            return Integer.parseInt(reference);
        }
        return present.requireIndexOf(reference);
    }
}
