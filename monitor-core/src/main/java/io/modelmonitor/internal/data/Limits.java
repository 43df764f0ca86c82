package io.modelmonitor.internal.data;

/**
 * The limits on the size of a batch. All limits depend on the data alone, so that batches, and with them every result, are the
 * same however many threads read them.
 */
final class Limits {

    /** The most rows of a batch: enough to spread the cost of a column's handling, few enough to stay in a core's cache. */
    static final int ROWS = 1024;

    /** The bytes of text after which a batch ends. */
    static final int BYTES = 1 << 20;

    /** The most bytes of a line, or of a record of several lines; longer ones are passed over. */
    static final int LINE = 1 << 24;

    /** The bytes after which a line without an end is taken for an attack, such as a small file that unpacks to a huge one. */
    static final long ENDLESS_LINE = 1L << 26;

    /** The message for such a line. */
    static final String ENDLESS = " does not end within " + ENDLESS_LINE + " bytes";

    /** The most values of a row, and the most columns of a source: those of its header, or of its first row. */
    static final int COLUMNS = 100_000;

    /** The most columns that rows behind the first one may bring, together with its own. */
    static final int COLUMNS_MET = 10_000;

    /** The number of columns that rows may add to those of a baseline. */
    static final int COLUMNS_BESIDE_KNOWN = 500;

    /** The most characters of a column's name. */
    static final int NAME = 1_000;

    /** The most characters of the names of all columns, and of all names of a row. */
    static final int NAMES = 4_000_000;

    /** The most maps, lists and values that are looked at in a row, of which many may hold nothing. */
    static final int NODES = 1_000_000;

    /** The number of cells that may be missing in the short rows of a file of any size. */
    static final int MISSING_CELLS = 1 << 24;

    /** Further cells that may be missing for each byte read: a table of a hundred columns and rows of one digit is read. */
    static final int MISSING_CELLS_PER_BYTE = 64;

    private static final int CELLS = 1 << 18;

    private Limits() {}

    /** Returns the most rows of a batch of so many columns. */
    static int rows(int columns) {
        return Math.max(1, Math.min(ROWS, CELLS / Math.max(1, columns)));
    }
}
