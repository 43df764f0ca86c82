package io.modelmonitor.internal.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The kind of a table in a file, by the looks of its beginning.
 *
 * @param isJson whether it begins as an object of JSON, or an array of anything but words
 */
public record FileKind(boolean isJson) {

    private static final int LOOKED_AT = 1 << 13;
    private static final int LINES = 10;

    /** A comma that does not stand between digits. */
    private static final Pattern OTHER_COMMA = Pattern.compile("(?<![0-9]),|,(?![0-9])");

    private static final Pattern JSON = Pattern.compile("\\{|\\[\\s*+([\\[{\"\\d-]|NaN\\b|Infinity\\b)");
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

    /**
     * Returns the character that usually stands between cells which the first line of a text has most; a comma if none. Where all commas of
     * the first lines stand between digits, and each line has as many semicolons or tabs, commas stand before decimals.
     */
    static char delimiter(String beginning, char quote) {
        List<String> lines =
                beginning.lines().filter(line -> !line.isEmpty()).limit(LINES).toList();
        if (lines.isEmpty()) {
            return DELIMITERS.charAt(0);
        }
        int[] counts = counts(lines.get(0), quote);
        int most = 0;
        for (int i = 1; i < counts.length; i++) {
            most = counts[i] > counts[most] ? i : most;
        }
        char found = DELIMITERS.charAt(most);
        boolean areDecimal = found == ','
                && lines.stream().noneMatch(line -> OTHER_COMMA.matcher(line).find());
        for (char other : areDecimal ? new char[] {';', '\t'} : new char[0]) {
            int place = DELIMITERS.indexOf(other);
            if (counts[place] > 0 && lines.stream().allMatch(line -> counts(line, quote)[place] == counts[place])) {
                return other;
            }
        }
        return found;
    }

    /** Returns whether one of the characters that usually stand between cells is in a line. */
    static boolean hasDelimiter(byte[] line, int from, int to) {
        for (int i = from; i < to; i++) {
            if (DELIMITERS.indexOf(line[i]) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether a line has, outside of quotes, a blank, a colon or one of the characters that usually stand between cells. */
    static boolean mayHaveFields(String line, char quote) {
        boolean inQuotes = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            inQuotes ^= c == quote;
            if (!inQuotes && (c == ' ' || c == ':' || DELIMITERS.indexOf(c) >= 0)) {
                return true;
            }
        }
        return false;
    }

    private static int[] counts(String line, char quote) {
        int[] counts = new int[DELIMITERS.length()];
        boolean inQuotes = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            inQuotes ^= c == quote;
            int delimiter = DELIMITERS.indexOf(c);
            if (delimiter >= 0 && !inQuotes && c != quote) {
                counts[delimiter]++;
            }
        }
        return counts;
    }
}
