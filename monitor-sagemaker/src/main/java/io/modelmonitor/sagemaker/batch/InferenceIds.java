package io.modelmonitor.sagemaker.batch;

import io.modelmonitor.internal.json.Json;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts an id and the job's start behind each row of a batch job's output, so that labels can be joined later, and finds
 * them again. In CSV they are the last two columns, in JSON two keys more; an output that is no object becomes one, under
 * {@value #OUTPUT}. Safe for use by several threads.
 */
public final class InferenceIds {

    /** The key of the id. */
    public static final String ID = "SageMakerInferenceId";
    /** The key of the time. */
    public static final String TIME = "SageMakerInferenceTime";
    /** The key of an output that was no object. */
    public static final String OUTPUT = "SageMakerOutput";

    private final String time;
    private final Supplier<String> ids;

    private InferenceIds(Instant jobStart, Supplier<String> ids) {
        this.time = jobStart.truncatedTo(ChronoUnit.SECONDS).toString();
        this.ids = ids;
    }

    /** Returns what gives each row a random id. */
    public static InferenceIds of(Instant jobStart) {
        return of(jobStart, () -> UUID.randomUUID().toString());
    }

    /** Returns what gives each row the next of some ids. */
    public static InferenceIds of(Instant jobStart, Supplier<String> ids) {
        return new InferenceIds(jobStart, ids);
    }

    /** Returns a CSV row, without its line feed, with two columns more. */
    public String csv(String row) {
        return row + "," + ids.get() + "," + time;
    }

    /**
     * Returns a line of JSON Lines with two keys more.
     *
     * @throws IllegalArgumentException if it is no JSON
     */
    public String jsonLine(String line) {
        return Json.write(withId(Json.parse(line)));
    }

    /**
     * Returns a JSON array with two keys more in each element; any other value counts as one row.
     *
     * @throws IllegalArgumentException if it is no JSON
     */
    public String json(String value) {
        Object tree = Json.parse(value);
        if (tree instanceof List<?> rows) {
            List<Object> all = new ArrayList<>(rows.size());
            for (Object row : rows) {
                all.add(withId(row));
            }
            return Json.write(all);
        }
        return Json.write(withId(tree));
    }

    private Map<String, @Nullable Object> withId(@Nullable Object row) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        if (row instanceof Map<?, ?> map) {
            all.putAll(Json.object(map));
        } else {
            all.put(OUTPUT, row);
        }
        all.put(ID, ids.get());
        all.put(TIME, time);
        return all;
    }

    /**
     * A row of a batch job's output, and what was put behind it.
     *
     * @param row the row as the model gave it
     * @param inferenceId its id
     * @param jobStart when the job started, to the second
     */
    public record Identified(String row, String inferenceId, Instant jobStart) {}

    /**
     * Takes the id and the time from the end of a CSV row.
     *
     * @throws IllegalArgumentException if they are not there
     */
    public static Identified fromCsv(String row) {
        int second = row.lastIndexOf(',');
        int first = second < 0 ? -1 : row.lastIndexOf(',', second - 1);
        if (first < 0) {
            throw new IllegalArgumentException(
                    "row '" + row + "' has fewer than three columns; the last two must be an id" + " and a time");
        }
        return new Identified(
                row.substring(0, first), row.substring(first + 1, second), time(row.substring(second + 1)));
    }

    /**
     * Takes the id and the time from a line of JSON Lines; what was no object before is none again.
     *
     * @throws IllegalArgumentException if they are not there, or it is no JSON object
     */
    public static Identified fromJsonLine(String line) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>(Json.object(Json.parse(line)));
        Object id = all.remove(ID);
        Object started = all.remove(TIME);
        if (id == null || started == null) {
            throw new IllegalArgumentException("line has no " + (id == null ? ID : TIME) + ": " + line);
        }
        boolean wasNoObject = all.size() == 1 && all.containsKey(OUTPUT);
        return new Identified(
                Json.write(wasNoObject ? all.get(OUTPUT) : all), String.valueOf(id), time(String.valueOf(started)));
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text.strip());
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("time '" + text + "' is none; allowed is yyyy-MM-ddTHH:mm:ssZ", e);
        }
    }
}
