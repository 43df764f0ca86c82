package io.modelmonitor;

import io.modelmonitor.api.Batch;

/** One consumer of batches. It is given every batch of a pass in order, by one thread at a time. */
interface Lane {

    /** Takes the next batch. */
    void accept(Batch batch);
}
