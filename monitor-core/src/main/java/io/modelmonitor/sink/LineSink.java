package io.modelmonitor.sink;

import io.modelmonitor.api.CaptureBatch;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.internal.capture.file.CaptureEncoder;
import io.modelmonitor.spi.CaptureSink;

/** Hands over each record as the line that a capture file would have. */
final class LineSink implements CaptureSink {

    private final Sinks.Lines target;

    LineSink(Sinks.Lines target) {
        this.target = target;
    }

    @Override
    public void write(CaptureBatch batch) throws Exception {
        for (CaptureRecord record : batch.records()) {
            target.accept(CaptureEncoder.line(record));
        }
    }
}
