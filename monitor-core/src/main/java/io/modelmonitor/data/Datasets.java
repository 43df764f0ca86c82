package io.modelmonitor.data;

import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Schema;
import io.modelmonitor.internal.data.ConcatenatedCursor;
import io.modelmonitor.internal.data.CsvFormat;
import io.modelmonitor.internal.data.FileKind;
import io.modelmonitor.internal.data.MapsSource;
import io.modelmonitor.internal.data.Origin;
import io.modelmonitor.internal.data.PackingCursor;
import io.modelmonitor.internal.data.ResultRows;
import io.modelmonitor.internal.data.RowsCursor;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * Makes datasets of files and of tables in memory. Files are not touched before a dataset is opened.
 *
 * <p>All sources agree on what is missing: no value, null, NaN and the empty text. A CSV says nothing of types, so what looks
 * like a number there is one; everywhere else a text of digits is a text.
 */
public final class Datasets {

    private Datasets() {}

    /**
     * Returns a CSV file in UTF-8 with double quotes, of which the first lines show what separates fields and whether there is a
     * header; the result's methods say otherwise.
     */
    public static CsvDataset csv(Path file) {
        return new CsvDataset(Origin.of(file), CsvFormat.STANDARD);
    }

    /**
     * Returns a CSV in a stream, as {@link #csv(Path)} does. It is read once, and closed then; reading it again is an error of one
     * line. {@link #csv(Callable)} is for several readings.
     */
    public static CsvDataset csv(InputStream stream) {
        return new CsvDataset(Origin.once(stream), CsvFormat.STANDARD);
    }

    /** Returns a CSV in a reader, which is read once, as {@link #csv(InputStream)} is. */
    public static CsvDataset csv(Reader reader) {
        return new CsvDataset(Origin.once(reader), CsvFormat.STANDARD);
    }

    /**
     * Returns a CSV in streams, as {@link #csv(Path)} does.
     *
     * @param streams opens a stream for each reading, such as {@code () -> url.openStream()}; closed when read
     */
    public static CsvDataset csv(Callable<? extends InputStream> streams) {
        return new CsvDataset(Origin.of(streams), CsvFormat.STANDARD);
    }

    /** Returns a CSV that is this text, as {@link #csv(Path)} does. */
    public static CsvDataset csvText(String text) {
        return new CsvDataset(Origin.ofText(text), CsvFormat.STANDARD);
    }

    /** Returns a file of JSON: an object on each line, or a document of many rows. */
    public static JsonLinesDataset jsonLines(Path file) {
        return new JsonLinesDataset(Origin.of(file), false);
    }

    /** Returns a stream of JSON as {@link #jsonLines(Path)} reads it, which is read once, as {@link #csv(InputStream)} is. */
    public static JsonLinesDataset jsonLines(InputStream stream) {
        return new JsonLinesDataset(Origin.once(stream), false);
    }

    /** Returns a reader of JSON, which is read once, as {@link #csv(InputStream)} is. */
    public static JsonLinesDataset jsonLines(Reader reader) {
        return new JsonLinesDataset(Origin.once(reader), false);
    }

    /** Returns streams of JSON, of which each reading opens one. */
    public static JsonLinesDataset jsonLines(Callable<? extends InputStream> streams) {
        return new JsonLinesDataset(Origin.of(streams), false);
    }

    /** Returns a text of JSON, as {@link #jsonLines(Path)} does. */
    public static JsonLinesDataset jsonLinesText(String text) {
        return new JsonLinesDataset(Origin.ofText(text), false);
    }

    /**
     * Returns what a query of a database selects, a row after the other. Each reading runs it on a connection of its own.
     *
     * <p>Columns have their labels. Whole numbers, and decimals without digits behind the point, are whole numbers; other numbers and
     * truth values are what they are; null is missing; dates and times are texts of ISO 8601, bytes are Base64, everything else is a text.
     * A text of more than 16,777,216 characters is cut off there, which is among the problems of the data.
     *
     * @param sql a statement that selects, without parameters; {@link #query(Callable)} is for others
     */
    public static Dataset query(DataSource database, String sql) {
        Objects.requireNonNull(database, "database");
        Objects.requireNonNull(sql, "sql");
        return new NamedDataset("query " + sql, () -> ResultRows.query(database, sql));
    }

    /**
     * Returns the rows of results, as {@link #query(DataSource, String)} does.
     *
     * @param results gives a result before its first row for each reading, such as {@code statement::executeQuery}; closed when read,
     *     but not its statement
     */
    public static Dataset query(Callable<? extends ResultSet> results) {
        Objects.requireNonNull(results, "results");
        return new NamedDataset("query", () -> ResultRows.of(results));
    }

    /**
     * Returns objects, such as records and beans, as rows; {@link ObjectsDataset#column} says what columns they have. The list is not
     * copied.
     */
    public static <T> ObjectsDataset<T> objects(List<? extends T> objects) {
        Objects.requireNonNull(objects, "objects");
        return objects(objects::stream);
    }

    /**
     * Returns objects that are made as they are read as rows, as {@link #objects(List)} does.
     *
     * @param objects gives the objects from the first one, each time the dataset is opened; closed with the cursor
     */
    public static <T> ObjectsDataset<T> objects(Supplier<? extends Stream<? extends T>> objects) {
        return ObjectsDataset.of(objects);
    }

    /** Returns a file that is JSON if it begins with an object or an array, else a CSV as {@link #csv(Path)} reads it. */
    public static Dataset file(Path file) {
        Objects.requireNonNull(file, "file");
        return new NamedDataset(file.toString(), () -> {
            FileKind kind = FileKind.of(file);
            return (kind.isJson() ? jsonLines(file) : csv(file)).open();
        });
    }

    /**
     * Returns rows of values by name, maps and lists within them flattened as in JSON Lines. Columns come in the order in
     * which they are met, those of a row in the map's order if it is a {@link java.util.LinkedHashMap} or a
     * {@link java.util.SortedMap}, else by name. The list is not copied.
     */
    public static Dataset rows(List<? extends Map<String, ?>> rows) {
        Objects.requireNonNull(rows, "rows");
        return rows(rows::stream);
    }

    /**
     * Returns rows of values by name that are made as they are read, as {@link #rows(List)} does.
     *
     * @param rows gives the rows from the first one, each time the dataset is opened; closed with the cursor
     */
    public static Dataset rows(Supplier<? extends Stream<? extends Map<String, ?>>> rows) {
        Objects.requireNonNull(rows, "rows");
        return new NamedDataset("rows by name", () -> new PackingCursor(new MapsSource(rows.get())));
    }

    /**
     * Returns rows with a schema: a value for each of its features, in order. The list is not copied.
     *
     * @param rows an array of any type or a list each, of numbers, booleans, texts, nulls; anything else is read as the text that
     *     {@code toString} gives. What is neither an array nor a list is refused when it is read.
     */
    public static Dataset of(Schema schema, List<?> rows) {
        Objects.requireNonNull(rows, "rows");
        return of(schema, rows::stream);
    }

    /**
     * Returns rows with a schema that are made as they are read, as {@link #of(Schema, List)} does.
     *
     * @param rows gives the rows from the first one, each time the dataset is opened; closed with the cursor
     */
    public static Dataset of(Schema schema, Supplier<? extends Stream<?>> rows) {
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(rows, "rows");
        return new NamedDataset("rows of " + schema.names(), () -> new RowsCursor(schema, rows.get()));
    }

    /**
     * Returns the requests in the capture files below a folder as rows, be they this library's or the managed service's.
     *
     * @param folder the root of captures, or the folder of an endpoint, of a variant or of an hour
     */
    public static CaptureDataset captures(Path folder) {
        return CaptureDataset.of(folder);
    }

    /** Starts a table of arrays, a column each: the fastest way in for what is in memory. */
    public static TableBuilder columns() {
        return new TableBuilder();
    }

    /**
     * Returns the rows of all datasets, one dataset after the other. Columns are matched by name; rows of a dataset that has
     * not a column miss it.
     *
     * @throws IllegalArgumentException if there is no dataset
     */
    public static Dataset concat(Dataset... datasets) {
        List<Dataset> all = List.of(datasets);
        if (all.isEmpty()) {
            throw new IllegalArgumentException("datasets: none given; at least one is needed");
        }
        return new NamedDataset(
                all.stream().map(Dataset::toString).collect(Collectors.joining(", then ")),
                () -> new ConcatenatedCursor(all));
    }
}
