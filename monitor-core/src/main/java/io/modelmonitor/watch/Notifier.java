package io.modelmonitor.watch;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends alerts to the targets of a watch, each whatever becomes of the others. Safe for use by several threads, if the targets are. */
final class Notifier {

    private static final Logger LOGGER = LoggerFactory.getLogger(Notifier.class);

    private final String watch;
    private final List<AlertTarget> targets;
    private final AtomicLong failed = new AtomicLong();

    Notifier(String watch, List<AlertTarget> targets) {
        this.watch = watch;
        this.targets = targets;
    }

    void tell(List<Alert> alerts) {
        for (Alert alert : alerts) {
            for (AlertTarget target : targets) {
                try {
                    target.send(alert);
                } catch (Exception | Error e) { // the code of a user; nothing of it may stop the watch
                    failed.incrementAndGet();
                    LOGGER.warn("Watch {}: a target could not take an alert", watch, e);
                }
            }
        }
    }

    /** Returns how many alerts a target did not take. */
    long failed() {
        return failed.get();
    }

    void close() {
        for (AlertTarget target : targets) {
            try {
                target.close();
            } catch (RuntimeException | Error e) {
                LOGGER.warn("Watch {}: a target could not be closed", watch, e);
            }
        }
    }
}
