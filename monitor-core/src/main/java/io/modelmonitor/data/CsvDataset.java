package io.modelmonitor.data;

import io.modelmonitor.api.Dataset;
import io.modelmonitor.internal.data.CsvCursor;
import io.modelmonitor.internal.data.CsvFormat;
import io.modelmonitor.internal.data.Origin;
import java.nio.charset.Charset;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * A CSV (RFC 4180) in a file, a stream or a text, read as a stream: a file larger than memory works. Each method returns a dataset of the same file
 * that is read in another way; this one does not change. Immutable.
 *
 * <p>Lines end in LF, CR or CRLF. Files compressed with gzip are recognised by their content. A byte order mark is skipped
 * and says the encoding. An empty field, quoted or not, is a missing value. Lines with nothing on them are no rows.
 *
 * <p>Unless these are said, fields are separated by whichever of comma, semicolon, tab and vertical bar the first line has most, and
 * the first line has the columns' names. It is taken for a row if it has numbers where the next lines have numbers, and one of them
 * has a fraction or a sign or occurs twice, or a text that comes again below, or nothing but numbers in no order. A line {@code sep=;}
 * in front is heeded, and lines in front that begin with {@code #}, or are a title above the columns' names, are left out. What was found
 * out so stands among the problems, too, and is never fatal.
 *
 * <p>What is wrong with the data is counted, with its lines, in {@link io.modelmonitor.api.Dataset.Cursor#problems()}, and
 * reading goes on:
 *
 * <ul>
 *   <li>A row with fewer fields than there are columns: the rest is missing. With more: the rest is left out.
 *   <li>Blanks between a closing quote and the next delimiter: left out.
 *   <li>Quotes that do not fit: the line is read by itself, taking as text what is no delimiting quote.
 *   <li>Bytes that mean nothing in the file's encoding: each is read as U+FFFD.
 *   <li>A last line that ends early, with fewer fields and no line end: left out, as its last value may be half a value. A
 *       compressed file that ends early: what can be read of it counts.
 *   <li>A line of more than 16 MiB: left out.
 *   <li>Several columns of one name: the second {@code x} is called {@code x_2}. Without a name: {@code _c} and its position
 *       from 0. So is the first, if all of the first rows have exactly one field more than the first line has names, as R writes the
 *       names of rows.
 *   <li>Columns beyond the first 100,000: left out. With a name of more than 1,000 characters: called by its position, like one
 *       without a name.
 *   <li>Blank lines between rows: passed over. An empty file: no columns and no rows.
 * </ul>
 *
 * <p>Reading throws {@link java.io.UncheckedIOException}, with one line that names the file, if it is not there, cannot be
 * read or is no text, with what it is instead (JSON, a workbook, an archive, Parquet, a PDF, a page) and what to do, or if it is compressed and
 * one of its lines has no end within 64 MiB.
 */
public final class CsvDataset implements Dataset {

    private final Origin origin;
    private final CsvFormat format;

    CsvDataset(Origin origin, CsvFormat format) {
        this.origin = origin;
        this.format = format;
    }

    /** Takes the first line for the columns' names, whatever it looks like. */
    public CsvDataset header() {
        return with(format.withHeader(true));
    }

    /** Takes the first line for a row. Columns are called {@code _c0}, {@code _c1} and so on, as many as it has. */
    public CsvDataset noHeader() {
        return with(format.withHeader(false));
    }

    /**
     * Sets what separates fields, whatever the first line shows. One that stands nowhere in the first lines, though they are more
     * than a word each, is told among the problems.
     *
     * @throws IllegalArgumentException if it is not ASCII, or ends lines, or is the quote
     */
    public CsvDataset delimiter(char delimiter) {
        requireUsable("delimiter", delimiter, "quote", format.quote());
        return with(format.withDelimiter(delimiter));
    }

    /**
     * Sets what encloses fields; a double quote unless set.
     *
     * @throws IllegalArgumentException if it is not ASCII, or ends lines, or is the delimiter
     */
    public CsvDataset quote(char quote) {
        char delimiter = format.delimiter() == CsvFormat.FOUND_OUT ? ',' : format.delimiter();
        requireUsable("quote", quote, "delimiter", delimiter);
        return with(format.withQuote(quote));
    }

    /** Sets the encoding; UTF-8 unless set. A byte order mark in the file says more than this. */
    public CsvDataset charset(Charset charset) {
        return with(format.withCharset(Objects.requireNonNull(charset, "charset")));
    }

    /** Sets the texts that mean a missing value, exactly as written, beside the empty field, which always does. */
    public CsvDataset missing(String... texts) {
        return with(format.withMissing(Set.copyOf(new TreeSet<>(Set.of(texts)))));
    }

    /** Drops blanks and tabs at both ends of every field, within quotes too, and of the columns' names. */
    public CsvDataset trimmed() {
        return with(format.asTrimmed());
    }

    /**
     * Makes everything that would be counted as wrong with the data fatal: reading throws an
     * {@link IllegalArgumentException} of one line that names the file and the line.
     */
    public CsvDataset strict() {
        return with(format.asStrict());
    }

    @Override
    public Cursor open() {
        return CsvCursor.open(origin, format);
    }

    @Override
    public String toString() {
        return origin.name();
    }

    private CsvDataset with(CsvFormat changed) {
        return new CsvDataset(origin, changed);
    }

    private static void requireUsable(String name, char value, String otherName, char other) {
        if (value >= 0x80 || value == '\n' || value == '\r' || value == 0) {
            throw new IllegalArgumentException(
                    name + ": " + (int) value + " given as a code; allowed are ASCII characters that end no line");
        }
        if (value == other) {
            throw new IllegalArgumentException(name + ": '" + value + "' is the " + otherName + " already");
        }
    }
}
