package io.modelmonitor.sink;

import io.modelmonitor.spi.CaptureSink;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** The sinks that come with the library. */
public final class Sinks {

    private static final int OBJECT_SIZE = 8 << 20;

    private Sinks() {}

    /** Takes a capture line, such as a producer of a broker. */
    @FunctionalInterface
    public interface Lines {

        /**
         * Takes a line.
         *
         * @param line one JSON object, as a line of a capture file has it, without a line feed
         * @throws Exception if it could not be taken
         */
        void accept(String line) throws Exception;
    }

    /** Takes whole objects, such as a bucket of an object store. */
    @FunctionalInterface
    public interface Objects {

        /**
         * Takes an object. Not called twice with the same key, unless the first call threw.
         *
         * @param key the object's name, as a capture file's path below its root
         * @param content JSON Lines in UTF-8
         * @throws Exception if it could not be taken
         */
        void put(String key, byte[] content) throws Exception;
    }

    /**
     * Returns a sink that writes files below a folder, in the managed service's own format and layout.
     *
     * @param folder made when the first record comes
     */
    public static FileSink files(Path folder) {
        return FileSink.of(folder);
    }

    /**
     * Returns a sink that hands over one line for each record:
     *
     * <pre>{@code
     * Sinks.lines(line -> producer.send(new ProducerRecord<>("captures", line)))
     * }</pre>
     */
    public static CaptureSink lines(Lines target) {
        return new LineSink(target);
    }

    /** Returns a sink that hands over objects of about 8 MiB, or smaller ones when flushed, at most one a second. */
    public static CaptureSink objects(Objects target) {
        return objects(target, OBJECT_SIZE);
    }

    /**
     * Returns a sink that hands over objects of a size, or smaller ones when flushed.
     *
     * <p>What it has taken is kept in memory until it is handed over. While an object that has reached the size cannot be, batches
     * of its endpoint, variant and hour are refused. What cannot be handed over at closing either counts as failed.
     *
     * @param bytes at least 1; an object is handed over when it reaches this size
     * @throws IllegalArgumentException if it is below 1
     */
    public static CaptureSink objects(Objects target, int bytes) {
        return new ObjectSink(target, bytes, Clock.systemUTC());
    }

    /**
     * Returns a sink that keeps the latest records in memory.
     *
     * @param most how many, at least 1
     * @throws IllegalArgumentException if it is below 1
     */
    public static MemorySink memory(int most) {
        return new MemorySink(most);
    }

    /**
     * Returns a sink that hands every batch to several others, in their order; one that fails harms no other. A record
     * counts as written when at least one has taken it.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static CaptureSink all(CaptureSink... sinks) {
        return new CompositeSink(List.of(sinks));
    }

    /** Returns a sink that keeps what another one refuses, in memory or in a folder, and tries again later. */
    public static RetryingSink retrying(CaptureSink target) {
        return RetryingSink.of(target);
    }
}
