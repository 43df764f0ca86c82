package examples;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.ForwardingCursor;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A dataset that says on a stream how far it has been read, once reading has taken longer than two seconds. */
final class ProgressLine extends ForwardingCursor {

    private static final long PATIENCE_MILLISECONDS = 2_000;
    private static final long INTERVAL_MILLISECONDS = 500;

    private final String name;
    private final Clock clock;
    private final PrintStream out;
    private long nextAt;
    private long rows;
    private boolean said;

    private ProgressLine(Dataset.Cursor cursor, String name, Clock clock, PrintStream out) {
        super(cursor);
        this.name = name;
        this.clock = clock;
        this.out = out;
        this.nextAt = clock.millis() + PATIENCE_MILLISECONDS;
    }

    static Dataset of(Dataset dataset, String name, Clock clock, PrintStream out) {
        return dataset.readThrough(cursor -> new ProgressLine(cursor, name, clock, out));
    }

    @Override
    public @Nullable Batch next() {
        Batch batch = super.next();
        long now = clock.millis();
        if (batch != null) {
            rows += batch.size();
        }
        if (now >= nextAt || (batch == null && said)) {
            out.printf(Locale.ROOT, "\r%s: %,d rows%s", name, rows, batch == null ? "\n" : " ..");
            out.flush();
            said = batch != null;
            nextAt = now + INTERVAL_MILLISECONDS;
        }
        return batch;
    }
}
