package io.modelmonitor.internal.capture;

import io.modelmonitor.api.internal.VisibleText;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Logs what goes wrong at a bounded rate: the first of a kind at once, and then at most one line a minute for each kind, with
 * how many there were since. Never throws, whatever the log or an exception does. Not safe for use by several threads.
 */
public final class WarningLog {

    private static final long BETWEEN_LINES = TimeUnit.MINUTES.toNanos(1);
    private static final int LONGEST = 200;

    private final String subject;
    private final boolean confidential;
    private final LongSupplier nanoTime;
    private final Consumer<String> log;
    private final Map<String, Told> kinds = new HashMap<>();

    private static final class Told {
        private long total;
        private long at;
        private boolean ever;
    }

    /**
     * @param subject what the lines begin with
     * @param confidential whether messages of exceptions may hold what nobody else may read, and are left out
     * @param nanoTime the time, as {@link System#nanoTime} has it
     * @param log receives each line
     */
    public WarningLog(String subject, boolean confidential, LongSupplier nanoTime, Consumer<String> log) {
        this.subject = subject;
        this.confidential = confidential;
        this.nanoTime = nanoTime;
        this.log = log;
    }

    /**
     * Logs a kind of trouble if there is more of it and a line is due.
     *
     * @param total how often there was such trouble until now
     * @param because the last cause, if it is known
     */
    public void tell(String kind, long total, @Nullable Throwable because) {
        try {
            Told told = kinds.computeIfAbsent(kind, unused -> new Told());
            long now = nanoTime.getAsLong();
            if (total <= told.total || (told.ever && now - told.at < BETWEEN_LINES)) {
                return;
            }
            long more = total - told.total;
            told.total = total;
            told.at = now;
            told.ever = true;
            log.accept(subject + ": " + kind + ", " + more + (because == null ? "" : ": " + what(because)));
        } catch (Throwable e) { // a log may throw anything, and capturing goes on
            return;
        }
    }

    private String what(Throwable because) {
        return confidential ? because.getClass().getName() : described(because);
    }

    /** Returns an exception in one line; never throws, whatever the exception does. */
    public static String described(Throwable because) {
        String name = because.getClass().getName();
        try {
            return VisibleText.cut(String.valueOf(because).replaceAll("\\p{Cntrl}", " "), LONGEST);
        } catch (Throwable e) { // an exception of the application may throw, too
            return name;
        }
    }
}
