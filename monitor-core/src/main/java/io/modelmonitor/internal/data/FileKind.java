package io.modelmonitor.internal.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The kind of a table in a file, by the looks of its beginning.
 *
 * @param isJson whether it begins as an object of JSON, or an array of anything but words
 */
public record FileKind(boolean isJson) {

    private static final int LOOKED_AT = 1 << 13;
    private static final Pattern JSON = Pattern.compile("\\{|\\[\\s*+[\\[{\"\\d-]");
    private static final String DELIMITERS = ",;\t|";

    /**
     * Looks at a file.
     *
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public static FileKind of(Path file) {
        try (TextSource source = TextSource.open(file, null)) {
            String beginning = new String(source.text().readNBytes(LOOKED_AT), StandardCharsets.UTF_8).stripLeading();
            return new FileKind(JSON.matcher(beginning).lookingAt());
        } catch (IOException e) {
            throw Origin.unreadable(file.toString(), e);
        }
    }

    /** Returns the character that usually stands between cells which the first line of a text has most; a comma if none. */
    static char delimiter(String beginning, char quote) {
        int[] counts = new int[DELIMITERS.length()];
        boolean inQuotes = false;
        for (int i = 0; i < beginning.length(); i++) {
            char c = beginning.charAt(i);
            if (c == '\n' || c == '\r') {
                break;
            }
            inQuotes ^= c == quote;
            int delimiter = DELIMITERS.indexOf(c);
            if (delimiter >= 0 && !inQuotes && c != quote) {
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
