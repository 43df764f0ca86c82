package io.modelmonitor.quality;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Payload;
import io.modelmonitor.api.Schema;
import io.modelmonitor.capture.file.CaptureFiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads requests and joins them with their labels, a batch at a time. */
final class JoinCursor implements Dataset.Cursor {

    private static final int BATCH_ROWS = 4096;

    private final CaptureFiles.Cursor source;
    private final GroundTruth labels;
    private final List<String> outputs;
    private final List<String> inputs;
    private final String label;
    private final Map<String, Long> skipped = new LinkedHashMap<>();
    private @Nullable Schema schema;
    private List<String> outputFields = List.of();
    private List<String> inputFields = List.of();
    private boolean atEnd;

    JoinCursor(
            CaptureFiles.Cursor source, GroundTruth labels, List<String> outputs, List<String> inputs, String label) {
        this.source = source;
        this.labels = labels;
        this.outputs = outputs;
        this.inputs = inputs;
        this.label = label;
    }

    @Override
    public Schema schema() {
        return schema == null ? Schema.of(List.of()) : schema;
    }

    @Override
    public @Nullable Batch next() {
        TextTable table = null;
        while (!atEnd && (table == null || table.size() < BATCH_ROWS)) {
            CaptureRecord record = source.next();
            if (record == null) {
                atEnd = true;
            } else {
                String found = labels.take(record.joinId());
                if (found == null) {
                    skip("captured request without a label; left out");
                } else {
                    table = add(record, found, table);
                }
            }
        }
        return table == null ? null : table.batch();
    }

    private @Nullable TextTable add(CaptureRecord record, String found, @Nullable TextTable table) {
        List<Map<String, @Nullable String>> output;
        List<Map<String, @Nullable String>> input;
        try {
            output = rows(record.output());
            input = rows(record.input());
        } catch (IllegalArgumentException e) {
            skip("captured request that is not what its encoding says; left out");
            return table;
        }
        List<String> each = found.lines().toList();
        int count = each.size();
        if ((!output.isEmpty() && output.size() != count) || (!input.isEmpty() && input.size() != count)) {
            skip("captured request with other numbers of rows and labels; left out");
            return table;
        }
        Schema columns = schema;
        if (columns == null) {
            columns = schema(output, input);
            schema = columns;
        }
        TextTable filled = table == null ? new TextTable(columns) : table;
        for (int i = 0; i < count; i++) {
            @Nullable String[] row = new @Nullable String[columns.size()];
            fill(row, 0, outputFields, output.isEmpty() ? Map.of() : output.get(i));
            fill(row, outputFields.size(), inputFields, input.isEmpty() ? Map.of() : input.get(i));
            row[row.length - 1] = each.get(i);
            filled.add(row);
        }
        return filled;
    }

    private static List<Map<String, @Nullable String>> rows(@Nullable Payload payload) {
        return payload == null ? List.of() : PayloadRows.of(payload);
    }

    private void fill(@Nullable String[] row, int from, List<String> fields, Map<String, @Nullable String> values) {
        for (int i = 0; i < fields.size(); i++) {
            row[from + i] = values.get(fields.get(i));
        }
        if (values.size() > fields.size()) {
            skip("captured request with more fields than the first; the further ones are left out");
        }
    }

    private Schema schema(List<Map<String, @Nullable String>> output, List<Map<String, @Nullable String>> input) {
        outputFields = output.isEmpty() ? List.of() : List.copyOf(output.get(0).keySet());
        inputFields = input.isEmpty() ? List.of() : List.copyOf(input.get(0).keySet());
        List<String> names = new ArrayList<>();
        addNames(names, outputFields, outputs);
        addNames(names, inputFields, inputs);
        names.add(names.contains(label) ? label + "_truth" : label);
        return Schema.ofNames(names);
    }

    private static void addNames(List<String> names, List<String> fields, List<String> given) {
        for (int i = 0; i < fields.size(); i++) {
            String field = fields.get(i);
            String name = field.matches("[0-9]+") ? "_c" + names.size() : field;
            name = i < given.size() ? given.get(i) : name;
            names.add(names.contains(name) ? name + "_" + names.size() : name);
        }
    }

    private void skip(String description) {
        skipped.merge(description, 1L, Long::sum);
    }

    @Override
    public List<DataProblem> problems() {
        List<DataProblem> problems = new ArrayList<>(source.problems());
        skipped.forEach((description, count) -> GroundTruth.addIfAny(problems, description, count));
        problems.addAll(labels.problems());
        if (atEnd) {
            GroundTruth.addIfAny(problems, "label of a request that was not captured; left out", labels.orphans());
        }
        return problems;
    }

    @Override
    public void close() {
        source.close();
    }
}
