package io.modelmonitor.internal.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Pending calls of flush. Requests come from any thread, answers from the worker. A loss is reported once: to all callers who
 * wait then, or else to the next caller; and to each caller whose record was accepted before it, at its first flush since.
 * A caller that has stopped waiting gets no answer.
 */
final class FlushRequests {

    private final Queue<Request> waiting = new ConcurrentLinkedQueue<>();
    private final List<Request> taken = new ArrayList<>();
    private volatile boolean ended;
    private volatile boolean endedWell;
    private volatile long told;

    private enum State {
        WAITING,
        ANSWERED,
        ABANDONED
    }

    /** The result of a flush. */
    enum Answer {
        /** All is where the sink keeps it. */
        SAFE,
        /** Something was lost. */
        LOST,
        /** It took too long, or the caller was interrupted. */
        NONE
    }

    /** A wish, and its answer. */
    static final class Request {

        private final long upTo;
        private final long toldBefore;
        private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
        private final CountDownLatch answered = new CountDownLatch(1);
        private boolean success;

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

        /** Returns whether the answer came in time and is yes. */
        boolean await(long nanos) {
            return answer(nanos) == Answer.SAFE;
        }

        /** Waits for the answer; there is none if this thread is interrupted, in which case it stays so. */
        Answer answer(long nanos) {
            try {
                if (answered.await(nanos, TimeUnit.NANOSECONDS)) {
                    return success ? Answer.SAFE : Answer.LOST;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                state.compareAndSet(State.WAITING, State.ABANDONED);
                return Answer.NONE;
            }
            if (state.compareAndSet(State.WAITING, State.ABANDONED)) {
                return Answer.NONE;
            }
            while (answered.getCount() > 0) {
                Thread.onSpinWait();
            }
            return success ? Answer.SAFE : Answer.LOST;
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

    /**
     * Takes those that wait for no more than has been done, before the sink is flushed for them: who asks while it is flushed is
     * not answered by what happened before. Called by the worker.
     *
     * @return whether there are any
     */
    boolean takeDue(long removed) {
        for (Request first = waiting.peek(); first != null && first.upTo <= removed; first = waiting.peek()) {
            taken.add(waiting.remove());
        }
        return !taken.isEmpty();
    }

    /**
     * Answers those that were taken. Called by the worker.
     *
     * @param losses how often something that had been accepted was lost; if more often than was told, the answer is no
     */
    void answer(long losses, boolean flushed) {
        for (Request request : taken) {
            if (request.claim()) {
                told = losses;
                request.answer(flushed && losses <= request.toldBefore);
            }
        }
        taken.clear();
    }

    /** Answers all that wait, and all that will. */
    void end(long losses, boolean closed) {
        endedWell = closed;
        ended = true;
        takeDue(closed ? Long.MAX_VALUE : -1);
        answer(losses, closed);
        for (Request left = waiting.poll(); left != null; left = waiting.poll()) {
            if (left.claim()) {
                left.answer(false);
            }
        }
    }
}
