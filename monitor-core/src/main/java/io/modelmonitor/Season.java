package io.modelmonitor;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** A season of the calendar, by which windows of the same phase are compared with each other only. */
public enum Season {
    /** The hours of a day, from 0 to 23. */
    HOUR_OF_DAY("hour of the day", Duration.ofDays(1)) {
        @Override
        int phase(ZonedDateTime time) {
            return time.getHour();
        }
    },
    /** The days of a week, from Monday 1 to Sunday 7. */
    DAY_OF_WEEK("day of the week", Duration.ofDays(7)) {
        @Override
        int phase(ZonedDateTime time) {
            return time.getDayOfWeek().getValue();
        }
    },
    /** The hours of a week, from 0 in the first of Monday to 167. */
    HOUR_OF_WEEK("hour of the week", Duration.ofDays(7)) {
        @Override
        int phase(ZonedDateTime time) {
            return 24 * (time.getDayOfWeek().getValue() - 1) + time.getHour();
        }
    };

    private final String title;
    private final Duration length;

    Season(String title, Duration length) {
        this.title = title;
        this.length = length;
    }

    abstract int phase(ZonedDateTime time);

    /** Returns whether a window is as long as the season or longer, so that it has rows of every phase; false if its times are unknown. */
    boolean isWithin(Measurement window) {
        Instant start = window.start();
        Instant end = window.end();
        return start != null && end != null && !end.isBefore(start.plus(length));
    }

    /** Returns the phase at a time, in the clock of a zone. */
    public int phase(Instant time, ZoneId zone) {
        return phase(time.atZone(zone));
    }

    /** Returns the name in words, such as {@code hour of the day}. */
    public String title() {
        return title;
    }
}
