package io.modelmonitor;

import io.modelmonitor.api.CaptureRecord;
import java.util.List;

/** Deals requests out to windows, and has them reported when they are over. Not safe for use by several threads. */
interface LiveWindows {

    /** Takes requests, after windows that are over have ended. */
    void add(List<CaptureRecord> records, long now);

    /** Ends the windows that are over. */
    void endIfDue(long now);

    /** Ends, or saves, what there is of windows that are open. */
    void close();

    /** Returns how many requests came after their window had ended. */
    default long late() {
        return 0;
    }
}
