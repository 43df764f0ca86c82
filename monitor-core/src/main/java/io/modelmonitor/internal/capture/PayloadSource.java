package io.modelmonitor.internal.capture;

import io.modelmonitor.api.Payload;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One side of a request, in the form in which the application has it. Making one copies nothing; a capture copies what it
 * needs, on the calling thread, once it has decided to keep the request.
 */
public abstract class PayloadSource {

    /** The most room that a text is given before it is known how long it is. */
    private static final long LARGEST_FIRST = 1 << 16;

    PayloadSource() {}

    /** Returns a row of numbers. NaN stands for a missing value. */
    public static PayloadSource numbers(double... row) {
        return new NumberSource(row);
    }

    /** Returns a row of values; null stands for a missing one. What is no number, text or truth value becomes its text. */
    public static PayloadSource values(@Nullable Object... row) {
        return new ValueSource(row);
    }

    /** Returns a row of named values, written as a JSON object. Lists, arrays and maps may be within. */
    public static PayloadSource fields(Map<?, ?> row) {
        return new FieldSource(row);
    }

    /** Returns a row of numbers, each the decimal of the fewest digits that is this float: {@code 0.1f} is 0.1. */
    public static PayloadSource numbers(float[] row) {
        return new FloatSource(row);
    }

    /** Returns a row of values; null stands for a missing one. */
    public static PayloadSource values(List<?> row) {
        return new ElementsSource(row, false);
    }

    /**
     * Returns content of any form: a {@code PayloadSource} or a payload as it is, a map as named values, an array or a list as a row of
     * values, an array or a list of maps, arrays or lists as several rows, and anything else as a row of one value.
     */
    public static PayloadSource of(@Nullable Object value) {
        if (value instanceof PayloadSource content) {
            return content;
        }
        if (value instanceof double[] numbers) {
            return numbers(numbers);
        }
        if (value instanceof float[] numbers) {
            return numbers(numbers);
        }
        if (value instanceof Map<?, ?> map) {
            return fields(map);
        }
        if (value instanceof Payload payload) {
            return payload(payload);
        }
        return value != null && ElementsSource.isOne(value) ? new ElementsSource(value, true) : values(value);
    }

    /** Returns several rows of one request. Rows of arrays are written as CSV, unless a capture wants JSON; maps as JSON. */
    public static PayloadSource rows(List<? extends PayloadSource> rows) {
        return new RowsSource(rows);
    }

    /** Returns what was sent or answered, as it is; see {@link Payload#csv} and its siblings. */
    public static PayloadSource payload(Payload payload) {
        return new EncodedSource(payload);
    }

    /** Returns bytes that are neither CSV nor JSON, such as an image. */
    public static PayloadSource bytes(String contentType, byte[] content) {
        return new BytesSource(contentType, content);
    }

    /**
     * Returns a copy that nobody else can change and from which everything private is gone. Runs on the calling thread.
     *
     * @param allowance what the copy may take
     * @throws IllegalArgumentException if it cannot be protected, or is too large
     */
    abstract PayloadSource copy(PayloadFormat form, Allowance allowance);

    /** Returns roughly how many bytes this holds, if it is a copy. */
    abstract long weight();

    /** Appends a copy as text; several rows are separated by line feeds. Runs on the worker. */
    abstract void append(TextBuffer out, PayloadFormat form);

    /** Returns whether the text is JSON and not CSV. */
    abstract boolean isJson(PayloadFormat form);

    /** Returns a copy's rows, as {@link Payload#rows()} has them; null if there is only text. Runs on the worker. */
    @Nullable
    List<?> rows(PayloadFormat form) {
        return null;
    }

    /** Returns how many rows there are, as far as it matters for the content type. */
    int rowCount() {
        return 1;
    }

    /** Returns a copy as it goes to the sink, which makes text of the rows if it wants any. Runs on the worker. */
    Payload payload(PayloadFormat form, TextBuffer buffer) {
        boolean json = isJson(form);
        String type = !json ? "text/csv" : rowCount() == 1 ? "application/json" : "application/jsonlines";
        Payload.Encoding encoding = json ? Payload.Encoding.JSON : Payload.Encoding.CSV;
        List<?> rows = rows(form);
        if (rows != null) {
            return Payload.of(
                    type,
                    encoding,
                    form.schema(),
                    rows,
                    () -> text(form, new TextBuffer((int) Math.min(LARGEST_FIRST, 2 * weight()))));
        }
        return new Payload(type, encoding, text(form, buffer));
    }

    private String text(PayloadFormat form, TextBuffer buffer) {
        append(buffer.clear(), form);
        return buffer.toString();
    }
}
