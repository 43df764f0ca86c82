package io.modelmonitor.data;

import io.modelmonitor.api.Dataset;
import io.modelmonitor.capture.file.CaptureFiles;
import io.modelmonitor.spi.RecordTransformer;
import java.util.List;
import java.util.Objects;

/**
 * How captured requests become rows, whether they are read from files or come live; {@link CaptureDataset} says which row a
 * request is. Each method that configures it returns another one. Immutable.
 */
public final class CaptureRows {

    private static final CaptureRows STANDARD = new CaptureRows(List::of, List.of(), false);

    private final RecordTransformer transformer;
    private final List<String> columns;
    private final boolean metadata;

    private CaptureRows(RecordTransformer transformer, List<String> columns, boolean metadata) {
        this.transformer = transformer;
        this.columns = columns;
        this.metadata = metadata;
    }

    /** Returns rows of the requests as they are, columns of CSV named by their position. */
    public static CaptureRows standard() {
        return STANDARD;
    }

    /** Returns rows of the requests after a transformer has changed, dropped or split them. */
    public CaptureRows transforming(RecordTransformer newTransformer) {
        return new CaptureRows(Objects.requireNonNull(newTransformer, "newTransformer"), columns, metadata);
    }

    /** Names the columns of CSV, those of the output first; columns beyond keep their position as name. */
    public CaptureRows columns(String... names) {
        return new CaptureRows(transformer, List.of(names), metadata);
    }

    /** Returns the same rows with the columns of the event before the others, as {@link CaptureDataset} names them. */
    public CaptureRows withEventMetadata() {
        return new CaptureRows(transformer, columns, true);
    }

    /** Starts to make rows of requests that come one after the other. */
    public LiveRows live() {
        return new LiveRows(this);
    }

    /** Starts to make rows of requests; closing the cursor closes them. */
    Dataset.Cursor open(CaptureFiles.Cursor records) {
        return new PackingCursor(new CaptureSource(records, transformer, columns, metadata));
    }
}
