package io.modelmonitor.api;

import java.util.List;

/**
 * Bad data that was met while reading: what, how often and where.
 *
 * @param description what was wrong and what was done about it, in one line; equal for equal problems
 * @param count how often it was met, at least 1
 * @param lines the first few places, in the order met: line numbers from 1 in a file, else row numbers from 1
 */
public record DataProblem(String description, long count, List<Long> lines) {

    /** Creates a problem. */
    public DataProblem {
        lines = List.copyOf(lines);
    }

    @Override
    public String toString() {
        return description + ": " + count + (lines.isEmpty() ? "" : ", first at line " + lines.get(0));
    }
}
