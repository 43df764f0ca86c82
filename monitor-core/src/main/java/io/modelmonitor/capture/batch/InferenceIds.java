package io.modelmonitor.capture.batch;

import io.modelmonitor.json.Json;
import java.time.Instant;
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
}
