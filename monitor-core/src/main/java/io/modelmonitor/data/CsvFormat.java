package io.modelmonitor.data;

import java.nio.charset.Charset;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The format of a CSV; see the withers of {@link CsvDataset}, which check the values. */
record CsvFormat(
        char delimiter,
        char quote,
        boolean header,
        @Nullable Charset charset,
        Set<String> missing,
        boolean trimmed,
        boolean strict) {

    static final CsvFormat STANDARD = new CsvFormat(',', '"', true, null, Set.of(), false, false);
}
