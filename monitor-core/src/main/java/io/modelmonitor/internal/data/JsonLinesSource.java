package io.modelmonitor.internal.data;

import io.modelmonitor.api.DataProblem;
import io.modelmonitor.internal.bytes.LineReader;
import io.modelmonitor.internal.bytes.Utf8;
import io.modelmonitor.internal.json.Json;
import io.modelmonitor.internal.json.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Reads JSON Lines object by object; whatever is wrong with one line is of no consequence to the others. */
public final class JsonLinesSource implements RowSource {

    static final String NO_OBJECT = "line that is no JSON object; left out";

    private final TextSource source;
    private final String name;
    private final LineReader lines;
    private final Problems problems;
    private final Flattener row = new Flattener();
    private boolean done;

    /**
     * Opens a file.
     *
     * @param strict whether the first bad row is an exception
     */
    public JsonLinesSource(Path file, boolean strict) {
        this(TextSource.open(file, null), file.toString(), strict);
    }

    JsonLinesSource(TextSource source, String name, boolean strict) {
        this.source = source;
        this.name = name;
        this.lines = new LineReader(source.text(), Limits.LINE, source.longestPassed());
        this.problems = new Problems(name, strict);
    }

    @Override
    public boolean next() {
        try {
            while (!done) {
                if (!lines.next()) {
                    end();
                } else if (readLine()) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw source.unreadable(e);
        }
    }

    private void end() {
        done = true;
        if (lines.line() == 0) {
            problems.add(CsvCursor.EMPTY, 1);
        }
        if (source.truncated()) {
            problems.add(CsvCursor.TRUNCATED, lines.line());
        }
    }

    @Override
    public int width() {
        return row.width();
    }

    @Override
    public void pack(RowPacker packer) {
        row.packInto(packer, problems, lines.line());
    }

    @Override
    public String file() {
        return name;
    }

    @Override
    public long line() {
        return lines.line();
    }

    /** Reads the line into the row; returns false, and says why, if there is none in it. */
    private boolean readLine() {
        if (lines.isTooLong()) {
            problems.add(CsvCursor.TOO_LONG, lines.line());
            return false;
        }
        byte[] bytes = lines.bytes();
        int from = lines.from();
        int to = from + lines.length();
        if (lines.isBlank()) {
            problems.blankLine(lines.line());
            return false;
        }
        problems.endOfBlankLines();
        int malformed = Utf8.malformed(bytes, from, to);
        if (malformed > 0) {
            problems.add(CsvCursor.BROKEN_ENCODING, malformed, lines.line());
            bytes = new String(bytes, from, to - from, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
            from = 0;
            to = bytes.length;
        }
        if (!lines.mayBeObject() || !parse(bytes, from, to)) {
            problems.add(!lines.isComplete() ? CsvCursor.HALF_LINE : NO_OBJECT, lines.line());
            return false;
        }
        return true;
    }

    /** Reads a line into the row; returns false if it is not one object. */
    private boolean parse(byte[] bytes, int from, int to) {
        row.clear();
        try (JsonReader json = Json.reader(bytes, from, to - from)) {
            if (json.next() != JsonReader.Token.OBJECT) {
                return false;
            }
            addObject(json, "");
            return json.next() == JsonReader.Token.END;
        } catch (IllegalArgumentException e) {
            // The line is counted by whoever asked; where in the line the error is helps nobody among millions of
            // lines.
            return false;
        }
    }

    private void addObject(JsonReader json, String name) {
        while (json.next() == JsonReader.Token.NAME) {
            String member = Flattener.member(name, json.text());
            json.next();
            addValue(json, member);
        }
    }

    private void addValue(JsonReader json, String name) {
        switch (json.token()) {
            case OBJECT -> addObject(json, name);
            case ARRAY -> {
                for (int i = 0; json.next() != JsonReader.Token.END_ARRAY; i++) {
                    addValue(json, Flattener.element(name, i));
                }
            }
            case STRING -> row.add(name, json.text());
            case INTEGER, FRACTION -> row.add(name, new SpelledNumber(json.text()));
            case TRUE -> row.add(name, true);
            case FALSE -> row.add(name, false);
            case NULL -> row.add(name, null);
            case END_OBJECT, END_ARRAY, NAME, END -> throw new IllegalArgumentException("no value");
        }
    }

    @Override
    public List<DataProblem> problems() {
        return problems.list();
    }

    @Override
    public void close() {
        done = true;
        source.close();
    }
}
