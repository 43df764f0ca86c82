package io.modelmonitor.internal.capture;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * An exact count to which any thread adds without waiting, cheaper than by an atomic addition.
 *
 * <p>A thread owns a cell of a table, claimed once by compare-and-set of its identifier, as long as the table exists. It is the
 * only writer of the cell's count, so a plain read and a release write lose nothing and need no locked instruction; the
 * identifier, too, is read plainly, as a stale 0 only makes the compare-and-set fail. {@link #sum} reads with acquire, so that
 * it includes every increment that happened before it. Threads whose cell is taken share a {@link LongAdder}: those of a
 * second hundred, or virtual ones that come and go. The table's size is fixed, and it refers to no thread.
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

    /** Returns the count; exact while no thread adds. */
    long sum() {
        long sum = others.sum();
        for (int owner = 0; owner < table.length(); owner += APART) {
            sum += table.getAcquire(owner + 1);
        }
        return sum;
    }
}
