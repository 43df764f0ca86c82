package io.modelmonitor.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A dataset of which every batch is another one's, changed in one step.
 *
 * @param source the other dataset
 * @param steps makes the step for each reading
 * @param name what the step does, for people
 */
record DatasetView(Dataset source, Supplier<? extends Step> steps, String name) implements Dataset {

    /** A step of one reading. It may have a state; one thread uses it. */
    interface Step {

        /** Returns the columns of what the step makes of a batch with these columns. */
        Schema schema(Schema source);

        /** Changes a batch; returns null if no row of it is left. */
        @Nullable
        Batch change(Batch batch);

        /** Returns whether there will be no more rows, whatever the source has. */
        default boolean isDone() {
            return false;
        }

        /** Checks the columns of a source that will have no others. */
        default void check(Schema complete) {}

        /** Returns what was wrong so far. */
        default List<DataProblem> problems() {
            return List.of();
        }
    }

    static Dataset of(Dataset source, String method, List<?> arguments, Supplier<? extends Step> steps) {
        Objects.requireNonNull(steps, "steps");
        return new DatasetView(source, steps, method + (arguments.isEmpty() ? "" : " " + arguments));
    }

    @Override
    public Cursor open() {
        Cursor opened = source.open();
        try {
            Step step = steps.get();
            if (opened.isSchemaComplete() && opened.schema().size() > 0) {
                step.check(opened.schema());
            }
            return new View(opened, step);
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    @Override
    public String group() {
        return source.group();
    }

    @Override
    public String toString() {
        return source + ", " + name;
    }

    private static final class View implements Cursor {

        private final Cursor cursor;
        private final Step step;

        private View(Cursor cursor, Step step) {
            this.cursor = cursor;
            this.step = step;
        }

        @Override
        public Schema schema() {
            return step.schema(cursor.schema());
        }

        @Override
        public boolean isSchemaComplete() {
            return cursor.isSchemaComplete();
        }

        @Override
        public @Nullable Batch next() {
            while (!step.isDone()) {
                Batch batch = cursor.next();
                if (batch == null) {
                    return null;
                }
                Batch changed = step.change(batch);
                if (changed != null) {
                    return changed;
                }
            }
            return null;
        }

        @Override
        public List<DataProblem> problems() {
            List<DataProblem> all = new ArrayList<>(cursor.problems());
            all.addAll(step.problems());
            return all;
        }

        @Override
        public void close() {
            cursor.close();
        }
    }
}
