package io.modelmonitor.api;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Keeps the rows that a condition holds for. */
final class Selection implements DatasetView.Step {

    private final RowFunction<Boolean> condition;

    Selection(Predicate<? super Row> condition) {
        this.condition = new RowFunction<>(condition::test, "row of which a filter could not be worked out; left out");
    }

    @Override
    public Schema schema(Schema source) {
        return source;
    }

    @Override
    public @Nullable Batch change(Batch batch) {
        int[] kept = new int[batch.size()];
        int count = 0;
        condition.begin(batch);
        for (int i = 0; i < kept.length; i++) {
            if (Boolean.TRUE.equals(condition.of(batch.row(i)))) {
                kept[count++] = i;
            }
        }
        if (count == kept.length) {
            return batch;
        }
        return count == 0 ? null : batch.select(Arrays.copyOf(kept, count));
    }

    @Override
    public List<DataProblem> problems() {
        return condition.problems();
    }
}
