package io.modelmonitor.internal.data;

import io.modelmonitor.internal.json.JsonForm;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Opens files of JSON: as lines if the first line is a value, or no JSON at all, so that whatever is wrong with one line is of
 * no consequence to the others; else as one stream, in which values may have many lines, or be longer than any line may be.
 */
public final class JsonFileSource {

    /** The bytes by which the form of a file is told. */
    private static final int LOOKED_AT = 1 << 16;

    private JsonFileSource() {}

    /**
     * Opens a file, a stream or a text.
     *
     * @param strict whether the first bad row is an exception
     * @throws java.io.UncheckedIOException if it cannot be read, or is no text; the message is one line and names the file
     */
    public static RowSource open(Origin file, boolean strict) {
        TextSource source = TextSource.open(file, null);
        try {
            InputStream text = new BufferedInputStream(source.text(), LOOKED_AT);
            text.mark(LOOKED_AT);
            byte[] beginning = Transcoder.repairing(new ByteArrayInputStream(text.readNBytes(LOOKED_AT)))
                    .readAllBytes();
            text.reset();
            return isOfLines(beginning)
                    ? new JsonLinesSource(source, text, file.name(), strict)
                    : new JsonDocumentSource(source, text, file.name(), strict);
        } catch (IOException e) {
            source.close();
            throw source.unreadable(e);
        }
    }

    private static boolean isOfLines(byte[] beginning) {
        int from = 0;
        while (from < beginning.length && beginning[from] <= ' ' && beginning[from] >= 0) {
            from++;
        }
        int to = from;
        while (to < beginning.length && beginning[to] != '\n' && beginning[to] != '\r') {
            to++;
        }
        boolean isWhole = beginning.length < LOOKED_AT;
        if (JsonForm.of(beginning, from, to - from) != JsonForm.BEGINNING) {
            return true;
        }
        JsonForm form = JsonForm.of(beginning, from, beginning.length - from);
        if (form == JsonForm.BEGINNING && (isWhole || to == LOOKED_AT)) {
            return beginning[from] != '['; // of an array, each row is read as it comes, in a line of any length
        }
        return form == JsonForm.OTHER;
    }
}
