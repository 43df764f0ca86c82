package io.modelmonitor.attribution;

import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.internal.VisibleText;
import io.modelmonitor.stats.internal.Packed;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reasons why rows could not be explained: each once, with how many rows it hit and the first few of them. */
final class UnexplainedRows {

    private static final int MOST_REASONS = 5;
    private static final int MOST_PLACES = 3;
    private static final int LONGEST = 120;
    private static final String OTHERS = "other reasons";

    private final Map<String, Reason> reasons = new LinkedHashMap<>();
    private long count;

    private static final class Reason {
        private long count;
        private final List<Long> rows = new ArrayList<>();

        private void add(long times, List<Long> places) {
            count += times;
            for (long place : places) {
                if (rows.size() < MOST_PLACES) {
                    rows.add(place);
                }
            }
        }
    }

    void add(RuntimeException failure, long row) {
        String message = failure.getMessage();
        if (message == null) {
            String simple = failure.getClass().getSimpleName();
            message = simple.isEmpty() ? failure.getClass().getName() : simple;
        }
        String line = message.replaceAll("\\p{Cntrl}", " ");
        add(VisibleText.cut(line, LONGEST), 1, List.of(row));
    }

    void addAll(UnexplainedRows others, long rowsBefore) {
        others.reasons.forEach((message, reason) -> add(
                message,
                reason.count,
                reason.rows.stream().map(row -> row + rowsBefore).toList()));
    }

    private void add(String message, long times, List<Long> rows) {
        String key = reasons.size() < MOST_REASONS || reasons.containsKey(message) ? message : OTHERS;
        reasons.computeIfAbsent(key, none -> new Reason()).add(times, rows);
        count += times;
    }

    void write(DataOutput out) throws IOException {
        Packed.writeCount(out, reasons.size());
        for (Map.Entry<String, Reason> reason : reasons.entrySet()) {
            Packed.writeText(out, reason.getKey());
            Packed.writeCount(out, reason.getValue().count);
            Packed.writeCount(out, reason.getValue().rows.size());
            for (long row : reason.getValue().rows) {
                Packed.writeCount(out, row);
            }
        }
    }

    /** Adds what was written. */
    void read(DataInput in) throws IOException {
        for (int left = Packed.readCount(in, "reasons", MOST_REASONS + 1); left > 0; left--) {
            String message = Packed.readText(in, "reason");
            long times = Packed.readCount(in, "rows of a reason");
            List<Long> rows = new ArrayList<>();
            for (int places = Packed.readCount(in, "places", MOST_PLACES); places > 0; places--) {
                rows.add(Packed.readCount(in, "place"));
            }
            add(message, times, rows);
        }
    }

    long count() {
        return count;
    }

    /** Returns the reasons in one line; empty if there are none. */
    @Override
    public String toString() {
        return String.join(
                "; ",
                reasons.entrySet().stream()
                        .map(entry -> new DataProblem(entry.getKey(), entry.getValue().count, entry.getValue().rows))
                        .map(problem -> problem.description() + ": " + problem.count() + " rows, first row "
                                + problem.lines().get(0))
                        .toList());
    }
}
