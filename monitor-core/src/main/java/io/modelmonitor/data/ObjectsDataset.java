package io.modelmonitor.data;

import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Schema;
import io.modelmonitor.internal.data.ObjectsCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Objects as rows, with a function for each column:
 *
 * <pre>{@code
 * Dataset loans = Datasets.objects(list).column("age", Loan::age).column("income", Loan::income);
 * }</pre>
 *
 * <p>Functions give numbers, truth values, texts and nulls; anything else is read as the text that {@code toString} gives. They are called
 * as the dataset is read, on the thread that reads. A value on which a function fails is missing, and so are all values of an object that
 * is null; both are counted among the problems, with their positions from 1. A function that fails on every object of the first batch throws
 * what it threw first. Immutable.
 *
 * @param <T> the objects
 */
public final class ObjectsDataset<T> implements Dataset {

    private final Supplier<? extends Stream<? extends T>> objects;
    private final Schema schema;
    private final List<Function<? super T, ?>> columns;

    private ObjectsDataset(
            Supplier<? extends Stream<? extends T>> objects, Schema schema, List<Function<? super T, ?>> columns) {
        this.objects = objects;
        this.schema = schema;
        this.columns = columns;
    }

    static <T> ObjectsDataset<T> of(Supplier<? extends Stream<? extends T>> objects) {
        return new ObjectsDataset<>(Objects.requireNonNull(objects, "objects"), Schema.ofNames(), List.of());
    }

    /**
     * Returns these objects with one more column.
     *
     * @param name its name, not empty
     * @param value gives the value of an object, such as {@code Loan::age}; null is missing
     * @throws IllegalArgumentException if the name is empty, or there is a column of that name
     */
    public ObjectsDataset<T> column(String name, Function<? super T, ?> value) {
        List<String> names = new ArrayList<>(schema.names());
        names.add(name);
        List<Function<? super T, ?>> all = new ArrayList<>(columns);
        all.add(Objects.requireNonNull(value, "value"));
        return new ObjectsDataset<>(objects, Schema.ofNames(names), List.copyOf(all));
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if no column was said
     */
    @Override
    public Cursor open() {
        if (columns.isEmpty()) {
            throw new IllegalStateException("objects without columns; column(\"age\", Loan::age) says one");
        }
        return new ObjectsCursor<>(schema, objects.get(), columns);
    }

    @Override
    public String toString() {
        return "objects with columns " + schema.names();
    }
}
