package io.modelmonitor.watch;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A dataset that stops to be read when it must.
 *
 * @param whole the dataset
 * @param check throws when it must stop; called before each batch
 */
record TimedDataset(Dataset whole, Runnable check) implements Dataset {

    @Override
    public Cursor open() {
        Cursor cursor = whole.open();
        return new Cursor() {
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
                check.run();
                return cursor.next();
            }

            @Override
            public List<DataProblem> problems() {
                return cursor.problems();
            }

            @Override
            public void close() {
                cursor.close();
            }
        };
    }

    @Override
    public String group() {
        return whole.group();
    }
}
