package io.modelmonitor;

/** Something to do when the JVM ends, unless it was done before. Safe for use by several threads. */
final class AtExit {

    private final Thread hook;

    AtExit(Runnable action) {
        this.hook = new Thread(action, "closing-capture");
        hook.setContextClassLoader(null);
    }

    /** Asks for it; the JVM holds the action until it is done or removed. Does nothing when the JVM is ending already. */
    void add() {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            return;
        }
    }

    /** Takes it back, if it was asked for and has not begun. */
    void remove() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return;
        }
    }

    /** Returns what the JVM runs. */
    Thread hook() {
        return hook;
    }
}
