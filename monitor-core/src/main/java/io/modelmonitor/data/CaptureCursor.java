package io.modelmonitor.data;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Payload;
import io.modelmonitor.api.Schema;
import io.modelmonitor.capture.file.CaptureFiles;
import io.modelmonitor.spi.RecordTransformer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads captured requests as rows. Whatever is wrong with one request is of no consequence to the others. */
final class CaptureCursor implements Dataset.Cursor {

    static final String UNEQUAL = "request whose input and output have different numbers of rows; left out";
    static final String UNREADABLE = "request whose input or output cannot be read as rows; left out";

    static final String SAME_NAME = "column of the input with the name of one of the output; called by its name and _2";

    private static final int RECORDS_NAMED = 10;

    private final CaptureFiles.Cursor records;
    private final RecordTransformer transformer;
    private final List<String> columns;
    private final boolean metadata;
    private final Problems problems = new Problems("captures", false);
    private final RowPacker packer = new RowPacker(Schema.ofNames());
    private final List<String> positions = new ArrayList<>();
    private int transformerFailures;
    private @Nullable Batch first;

    CaptureCursor(CaptureFiles.Cursor records, RecordTransformer transformer, List<String> columns, boolean metadata) {
        this.records = records;
        this.transformer = transformer;
        this.columns = columns;
        this.metadata = metadata;
        try {
            // The columns are known only when there are rows.
            this.first = read();
        } catch (RuntimeException e) {
            records.close();
            throw e;
        }
    }

    @Override
    public Schema schema() {
        return packer.schema();
    }

    @Override
    public @Nullable Batch next() {
        Batch batch = first == null ? read() : first;
        first = null;
        return batch;
    }

    private @Nullable Batch read() {
        while (!packer.isFull()) {
            CaptureRecord record = records.next();
            if (record == null) {
                break;
            }
            for (CaptureRecord transformed : transform(record)) {
                addRows(transformed);
            }
        }
        return packer.batch();
    }

    private List<CaptureRecord> transform(CaptureRecord record) {
        try {
            return transformer.transform(record);
        } catch (Exception e) { // a user's transformer may throw anything; the record is named and counted
            transformerFailures++;
            String who = transformerFailures <= RECORDS_NAMED ? "record " + record.eventId() : "a further record";
            String why = transformerFailures <= RECORDS_NAMED ? ": " + e : "";
            problems.add(who + " could not be transformed and is left out" + why, records.line());
            return List.of();
        }
    }

    private void addRows(CaptureRecord record) {
        List<CapturedRows.Cells> outputs;
        List<CapturedRows.Cells> inputs;
        try {
            outputs = rows(record.output());
            inputs = rows(record.input());
        } catch (RuntimeException e) { // of the parsers of CSV, JSON and BASE64
            problems.add(UNREADABLE, records.line());
            return;
        }
        if (record.input() != null && record.output() != null && inputs.size() != outputs.size()) {
            problems.add(UNEQUAL, records.line());
            return;
        }
        for (int i = 0; i < Math.max(inputs.size(), outputs.size()); i++) {
            addRow(record, i < outputs.size() ? outputs.get(i) : null, i < inputs.size() ? inputs.get(i) : null);
        }
    }

    private static List<CapturedRows.Cells> rows(@Nullable Payload payload) {
        return payload == null ? List.of() : CapturedRows.of(payload);
    }

    private void addRow(CaptureRecord record, CapturedRows.@Nullable Cells output, CapturedRows.@Nullable Cells input) {
        int next = 0;
        if (metadata) {
            next = set(CaptureDataset.EVENT_ID, next, record.eventId());
            next = set(CaptureDataset.INFERENCE_ID, next, record.inferenceId());
            String time = record.inferenceTime() == null
                    ? null
                    : record.inferenceTime().toString();
            next = set(CaptureDataset.INFERENCE_TIME, next, time);
        }
        int position = 0;
        if (output != null) {
            next = set(output, 0, next);
            position = output.values.size();
        }
        if (input != null) {
            set(input, position, next);
        }
        packer.endRow();
    }

    private int set(CapturedRows.Cells cells, int firstPosition, int guess) {
        int next = guess;
        for (int i = 0; i < cells.values.size(); i++) {
            String name = cells.names.get(i);
            next = set(name == null ? position(firstPosition + i) : name, next, cells.values.get(i));
        }
        return next;
    }

    /** Sets a value of the present row; returns where the next one may be. */
    private int set(String name, int guess, @Nullable Object value) {
        int column = packer.column(name, guess);
        if (column == RowPacker.NO_COLUMN) {
            problems.add(Flattener.TOO_MANY_COLUMNS, records.line());
            return guess;
        }
        if (packer.isSet(column)) {
            column = packer.column(name + "_2", guess);
            problems.add(SAME_NAME, records.line());
        }
        if (column == RowPacker.NO_COLUMN) {
            return guess;
        }
        packer.set(column, value);
        return column + 1;
    }

    private String position(int index) {
        while (positions.size() <= index) {
            int i = positions.size();
            positions.add(i < columns.size() ? columns.get(i) : "_c" + i);
        }
        return positions.get(index);
    }

    @Override
    public List<DataProblem> problems() {
        return Stream.concat(records.problems().stream(), problems.list().stream())
                .toList();
    }

    @Override
    public void close() {
        records.close();
    }
}
