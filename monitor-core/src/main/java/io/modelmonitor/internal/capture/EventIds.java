package io.modelmonitor.internal.capture;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Identifiers that sort by the time they were made: 48 bits of milliseconds and 74 random bits (RFC 9562, version 7).
 *
 * <p>The random bits come from the thread's own generator, which takes no lock, xored with a number
 * drawn once from the system's source, so that two processes differ even if their generators started alike. They are
 * unique, not secret.
 */
final class EventIds {

    private static final long OF_THIS_PROCESS = new SecureRandom().nextLong();

    private EventIds() {}

    static UUID next(long epochMilli) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = epochMilli << 16 | 0x7000L | random.nextInt(1 << 12);
        long low = (random.nextLong() ^ OF_THIS_PROCESS) >>> 2 | Long.MIN_VALUE;
        return new UUID(high, low);
    }
}
