package io.modelmonitor.internal.data;

import io.modelmonitor.api.DataProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts bad data by description, in the order met; or refuses it at once, when reading strictly. */
final class Problems {

    static final String BLANK_LINE = "blank line between rows; passed over";

    private static final int LINES_KEPT = 10;

    /** The greatest number of kinds that are named: a hostile file may have any number of them. */
    private static final int KINDS_NAMED = 200;

    private static final String FURTHER = "further problems of other kinds";

    private final String source;
    private final boolean strict;
    private final Map<String, Tally> tallies = new LinkedHashMap<>();
    private long blankLines;
    private long firstBlankLine;

    /**
     * @param source what is read, for messages
     * @param strict whether the first problem is fatal
     */
    Problems(String source, boolean strict) {
        this.source = source;
        this.strict = strict;
    }

    /**
     * Notes one problem at a line.
     *
     * @throws IllegalArgumentException if reading strictly
     */
    void add(String description, long line) {
        add(description, 1, line);
    }

    /**
     * Notes several problems of a kind, the first of them at a line.
     *
     * @throws IllegalArgumentException if reading strictly
     */
    void add(String description, long count, long line) {
        if (strict) {
            throw new IllegalArgumentException(source + ", line " + line + ": " + description);
        }
        count(description, count, line);
    }

    private void count(String description, long count, long line) {
        boolean known = tallies.containsKey(description) || tallies.size() < KINDS_NAMED;
        Tally tally = tallies.computeIfAbsent(known ? description : FURTHER, unused -> new Tally());
        tally.count += count;
        if (tally.lines.size() < LINES_KEPT) {
            tally.lines.add(line);
        }
    }

    /** Notes what was found out about a source and is nothing wrong. */
    void note(String description, long line) {
        count(description, 1, line);
    }

    /** Notes a blank line, which is a problem only if something follows. */
    void blankLine(long line) {
        if (blankLines++ == 0) {
            firstBlankLine = line;
        }
    }

    /**
     * Notes that something follows the blank lines met.
     *
     * @throws IllegalArgumentException if reading strictly, and there were some
     */
    void endOfBlankLines() {
        if (blankLines > 0) {
            add(BLANK_LINE, blankLines, firstBlankLine);
            blankLines = 0;
        }
    }

    List<DataProblem> list() {
        return tallies.entrySet().stream()
                .map(entry -> new DataProblem(entry.getKey(), entry.getValue().count, entry.getValue().lines))
                .toList();
    }

    private static final class Tally {
        private final List<Long> lines = new ArrayList<>(LINES_KEPT);
        private long count;
    }
}
