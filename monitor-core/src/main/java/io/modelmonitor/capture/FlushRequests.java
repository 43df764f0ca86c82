package io.modelmonitor.capture;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Who waits for the worker to flush. Requests come from any thread, answers from the worker. */
final class FlushRequests {

    private final Queue<Request> waiting = new ConcurrentLinkedQueue<>();
    private volatile boolean ended;
    private volatile boolean endedWell;

    /** A wish, and its answer. */
    static final class Request {

        private final long upTo;
        private final long failedBefore;
        private final CountDownLatch answered = new CountDownLatch(1);
        private boolean success;

        private Request(long upTo, long failedBefore) {
            this.upTo = upTo;
            this.failedBefore = failedBefore;
        }

        private void answer(boolean newSuccess) {
            success = newSuccess;
            answered.countDown();
        }

        /** Returns the answer; false if there was none in time, or this thread was interrupted, in which case it stays so. */
        boolean await(long nanos) {
            try {
                return answered.await(nanos, TimeUnit.NANOSECONDS) && success;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    /**
     * Adds a request.
     *
     * @param upTo how many records must have left the queue
     * @param failedBefore how many records had failed before; one more, and the answer is no
     */
    Request add(long upTo, long failedBefore) {
        Request request = new Request(upTo, failedBefore);
        waiting.add(request);
        if (ended) {
            request.answer(endedWell);
        }
        return request;
    }

    /** Returns whether someone waits for no more than has been done. */
    boolean isDue(long removed) {
        Request first = waiting.peek();
        return first != null && first.upTo <= removed;
    }

    /** Answers all that wait for no more than has been done. */
    void answer(long removed, long failed, boolean flushed) {
        for (Request first = waiting.peek(); first != null && first.upTo <= removed; first = waiting.peek()) {
            first.answer(flushed && failed == first.failedBefore);
            waiting.remove();
        }
    }

    /** Answers all that wait, and all that will. */
    void end(long failed, boolean closed) {
        endedWell = closed;
        ended = true;
        answer(closed ? Long.MAX_VALUE : -1, failed, closed);
        for (Request left = waiting.poll(); left != null; left = waiting.poll()) {
            left.answer(false);
        }
    }
}
