package io.modelmonitor.watch;

import io.modelmonitor.api.Constraint;
import io.modelmonitor.internal.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells targets of changes when their policies say so, and remembers which of them were told. Not safe for use by several threads. */
final class Deliveries {

    private static final Logger LOGGER = LoggerFactory.getLogger(Deliveries.class);

    private final List<Group> groups = new ArrayList<>();

    /**
     * Targets that are told by one policy.
     *
     * @param known the ids of the alerts that they were told last of changes that they were not told the end of, by constraint
     */
    private record Group(AlertPolicy policy, Notifier notifier, Map<String, String> known) {}

    /** Targets under a policy, as they are configured. */
    record Targets(AlertPolicy policy, List<AlertTarget> targets) {}

    Deliveries(String watch, List<Targets> targets) {
        targets.forEach(
                one -> groups.add(new Group(one.policy(), new Notifier(watch, one.targets()), new LinkedHashMap<>())));
    }

    /** Tells the targets what their policies say by now; returns whether there was anything. */
    boolean tell(List<Change> changes, Instant now) {
        boolean isTold = false;
        for (Group group : groups) {
            List<Alert> alerts = new ArrayList<>();
            for (Change change : changes) {
                Alert alert = due(group, change, now);
                if (alert != null) {
                    alerts.add(alert);
                }
            }
            for (Alert alert : alerts) {
                List<Constraint> others = alerts.stream()
                        .filter(other -> other.kind() == alert.kind()
                                && !other.constraint().equals(alert.constraint()))
                        .map(Alert::constraint)
                        .toList();
                group.notifier.tell(List.of(alert.as(alert.kind(), others)));
            }
            isTold |= !alerts.isEmpty();
        }
        return isTold;
    }

    /** Returns the news of a change for a group, and marks it as told; null if there is none. */
    private static @Nullable Alert due(Group group, Change change, Instant now) {
        String key = change.constraint().toString();
        Alert alert = change.alert();
        String known = group.known.get(key);
        if (change.isOver()) {
            if (known == null || !tells(group.policy, new Change(alert, change.excess(), false), now)) {
                return null;
            }
            group.known.remove(key);
            return alert;
        }
        boolean isKnown = alert.id().equals(known) || (known != null && change.isAcknowledged());
        if (isKnown || !tells(group.policy, change, now)) {
            return null;
        }
        group.known.put(key, alert.id());
        // If a change ended and began again while its policy told nothing, it has lasted for the targets that were told
        // of the first.
        return known == null ? alert.as(Alert.Kind.BEGAN, List.of()) : alert.kind() == Alert.Kind.GREW ? alert : null;
    }

    private static boolean tells(AlertPolicy policy, Change change, Instant now) {
        try {
            return policy.tells(change, now);
        } catch (RuntimeException | Error e) { // the code of a user
            LOGGER.warn("A policy of alerts failed; its targets are told", e);
            return true;
        }
    }

    boolean isEmpty() {
        return groups.isEmpty();
    }

    long failed() {
        return groups.stream().mapToLong(group -> group.notifier.failed()).sum();
    }

    void close() {
        groups.forEach(group -> group.notifier.close());
    }

    /** Returns what has to be remembered. */
    List<Object> tree() {
        return groups.stream()
                .map(group -> (Object) new LinkedHashMap<String, @Nullable Object>(group.known))
                .toList();
    }

    /** Continues from what was remembered; targets that were not there then know nothing. */
    void restore(@Nullable Object tree) {
        List<@Nullable Object> all = tree == null ? List.of() : Json.array(tree);
        for (int i = 0; i < groups.size(); i++) {
            Map<String, String> known = groups.get(i).known;
            known.clear();
            if (i < all.size()) {
                Json.object(all.get(i)).forEach((key, id) -> known.put(key, String.valueOf(id)));
            }
        }
    }
}
