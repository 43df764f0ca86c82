package io.modelmonitor.watch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The status of a watch from a moment on: in alert as long as any change lasts that was told to begin.
 *
 * @param since the end of the window that changed it
 * @param isInAlert whether it was in alert from then on
 */
public record AlertStatus(Instant since, boolean isInAlert) {

    /** Returns the changes of status that alerts make, newest first. */
    static List<AlertStatus> of(List<Alert> oldestFirst) {
        List<AlertStatus> history = new ArrayList<>();
        Set<String> open = new HashSet<>();
        for (Alert alert : oldestFirst) {
            boolean was = !open.isEmpty();
            if (alert.kind() == Alert.Kind.ENDED) {
                open.remove(alert.constraint().toString());
            } else {
                open.add(alert.constraint().toString());
            }
            if (was == open.isEmpty()) {
                int last = history.size() - 1;
                if (last >= 0 && history.get(last).since().equals(alert.window().end())) {
                    history.remove(last); // one ended and another began with the same window
                } else {
                    history.add(new AlertStatus(alert.window().end(), !was));
                }
            }
        }
        Collections.reverse(history);
        return history;
    }

    /** Returns the managed service's word, {@code InAlert} or {@code OK}, and when it began. */
    @Override
    public String toString() {
        return (isInAlert ? "InAlert" : "OK") + " since " + since;
    }
}
