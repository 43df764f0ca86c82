package io.modelmonitor.internal.data;

/**
 * Reads a line of CSV by itself of which the quotes do not fit: a quote closes only before a delimiter or the line's end, blanks
 * between them or not, and one that is never closed is text. Costs one pass over the line.
 */
final class BrokenLine {

    private final byte delimiter;
    private final byte quote;
    private final CsvCells cells;

    /** True if the rest of the line has no closing quote, but for those of the quotes that a cell begins with. */
    private boolean noneCloses;

    private long steps;

    BrokenLine(byte delimiter, byte quote, CsvCells cells) {
        this.delimiter = delimiter;
        this.quote = quote;
        this.cells = cells;
    }

    /** Adds the cells of a line, and returns how many bytes have been looked at, each as often as it was. */
    long read(byte[] bytes, int from, int end) {
        noneCloses = false;
        steps = 0;
        int start = from;
        while (start <= end) {
            start = cell(bytes, start, end) + 1;
        }
        return steps;
    }

    /**
     * Reads a cell and returns where its delimiter, or the line, ends it.
     *
     * <p>Quotes that follow one another are pairs, each of which means one; if there is one more, it may close. That holds
     * from wherever the search began, so it is done once a line, except for the quotes that the cell itself begins with.
     */
    private int cell(byte[] bytes, int start, int end) {
        if (start < end && bytes[start] == quote) {
            boolean hasQuotes = false;
            int i = start + 1;
            do {
                int run = i;
                while (i < end && bytes[i] == quote) {
                    i++;
                }
                hasQuotes |= i - run > 1;
                if ((i - run & 1) == 1) {
                    int next = afterBlanks(bytes, i, end);
                    if (next == end || bytes[next] == delimiter) {
                        cells.add(bytes, start + 1, i - 1, hasQuotes);
                        steps += next - start;
                        return next;
                    }
                }
                while (i < end && bytes[i] != quote && !noneCloses) {
                    i++;
                }
            } while (i < end && !noneCloses);
            noneCloses = true;
            steps += i - start;
        }
        int at = start;
        while (at < end && bytes[at] != delimiter) {
            at++;
        }
        steps += at - start;
        cells.add(bytes, start, at, false);
        return at;
    }

    private int afterBlanks(byte[] bytes, int from, int end) {
        int i = from;
        while (i < end && CsvCells.isBlank(bytes[i]) && bytes[i] != delimiter) {
            i++;
        }
        return i;
    }
}
