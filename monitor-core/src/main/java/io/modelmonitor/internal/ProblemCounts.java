package io.modelmonitor.internal;

import io.modelmonitor.api.DataProblem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts bad data by description, in the order met, with the first lines of each kind. Whatever the data, few kinds are told apart.
 * Not safe for use by several threads at the same time.
 */
public final class ProblemCounts {

    /** The greatest number of files that are named. */
    private static final int FILES_NAMED = 50;

    /** The greatest number of kinds that are told apart: hostile data may have any number of them. */
    private static final int KINDS_NAMED = 200;

    private static final String FURTHER = "further problems of other kinds";
    private static final int LINES_KEPT = 10;

    private final Map<String, Tally> tallies = new LinkedHashMap<>();

    private static final class Tally {
        private final List<Long> lines = new ArrayList<>(LINES_KEPT);
        private long count;
    }

    /**
     * Counts problems of a kind.
     *
     * @param description what was wrong
     * @param count how many of them
     * @param line the line of the first one, from 1; 0 if there is none
     */
    public void add(String description, long count, long line) {
        boolean known = tallies.containsKey(description) || tallies.size() < KINDS_NAMED;
        Tally tally = tallies.computeIfAbsent(known ? description : FURTHER, unused -> new Tally());
        tally.count += count;
        if (line > 0 && tally.lines.size() < LINES_KEPT) {
            tally.lines.add(line);
        }
    }

    /** Counts a problem in a file, which is named while there are few; line 0 means the file as a whole. */
    public void addIn(Path file, String description, long line) {
        String named = description + ", in " + file;
        boolean known = tallies.containsKey(named) || tallies.size() < FILES_NAMED;
        add(known ? named : description + ", in further files", 1, line);
    }

    /** Returns the problems of each kind. */
    public List<DataProblem> list() {
        return tallies.entrySet().stream()
                .map(entry -> new DataProblem(entry.getKey(), entry.getValue().count, entry.getValue().lines))
                .toList();
    }
}
