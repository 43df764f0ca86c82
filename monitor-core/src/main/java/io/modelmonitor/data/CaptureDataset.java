package io.modelmonitor.data;

import io.modelmonitor.api.Dataset;
import io.modelmonitor.capture.CaptureFiles;
import io.modelmonitor.capture.CaptureKey;
import io.modelmonitor.internal.data.CaptureRows;
import io.modelmonitor.spi.RecordTransformer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;

/**
 * Captured requests as rows, as the managed service's analyser saw them; made by {@link Datasets#captures}. Each method
 * that configures it returns another dataset. Immutable.
 *
 * <p>A row has the columns of the output first, then those of the input. Columns of CSV are called by their position in
 * that row, {@code _c0}, {@code _c1} and so on, unless {@link #columns}, {@link #outputs} or {@link #inputs} names them. JSON is
 * flattened as in {@link Datasets#jsonLines}; an array without a name has its positions as names, of 20 digits, so that they
 * sort, unless it is given names. Unlike the service, input and output may differ in their encoding, and from request to request.
 *
 * <p>A request of several rows gives as many; those of input and output are paired in their order. Several rows are CSV rows, JSON
 * Lines, an array of objects or arrays, by itself or under any single name, an array under {@code instances}, {@code inputs},
 * {@code dataframe_records}, {@code predictions} or {@code outputs}, with arrays of equal length beside it, an object of several
 * arrays of equal length, one for each column, unless it is a line among lines, and pandas' {@code
 * {"columns":[..],"data":[[..]]}}, by itself or as {@code dataframe_split}. Bytes are rows if their content type is one of CSV
 * or JSON.
 *
 * <p>If input and output have different numbers of rows, the request is left out. If one of them cannot be read, the other is a
 * row without it. Both are counted and named among the problems of a cursor, as is whatever else is left out.
 */
public final class CaptureDataset implements Dataset {

    /** The column of the event's id, if it is wanted. */
    public static final String EVENT_ID = CaptureRows.EVENT_ID;
    /** The column of the caller's id, if it is wanted. */
    public static final String INFERENCE_ID = CaptureRows.INFERENCE_ID;
    /** The column of the time, if it is wanted. */
    public static final String INFERENCE_TIME = CaptureRows.INFERENCE_TIME;

    private final CaptureFiles files;
    private final CaptureRows rows;

    private CaptureDataset(CaptureFiles files, CaptureRows rows) {
        this.files = files;
        this.rows = rows;
    }

    static CaptureDataset of(Path folder) {
        Objects.requireNonNull(folder, "folder");
        return new CaptureDataset(CaptureFiles.in(folder), CaptureRows.standard());
    }

    /** Returns the requests of one endpoint, if the folder is the root of captures. */
    public CaptureDataset endpoint(String endpoint) {
        return new CaptureDataset(files.endpoint(endpoint), rows);
    }

    /**
     * Returns the requests of a window of time, as {@link CaptureFiles#between} does.
     *
     * @throws IllegalArgumentException if the window ends before it begins
     */
    public CaptureDataset between(Instant from, Instant to) {
        return new CaptureDataset(files.between(from, to), rows);
    }

    /** Returns the requests in files that are encrypted; see {@link CaptureFiles#key}. */
    public CaptureDataset key(CaptureKey key) {
        return new CaptureDataset(files.key(key), rows);
    }

    /** Returns the records of files, too, that are not encrypted though there is a key, as of a time before there was one. */
    public CaptureDataset plainAllowed() {
        return new CaptureDataset(files.plainAllowed(), rows);
    }

    /** Returns the requests after a transformer has changed, dropped or split them. */
    public CaptureDataset transformer(RecordTransformer newTransformer) {
        return new CaptureDataset(files, rows.transformer(newTransformer));
    }

    /** Names the columns without a name, those of the output first; columns beyond keep their position as name. */
    public CaptureDataset columns(String... names) {
        return new CaptureDataset(files, rows.columns(names));
    }

    /** Names the columns of the output without a name, before {@link #columns}. */
    public CaptureDataset outputs(String... names) {
        return new CaptureDataset(files, rows.outputs(names));
    }

    /** Names the columns of the input without a name, before {@link #columns}. */
    public CaptureDataset inputs(String... names) {
        return new CaptureDataset(files, rows.inputs(names));
    }

    /**
     * Returns the same rows with three columns before the others: {@link #EVENT_ID}, {@link #INFERENCE_ID} and
     * {@link #INFERENCE_TIME}. A row of a request of several rows has its request's.
     */
    public CaptureDataset withEventMetadata() {
        return new CaptureDataset(files, rows.withEventMetadata());
    }

    @Override
    public Cursor open() {
        return rows.open(files.open());
    }

    @Override
    public String toString() {
        return files.toString();
    }
}
