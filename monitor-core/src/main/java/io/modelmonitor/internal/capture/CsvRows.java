package io.modelmonitor.internal.capture;

import java.util.ArrayList;
import java.util.List;

/**
 * Comma separated values of a payload as rows of fields (RFC 4180, no header). Payloads are small and wholly in memory. As in
 * files, lines end in LF, CR or CRLF, and blanks between a closing quote and the next comma are left out.
 */
public final class CsvRows {

    /** Marks a field that began with a quote: it is there even if it is empty. No text has this character. */
    private static final char QUOTED = '\uFFFF';

    private final List<List<String>> rows = new ArrayList<>();
    private final StringBuilder field = new StringBuilder();
    private List<String> row = new ArrayList<>();
    private boolean quoted;

    /** Where the field's text after its closing quote begins. */
    private int closedAt = Integer.MAX_VALUE;

    private CsvRows() {}

    /** Returns the rows of a text; blank lines are none. A quote that is never closed ends with the text. */
    public static List<List<String>> of(String text) {
        CsvRows rows = new CsvRows();
        int i = 0;
        while (i < text.length()) {
            i = rows.next(text, i);
        }
        rows.endRow();
        return rows.rows;
    }

    /** Takes a character, or two, and returns the position behind. */
    private int next(String text, int i) {
        char c = text.charAt(i);
        if (c == '"') {
            boolean inside = field.length() > 0 && field.charAt(0) == QUOTED;
            if (!inside && field.isEmpty()) {
                quoted = true;
                field.append(QUOTED);
            } else if (quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                field.append('"');
                return i + 2;
            } else if (quoted) {
                quoted = false;
                closedAt = field.length();
            } else {
                field.append('"');
            }
        } else if (!quoted && c == ',') {
            endField();
        } else if (!quoted && (c == '\n' || c == '\r')) {
            endRow();
        } else {
            field.append(c);
        }
        return i + 1;
    }

    private void endField() {
        boolean marked = field.length() > 0 && field.charAt(0) == QUOTED;
        if (closedAt < field.length() && field.substring(closedAt).isBlank()) {
            field.setLength(closedAt);
        }
        closedAt = Integer.MAX_VALUE;
        row.add(marked ? field.substring(1) : field.toString());
        field.setLength(0);
        quoted = false;
    }

    private void endRow() {
        if (!row.isEmpty() || field.length() > 0) {
            endField();
            rows.add(row);
            row = new ArrayList<>();
        }
    }
}
