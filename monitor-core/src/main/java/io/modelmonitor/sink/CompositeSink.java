package io.modelmonitor.sink;

import io.modelmonitor.api.CaptureBatch;
import io.modelmonitor.internal.capture.WarningLog;
import io.modelmonitor.spi.CaptureSink;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands every batch to several sinks, none of which notices when another fails. */
final class CompositeSink implements CaptureSink {

    private static final Logger LOG = LoggerFactory.getLogger(CompositeSink.class);

    private final List<CaptureSink> sinks;
    private final long[] failed;
    private final WarningLog warnings = new WarningLog("capture", false, System::nanoTime, LOG::warn);

    CompositeSink(List<CaptureSink> sinks) {
        if (sinks.isEmpty()) {
            throw new IllegalArgumentException("sinks is empty; captures must go somewhere");
        }
        this.sinks = List.copyOf(sinks);
        this.failed = new long[sinks.size()];
    }

    private interface Action {
        void on(CaptureSink sink) throws Exception;
    }

    @Override
    public synchronized void write(CaptureBatch batch) throws Exception {
        Failures failures = each(sink -> sink.write(batch));
        if (failures.count == sinks.size()) {
            failures.rethrow();
        }
    }

    @Override
    public synchronized void flush() throws Exception {
        Failures failures = each(CaptureSink::flush);
        if (failures.first instanceof LostException lost && failures.count < sinks.size()) {
            // Another sink has these records; they are not failed, only not everywhere.
            throw new IOException(lost.getMessage(), lost);
        }
        failures.rethrow();
    }

    @Override
    public synchronized void close() throws IOException {
        Failures failures = each(CaptureSink::close);
        if (failures.first != null) {
            throw new IOException(
                    failures.count + " of " + sinks.size() + " sinks could not be closed", failures.first);
        }
    }

    private static final class Failures {
        private int count;
        private @Nullable Exception first;

        private void rethrow() throws Exception {
            if (first != null) {
                throw first;
            }
        }
    }

    private Failures each(Action action) {
        Failures failures = new Failures();
        for (int i = 0; i < failed.length; i++) {
            try {
                action.on(sinks.get(i));
            } catch (Throwable e) { // a sink may throw anything, and the others have to be called
                failures.count++;
                if (failures.first == null) {
                    failures.first = RetryingSink.exception(e);
                }
                warnings.tell("sink " + (i + 1) + " of " + failed.length + " fails, the others go on", ++failed[i], e);
            }
        }
        return failures;
    }
}
