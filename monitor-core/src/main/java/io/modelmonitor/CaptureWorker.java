package io.modelmonitor;

import io.modelmonitor.internal.capture.WorkerGroup;

/**
 * A thread that several captures share, for an application with many of them; see {@link DataCaptureBuilder#worker}.
 *
 * <p>Each capture keeps its own queue, order, counts, sink, flush and close. They are served in turn, at most 512 records each time.
 * A sink that throws concerns its own capture only. One that holds the thread for a second or two keeps it to itself until that
 * capture is closed, and the others go on with a new thread: each capture can hold up the others for so long, once, and never needs
 * more than the one thread that it would have alone. A second thread looks for that, once a second. Both are daemons, begin with the
 * first capture and end with the last; while all are idle, they wake once a second, and flush the sinks. Safe for use by several
 * threads.
 */
public final class CaptureWorker {

    private final WorkerGroup group;

    private CaptureWorker(WorkerGroup group) {
        this.group = group;
    }

    /**
     * Returns a worker without captures.
     *
     * @param name the name of the thread
     * @throws IllegalArgumentException if it is blank
     */
    public static CaptureWorker named(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name of a worker is '" + name + "'; it must not be blank");
        }
        return new CaptureWorker(new WorkerGroup(name));
    }

    WorkerGroup group() {
        return group;
    }
}
