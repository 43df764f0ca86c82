package io.modelmonitor.sink;

import io.modelmonitor.api.CaptureBatch;
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
    private final boolean[] failing;

    CompositeSink(List<CaptureSink> sinks) {
        if (sinks.isEmpty()) {
            throw new IllegalArgumentException("sinks is empty; captures must go somewhere");
        }
        this.sinks = List.copyOf(sinks);
        this.failing = new boolean[sinks.size()];
    }

    private interface Action {
        void on(CaptureSink sink) throws Exception;
    }

    @Override
    public synchronized void write(CaptureBatch batch) throws Exception {
        Failures failures = each(sink -> {
            sink.write(batch);
            failing[sinks.indexOf(sink)] = false;
        });
        if (failures.count == sinks.size() && failures.first != null) {
            throw failures.first;
        }
    }

    @Override
    public synchronized void flush() throws Exception {
        Failures failures = each(CaptureSink::flush);
        if (failures.first != null) {
            throw failures.first;
        }
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
    }

    private Failures each(Action action) {
        Failures failures = new Failures();
        for (int i = 0; i < failing.length; i++) {
            try {
                action.on(sinks.get(i));
            } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
                failures.count++;
                if (failures.first == null) {
                    failures.first = e instanceof Exception checked ? checked : new IOException(e);
                }
                if (!failing[i]) {
                    failing[i] = true;
                    LOG.warn("sink {} of {} fails, the others go on: {}", i + 1, failing.length, e.toString());
                }
            }
        }
        return failures;
    }
}
