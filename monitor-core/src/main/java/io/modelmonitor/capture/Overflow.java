package io.modelmonitor.capture;

/** Which record goes when the queue of a capture is full. It is counted as dropped. */
public enum Overflow {
    /** The one that just came: what waits stays. */
    DROP_NEWEST,
    /** The one that has waited longest: what is written is as recent as can be. */
    DROP_OLDEST
}
