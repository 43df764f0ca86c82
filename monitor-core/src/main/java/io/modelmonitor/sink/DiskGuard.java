package io.modelmonitor.sink;

import io.modelmonitor.spi.CaptureSink;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps captures from filling a volume: above one share of use they pause, below another they go on. The volume is looked
 * at once a second. Not safe for use by several threads.
 */
final class DiskGuard {

    /** Tells how much of a volume is in use, from 0 to 1. */
    @FunctionalInterface
    interface Usage {
        double share() throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(DiskGuard.class);
    private static final long BETWEEN_LOOKS_MILLIS = 1000;

    private final Usage usage;
    private final double pauseAbove;
    private final double resumeBelow;
    private boolean paused;
    private boolean looked;
    private long lookedAt;

    private DiskGuard(Usage usage, double pauseAbove, double resumeBelow) {
        this.usage = usage;
        this.pauseAbove = pauseAbove;
        this.resumeBelow = resumeBelow;
    }

    static DiskGuard of(Path root, double pauseAbove, double resumeBelow) {
        return of(() -> used(root), pauseAbove, resumeBelow);
    }

    static DiskGuard of(Usage usage, double pauseAbove, double resumeBelow) {
        if (!(resumeBelow >= 0 && resumeBelow <= pauseAbove && pauseAbove <= 1)) {
            throw new IllegalArgumentException("disk guard pauses above " + pauseAbove + " and resumes below "
                    + resumeBelow + "; both must lie between 0 and 1, and the second not above the first");
        }
        return new DiskGuard(usage, pauseAbove, resumeBelow);
    }

    /**
     * Lets pass or refuses.
     *
     * @param now milliseconds since the epoch
     */
    void check(long now) throws IOException {
        if (!looked || Math.abs(now - lookedAt) >= BETWEEN_LOOKS_MILLIS) {
            looked = true;
            lookedAt = now;
            look();
        }
        if (paused) {
            throw new CaptureSink.PausedException(
                    "the volume is more than " + Math.round(100 * resumeBelow) + " % full; capture has paused");
        }
    }

    private void look() throws IOException {
        double share = usage.share();
        if (!paused && share > pauseAbove) {
            paused = true;
            LOG.warn(
                    "capture pauses: the volume is {} % full, more than {} %",
                    Math.round(100 * share), Math.round(100 * pauseAbove));
        } else if (paused && share < resumeBelow) {
            paused = false;
            LOG.info("capture goes on: the volume is {} % full", Math.round(100 * share));
        }
    }

    private static double used(Path root) throws IOException {
        Path there = root.toAbsolutePath();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        FileStore store = Files.getFileStore(there);
        long total = store.getTotalSpace();
        return total <= 0 ? 0 : 1 - (double) store.getUsableSpace() / total;
    }
}
