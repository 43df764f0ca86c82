package io.modelmonitor.test;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** A clock on which an hour passes from one look to the next, so that whatever waits for a time is due. */
final class LeapingClock extends Clock {

    private final AtomicLong hours = new AtomicLong(500_000);

    @Override
    public Instant instant() {
        return Instant.ofEpochSecond(3600 * hours.incrementAndGet());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
