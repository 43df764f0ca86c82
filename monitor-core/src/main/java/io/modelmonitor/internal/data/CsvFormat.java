package io.modelmonitor.internal.data;

import java.nio.charset.Charset;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The format of a CSV; values are checked by who makes it. */
public record CsvFormat(
        char delimiter,
        char quote,
        boolean header,
        @Nullable Charset charset,
        Set<String> missing,
        boolean trimmed,
        boolean strict) {

    /** Commas, double quotes and a header; the charset is found out, and only what is empty is missing. */
    public static final CsvFormat STANDARD = new CsvFormat(',', '"', true, null, Set.of(), false, false);
}
