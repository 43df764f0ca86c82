package io.modelmonitor.internal.data;

import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Payload;
import io.modelmonitor.api.Schema;
import io.modelmonitor.capture.CaptureFiles;
import io.modelmonitor.internal.capture.WarningLog;
import java.util.ArrayList;
import java.util.Arrays;
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
    private final RowColumns rowColumns = new RowColumns();
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
        } catch (Throwable e) { // a user's transformer may throw anything; the record is named and counted
            transformerFailures++;
            String who = transformerFailures <= RECORDS_NAMED ? "record " + record.eventId() : "a further record";
            String why = transformerFailures <= RECORDS_NAMED ? ": " + WarningLog.described(e) : "";
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
        boolean packed = false;
        try {
            packRow(packer);
            packed = true;
        } finally {
            if (!packed) {
                rowColumns.forget();
            }
        }
    }

    private void packRow(RowPacker packer) {
        CaptureRecord record = Objects.requireNonNull(request, "next() returned false");
        RowColumns next = rowColumns;
        next.row(packer);
        if (settings.hasMetadata()) {
            next.set(CaptureRows.EVENT_ID, record.eventId());
            next.set(CaptureRows.INFERENCE_ID, record.inferenceId());
            next.set(
                    CaptureRows.INFERENCE_TIME,
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

    /** The columns that values without a name of one side had before, under the same circumstances. */
    private static final class Layout {

        private static final int MOST_KEPT = 4096;

        /** By the position in the side, and one more each; 0 is not known. */
        private int[] columns = new int[16];

        private @Nullable Schema schema;
        private int before;

        @SuppressWarnings("ReferenceEquality") // a capture has one schema for all of its requests
        private void begin(@Nullable Schema newSchema, int columnsBefore) {
            if (schema != newSchema || before != columnsBefore) {
                forget();
                schema = newSchema;
                before = columnsBefore;
            }
        }

        private void forget() {
            if (columns.length > MOST_KEPT) {
                columns = new int[16]; // one wide request must not make all later ones slow
            } else {
                Arrays.fill(columns, 0);
            }
        }

        private void put(int index, int column) {
            if (index >= columns.length) {
                columns = Arrays.copyOf(columns, 2 * index);
            }
            columns[index] = column + 1;
        }
    }

    /** Finds the columns of a row, from its first value to its last; of one row after the other. */
    private final class RowColumns implements CapturedRows.Columns {

        private final Layout outputLayout = new Layout();
        private final Layout inputLayout = new Layout();
        private @Nullable RowPacker packer;
        private CapturedRows side = outputs;
        private Layout layout = outputLayout;
        private int index;
        private int guess;

        /** The row in which each column was last used, from 1. */
        private long[] lastUse = new long[16];

        private long number;
        private boolean isRenamed;

        private void row(RowPacker newPacker) {
            packer = newPacker;
            guess = 0;
            number++;
        }

        /** Forgets where values go, after a row that failed has taken its columns away. */
        private void forget() {
            outputLayout.forget();
            inputLayout.forget();
        }

        private void begin(CapturedRows newSide, boolean isOutput, int columnsBefore) {
            side = newSide;
            layout = isOutput ? outputLayout : inputLayout;
            layout.begin(newSide.schema(), columnsBefore);
            index = 0;
        }

        private void set(String name, @Nullable Object value) {
            int column = column(name);
            if (column != RowPacker.NO_COLUMN) {
                packer().set(column, value);
            }
        }

        private void setLabel(String name, String label) {
            if (labelColumn == null) {
                String free = name;
                while (packer().schema().indexOf(free) >= 0) {
                    free += "_truth";
                }
                labelColumn = free;
            }
            int column = packer().column(labelColumn, guess);
            if (column == RowPacker.NO_COLUMN) {
                records.note(Flattener.TOO_MANY_COLUMNS);
            } else {
                packer().setCell(column, label);
            }
        }

        @Override
        public int next(@Nullable String named, boolean isPosition) {
            int at = index++;
            if (at >= Limits.COLUMNS) {
                records.note(Flattener.TOO_MANY_COLUMNS);
                return RowPacker.NO_COLUMN;
            }
            if (named == null && at < layout.columns.length && layout.columns[at] > 0) {
                int known = layout.columns[at] - 1;
                if (lastUse[known] < number) {
                    lastUse[known] = number;
                    guess = known + 1;
                    return known;
                }
            }
            return find(named, isPosition, at);
        }

        private int find(@Nullable String named, boolean isPosition, int at) {
            int position = layout.before + at;
            String given = isPosition || named == null ? settings.name(layout == outputLayout, at, position) : null;
            if (given == null && named == null) {
                given = side.name(at);
            }
            String name = given != null ? given : named != null ? named : byPosition(position);
            int column = column(name);
            if (named == null && column != RowPacker.NO_COLUMN && !isRenamed) {
                layout.put(at, column);
            }
            return column;
        }

        private int column(String name) {
            int column = packer().column(name, guess);
            isRenamed = column != RowPacker.NO_COLUMN && (isUsed(column) || name.equals(labelColumn));
            if (isRenamed) {
                column = packer().column(name + "_2", guess);
                records.note(SAME_NAME);
            }
            if (column == RowPacker.NO_COLUMN) {
                records.note(Flattener.TOO_MANY_COLUMNS);
                return column;
            }
            if (column >= lastUse.length) {
                lastUse = Arrays.copyOf(lastUse, 2 * column);
            }
            lastUse[column] = number;
            guess = column + 1;
            return column;
        }

        private boolean isUsed(int column) {
            return column < lastUse.length && lastUse[column] == number;
        }

        private RowPacker packer() {
            return Objects.requireNonNull(packer, "row(..) was not called");
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
