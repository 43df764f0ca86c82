package io.modelmonitor.watch;

import io.modelmonitor.internal.Arguments;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Objects;

/**
 * A rule on when a target is told of a change; given to {@link WatchBuilder#alertingWhen}, and combined by {@link #and}, {@link
 * #or} and {@link #negate}.
 *
 * <pre>{@code
 * AlertPolicy night = AlertPolicy.quiet(LocalTime.of(22, 0), LocalTime.of(6, 0), zone);
 * watch.alertingWhen(night, Alerts.slf4j())                                             // in the morning, if it still lasts
 *     .alertingWhen(AlertPolicy.outsideBy(0.1), Alerts.webhook(pager))                  // what is severe, at once
 *     .alertingWhen(AlertPolicy.lasting(Duration.ofHours(4)).and(AlertPolicy.unacknowledged()), Alerts.webhook(boss));
 * }</pre>
 *
 * <p>It is asked after each window and whenever a watch looks for windows that are due, of each change that lasts and that the target was not
 * told of; then the target is told that it began. Later it is asked again before the target is told that the change grew, and that it
 * ended. What ends before its target was told is not told at all. Which targets were told is part of what a watch remembers. Should be pure, and
 * is called by the thread that runs windows; if it throws, the target is told.
 */
@FunctionalInterface
public interface AlertPolicy {

    /**
     * Returns whether to tell.
     *
     * @param change the change; one that has ended counts as not acknowledged
     * @param now the present time
     */
    boolean tells(Change change, Instant now);

    /** Returns the policy that tells at once. */
    static AlertPolicy always() {
        return (change, now) -> true;
    }

    /**
     * Returns the policy that tells nothing at some hours of the day: what is found then is told afterwards, if it lasts.
     *
     * @param from the first quiet moment of a day
     * @param to the first moment that is not quiet; before {@code from} if midnight lies in between
     * @throws IllegalArgumentException if both are equal
     */
    static AlertPolicy quiet(LocalTime from, LocalTime to, ZoneId zone) {
        Arguments.check(!from.equals(to), "to", to, "another time than " + from);
        Objects.requireNonNull(zone, "zone");
        return (change, now) -> {
            LocalTime time = now.atZone(zone).toLocalTime();
            boolean isAfter = !time.isBefore(from);
            boolean isBefore = time.isBefore(to);
            return !(from.isBefore(to) ? isAfter && isBefore : isAfter || isBefore);
        };
    }

    /** Returns the policy that tells what has lasted for a time, since it is taken to have begun. */
    static AlertPolicy lasting(Duration time) {
        Arguments.check(!time.isNegative(), "time", time, "at least PT0S, such as PT4H");
        return (change, now) -> !now.isBefore(change.since().plus(time));
    }

    /**
     * Returns the policy that tells what is severe: of which the value is, or was when it began or grew, outside its bound by so much.
     *
     * @param distance in the units of the metric, at least 0
     */
    static AlertPolicy outsideBy(double distance) {
        Arguments.check(distance >= 0, "distance", distance, "at least 0, such as 0.1");
        return (change, now) -> change.excess() >= distance;
    }

    /** Returns the policy that tells what nobody has {@linkplain Watch#acknowledge acknowledged}. */
    static AlertPolicy unacknowledged() {
        return (change, now) -> !change.isAcknowledged();
    }

    /** Returns the policy that tells what both tell. */
    default AlertPolicy and(AlertPolicy other) {
        Objects.requireNonNull(other, "other");
        return (change, now) -> tells(change, now) && other.tells(change, now);
    }

    /** Returns the policy that tells what either tells. */
    default AlertPolicy or(AlertPolicy other) {
        Objects.requireNonNull(other, "other");
        return (change, now) -> tells(change, now) || other.tells(change, now);
    }

    /** Returns the policy that tells what this one does not. */
    default AlertPolicy negate() {
        return (change, now) -> !tells(change, now);
    }
}
