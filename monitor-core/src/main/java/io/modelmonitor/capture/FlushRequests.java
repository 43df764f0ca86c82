package io.modelmonitor.capture;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Who waits for the worker to flush. Requests come from any thread, answers from the worker. A loss is told once: to all who
 * wait then, or else to whoever asks next; and to whoever had a record accepted before it and asks for the first time since.
 * Who has stopped waiting is told nothing.
 */
final class FlushRequests {

    private final Queue<Request> waiting = new ConcurrentLinkedQueue<>();
    private volatile boolean ended;
    private volatile boolean endedWell;
    private volatile long told;

    private enum State {
        WAITING,
        ANSWERED,
        ABANDONED
    }

    /** A wish, and its answer. */
    static final class Request {

        private final long upTo;
        private final long toldBefore;
        private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
        private final CountDownLatch answered = new CountDownLatch(1);
        private volatile boolean success;

        private Request(long upTo, long toldBefore) {
            this.upTo = upTo;
            this.toldBefore = toldBefore;
        }

        /** Takes the answer upon itself; returns false if nobody waits any more, or it has been given. */
        private boolean claim() {
            return state.compareAndSet(State.WAITING, State.ANSWERED);
        }

        private void answer(boolean newSuccess) {
            success = newSuccess;
            answered.countDown();
        }

        /** Returns whether the answer has been given, and not too late. */
        boolean isAnswered() {
            return state.get() == State.ANSWERED;
        }

        /** Returns the answer; false if there was none in time. */
        boolean succeeded() {
            return isAnswered() && success;
        }

        /** Returns the answer; false if there was none in time, or this thread was interrupted, in which case it stays so. */
        boolean await(long nanos) {
            try {
                if (answered.await(nanos, TimeUnit.NANOSECONDS)) {
                    return success;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                state.compareAndSet(State.WAITING, State.ABANDONED);
                return false;
            }
            if (state.compareAndSet(State.WAITING, State.ABANDONED)) {
                return false;
            }
            while (answered.getCount() > 0) {
                Thread.onSpinWait();
            }
            return success;
        }
    }

    /**
     * Adds a request.
     *
     * @param upTo how many records must have left the queue
     */
    Request add(long upTo) {
        return add(upTo, Long.MAX_VALUE);
    }

    /**
     * Adds a request.
     *
     * @param upTo how many records must have left the queue
     * @param lossesBefore how often something was lost before the first record that the caller wants to know of; a loss since
     *     then is told, whoever else was told of it
     */
    Request add(long upTo, long lossesBefore) {
        Request request = new Request(upTo, Math.min(told, lossesBefore));
        waiting.add(request);
        if (ended && request.claim()) {
            request.answer(endedWell);
        }
        return request;
    }

    /** Returns whether someone waits for no more than has been done. */
    boolean isDue(long removed) {
        Request first = waiting.peek();
        return first != null && first.upTo <= removed;
    }

    /**
     * Answers all that wait for no more than has been done.
     *
     * @param losses how often something that had been accepted was lost; if more often than was told, the answer is no
     */
    void answer(long removed, long losses, boolean flushed) {
        for (Request first = waiting.peek(); first != null && first.upTo <= removed; first = waiting.peek()) {
            waiting.remove();
            if (first.claim()) {
                told = losses;
                first.answer(flushed && losses <= first.toldBefore);
            }
        }
    }

    /** Answers all that wait, and all that will. */
    void end(long losses, boolean closed) {
        endedWell = closed;
        ended = true;
        answer(closed ? Long.MAX_VALUE : -1, losses, closed);
        for (Request left = waiting.poll(); left != null; left = waiting.poll()) {
            if (left.claim()) {
                left.answer(false);
            }
        }
    }
}
