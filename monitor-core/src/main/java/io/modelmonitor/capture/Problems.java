package io.modelmonitor.capture;

import io.modelmonitor.api.DataProblem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts bad data by what was wrong and in which file. */
final class Problems {

    private static final int FILES_NAMED = 50;

    /** Requests may have any number of different faults: so many are told apart. */
    private static final int KINDS_NAMED = 200;

    private static final String FURTHER = "further problems of other kinds";
    private static final int LINES_KEPT = 10;

    private final Map<String, Tally> tallies = new LinkedHashMap<>();

    private static final class Tally {
        private final List<Long> lines = new ArrayList<>(LINES_KEPT);
        private long count;
    }

    /** Notes a problem; line 0 means the file as a whole. Files are named while they are few. */
    void add(String what, Path file, long line) {
        String named = what + ", in " + file;
        boolean known = tallies.containsKey(named) || tallies.size() < FILES_NAMED;
        add(known ? named : what + ", in further files", line);
    }

    /** Notes a problem of what is in no file. */
    void add(String what, long line) {
        boolean known = tallies.containsKey(what) || tallies.size() < KINDS_NAMED;
        Tally tally = tallies.computeIfAbsent(known ? what : FURTHER, unused -> new Tally());
        tally.count++;
        if (line > 0 && tally.lines.size() < LINES_KEPT) {
            tally.lines.add(line);
        }
    }

    List<DataProblem> list() {
        return tallies.entrySet().stream()
                .map(entry -> new DataProblem(entry.getKey(), entry.getValue().count, entry.getValue().lines))
                .toList();
    }
}
