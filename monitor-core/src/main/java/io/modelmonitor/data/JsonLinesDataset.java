package io.modelmonitor.data;

import io.modelmonitor.api.Dataset;
import io.modelmonitor.internal.data.JsonFileSource;
import io.modelmonitor.internal.data.Origin;
import io.modelmonitor.internal.data.PackingCursor;

/**
 * JSON in a file, a stream or a text: an object on each line, or a document of many rows, in UTF-8, compressed with gzip or not. Lines, and the
 * elements of an array, are read as a stream: a file larger than memory works. Immutable.
 *
 * <p>A document is the rows that it would be as a payload of {@link CaptureDataset}: {@code [{"a":1},{"a":2}]}, {@code
 * {"instances":[..]}}, and so on; if it is all that the file holds, and one member only is an array of objects, these are the rows, whatever
 * its name: {@code {"data":[{"a":1},{"a":2}],"count":2}}. It may have line ends anywhere, and several may follow each other. An object on each line is
 * one row, unless it holds an array of rows, too; only in a file of its own is an object of several arrays, {@code
 * {"a":[1,2],"b":[3,4]}}, read as columns. If the first line is an array of values, {@code [1,2]}, each line is, with their
 * positions as names, of 20 digits.
 *
 * <p>Nested objects become columns with dotted names, arrays columns with indexed ones: {@code {"a": {"b": 1}, "c": [2, 3]}}
 * has {@code a.b}, {@code c[0]} and {@code c[1]}. A column that appears late is added behind the others. Null, the empty text
 * and a name that is not there are missing. Numbers keep the spelling they have; a text of digits stays a text. {@code NaN}, which
 * Python writes though JSON does not know it, is missing and counted among the problems; {@code Infinity} and {@code -Infinity} are numbers.
 *
 * <p>What is wrong with the data is counted, with its lines, in {@link io.modelmonitor.api.Dataset.Cursor#problems()}, and
 * reading goes on: lines that are no JSON object, longer than 16 MiB, or, at the end, half written are left out; a document
 * ends where it is no JSON any more, and values of it with more than 16 Mi characters are left out; of a name
 * that occurs twice in an object the last value counts; bytes that are no UTF-8 are read as U+FFFD. Left out are
 * values of columns beyond the first 10,000, or beyond those of the first row if it has more, up to 100,000; values whose
 * names have more than 1,000 characters; and names beyond 4,000,000 characters in all.
 *
 * <p>Reading throws {@link java.io.UncheckedIOException}, with one line that names the file, if it is not there, cannot be
 * read or is no text. That a file without any JSON may be a CSV is told among the problems.
 */
public final class JsonLinesDataset implements Dataset {

    private final Origin origin;
    private final boolean strict;

    JsonLinesDataset(Origin origin, boolean strict) {
        this.origin = origin;
        this.strict = strict;
    }

    /**
     * Returns this file, read such that everything that would be counted as wrong with the data is fatal: reading throws an
     * {@link IllegalArgumentException} of one line that names the file and the line.
     */
    public JsonLinesDataset strict() {
        return new JsonLinesDataset(origin, true);
    }

    @Override
    public Cursor open() {
        return new PackingCursor(JsonFileSource.open(origin, strict));
    }

    @Override
    public String toString() {
        return origin.name();
    }
}
