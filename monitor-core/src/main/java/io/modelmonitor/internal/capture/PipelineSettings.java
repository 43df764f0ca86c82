package io.modelmonitor.internal.capture;

import io.modelmonitor.capture.Overflow;
import io.modelmonitor.spi.CaptureSink;
import java.time.Clock;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * The settings of a pipeline.
 *
 * @param endpoint the name of what serves the model: letters, digits, {@code .}, {@code _} and {@code -}, the first a
 *     letter or a digit, at most 128 characters
 * @param variant the name of the model's variant, of the same form
 * @param capacity how many records may wait, at least 1
 * @param overflow which record goes when the queue is full
 * @param largestPayload the most bytes that one side of a request may have, at least 1
 * @param inputs how inputs are written
 * @param outputs how outputs are written
 * @param metadata what becomes of inference ids and attributes
 * @param sink where records go
 * @param clock gives the time of a request
 * @param shutdownTimeout how long closing may take
 */
public record PipelineSettings(
        String endpoint,
        String variant,
        int capacity,
        Overflow overflow,
        long largestPayload,
        PayloadFormat inputs,
        PayloadFormat outputs,
        PrivateMetadata metadata,
        CaptureSink sink,
        Clock clock,
        Duration shutdownTimeout) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final int MOST_CAPACITY = 1 << 26;

    /**
     * Creates settings.
     *
     * @throws IllegalArgumentException if one of them is not allowed
     */
    public PipelineSettings {
        requireName("endpoint", endpoint);
        requireName("variant", variant);
        if (capacity < 1 || capacity > MOST_CAPACITY) {
            throw new IllegalArgumentException(
                    "capacity is " + capacity + "; a queue may hold from 1 to " + MOST_CAPACITY + " records");
        }
        if (largestPayload < 1) {
            throw new IllegalArgumentException("largest payload is " + largestPayload + "; it must be at least 1 byte");
        }
        if (shutdownTimeout.isNegative()) {
            throw new IllegalArgumentException("closing within " + shutdownTimeout + "; it must not be negative");
        }
    }

    /** Returns whether anything is protected, so that messages of exceptions may hold protected values. */
    boolean isPrivate() {
        return inputs.isPrivate() || outputs.isPrivate() || metadata.isPrivate();
    }

    private static void requireName(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(what + " is '" + name.replaceAll("\\p{Cntrl}", "?")
                    + "'; a name has 1 to 128 letters, digits, '.', '_' and '-', and begins with a letter or a digit");
        }
    }
}
