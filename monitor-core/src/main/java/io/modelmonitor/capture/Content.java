package io.modelmonitor.capture;

import io.modelmonitor.api.Payload;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One side of a request, in the form in which the application has it. Making one copies nothing; a capture copies what it
 * needs, on the calling thread, once it has decided to keep the request.
 */
public abstract class Content {

    Content() {}

    /** Returns a row of numbers. NaN stands for a missing value. */
    public static Content numbers(double... row) {
        return new NumberContent(row);
    }

    /** Returns a row of values; null stands for a missing one. What is no number, text or truth value becomes its text. */
    public static Content values(@Nullable Object... row) {
        return new ValueContent(row);
    }

    /** Returns a row of named values, written as a JSON object. Lists, arrays and maps may be within. */
    public static Content fields(Map<?, ?> row) {
        return new FieldContent(row);
    }

    /** Returns several rows of one request. Rows of arrays are written as CSV, unless a capture wants JSON; maps as JSON. */
    public static Content rows(List<? extends Content> rows) {
        return new RowsContent(rows);
    }

    /** Returns what was sent or answered, as it is; see {@link Payload#csv} and its siblings. */
    public static Content payload(Payload payload) {
        return new PayloadContent(payload);
    }

    /** Returns bytes that are neither CSV nor JSON, such as an image. */
    public static Content bytes(String contentType, byte[] content) {
        return new BytesContent(contentType, content);
    }

    /**
     * Returns a copy that nobody else can change and from which everything private is gone. Runs on the calling thread.
     *
     * @param allowance what the copy may take
     * @throws IllegalArgumentException if it cannot be protected, or is too large
     */
    abstract Content copy(Form form, Allowance allowance);

    /** Returns roughly how many bytes this holds, if it is a copy. */
    abstract long weight();

    /** Appends a copy as text; several rows are separated by line feeds. Runs on the worker. */
    abstract void append(TextBuffer out, Form form);

    /** Returns whether the text is JSON and not CSV. */
    abstract boolean isJson(Form form);

    /** Returns how many rows there are, as far as it matters for the content type. */
    int rowCount() {
        return 1;
    }

    /** Returns a copy as it goes to the sink. Runs on the worker. */
    Payload payload(Form form, TextBuffer buffer) {
        append(buffer.clear(), form);
        String text = buffer.toString();
        if (!isJson(form)) {
            return Payload.csv(text);
        }
        return rowCount() == 1 ? Payload.json(text) : Payload.jsonLines(text);
    }
}
