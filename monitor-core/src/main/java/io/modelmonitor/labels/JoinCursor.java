package io.modelmonitor.labels;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.ForwardingCursor;
import io.modelmonitor.capture.CaptureFiles;
import io.modelmonitor.internal.data.CaptureRows;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads requests joined with their labels, and counts the labels that this reading has met no request of. */
final class JoinCursor extends ForwardingCursor {

    private final GroundTruth labels;
    private final IdSet joined;
    private boolean atEnd;

    private JoinCursor(Dataset.Cursor rows, GroundTruth labels, IdSet joined) {
        super(rows);
        this.labels = labels;
        this.joined = joined;
    }

    static JoinCursor open(CaptureFiles.Cursor source, CaptureRows rows, String column, GroundTruth labels) {
        IdSet joined = new IdSet();
        return new JoinCursor(rows.open(source, column, record -> labelsOf(record, labels, joined)), labels, joined);
    }

    private static @Nullable List<String> labelsOf(CaptureRecord record, GroundTruth labels, IdSet joined) {
        LabelIndex.Label label = labels.find(record);
        if (label == null) {
            return null;
        }
        joined.add(labels.joinId(record));
        return label.text().lines().toList();
    }

    @Override
    public @Nullable Batch next() {
        Batch batch = super.next();
        atEnd |= batch == null;
        return batch;
    }

    @Override
    public List<DataProblem> problems() {
        List<DataProblem> problems = new ArrayList<>(super.problems());
        problems.addAll(labels.problems());
        if (atEnd) {
            GroundTruth.addIfAny(
                    problems, "label of a request that was not captured; left out", labels.size() - joined.size());
        }
        return problems;
    }
}
