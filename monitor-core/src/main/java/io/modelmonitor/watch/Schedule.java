package io.modelmonitor.watch;

import io.modelmonitor.internal.Arguments;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The times at which windows end and are judged. Without offsets, the window of a time reaches back to the time before, so that
 * windows tile time: none is lost and none counted twice, also where a zone's clocks are put forward or back.
 *
 * <p>Times are instants; a zone's wall clock only decides where they lie. A daily time that a clock skips is the first instant after the
 * gap, one that comes twice counts once, the first time; every hour, or finer, follows the time that passes, so that a day may have 23 or
 * 25 hours. Zone UTC unless another is given.
 *
 * <p>Immutable and safe for use by several threads. A time is found in microseconds; of a cron expression that is rarely met, such
 * as the 29th of February, in a millisecond.
 */
public final class Schedule {

    private static final Duration SHORTEST = Duration.ofMinutes(1);

    private final Boundaries boundaries;

    private Schedule(Boundaries boundaries) {
        this.boundaries = boundaries;
    }

    /** Returns the hours of the clock in UTC. */
    public static Schedule hourly() {
        return every(Duration.ofHours(1));
    }

    /** Returns the midnights of UTC. */
    public static Schedule daily() {
        return every(Duration.ofDays(1));
    }

    /**
     * Returns every so many hours from midnight in UTC, and midnight again: with 10, it is 00, 10, 20 and 00 o'clock.
     *
     * @param hours from 1 to 24
     */
    public static Schedule everyHours(int hours) {
        Arguments.check(hours >= 1 && hours <= 24, "hours", hours, "1 to 24; the nearest is " + (hours < 1 ? 1 : 24));
        return cron("0 */" + hours + " * * *");
    }

    /**
     * Returns the multiples of a length since 1970 in UTC.
     *
     * @param length whole seconds, at least a minute
     */
    public static Schedule every(Duration length) {
        Arguments.check(length.compareTo(SHORTEST) >= 0, "length", length, "at least " + SHORTEST);
        Arguments.check(
                length.equals(Duration.ofSeconds(length.toSeconds())),
                "length",
                length,
                "whole seconds, such as " + Duration.ofSeconds(length.toSeconds()));
        return new Schedule(new Boundaries.Regular(length));
    }

    /**
     * Returns the times of a cron expression in UTC: the managed service's {@code cron(0 * ? * * *)}, {@code cron(0 6 ? * * *)} and
     * {@code cron(0 17/2 ? * * *)}, the hours 17, 19, 21 and 23 of each day, or five fields: minute, hour, day of month, month
     * and day of week, with lists, ranges, steps and English names of three letters.
     *
     * @throws IllegalArgumentException if it is none; the message is one line and names what is wrong and what is allowed
     */
    public static Schedule cron(String expression) {
        if (expression.strip().equals("NOW")) {
            throw new IllegalArgumentException(
                    "cron is 'NOW', which says no window; allowed is Schedule.once(from, to) in its place");
        }
        return cron(expression, ZoneOffset.UTC);
    }

    /**
     * Returns the times of a cron expression of five fields by the clocks of a zone.
     *
     * @throws IllegalArgumentException as {@link #cron(String)} does, and for the managed service's grammar, which is of UTC
     */
    public static Schedule cron(String expression, ZoneId zone) {
        return new Schedule(Cron.parse(expression, zone));
    }

    /**
     * Returns the end of one window: the managed service's {@code NOW}.
     *
     * @throws IllegalArgumentException if it does not end after it begins
     */
    public static Schedule once(Instant from, Instant to) {
        return new Schedule(new Boundaries.Once(new Window(from, to)));
    }

    /** Returns the first time later than an instant; null if there is none. */
    public @Nullable Instant next(Instant after) {
        return boundaries.after(Objects.requireNonNull(after, "after"));
    }

    /** Returns the last time earlier than an instant; null if there is none. */
    public @Nullable Instant previous(Instant before) {
        return boundaries.before(Objects.requireNonNull(before, "before"));
    }

    /**
     * Returns the window that ends at a time of this schedule.
     *
     * @throws IllegalArgumentException if it is no time of this schedule; the message names the next one
     */
    public Window window(Instant time) {
        Instant start = previous(time);
        Instant end = start == null ? null : next(start);
        if (start == null || !time.equals(end)) {
            throw new IllegalArgumentException(
                    "time is " + time + ", at which nothing is scheduled; the nearest after it is " + next(time));
        }
        return new Window(start, time);
    }

    boolean isOnce() {
        return boundaries instanceof Boundaries.Once;
    }

    /** Returns the time from the time before to a time. */
    Duration length(Instant time) {
        return window(time).length();
    }

    @Override
    public String toString() {
        return boundaries.toString();
    }
}
