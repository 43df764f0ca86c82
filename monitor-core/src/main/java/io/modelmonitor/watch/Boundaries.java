package io.modelmonitor.watch;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A strictly ascending sequence of instants. */
interface Boundaries {

    /** Returns the first one later than an instant; null if there is none. */
    @Nullable
    Instant after(Instant instant);

    /** Returns the last one earlier than an instant; null if there is none. */
    @Nullable
    Instant before(Instant instant);

    /** Multiples of a length since 1970 in UTC. */
    record Regular(Duration length) implements Boundaries {

        @Override
        public Instant after(Instant instant) {
            return Instant.ofEpochSecond(
                    (Math.floorDiv(instant.getEpochSecond(), length.toSeconds()) + 1) * length.toSeconds());
        }

        @Override
        public Instant before(Instant instant) {
            long last = Math.floorDiv(instant.getEpochSecond(), length.toSeconds()) * length.toSeconds();
            Instant found = Instant.ofEpochSecond(last);
            return found.isBefore(instant) ? found : Instant.ofEpochSecond(last - length.toSeconds());
        }

        @Override
        public String toString() {
            return "every " + length;
        }
    }

    /** The end of one window. */
    record Once(Window window) implements Boundaries {

        @Override
        public @Nullable Instant after(Instant instant) {
            return instant.isBefore(window.end()) ? window.end() : null;
        }

        @Override
        public @Nullable Instant before(Instant instant) {
            return instant.isAfter(window.end())
                    ? window.end()
                    : instant.isAfter(window.start()) ? window.start() : null;
        }

        @Override
        public String toString() {
            return "once, " + window;
        }
    }
}
