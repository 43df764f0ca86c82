package io.modelmonitor.internal.data;

import io.modelmonitor.api.DataProblem;
import io.modelmonitor.internal.ProblemCounts;
import java.util.List;

/** Counts bad data of one source; or refuses it at once, when reading strictly. */
final class Problems {

    static final String BLANK_LINE = "blank line between rows; passed over";

    private final String source;
    private final boolean strict;
    private final ProblemCounts counts = new ProblemCounts();
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
        counts.add(description, count, line);
    }

    /** Notes what was found out about a source and is nothing wrong. */
    void note(String description, long line) {
        counts.add(description, 1, line);
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
        return counts.list();
    }
}
