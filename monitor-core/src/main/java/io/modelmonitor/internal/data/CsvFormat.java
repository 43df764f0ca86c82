package io.modelmonitor.internal.data;

import java.nio.charset.Charset;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The format of a CSV. Values are checked by the methods of {@link io.modelmonitor.data.CsvDataset}.
 *
 * @param delimiter what separates fields; {@link #FOUND_OUT} if that is to be found out
 * @param header whether the first line has names; null if that is to be found out
 * @param charset the encoding; null for UTF-8
 */
public record CsvFormat(
        char delimiter,
        char quote,
        @Nullable Boolean header,
        @Nullable Charset charset,
        Set<String> missing,
        boolean trimmed,
        boolean strict) {

    /** The delimiter that the first line has most is what separates fields. */
    public static final char FOUND_OUT = 0;

    /** Double quotes; delimiter and header are found out, and only what is empty is missing. */
    public static final CsvFormat STANDARD = new CsvFormat(FOUND_OUT, '"', null, null, Set.of(), false, false);

    /** Returns this format with another delimiter. */
    public CsvFormat withDelimiter(char newDelimiter) {
        return new CsvFormat(newDelimiter, quote, header, charset, missing, trimmed, strict);
    }

    /** Returns this format with another quote. */
    public CsvFormat withQuote(char newQuote) {
        return new CsvFormat(delimiter, newQuote, header, charset, missing, trimmed, strict);
    }

    /** Returns this format with a header, or without. */
    public CsvFormat withHeader(boolean newHeader) {
        return new CsvFormat(delimiter, quote, newHeader, charset, missing, trimmed, strict);
    }

    /** Returns this format with another encoding. */
    public CsvFormat withCharset(Charset newCharset) {
        return new CsvFormat(delimiter, quote, header, newCharset, missing, trimmed, strict);
    }

    /** Returns this format with other texts for missing values. */
    public CsvFormat withMissing(Set<String> newMissing) {
        return new CsvFormat(delimiter, quote, header, charset, newMissing, trimmed, strict);
    }

    /** Returns this format without blanks around fields. */
    public CsvFormat asTrimmed() {
        return new CsvFormat(delimiter, quote, header, charset, missing, true, strict);
    }

    /** Returns this format with bad data being fatal. */
    public CsvFormat asStrict() {
        return new CsvFormat(delimiter, quote, header, charset, missing, trimmed, true);
    }
}
