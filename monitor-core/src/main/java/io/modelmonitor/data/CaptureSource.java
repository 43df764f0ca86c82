package io.modelmonitor.data;

import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.capture.file.CaptureFiles;
import io.modelmonitor.spi.RecordTransformer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads captured requests as rows. Whatever is wrong with one request is of no consequence to the others. */
final class CaptureSource implements RowSource {

    static final String UNEQUAL = "request whose input and output have different numbers of rows; left out";
    static final String UNREADABLE = "request whose input or output cannot be read as rows; left out";
    static final String SAME_NAME = "column of the input with the name of one of the output; called by its name and _2";

    private static final int RECORDS_NAMED = 10;
    private static final int COLUMNS_OF_METADATA = 3;

    private final CaptureFiles.Cursor records;
    private final RecordTransformer transformer;
    private final List<String> columns;
    private final boolean metadata;
    private final List<String> positions = new ArrayList<>();
    private final CapturedRows outputs = new CapturedRows();
    private final CapturedRows inputs = new CapturedRows();
    private int transformerFailures;
    private Iterator<CaptureRecord> transformed = Collections.emptyIterator();
    private @Nullable CaptureRecord request;
    private int rows;
    private int row;

    CaptureSource(CaptureFiles.Cursor records, RecordTransformer transformer, List<String> columns, boolean metadata) {
        this.records = records;
        this.transformer = transformer;
        this.columns = columns;
        this.metadata = metadata;
    }

    @Override
    public boolean next() {
        row++;
        while (row >= rows) {
            while (!transformed.hasNext()) {
                CaptureRecord record = records.next();
                if (record == null) {
                    return false;
                }
                transformed = transform(record).iterator();
            }
            request = transformed.next();
            rows = rows(request);
            row = 0;
        }
        return true;
    }

    private List<CaptureRecord> transform(CaptureRecord record) {
        try {
            return List.copyOf(transformer.transform(record));
        } catch (Exception e) { // a user's transformer may throw anything; the record is named and counted
            transformerFailures++;
            String who = transformerFailures <= RECORDS_NAMED ? "record " + record.eventId() : "a further record";
            String why = transformerFailures <= RECORDS_NAMED ? ": " + e : "";
            records.note(who + " could not be transformed and is left out" + why);
            return List.of();
        }
    }

    /** Reads the rows of a request, and returns how many there are; none if something is wrong with it. */
    private int rows(CaptureRecord record) {
        try {
            outputs.read(record.output());
            inputs.read(record.input());
        } catch (RuntimeException e) { // of the parsers of CSV, JSON and BASE64
            records.note(UNREADABLE);
            return 0;
        }
        if (record.input() != null && record.output() != null && inputs.size() != outputs.size()) {
            records.note(UNEQUAL);
            return 0;
        }
        return Math.max(inputs.size(), outputs.size());
    }

    @Override
    public int width() {
        return (metadata ? COLUMNS_OF_METADATA : 0) + width(outputs) + width(inputs);
    }

    private int width(CapturedRows side) {
        return row < side.size() ? side.width(row) : 0;
    }

    @Override
    public void pack(RowPacker packer) {
        RowColumns next = new RowColumns(packer);
        if (metadata && request != null) {
            next.set(CaptureDataset.EVENT_ID, request.eventId());
            next.set(CaptureDataset.INFERENCE_ID, request.inferenceId());
            next.set(
                    CaptureDataset.INFERENCE_TIME,
                    request.inferenceTime() == null
                            ? null
                            : request.inferenceTime().toString());
        }
        next.position = 0;
        if (row < outputs.size()) {
            outputs.pack(row, packer, next);
        }
        if (row < inputs.size()) {
            inputs.pack(row, packer, next);
        }
        packer.endRow();
    }

    /** Finds the columns of one row, from its first value to its last. */
    private final class RowColumns implements CapturedRows.Columns {

        private final RowPacker packer;
        private int position;
        private int guess;

        private RowColumns(RowPacker packer) {
            this.packer = packer;
        }

        private void set(String name, @Nullable Object value) {
            int column = next(name);
            if (column != RowPacker.NO_COLUMN) {
                packer.set(column, value);
            }
        }

        @Override
        public int next(@Nullable String named) {
            String name = named == null ? name(position) : named;
            position++;
            int column = packer.column(name, guess);
            if (column == RowPacker.NO_COLUMN) {
                records.note(Flattener.TOO_MANY_COLUMNS);
                return column;
            }
            if (packer.isSet(column)) {
                column = packer.column(name + "_2", guess);
                records.note(SAME_NAME);
            }
            guess = column == RowPacker.NO_COLUMN ? guess : column + 1;
            return column;
        }
    }

    private String name(int position) {
        while (positions.size() <= position) {
            int i = positions.size();
            positions.add(i < columns.size() ? columns.get(i) : "_c" + i);
        }
        return positions.get(position);
    }

    @Override
    public List<DataProblem> problems() {
        return records.problems();
    }

    @Override
    public void close() {
        records.close();
    }
}
