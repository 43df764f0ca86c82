package io.modelmonitor.golden;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The CSV files of golden cases: RFC 4180 in UTF-8 with a header line. Kept apart from the reader that is under test. */
final class Csv {

    private Csv() {}

    /** Returns the records after the header. */
    static List<String[]> rows(Path file) throws IOException {
        List<String[]> records = records(Files.readString(file));
        return records.subList(1, records.size());
    }

    private static List<String[]> records(String text) {
        List<String[]> records = new ArrayList<>();
        List<String> record = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                field.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (quoted || (c != ',' && c != '\n')) {
                field.append(c);
            } else {
                record.add(field.toString());
                field.setLength(0);
                if (c == '\n') {
                    records.add(record.toArray(String[]::new));
                    record.clear();
                }
            }
        }
        if (!record.isEmpty() || field.length() > 0) {
            record.add(field.toString());
            records.add(record.toArray(String[]::new));
        }
        return records;
    }
}
