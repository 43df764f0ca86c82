package io.modelmonitor.internal.data;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Schema;
import io.modelmonitor.internal.bytes.LineAllowance;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges the records of a CSV and packs them into batches. */
public final class CsvCursor implements Dataset.Cursor {

    static final String FEWER_FIELDS = "row with fewer fields than there are columns; the rest is missing";
    static final String FAR_FEWER_FIELDS =
            "row with so few fields that the missing ones would cost more than the file; left out";
    static final String MORE_FIELDS = "row with more fields than there are columns; the rest is left out";
    static final String BROKEN_QUOTES = "line with quotes that do not fit; they are read as text";
    static final String BLANKS_AFTER_QUOTE = "blanks between a closing quote and the next delimiter; left out";
    static final String BROKEN_ENCODING =
            "bytes that mean nothing in this encoding, read as U+FFFD; a CSV has charset(..)";
    static final String HALF_LINE = "last line ends early; left out";
    static final String TOO_LONG = "line of more than " + Limits.LINE + " bytes; left out";
    static final String TRUNCATED = "compressed file ends early; read as far as it goes";
    static final String TOO_MANY_COLUMNS = "column beyond the first " + Limits.COLUMNS + "; left out";
    static final String EMPTY = "file with nothing in it; no columns and no rows";

    private final TextSource source;
    private final CsvScanner scanner;
    private final CellReader reader;
    private final Problems problems;
    private final Schema schema;
    private final int mostRows;

    /** The number of fields that a row should have, those beyond the limit included. */
    private final int announced;

    /** The number of cells that may still be missing in short rows; it grows with the bytes that are read. */
    private long allowance = Limits.MISSING_CELLS;

    private final String file;

    /** The lines on which the rows of the batch begin. */
    private long[] lines = new long[64];

    private boolean firstRowRead;
    private boolean done;
    private int bytesExpected = CsvScanner.READ;

    private CsvCursor(TextSource source, String file, CsvFormat format) throws IOException {
        this.source = source;
        this.file = file;
        this.problems = new Problems(file, format.strict());
        CsvBeginning beginning = CsvBeginning.of(source.text(), format);
        beginning.noteIn(problems);
        this.scanner = new CsvScanner(
                beginning.rest(),
                (byte) beginning.delimiter(),
                (byte) format.quote(),
                format.trimmed(),
                source.longestPassed());
        this.reader = new CellReader(format.missing());
        scanner.startAt(beginning.firstLine());
        int fields = record(Limits.COLUMNS);
        int unnamed = beginning.isFirstUnnamed() ? 1 : 0;
        int columns = Math.min(fields, Limits.COLUMNS - unnamed);
        this.announced = Math.max(0, fields + unnamed);
        if (fields > columns) {
            problems.add(TOO_MANY_COLUMNS, fields - columns, scanner.recordLine());
        }
        if (columns == CsvScanner.END) {
            this.done = true;
            this.schema = Schema.ofNames();
            problems.add(EMPTY, 1);
        } else if (beginning.hasHeader()) {
            ColumnNames names = new ColumnNames(problems);
            List<String> given = names(columns);
            this.schema = names.schema(unnamed == 0 ? given : ColumnNames.withFirst(given), scanner.recordLine());
        } else {
            this.schema = new ColumnNames(problems).byPosition(columns);
            this.firstRowRead = true;
            lines[0] = scanner.recordLine();
        }
        this.mostRows = Limits.rows(schema.size());
    }

    /** Opens a CSV. */
    public static CsvCursor open(Origin origin, CsvFormat format) {
        TextSource source = TextSource.open(origin, format.charset());
        try {
            return new CsvCursor(source, origin.name(), format);
        } catch (IOException e) {
            source.close();
            throw source.unreadable(e);
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public boolean isSchemaComplete() {
        return true;
    }

    @Override
    public @Nullable Batch next() {
        if (done) {
            return null;
        }
        try {
            int rows = 0;
            while (rows == 0 && !done) {
                if (firstRowRead) {
                    // Without a header, the first row has been read to see how many columns there are.
                    scanner.cells().keep(schema.size());
                    firstRowRead = false;
                    rows = 1;
                } else {
                    scanner.startBatch(bytesExpected, mostRows * schema.size());
                }
                rows = fill(rows);
                bytesExpected = Math.min(Limits.BYTES, scanner.scanned() + scanner.scanned() / 16);
                allowance += (long) Limits.MISSING_CELLS_PER_BYTE * scanner.scanned();
            }
            return rows == 0 ? null : batch(rows);
        } catch (IOException e) {
            throw source.unreadable(e);
        }
    }

    private int fill(int kept) throws IOException {
        int rows = kept;
        int columns = schema.size();
        while (rows < mostRows && scanner.scanned() < Limits.BYTES) {
            int fields = record(columns);
            if (fields == CsvScanner.END) {
                done = true;
                break;
            }
            if (scanner.unfinished() && (fields < announced || scanner.broken() || source.truncated())) {
                problems.add(HALF_LINE, scanner.recordLine());
                continue;
            }
            int missing = Math.max(0, Math.min(announced, columns) - fields);
            if (missing > allowance) {
                problems.add(FAR_FEWER_FIELDS, scanner.recordLine());
                continue;
            }
            allowance -= missing;
            if (fields != announced) {
                problems.add(fields < announced ? FEWER_FIELDS : MORE_FIELDS, scanner.recordLine());
            }
            scanner.cells().keep(columns);
            if (rows == lines.length) {
                lines = Arrays.copyOf(lines, 2 * rows);
            }
            lines[rows] = scanner.recordLine();
            rows++;
        }
        return rows;
    }

    /** Reads the next record that is neither blank nor too long. */
    private int record(int mostCells) throws IOException {
        do {
            int fields = scanner.next(mostCells);
            if (fields > 0) {
                noteProblems();
                return fields;
            }
            if (fields == CsvScanner.END) {
                if (source.truncated()) {
                    problems.add(TRUNCATED, scanner.recordLine());
                }
                return fields;
            }
            if (fields == CsvScanner.TOO_LONG) {
                problems.add(TOO_LONG, scanner.recordLine());
            } else {
                problems.blankLine(scanner.recordLine());
            }
        } while (source.withoutRow().empty());
        problems.add(LineAllowance.SPENT, scanner.recordLine());
        return CsvScanner.END;
    }

    private void noteProblems() {
        problems.endOfBlankLines();
        if (scanner.broken()) {
            problems.add(BROKEN_QUOTES, scanner.recordLine());
        }
        if (scanner.blanksAfterQuote()) {
            problems.add(BLANKS_AFTER_QUOTE, scanner.recordLine());
        }
        if (scanner.malformed() > 0) {
            problems.add(BROKEN_ENCODING, scanner.malformed(), scanner.recordLine());
        }
    }

    private Batch batch(int rows) {
        return new TextCells(scanner.bytes(), scanner.cells().bounds(), scanner.ascii(), rows, schema.size(), reader)
                .toBatch(schema)
                .readFrom(file, Arrays.copyOf(lines, rows));
    }

    private List<String> names(int columns) {
        List<String> names = new ArrayList<>(columns);
        int[] cells = scanner.cells().bounds();
        for (int i = 0; i < columns; i++) {
            int from = cells[2 * i];
            names.add(new String(scanner.bytes(), from, cells[2 * i + 1] - from, StandardCharsets.UTF_8));
        }
        return names;
    }

    @Override
    public List<DataProblem> problems() {
        return problems.list();
    }

    @Override
    public void close() {
        done = true;
        source.close();
    }
}
