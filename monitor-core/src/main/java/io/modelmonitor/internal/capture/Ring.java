package io.modelmonitor.internal.capture;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue for many producers and many consumers without locks (D. Vyukov, "Bounded MPMC queue", 2010).
 *
 * <p>{@code TAIL} counts elements ever added and {@code HEAD} those ever removed; position p lies in slot p mod the size. Each
 * slot has a turn number: p when it is free for the producer at p, p + 1 when it holds the element of position p. A thread
 * claims a position by compare-and-set, so the slot is its own until it sets the next turn: p + 1 after adding, p + size after
 * removing. A thread that is preempted between the two delays only the threads that need that slot; they do not spin, but see
 * a queue that is full or empty.
 *
 * <p>Memory order. Elements are read and written plainly. Each is published by {@code turns.setRelease} and acquired by
 * {@code turns.getAcquire} of the same slot, so that a consumer sees all that the producer wrote before {@link #offer}, and the
 * next producer of a slot sees it emptied. The two positions are volatile. {@code LIMIT} is a stale copy of
 * {@code HEAD + capacity}, by which producers seldom read {@code HEAD}, which consumers keep writing; as {@code HEAD} only
 * grows, a stale limit is never too high, so that the capacity holds, and one that looks reached is computed anew. Turns set
 * plainly by the constructor are visible however the queue is published, since {@code turns} is a final field.
 *
 * <p>Closing sets the sign bit of {@code TAIL} atomically. A producer's compare-and-set that comes later fails, so that an
 * element is either added before the queue closed, or refused.
 */
final class Ring<E> {

    /** Positions lie this many longs apart, so that no two share a cache line or are fetched together. */
    private static final int APART = 16;

    private static final int TAIL = APART;
    private static final int HEAD = 2 * APART;
    private static final int LIMIT = 3 * APART;
    private static final long CLOSED = Long.MIN_VALUE;

    private final int capacity;
    private final int mask;
    private final AtomicLongArray turns;
    private final AtomicReferenceArray<@Nullable E> slots;
    private final AtomicLongArray positions = new AtomicLongArray(4 * APART);

    /** Creates an empty queue that holds at most {@code capacity} elements, at least 1. */
    Ring(int capacity) {
        this.capacity = capacity;
        int size = Math.max(2, Integer.highestOneBit(capacity * 2 - 1));
        this.mask = size - 1;
        this.turns = new AtomicLongArray(size);
        this.slots = new AtomicReferenceArray<>(size);
        for (int i = 0; i < size; i++) {
            turns.setPlain(i, i);
        }
        positions.set(LIMIT, capacity);
    }

    /** Adds an element; returns false if the queue is full or closed. */
    boolean offer(E element) {
        while (true) {
            long tail = positions.get(TAIL);
            if (tail < 0 || (tail >= positions.get(LIMIT) && !raiseLimitAbove(tail))) {
                return false;
            }
            int slot = (int) tail & mask;
            long turn = turns.getAcquire(slot);
            if (turn == tail) {
                if (positions.compareAndSet(TAIL, tail, tail + 1)) {
                    slots.setPlain(slot, element);
                    turns.setRelease(slot, tail + 1);
                    return true;
                }
            } else if (turn < tail) {
                return false;
            }
        }
    }

    private boolean raiseLimitAbove(long tail) {
        long limit = positions.get(HEAD) + capacity;
        positions.setRelease(LIMIT, limit);
        return tail < limit;
    }

    /** Removes the oldest element; returns null if there is none, or if its producer has not finished adding it. */
    @Nullable
    E poll() {
        while (true) {
            long head = positions.get(HEAD);
            int slot = (int) head & mask;
            long turn = turns.getAcquire(slot);
            if (turn == head + 1) {
                if (positions.compareAndSet(HEAD, head, head + 1)) {
                    E element = slots.getPlain(slot);
                    slots.setPlain(slot, null);
                    turns.setRelease(slot, head + mask + 1);
                    return element;
                }
            } else if (turn <= head) {
                return null;
            }
        }
    }

    /** Refuses all elements from now on; those within can still be removed. */
    void close() {
        positions.getAndAccumulate(TAIL, CLOSED, (tail, closed) -> tail | closed);
    }

    boolean isClosed() {
        return positions.get(TAIL) < 0;
    }

    /** Returns how many elements were ever added. */
    long added() {
        return positions.get(TAIL) & ~CLOSED;
    }

    /** Returns how many elements were ever removed. */
    long removed() {
        return positions.get(HEAD);
    }

    /** Returns how many elements are within; exact while no thread adds or removes. */
    long size() {
        long removed = removed();
        return Math.max(0, added() - removed);
    }
}
