package io.modelmonitor.data;

import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Schema;
import io.modelmonitor.internal.data.ConcatenatedCursor;
import io.modelmonitor.internal.data.CsvFormat;
import io.modelmonitor.internal.data.FileKind;
import io.modelmonitor.internal.data.MapsSource;
import io.modelmonitor.internal.data.PackingCursor;
import io.modelmonitor.internal.data.RowsCursor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Makes datasets of files and of tables in memory. Files are not touched before a dataset is opened.
 *
 * <p>All sources agree on what is missing: no value, null, NaN and the empty text. A CSV says nothing of types, so what looks
 * like a number there is one; everywhere else a text of digits is a text.
 */
public final class Datasets {

    private Datasets() {}

    /** Returns a CSV file with a header, in UTF-8, with commas and double quotes; the result's methods say otherwise. */
    public static CsvDataset csv(Path file) {
        return new CsvDataset(file, CsvFormat.STANDARD);
    }

    /** Returns a file of JSON: an object on each line, or a document of many rows. */
    public static JsonLinesDataset jsonLines(Path file) {
        return new JsonLinesDataset(file, false);
    }

    /**
     * Returns a file that is JSON if it begins with an object or an array, else a CSV with a header, separated by whichever of
     * comma, semicolon, tab and vertical bar its first line has most.
     */
    public static Dataset file(Path file) {
        Objects.requireNonNull(file, "file");
        return () -> {
            FileKind kind = FileKind.of(file);
            return (kind.isJson() ? jsonLines(file) : csv(file).delimiter(kind.delimiter())).open();
        };
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
        return () -> new PackingCursor(new MapsSource(rows.get()));
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
        return () -> new RowsCursor(schema, rows.get());
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
        return () -> new ConcatenatedCursor(all);
    }
}
