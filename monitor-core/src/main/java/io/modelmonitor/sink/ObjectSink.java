package io.modelmonitor.sink;

import io.modelmonitor.api.CaptureBatch;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.capture.CaptureLayout;
import io.modelmonitor.internal.capture.file.CaptureEncoder;
import io.modelmonitor.spi.CaptureSink;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Gathers lines by folder and hands over an object when one is large enough, and all of them when flushed. What was taken is
 * kept until it is handed over: while an object that is large enough cannot be, its folder takes nothing more, so that memory
 * is bounded.
 */
final class ObjectSink implements CaptureSink {

    private final Sinks.Objects target;
    private final int largest;
    private final Clock clock;
    private final Map<String, Growing> growing = new LinkedHashMap<>();
    private final LineBuffer encoded = new LineBuffer(1 << 16);
    private final CaptureEncoder encoder = new CaptureEncoder(encoded);

    private static final class Growing {
        private final String key;
        private final LineBuffer lines = new LineBuffer(1 << 16);
        private long records;

        private Growing(String key) {
            this.key = key;
        }
    }

    /** A line of a batch, from one place among the encoded bytes to another. */
    private record Line(String folder, Instant time, int from, int to) {}

    ObjectSink(Sinks.Objects target, int largest, Clock clock) {
        if (largest < 1) {
            throw new IllegalArgumentException("an object has " + largest + " bytes; it must have at least 1");
        }
        this.target = target;
        this.largest = largest;
        this.clock = clock;
    }

    @Override
    public synchronized void write(CaptureBatch batch) throws Exception {
        List<Line> lines = encoded(batch);
        Set<String> held = new HashSet<>();
        for (Line line : lines) {
            Growing object = growing.get(line.folder);
            if (object != null && object.lines.size() >= largest) {
                put(line.folder, object);
            }
        }
        // From here on the batch is taken: what cannot be handed over is kept, and the next write or flush tells.
        for (Line line : lines) {
            Growing object = taken(line);
            if (object.lines.size() >= largest && !held.contains(line.folder)) {
                try {
                    put(line.folder, object);
                } catch (Throwable e) { // a target may throw anything
                    held.add(line.folder);
                }
            }
        }
    }

    private List<Line> encoded(CaptureBatch batch) throws IOException {
        encoded.reset();
        List<Line> lines = new ArrayList<>(batch.records().size());
        for (CaptureRecord record : batch.records()) {
            Instant time = record.inferenceTime() == null ? clock.instant() : record.inferenceTime();
            int from = encoded.size();
            encoder.write(record);
            String folder = CaptureLayout.folder(batch.endpoint(), batch.variant(), time);
            lines.add(new Line(folder, time, from, encoded.size()));
        }
        return lines;
    }

    private Growing taken(Line line) {
        Growing object = growing.computeIfAbsent(
                line.folder, name -> new Growing(name + "/" + CaptureLayout.fileName(line.time, UUID.randomUUID())));
        object.lines.write(encoded.bytes(), line.from, line.to - line.from);
        object.records++;
        return object;
    }

    private void put(String folder, Growing object) throws Exception {
        target.put(object.key, object.lines.toByteArray());
        growing.remove(folder);
    }

    @Override
    public synchronized void flush() throws Exception {
        Exception first = putAll();
        if (first != null) {
            throw first;
        }
    }

    /** Hands over whatever can be; returns why something could not. */
    private @Nullable Exception putAll() {
        Exception first = null;
        for (Map.Entry<String, Growing> entry : List.copyOf(growing.entrySet())) {
            try {
                put(entry.getKey(), entry.getValue());
            } catch (Throwable e) { // the other objects have to be handed over
                first = first == null ? RetryingSink.exception(e) : first;
            }
        }
        return first;
    }

    @Override
    public synchronized void close() throws IOException {
        Exception first = putAll();
        if (first != null) {
            long lost = growing.values().stream()
                    .mapToLong(object -> object.records)
                    .sum();
            growing.clear();
            LostException gone =
                    new LostException(lost + " records could not be handed over: " + first.getMessage(), lost);
            gone.initCause(first);
            throw gone;
        }
    }
}
