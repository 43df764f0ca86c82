package io.modelmonitor.capture;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * A count to which any thread adds without waiting, none of it lost, at half the price of an atomic addition.
 *
 * <p>A thread owns a place in a table, by its identifier, as long as the table exists; nobody else writes there, so it adds
 * without a locked instruction. Threads that find their place taken share a {@link LongAdder}: those of a second hundred, or
 * virtual ones that come and go. There is no memory for each thread, nothing to be given back, and no thread that is held.
 */
final class Tally {

    private static final int PLACES = 128;

    /** Places lie this many longs apart, so that no two share a cache line or are fetched together. */
    private static final int APART = 16;

    private final AtomicLongArray table = new AtomicLongArray(PLACES * APART);
    private final LongAdder others = new LongAdder();

    void increment() {
        long thread = Thread.currentThread().getId();
        int owner = ((int) thread & (PLACES - 1)) * APART;
        long held = table.getPlain(owner);
        if (held == thread || (held == 0 && table.compareAndSet(owner, 0, thread))) {
            table.setRelease(owner + 1, table.getPlain(owner + 1) + 1);
        } else {
            others.increment();
        }
    }

    /** Returns the count; exact when nobody adds. */
    long sum() {
        long sum = others.sum();
        for (int owner = 0; owner < table.length(); owner += APART) {
            sum += table.getAcquire(owner + 1);
        }
        return sum;
    }
}
