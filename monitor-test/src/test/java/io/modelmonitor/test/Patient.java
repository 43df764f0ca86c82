package io.modelmonitor.test;

import io.modelmonitor.api.CaptureBatch;
import io.modelmonitor.spi.CaptureSink;
import java.io.IOException;

/** Flushes until it works, as an application does that wants to be sure. */
final class Patient implements CaptureSink {

    private static final int MOST_TRIES = 50;

    private final CaptureSink sink;

    Patient(CaptureSink sink) {
        this.sink = sink;
    }

    @Override
    public void write(CaptureBatch batch) throws Exception {
        sink.write(batch);
    }

    @Override
    public void flush() throws Exception {
        for (int i = 1; i < MOST_TRIES; i++) {
            try {
                sink.flush();
                return;
            } catch (IOException e) {
                if (!e.getMessage().contains("the sink is away")) {
                    throw e;
                }
            }
        }
        sink.flush();
    }

    @Override
    public void close() throws IOException {
        try {
            flush();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
        sink.close();
    }
}
