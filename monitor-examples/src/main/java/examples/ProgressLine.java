package examples;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Schema;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A dataset that says on a stream how far it has been read, once reading has taken longer than two seconds. */
final class ProgressLine implements Dataset.Cursor {

    private static final long PATIENCE_MILLISECONDS = 2_000;
    private static final long INTERVAL_MILLISECONDS = 500;

    private final Dataset.Cursor cursor;
    private final String name;
    private final Clock clock;
    private final PrintStream out;
    private long nextAt;
    private long rows;
    private boolean said;

    private ProgressLine(Dataset.Cursor cursor, String name, Clock clock, PrintStream out) {
        this.cursor = cursor;
        this.name = name;
        this.clock = clock;
        this.out = out;
        this.nextAt = clock.millis() + PATIENCE_MILLISECONDS;
    }

    static Dataset of(Dataset dataset, String name, Clock clock, PrintStream out) {
        return () -> new ProgressLine(dataset.open(), name, clock, out);
    }

    @Override
    public Schema schema() {
        return cursor.schema();
    }

    @Override
    public boolean isSchemaComplete() {
        return cursor.isSchemaComplete();
    }

    @Override
    public @Nullable Batch next() {
        Batch batch = cursor.next();
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

    @Override
    public List<DataProblem> problems() {
        return cursor.problems();
    }

    @Override
    public void close() {
        cursor.close();
    }
}
