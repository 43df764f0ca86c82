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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Gathers lines by folder and hands over an object when one is large enough, and all of them when flushed. */
final class ObjectSink implements CaptureSink {

    private final Sinks.Objects target;
    private final int largest;
    private final Clock clock;
    private final Map<String, Growing> growing = new LinkedHashMap<>();

    private static final class Growing {
        private final String key;
        private final LineBuffer lines = new LineBuffer(1 << 16);
        private final CaptureEncoder encoder = new CaptureEncoder(lines);

        private Growing(String key) {
            this.key = key;
        }
    }

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
        for (CaptureRecord record : batch.records()) {
            Instant time = record.inferenceTime() == null ? clock.instant() : record.inferenceTime();
            String folder = CaptureLayout.folder(batch.endpoint(), batch.variant(), time);
            Growing object = growing.computeIfAbsent(
                    folder, name -> new Growing(name + "/" + CaptureLayout.fileName(time, UUID.randomUUID())));
            object.encoder.write(record);
            if (object.lines.size() >= largest) {
                put(folder, object);
            }
        }
    }

    /** Keeps what cannot be handed over for the next attempt, unless it has grown too large. */
    private void put(String folder, Growing object) throws Exception {
        try {
            target.put(object.key, object.lines.toByteArray());
            growing.remove(folder);
        } catch (Throwable e) { // a target may throw anything
            if (object.lines.size() >= 2L * largest) {
                growing.remove(folder);
            }
            throw e;
        }
    }

    @Override
    public synchronized void flush() throws Exception {
        List<Map.Entry<String, Growing>> all = new ArrayList<>(growing.entrySet());
        Exception first = null;
        for (Map.Entry<String, Growing> entry : all) {
            try {
                put(entry.getKey(), entry.getValue());
            } catch (Throwable e) { // the other objects have to be handed over
                first = first == null ? RetryingSink.exception(e) : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            flush();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("captures could not be handed over: " + e.getMessage(), e);
        }
    }
}
