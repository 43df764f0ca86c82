package io.modelmonitor.watch;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The thread that runs the windows of all started watches: a daemon that ends soon after the last of them is closed. */
final class WatchThread {

    private static final long IDLE_SECONDS = 5;
    private static final ScheduledThreadPoolExecutor EXECUTOR = executor();

    private WatchThread() {}

    static ScheduledFuture<?> after(Duration delay, Runnable work) {
        return EXECUTOR.schedule(work, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static ScheduledThreadPoolExecutor executor() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "monitor-watch");
            thread.setDaemon(true);
            // It outlives the application that happens to start the first watch, and must not keep its classes.
            thread.setContextClassLoader(WatchThread.class.getClassLoader());
            return thread;
        });
        executor.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }
}
