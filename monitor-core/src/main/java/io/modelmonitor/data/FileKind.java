package io.modelmonitor.data;

import io.modelmonitor.api.Dataset;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Finds out how a table is written by looking at its first line. */
final class FileKind {

    private static final int LOOKED_AT = 1 << 13;
    private static final String DELIMITERS = ",;\t|";

    private FileKind() {}

    /** Returns a file as JSON Lines if it begins with an object, else as CSV with the delimiter its first line has most. */
    static Dataset of(Path file) {
        String beginning;
        try (TextSource source = TextSource.open(file, null)) {
            beginning = new String(source.text().readNBytes(LOOKED_AT), StandardCharsets.UTF_8).stripLeading();
        } catch (IOException e) {
            throw TextSource.unreadable(file, e);
        }
        return beginning.startsWith("{")
                ? Datasets.jsonLines(file)
                : Datasets.csv(file).delimiter(delimiter(beginning));
    }

    private static char delimiter(String beginning) {
        int[] counts = new int[DELIMITERS.length()];
        boolean inQuotes = false;
        for (int i = 0; i < beginning.length(); i++) {
            char c = beginning.charAt(i);
            if (c == '\n' || c == '\r') {
                break;
            }
            inQuotes ^= c == '"';
            int delimiter = DELIMITERS.indexOf(c);
            if (delimiter >= 0 && !inQuotes) {
                counts[delimiter]++;
            }
        }
        int most = 0;
        for (int i = 1; i < counts.length; i++) {
            most = counts[i] > counts[most] ? i : most;
        }
        return DELIMITERS.charAt(most);
    }
}
