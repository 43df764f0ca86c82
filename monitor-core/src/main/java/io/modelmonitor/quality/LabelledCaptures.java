package io.modelmonitor.quality;

import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.capture.file.CaptureFiles;
import io.modelmonitor.capture.file.RecordCursor;
import java.util.List;
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
 * <p>Columns come from the first request: first the answer's, then the question's, as in the managed service, so that
 * {@code 0} is the first column of the answer; fields of comma separated values are named {@code _c0}, {@code _c1}, ... unless
 * {@link #outputs} and {@link #inputs} name them, values in JSON by their path. The last column is the label. Requests without
 * a label are left out and counted among the problems of a cursor, as are repeated, contradicting, late and orphaned labels.
 *
 * <p>Requests are read once and in order, a batch at a time; labels are in memory. Immutable but for the labels.
 */
public final class LabelledCaptures implements Dataset {

    private final Supplier<CaptureFiles.Cursor> source;
    private final GroundTruth labels;
    private final List<String> outputs;
    private final List<String> inputs;
    private final String label;

    private LabelledCaptures(
            Supplier<CaptureFiles.Cursor> source,
            GroundTruth labels,
            List<String> outputs,
            List<String> inputs,
            String label) {
        this.source = source;
        this.labels = labels;
        this.outputs = List.copyOf(outputs);
        this.inputs = List.copyOf(inputs);
        this.label = label;
    }

    /** Returns captured files with their labels. */
    public static LabelledCaptures of(CaptureFiles captures, GroundTruth labels) {
        return new LabelledCaptures(captures::open, labels, List.of(), List.of(), "label");
    }

    /** Returns captured requests with their labels. */
    public static LabelledCaptures of(Iterable<CaptureRecord> captures, GroundTruth labels) {
        return new LabelledCaptures(() -> new RecordCursor(captures.iterator()), labels, List.of(), List.of(), "label");
    }

    /** Names the columns of the model's answer. */
    public LabelledCaptures outputs(String... names) {
        return new LabelledCaptures(source, labels, List.of(names), inputs, label);
    }

    /** Names the columns of what the model was asked. */
    public LabelledCaptures inputs(String... names) {
        return new LabelledCaptures(source, labels, outputs, List.of(names), label);
    }

    /** Names the column of the label; {@code label} unless said. */
    public LabelledCaptures labelled(String column) {
        return new LabelledCaptures(source, labels, outputs, inputs, column);
    }

    @Override
    public Cursor open() {
        return new JoinCursor(source.get(), labels, outputs, inputs, label);
    }

    /** Returns the requests that have a label, each with it; text of several lines has a label for each row. */
    MergedRecords.Pairs pairs() {
        return new MergedRecords.Pairs(source.get(), labels);
    }
}
