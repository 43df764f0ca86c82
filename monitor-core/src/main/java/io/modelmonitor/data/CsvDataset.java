package io.modelmonitor.data;

import io.modelmonitor.api.Dataset;
import io.modelmonitor.internal.data.CsvCursor;
import io.modelmonitor.internal.data.CsvFormat;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * A CSV file (RFC 4180), read as a stream: a file larger than memory works. Each method returns a dataset of the same file
 * that is read in another way; this one does not change. Immutable.
 *
 * <p>Lines end in LF, CR or CRLF. Files compressed with gzip are recognised by their content. A byte order mark is skipped
 * and says the encoding. An empty field, quoted or not, is a missing value. Lines with nothing on them are no rows.
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
 *       from 0.
 *   <li>Columns beyond the first 100,000: left out. With a name of more than 1,000 characters: called by its position, like one
 *       without a name.
 *   <li>Blank lines between rows: passed over. An empty file: no columns and no rows.
 * </ul>
 *
 * <p>Reading throws {@link java.io.UncheckedIOException}, with one line that names the file, if it is not there, cannot be
 * read or is no text, or if it is compressed and one of its lines has no end within 64 MiB.
 */
public final class CsvDataset implements Dataset {

    private final Path file;
    private final CsvFormat format;

    CsvDataset(Path file, CsvFormat format) {
        this.file = Objects.requireNonNull(file, "file");
        this.format = format;
    }

    /** Takes the first line for a row. Columns are called {@code _c0}, {@code _c1} and so on, as many as it has. */
    public CsvDataset noHeader() {
        return with(new CsvFormat(
                format.delimiter(),
                format.quote(),
                false,
                format.charset(),
                format.missing(),
                format.trimmed(),
                format.strict()));
    }

    /**
     * Sets what separates fields; a comma unless set.
     *
     * @throws IllegalArgumentException if it is not ASCII, or ends lines, or is the quote
     */
    public CsvDataset delimiter(char delimiter) {
        requireUsable("delimiter", delimiter, "quote", format.quote());
        return with(new CsvFormat(
                delimiter,
                format.quote(),
                format.header(),
                format.charset(),
                format.missing(),
                format.trimmed(),
                format.strict()));
    }

    /**
     * Sets what encloses fields; a double quote unless set.
     *
     * @throws IllegalArgumentException if it is not ASCII, or ends lines, or is the delimiter
     */
    public CsvDataset quote(char quote) {
        requireUsable("quote", quote, "delimiter", format.delimiter());
        return with(new CsvFormat(
                format.delimiter(),
                quote,
                format.header(),
                format.charset(),
                format.missing(),
                format.trimmed(),
                format.strict()));
    }

    /** Sets the encoding; UTF-8 unless set. A byte order mark in the file says more than this. */
    public CsvDataset charset(Charset charset) {
        return with(new CsvFormat(
                format.delimiter(),
                format.quote(),
                format.header(),
                Objects.requireNonNull(charset, "charset"),
                format.missing(),
                format.trimmed(),
                format.strict()));
    }

    /** Sets the texts that mean a missing value, exactly as written, beside the empty field, which always does. */
    public CsvDataset missing(String... texts) {
        return with(new CsvFormat(
                format.delimiter(),
                format.quote(),
                format.header(),
                format.charset(),
                Set.copyOf(new TreeSet<>(Set.of(texts))),
                format.trimmed(),
                format.strict()));
    }

    /** Drops blanks and tabs at both ends of every field, within quotes too, and of the columns' names. */
    public CsvDataset trimmed() {
        return with(new CsvFormat(
                format.delimiter(),
                format.quote(),
                format.header(),
                format.charset(),
                format.missing(),
                true,
                format.strict()));
    }

    /**
     * Makes everything that would be counted as wrong with the data fatal: reading throws an
     * {@link IllegalArgumentException} of one line that names the file and the line.
     */
    public CsvDataset strict() {
        return with(new CsvFormat(
                format.delimiter(),
                format.quote(),
                format.header(),
                format.charset(),
                format.missing(),
                format.trimmed(),
                true));
    }

    @Override
    public Cursor open() {
        return CsvCursor.open(file, format);
    }

    @Override
    public String toString() {
        return file.toString();
    }

    private CsvDataset with(CsvFormat changed) {
        return new CsvDataset(file, changed);
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
