package io.modelmonitor;

import java.util.Map;
import java.util.TreeMap;

/**
 * The times of windows of one length, at multiples of it since 1970, by a clock that may be set.
 *
 * <p>A clock that is set ahead ends the open window at once. One that is set back ends it at most one length later; and a window
 * whose time was reported already takes the next time that was not, so that no two windows overlap. Steps back of up to a tenth of
 * the length in all are waited out. Not safe for use by several threads.
 */
final class WindowTimes {

    private static final int MOST_SPANS = 64;

    private final long length;
    private final long tolerance;
    /** The spans of time that windows had, ends by beginnings; neighbours are one. */
    private final TreeMap<Long, Long> taken = new TreeMap<>();

    private long last = Long.MIN_VALUE;
    private long end;
    /** The rest of the open window, in elapsed time. */
    private long left;

    private long waitedOut;
    private long setBack;

    /** @param length in milliseconds, as all times here */
    WindowTimes(long length) {
        this.length = length;
        this.tolerance = length / 10;
    }

    /** Opens the window of a time. */
    void open(long now) {
        see(now);
        long start = Math.floorDiv(now, length) * length;
        Map.Entry<Long, Long> before = taken.floorEntry(start);
        if (before != null && before.getValue() > start) {
            start = before.getValue();
        }
        end = start + length;
        waitedOut = 0;
        left = end - now <= length + tolerance ? end - now : length - Math.floorMod(now, length);
    }

    /** Returns whether the open window is over. */
    boolean isOver(long now) {
        see(now);
        return left <= 0;
    }

    /** Ends the open window, whose time no other can have afterwards. */
    void end() {
        long from = end - length;
        long to = end;
        Map.Entry<Long, Long> before = taken.floorEntry(from);
        if (before != null && before.getValue() >= from) {
            from = before.getKey();
        }
        Long behind = taken.remove(to);
        taken.put(from, behind == null ? to : behind);
        if (taken.size() > MOST_SPANS) {
            taken.pollFirstEntry();
        }
    }

    /** Returns when the window that was opened last began. */
    long startTime() {
        return end - length;
    }

    /** Returns when the window that was opened last ends. */
    long endTime() {
        return end;
    }

    /** Returns how often the clock was set back by more than is waited out. */
    long timesSetBack() {
        return setBack;
    }

    private void see(long now) {
        if (now >= last) {
            left -= last == Long.MIN_VALUE ? 0 : now - last;
        } else if (waitedOut + (last - now) <= tolerance) {
            waitedOut += last - now;
            left += last - now;
        } else {
            setBack++;
        }
        last = now;
    }
}
