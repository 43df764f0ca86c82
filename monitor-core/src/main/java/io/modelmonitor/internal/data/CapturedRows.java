package io.modelmonitor.internal.data;

import io.modelmonitor.api.FeatureType;
import io.modelmonitor.api.Payload;
import io.modelmonitor.api.Schema;
import io.modelmonitor.internal.capture.CsvRows;
import io.modelmonitor.internal.json.Json;
import io.modelmonitor.internal.json.JsonReader;
import io.modelmonitor.internal.json.JsonReader.Token;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one payload, one payload after the other: the one place where a side of a request becomes rows. Values that a live
 * capture still has are read as the text that would be made of them.
 */
final class CapturedRows {

    private static final int LONGEST_TYPE = 60;

    private final CsvRows csv = new CsvRows();
    private final TypedCsv typed = new TypedCsv();
    private final JsonRows json;
    private final Consumer<String> notes;
    private @Nullable Schema schema;
    private boolean[] fractional = {};
    private @Nullable Schema schemaOfFractional;

    /** Where the values of a row go, asked in their order. */
    interface Columns {

        /**
         * Returns the column of the next value.
         *
         * @param name its name; null if it has only its position
         * @param isPosition whether the name is nothing but its position, too
         * @return {@link RowPacker#NO_COLUMN} if there is no place for it
         */
        int next(@Nullable String name, boolean isPosition);
    }

    /** @param notes is told of what is left out */
    CapturedRows(Consumer<String> notes) {
        this.json = new JsonRows(notes);
        this.notes = notes;
    }

    /**
     * Reads a payload; null has no rows.
     *
     * @return what is wrong with it, in which case there are no rows; null if nothing is
     */
    @Nullable
    String read(@Nullable Payload payload) {
        csv.clear();
        json.clear();
        typed.clear();
        schema = payload == null ? null : payload.schema();
        try {
            return payload == null ? null : readRows(payload);
        } catch (IllegalArgumentException e) { // of the parsers of JSON and BASE64
            json.clear();
            return "that is not the " + payload.encoding() + " it is said to be";
        }
    }

    private @Nullable String readRows(Payload payload) {
        List<?> rows = payload.rows();
        switch (payload.encoding()) {
            case CSV -> {
                if (rows == null) {
                    csv.read(payload.data());
                } else {
                    typed.read(rows);
                }
            }
            case JSON -> {
                if (rows == null) {
                    addJson(payload.data().getBytes(StandardCharsets.UTF_8));
                } else {
                    rows.forEach(row -> addJson(row, rows.size() == 1));
                }
            }
            case BASE64 -> {
                return readBytes(payload);
            }
        }
        return null;
    }

    private void addJson(@Nullable Object row, boolean isAlone) {
        if (row instanceof double[] numbers) {
            json.add(schema, numbers);
        } else {
            json.add(row, isAlone);
        }
    }

    private @Nullable String readBytes(Payload payload) {
        String type = payload.contentType().toLowerCase(Locale.ROOT);
        String mediaType =
                type.contains(";") ? type.substring(0, type.indexOf(';')).strip() : type.strip();
        if (mediaType.endsWith("/csv")) {
            csv.read(new String(payload.content(), StandardCharsets.UTF_8));
        } else if (mediaType.contains("json")) {
            addJson(payload.content());
        } else {
            String named = mediaType.replaceAll("\\p{Cntrl}", "?");
            return "of type '" + named.substring(0, Math.min(LONGEST_TYPE, named.length()))
                    + "', in which no rows are known";
        }
        return null;
    }

    private void addJson(byte[] bytes) {
        try (JsonReader reader = Json.reader(bytes, 0, bytes.length).allowingNonFinite()) {
            JsonTree tree = JsonTree.of(reader);
            Token token = reader.next();
            boolean isAlone = true;
            while (token != Token.END) {
                Object value = tree.read();
                if (tree.nans() > 0) {
                    notes.accept(SpelledNumber.NAN);
                }
                token = reader.next();
                isAlone &= token == Token.END;
                json.add(value, isAlone);
            }
        }
    }

    /** Returns the number of rows. */
    int size() {
        return csv.size() + typed.size() + json.size();
    }

    /** Returns the number of values of a row. */
    int width(int row) {
        return csv.size() > 0 ? csv.width(row) : typed.size() > 0 ? typed.width(row) : json.width(row);
    }

    /** Returns the names that the capture gave columns without one; null if it gave none. */
    @Nullable
    Schema schema() {
        return schema;
    }

    /** Returns the name that the capture gave a column without a name; null if it gave none. */
    @Nullable
    String name(int column) {
        return schema != null && column < schema.size()
                ? schema.features().get(column).name()
                : null;
    }

    /** Packs the values of a row. */
    void pack(int row, RowPacker packer, Columns columns) {
        if (csv.size() > 0) {
            packCsv(row, packer, columns);
        } else if (typed.size() > 0) {
            typed.pack(row, packer, columns, fractional());
        } else {
            json.pack(row, packer, columns);
        }
    }

    private void packCsv(int row, RowPacker packer, Columns columns) {
        int first = csv.first(row);
        int end = first + csv.width(row);
        int from = csv.from(first);
        int shift = packer.append(csv.bytes(), from, csv.to(end - 1), csv.isAscii()) - from;
        for (int cell = first; cell < end; cell++) {
            int column = columns.next(null, true);
            if (column != RowPacker.NO_COLUMN) {
                packer.set(column, shift + csv.from(cell), shift + csv.to(cell));
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // a capture has one schema for all of its requests
    private boolean[] fractional() {
        Schema present = schema;
        if (present != schemaOfFractional) {
            fractional = new boolean[present == null ? 0 : present.size()];
            for (int i = 0; i < fractional.length && present != null; i++) {
                fractional[i] = present.features().get(i).type() == FeatureType.FRACTIONAL;
            }
            schemaOfFractional = present;
        }
        return fractional;
    }
}
