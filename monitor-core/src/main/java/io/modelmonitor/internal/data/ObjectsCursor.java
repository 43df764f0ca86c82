package io.modelmonitor.internal.data;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Schema;
import io.modelmonitor.api.internal.VisibleText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads objects by a user's function for each column. An object that is null, and a value on which a function fails, are missing and
 * counted. A function that fails on every object of the first batch is an error, which it throws: it will hardly do better on the others.
 *
 * @param <T> the objects
 */
public final class ObjectsCursor<T> implements Dataset.Cursor {

    static final String NULL_OBJECT = "object that is null; all its values are missing";

    private static final int LONGEST_MESSAGE = 160;

    private final RowsCursor rows;
    private final Problems problems = new Problems("objects", false);
    private final List<Value<T>> columns = new ArrayList<>();
    private long row;
    private long read;
    private boolean isFirst = true;

    /**
     * Reads a stream, which is closed with this.
     *
     * @param values give the values of an object, one for each column of the schema
     */
    public ObjectsCursor(Schema schema, Stream<? extends T> objects, List<? extends Function<? super T, ?>> values) {
        for (int i = 0; i < schema.size(); i++) {
            columns.add(new Value<>(schema.features().get(i).name(), values.get(i)));
        }
        this.rows = new RowsCursor(schema, objects.map(this::values), problems);
    }

    /** A column's function, and how it fared. */
    private static final class Value<T> {

        private final String name;
        private final Function<? super T, ?> function;
        private long failures;
        private String problem = "";
        private @Nullable RuntimeException firstFailure;

        private Value(String name, Function<? super T, ?> function) {
            this.name = name;
            this.function = function;
        }
    }

    private @Nullable Object[] values(@Nullable T object) {
        row++;
        @Nullable Object[] values = new Object[columns.size()];
        if (object == null) {
            problems.add(NULL_OBJECT, row);
            return values;
        }
        read++;
        for (int i = 0; i < values.length; i++) {
            values[i] = value(columns.get(i), object);
        }
        return values;
    }

    private @Nullable Object value(Value<T> column, T object) {
        try {
            return column.function.apply(object);
        } catch (RuntimeException e) {
            if (column.failures++ == 0) {
                column.firstFailure = e;
                String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
                column.problem = "value of column '" + column.name + "' could not be made; it is missing ("
                        + VisibleText.cut(message.replaceAll("\\p{Cntrl}", " "), LONGEST_MESSAGE) + ")";
            }
            problems.add(column.problem, row);
            return null;
        }
    }

    @Override
    public Schema schema() {
        return rows.schema();
    }

    @Override
    public boolean isSchemaComplete() {
        return true;
    }

    @Override
    public @Nullable Batch next() {
        Batch batch = rows.next();
        if (isFirst) {
            isFirst = false;
            for (Value<T> column : columns) {
                if (column.firstFailure != null && column.failures == read) {
                    throw column.firstFailure;
                }
                column.firstFailure = null;
            }
        }
        return batch;
    }

    @Override
    public List<DataProblem> problems() {
        return problems.list();
    }

    @Override
    public void close() {
        rows.close();
    }
}
