package io.modelmonitor.watch;

/** A place that alerts go to. One that throws is logged and counted, and keeps no other from being told. */
@FunctionalInterface
public interface AlertTarget extends AutoCloseable {

    /**
     * Takes an alert. Called by the thread that runs windows, which a slow target delays.
     *
     * @throws Exception if it cannot be taken
     */
    void send(Alert alert) throws Exception;

    /** Ends the target, with its watch. */
    @Override
    default void close() {}
}
