package io.modelmonitor.internal.data;

import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.capture.CaptureFiles;
import io.modelmonitor.spi.RecordTransformer;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Settings for turning captured requests, from files or live, into rows; {@code CaptureDataset} documents which row a
 * request is. Each method that configures it returns another one. Immutable.
 */
public final class CaptureRows {

    /** The column of the event's id. */
    public static final String EVENT_ID = "eventId";

    /** The column of the id that the caller gave. */
    public static final String INFERENCE_ID = "inferenceId";

    /** The column of the time of the request. */
    public static final String INFERENCE_TIME = "inferenceTime";

    private static final CaptureRows STANDARD = new CaptureRows(List::of, List.of(), List.of(), List.of(), false);

    private final RecordTransformer transformer;
    private final List<String> columns;
    private final List<String> outputs;
    private final List<String> inputs;
    private final boolean metadata;

    private CaptureRows(
            RecordTransformer transformer,
            List<String> columns,
            List<String> outputs,
            List<String> inputs,
            boolean metadata) {
        this.transformer = transformer;
        this.columns = columns;
        this.outputs = outputs;
        this.inputs = inputs;
        this.metadata = metadata;
    }

    /** Returns rows of the requests as they are, columns without a name called by what the capture knows, else by position. */
    public static CaptureRows standard() {
        return STANDARD;
    }

    /** Returns rows of the requests after a transformer has changed, dropped or split them. */
    public CaptureRows transformer(RecordTransformer newTransformer) {
        return new CaptureRows(
                Objects.requireNonNull(newTransformer, "newTransformer"), columns, outputs, inputs, metadata);
    }

    /** Names the columns without a name, those of the output first; columns beyond stay as they are. */
    public CaptureRows columns(String... names) {
        return new CaptureRows(transformer, List.of(names), outputs, inputs, metadata);
    }

    /** Names the columns of the output without a name, before {@link #columns}; columns beyond stay as they are. */
    public CaptureRows outputs(String... names) {
        return new CaptureRows(transformer, columns, List.of(names), inputs, metadata);
    }

    /** Names the columns of the input without a name, before {@link #columns}; columns beyond stay as they are. */
    public CaptureRows inputs(String... names) {
        return new CaptureRows(transformer, columns, outputs, List.of(names), metadata);
    }

    /** Returns the same rows with the columns of the event before the others, as {@code CaptureDataset} names them. */
    public CaptureRows withEventMetadata() {
        return new CaptureRows(transformer, columns, outputs, inputs, true);
    }

    /** Starts to make rows of requests that come one after the other. */
    public LiveRows live() {
        return live(Set.of());
    }

    /**
     * Starts to make rows of requests that come one after the other.
     *
     * @param expected the names of columns that have a place whatever comes, some hundred others beside them; empty if not known
     */
    public LiveRows live(Set<String> expected) {
        return LiveRows.of(this, expected);
    }

    /** Starts to make rows of requests that come one after the other, in full batches. */
    PackingCursor openLive(CaptureFiles.Cursor records, Set<String> expected) {
        return new PackingCursor(new CaptureSource(records, this, null), RowPacker.expecting(expected), true);
    }

    /** Starts to make rows of requests; closing the cursor closes them. */
    public Dataset.Cursor open(CaptureFiles.Cursor records) {
        return new PackingCursor(new CaptureSource(records, this, null));
    }

    /**
     * Starts to make rows of those requests that have a label, with it in a column behind the others.
     *
     * @param column the name of the label's column; if the first request has a column of that name, {@code _truth} is added
     * @param labels the labels of a request, one for each row; null if it has none. Called once for each request, in order
     */
    public Dataset.Cursor open(
            CaptureFiles.Cursor records, String column, Function<CaptureRecord, @Nullable List<String>> labels) {
        return new PackingCursor(new CaptureSource(records, this, new CaptureSource.Labelling(column, labels)));
    }

    RecordTransformer transformer() {
        return transformer;
    }

    boolean hasMetadata() {
        return metadata;
    }

    /**
     * Returns the name that a column without a name was given; null if none.
     *
     * @param ofOutput whether it is one of the output
     * @param index its position in the output, or in the input
     * @param position its position among the columns of both
     */
    @Nullable
    String name(boolean ofOutput, int index, int position) {
        List<String> side = ofOutput ? outputs : inputs;
        return index < side.size() ? side.get(index) : position < columns.size() ? columns.get(position) : null;
    }
}
