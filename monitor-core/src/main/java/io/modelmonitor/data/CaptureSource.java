package io.modelmonitor.data;

import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Payload;
import io.modelmonitor.capture.file.CaptureFiles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads captured requests as rows. Whatever is wrong with one request is of no consequence to the others. */
final class CaptureSource implements RowSource {

    static final String UNEQUAL = "request whose input and output have different numbers of rows; left out";
    static final String SAME_NAME = "column of the input with the name of one of the output; called by its name and _2";
    static final String NO_LABEL = "request without a label; left out";
    static final String OTHER_LABELS = "request with other numbers of rows and labels; left out";

    private static final int RECORDS_NAMED = 10;
    private static final int COLUMNS_OF_METADATA = 3;

    private final CaptureFiles.Cursor records;
    private final CaptureRows settings;
    private final @Nullable Labelling labelling;
    private final List<String> positions = new ArrayList<>();
    private final CapturedRows outputs;
    private final CapturedRows inputs;
    private int transformerFailures;
    private Iterator<CaptureRecord> transformed = Collections.emptyIterator();
    private @Nullable CaptureRecord request;
    private List<String> labels = List.of();
    private @Nullable String labelColumn;
    /** The columns of the last output that could be read; the input of a request keeps its places if its output cannot be. */
    private int outputWidth;

    private int rows;
    private int row;

    /** The column of labels, and the labels of a request. */
    record Labelling(String column, Function<CaptureRecord, @Nullable List<String>> labels) {}

    CaptureSource(CaptureFiles.Cursor records, CaptureRows settings, @Nullable Labelling labelling) {
        this.records = records;
        this.settings = settings;
        this.labelling = labelling;
        this.outputs = new CapturedRows(what -> records.note("output: " + what));
        this.inputs = new CapturedRows(what -> records.note("input: " + what));
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
            return List.copyOf(settings.transformer().transform(record));
        } catch (Exception e) { // a user's transformer may throw anything; the record is named and counted
            transformerFailures++;
            String who = transformerFailures <= RECORDS_NAMED ? "record " + record.eventId() : "a further record";
            String why = transformerFailures <= RECORDS_NAMED ? ": " + e : "";
            records.note(who + " could not be transformed and is left out" + why);
            return List.of();
        }
    }

    /** Reads the rows of a request, and returns how many there are; none if something is wrong with it as a whole. */
    private int rows(CaptureRecord record) {
        if (labelling != null) {
            List<String> found = labelling.labels.apply(record);
            if (found == null) {
                records.note(NO_LABEL);
                return 0;
            }
            labels = found;
        }
        read(outputs, record.output(), "output");
        read(inputs, record.input(), "input");
        int size = Math.max(inputs.size(), outputs.size());
        if (inputs.size() > 0 && outputs.size() > 0 && inputs.size() != outputs.size()) {
            records.note(UNEQUAL);
            return 0;
        }
        if (labelling != null && size != labels.size()) {
            records.note(OTHER_LABELS);
            return 0;
        }
        return size;
    }

    /** Reads one side of a request. What is wrong with it is of no consequence to the other. */
    private void read(CapturedRows side, @Nullable Payload payload, String name) {
        String wrong = side.read(payload);
        if (wrong != null) {
            records.note(name + " " + wrong + "; left out");
        } else if (payload != null && side.size() == 0) {
            records.note(name + " without a row");
        }
    }

    @Override
    public int width() {
        return (settings.hasMetadata() ? COLUMNS_OF_METADATA : 0)
                + width(outputs)
                + width(inputs)
                + (labelling == null ? 0 : 1);
    }

    private int width(CapturedRows side) {
        return row < side.size() ? side.width(row) : 0;
    }

    @Override
    public void pack(RowPacker packer) {
        CaptureRecord record = Objects.requireNonNull(request, "next() returned false");
        RowColumns next = new RowColumns(packer);
        if (settings.hasMetadata()) {
            next.set(CaptureDataset.EVENT_ID, record.eventId());
            next.set(CaptureDataset.INFERENCE_ID, record.inferenceId());
            next.set(
                    CaptureDataset.INFERENCE_TIME,
                    record.inferenceTime() == null
                            ? null
                            : record.inferenceTime().toString());
        }
        if (row < outputs.size()) {
            next.begin(outputs, true, 0);
            outputs.pack(row, packer, next);
            outputWidth = next.index;
        }
        if (row < inputs.size()) {
            next.begin(inputs, false, row < outputs.size() || record.output() != null ? outputWidth : 0);
            inputs.pack(row, packer, next);
        }
        if (labelling != null) {
            next.setLabel(labelling.column, labels.get(row));
        }
        packer.endRow();
    }

    /** Finds the columns of one row, from its first value to its last. */
    private final class RowColumns implements CapturedRows.Columns {

        private final RowPacker packer;
        private CapturedRows side = outputs;
        private boolean ofOutput;
        /** The number of columns before those of this side. */
        private int before;

        private int index;
        private int guess;

        private RowColumns(RowPacker packer) {
            this.packer = packer;
        }

        private void begin(CapturedRows newSide, boolean isOutput, int columnsBefore) {
            side = newSide;
            ofOutput = isOutput;
            before = columnsBefore;
            index = 0;
        }

        private void set(String name, @Nullable Object value) {
            int column = column(name);
            if (column != RowPacker.NO_COLUMN) {
                packer.set(column, value);
            }
        }

        private void setLabel(String name, String label) {
            if (labelColumn == null) {
                labelColumn = packer.schema().indexOf(name) < 0 ? name : name + "_truth";
            }
            int column = packer.column(labelColumn, guess);
            if (column == RowPacker.NO_COLUMN) {
                records.note(Flattener.TOO_MANY_COLUMNS);
            } else {
                packer.setCell(column, label);
            }
        }

        @Override
        public int next(@Nullable String named, boolean isPosition) {
            int position = before + index;
            String given = isPosition || named == null ? settings.name(ofOutput, index, position) : null;
            if (given == null && named == null) {
                given = side.name(index);
            }
            index++;
            return column(given != null ? given : named != null ? named : byPosition(position));
        }

        private int column(String name) {
            int column = packer.column(name, guess);
            if (column != RowPacker.NO_COLUMN && (packer.isSet(column) || name.equals(labelColumn))) {
                column = packer.column(name + "_2", guess);
                records.note(SAME_NAME);
            }
            if (column == RowPacker.NO_COLUMN) {
                records.note(Flattener.TOO_MANY_COLUMNS);
                return column;
            }
            guess = column + 1;
            return column;
        }
    }

    private String byPosition(int position) {
        while (positions.size() <= position) {
            positions.add("_c" + positions.size());
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
