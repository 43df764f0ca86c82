package io.modelmonitor.data;

import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.capture.file.CaptureFiles;
import io.modelmonitor.capture.file.CaptureKey;
import io.modelmonitor.spi.RecordTransformer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Captured requests as rows, as the managed service's analyser saw them; made by {@link Datasets#captures}. Each method
 * that configures it returns another dataset. Immutable.
 *
 * <p>A row has the columns of the output first, then those of the input. Columns of CSV are called by their position in
 * that row, {@code _c0}, {@code _c1} and so on, unless {@link #columns} names them. JSON is flattened as in
 * {@link Datasets#jsonLines}; an array without a name has its positions as names, of 20 digits, so that they sort. Unlike
 * the service, input and output may differ in their encoding.
 *
 * <p>A request of several rows, be they CSV rows, JSON Lines, an array of objects or arrays, or such an array under
 * {@code instances}, {@code predictions} or any other single name, gives as many rows; those of input and output are paired
 * in their order. If their numbers differ, the request is left out and counted, as is whatever else cannot be read.
 */
public final class CaptureDataset implements Dataset {

    /** The column of the event's id, if it is wanted. */
    public static final String EVENT_ID = "eventId";
    /** The column of the caller's id, if it is wanted. */
    public static final String INFERENCE_ID = "inferenceId";
    /** The column of the time, if it is wanted. */
    public static final String INFERENCE_TIME = "inferenceTime";

    private final CaptureFiles files;
    private final RecordTransformer transformer;
    private final List<String> columns;
    private final boolean metadata;

    private CaptureDataset(CaptureFiles files, RecordTransformer transformer, List<String> columns, boolean metadata) {
        this.files = files;
        this.transformer = transformer;
        this.columns = columns;
        this.metadata = metadata;
    }

    static CaptureDataset of(Path folder) {
        Objects.requireNonNull(folder, "folder");
        return new CaptureDataset(CaptureFiles.in(folder), List::<CaptureRecord>of, List.of(), false);
    }

    /** Returns the requests of one endpoint, if the folder is the root of captures. */
    public CaptureDataset endpoint(String endpoint) {
        return new CaptureDataset(files.endpoint(endpoint), transformer, columns, metadata);
    }

    /**
     * Returns the requests of a window of time, as {@link CaptureFiles#between} does.
     *
     * @throws IllegalArgumentException if the window ends before it begins
     */
    public CaptureDataset between(Instant from, Instant to) {
        return new CaptureDataset(files.between(from, to), transformer, columns, metadata);
    }

    /** Returns the requests in files that are encrypted, too. */
    public CaptureDataset decrypting(CaptureKey key) {
        return new CaptureDataset(files.decrypting(key), transformer, columns, metadata);
    }

    /** Returns the requests after a transformer has changed, dropped or split them. */
    public CaptureDataset transforming(RecordTransformer newTransformer) {
        Objects.requireNonNull(newTransformer, "newTransformer");
        return new CaptureDataset(files, newTransformer, columns, metadata);
    }

    /** Names the columns of CSV, those of the output first; columns beyond keep their position as name. */
    public CaptureDataset columns(String... names) {
        return new CaptureDataset(files, transformer, List.of(names), metadata);
    }

    /**
     * Returns the same rows with three columns before the others: {@link #EVENT_ID}, {@link #INFERENCE_ID} and
     * {@link #INFERENCE_TIME}. A row of a request of several rows has its request's.
     */
    public CaptureDataset withEventMetadata() {
        return new CaptureDataset(files, transformer, columns, true);
    }

    @Override
    public Cursor open() {
        return new PackingCursor(new CaptureSource(files.open(), transformer, columns, metadata));
    }
}
