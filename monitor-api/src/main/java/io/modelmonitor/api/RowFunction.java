package io.modelmonitor.api;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A user's function of rows, of which failures are counted. One that fails on every row of the first batch is an error, which it
 * throws: it will hardly do better on the others.
 *
 * @param <T> what it returns
 */
final class RowFunction<T> {

    private static final int PLACES_KEPT = 10;

    private final Function<? super Row, ? extends T> function;
    private final String consequence;
    private final List<Long> places = new ArrayList<>(PLACES_KEPT);
    private String firstFailure = "";
    private long failures;
    private long rows;
    private long firstBatch;

    /** @param consequence what is done about a row on which it fails, in words */
    RowFunction(Function<? super Row, ? extends T> function, String consequence) {
        this.function = function;
        this.consequence = consequence;
    }

    /** Begins a batch. */
    void begin(Batch batch) {
        firstBatch = rows == 0 ? batch.size() : firstBatch;
    }

    /** Returns what the function makes of the next row; null if it fails. */
    @Nullable
    T of(Row row) {
        rows++;
        try {
            return function.apply(row);
        } catch (RuntimeException e) {
            failures++;
            if (failures == rows && rows == firstBatch) {
                throw e;
            }
            Place place = row.place();
            if (places.size() < PLACES_KEPT) {
                places.add(place == null ? rows : place.line());
            }
            firstFailure = firstFailure.isEmpty() ? String.valueOf(e.getMessage()) : firstFailure;
            return null;
        }
    }

    List<DataProblem> problems() {
        if (failures == 0) {
            return List.of();
        }
        return List.of(new DataProblem(consequence + " (" + firstFailure + ")", failures, places));
    }
}
