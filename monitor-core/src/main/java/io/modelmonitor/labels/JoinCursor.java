package io.modelmonitor.labels;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Schema;
import io.modelmonitor.capture.CaptureFiles;
import io.modelmonitor.internal.data.CaptureRows;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads requests joined with their labels, and counts the labels that this reading has met no request of. */
final class JoinCursor implements Dataset.Cursor {

    private final GroundTruth labels;
    private final IdSet joined = new IdSet();
    private final Dataset.Cursor rows;
    private boolean atEnd;

    JoinCursor(CaptureFiles.Cursor source, CaptureRows rows, String column, GroundTruth labels) {
        this.labels = labels;
        this.rows = rows.open(source, column, this::labelsOf);
    }

    private @Nullable List<String> labelsOf(CaptureRecord record) {
        LabelIndex.Label label = labels.find(record);
        if (label == null) {
            return null;
        }
        joined.add(labels.joinId(record));
        return label.text().lines().toList();
    }

    @Override
    public Schema schema() {
        return rows.schema();
    }

    @Override
    public boolean isSchemaComplete() {
        return rows.isSchemaComplete();
    }

    @Override
    public @Nullable Batch next() {
        Batch batch = rows.next();
        atEnd |= batch == null;
        return batch;
    }

    @Override
    public List<DataProblem> problems() {
        List<DataProblem> problems = new ArrayList<>(rows.problems());
        problems.addAll(labels.problems());
        if (atEnd) {
            GroundTruth.addIfAny(
                    problems, "label of a request that was not captured; left out", labels.size() - joined.size());
        }
        return problems;
    }

    @Override
    public void close() {
        rows.close();
    }
}
