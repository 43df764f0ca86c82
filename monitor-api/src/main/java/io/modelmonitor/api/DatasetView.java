package io.modelmonitor.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Another dataset, read through cursors around its own.
 *
 * @param source the other dataset
 * @param cursors makes a cursor around one of the other's
 * @param name what that does, for people; empty if nothing to them
 */
record DatasetView(Dataset source, UnaryOperator<Dataset.Cursor> cursors, String name) implements Dataset {

    /** Changes every batch of one reading. It may have a state; one thread uses it. */
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
        String name = method + (arguments.isEmpty() ? "" : " " + arguments);
        return new DatasetView(source, cursor -> stepped(cursor, steps.get()), name);
    }

    @Override
    public Cursor open() {
        Cursor opened = source.open();
        try {
            return cursors.apply(opened);
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
        return name.isEmpty() ? source.toString() : source + ", " + name;
    }

    /** Returns a cursor of which every batch is another one's, changed by a step. */
    static Cursor stepped(Cursor cursor, Step step) {
        if (cursor.isSchemaComplete() && cursor.schema().size() > 0) {
            step.check(cursor.schema());
        }
        return new Stepped(cursor, step);
    }

    private static final class Stepped extends ForwardingCursor {

        private final Step step;

        private Stepped(Cursor cursor, Step step) {
            super(cursor);
            this.step = step;
        }

        @Override
        public Schema schema() {
            return step.schema(super.schema());
        }

        @Override
        public @Nullable Batch next() {
            while (!step.isDone()) {
                Batch batch = super.next();
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
            List<DataProblem> all = new ArrayList<>(super.problems());
            all.addAll(step.problems());
            return all;
        }
    }
}
