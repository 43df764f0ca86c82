package io.modelmonitor.api;

import org.jspecify.annotations.Nullable;

/** Keeps the first rows. */
final class Limitation implements DatasetView.Step {

    private long left;

    Limitation(long rows) {
        this.left = rows;
    }

    @Override
    public Schema schema(Schema source) {
        return source;
    }

    @Override
    public boolean isDone() {
        return left == 0;
    }

    @Override
    public @Nullable Batch change(Batch batch) {
        Batch kept = batch.slice(0, (int) Math.min(batch.size(), left));
        left -= kept.size();
        return kept;
    }
}
