package io.modelmonitor.watch;

/** A place that alerts go to. One that throws is logged and counted, and keeps no other from being told. */
@FunctionalInterface
public interface AlertTarget extends AutoCloseable {

    /**
     * Takes an alert. Called by the thread that runs windows, which a slow target delays. An alert comes once, and once more where
     * a process ended while it told it; {@link Alert#id} is the same then.
     *
     * @throws Exception if it cannot be taken
     */
    void send(Alert alert) throws Exception;

    /** Ends the target, with its watch. */
    @Override
    default void close() {}
}
