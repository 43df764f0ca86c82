package io.modelmonitor.labels;

import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.capture.CaptureFiles;
import io.modelmonitor.data.CaptureDataset;
import io.modelmonitor.internal.data.CaptureRows;
import io.modelmonitor.spi.RecordTransformer;
import java.util.function.Supplier;

/**
 * Captured requests with their labels, as a dataset: what the model answered, what it was asked, and the label, which is
 * looked up by the inference id or, if there is none, the event id.
 *
 * <pre>{@code
 * Dataset labelled = LabelledCaptures.of(CaptureFiles.in(captures), labels).outputs("p").labelled("churned");
 * Report report = monitor.check(labelled);
 * }</pre>
 *
 * <p>Rows are those of {@link CaptureDataset}: first the columns of the answer, then those of the question, so that {@code 0} is
 * the first column of the answer, and after them the label. Requests without a label are left out and counted among the problems
 * of a cursor, as are repeated, contradicting and late labels and, at the end of a reading, labels of requests that it did not
 * meet. Reading changes nothing: read again, it gives the same again.
 *
 * <p>Requests are read once and in order, a batch at a time; labels are in memory, and a reading needs up to 32 bytes beside for
 * each label that it meets a request of. Immutable but for the labels.
 */
public final class LabelledCaptures implements Dataset {

    private final Supplier<CaptureFiles.Cursor> source;
    private final CaptureRows rows;
    private final GroundTruth labels;
    private final String label;

    private LabelledCaptures(Supplier<CaptureFiles.Cursor> source, CaptureRows rows, GroundTruth labels, String label) {
        this.source = source;
        this.rows = rows;
        this.labels = labels;
        this.label = label;
    }

    /** Returns captured files with their labels. */
    public static LabelledCaptures of(CaptureFiles captures, GroundTruth labels) {
        return new LabelledCaptures(captures::open, CaptureRows.standard(), labels, "label");
    }

    /** Returns captured requests with their labels. */
    public static LabelledCaptures of(Iterable<CaptureRecord> captures, GroundTruth labels) {
        return new LabelledCaptures(
                () -> CaptureFiles.Cursor.of(captures.iterator()), CaptureRows.standard(), labels, "label");
    }

    /** Names the columns of the model's answer that have no name of their own. */
    public LabelledCaptures outputs(String... names) {
        return new LabelledCaptures(source, rows.outputs(names), labels, label);
    }

    /** Names the columns of what the model was asked that have no name of their own. */
    public LabelledCaptures inputs(String... names) {
        return new LabelledCaptures(source, rows.inputs(names), labels, label);
    }

    /** Returns the requests after a transformer has changed, dropped or split them. */
    public LabelledCaptures transformer(RecordTransformer transformer) {
        return new LabelledCaptures(source, rows.transformer(transformer), labels, label);
    }

    /** Names the column of the label; {@code label} unless said, and with {@code _truth} behind if the first request has one. */
    public LabelledCaptures labelled(String column) {
        return new LabelledCaptures(source, rows, labels, column);
    }

    @Override
    public Cursor open() {
        return JoinCursor.open(source.get(), rows, label, labels);
    }

    /** Returns the requests that have a label, each with it; text of several lines has a label for each row. */
    MergedRecords.Pairs pairs() {
        return new MergedRecords.Pairs(source.get(), labels);
    }

    @Override
    public String toString() {
        return "captures with labels as " + label;
    }
}
