package io.modelmonitor.internal.data;

import io.modelmonitor.api.DataProblem;
import io.modelmonitor.internal.bytes.LineAllowance;
import io.modelmonitor.internal.bytes.LineReader;
import io.modelmonitor.internal.bytes.Utf8;
import io.modelmonitor.internal.json.Json;
import io.modelmonitor.internal.json.JsonReader;
import io.modelmonitor.internal.json.JsonReader.Token;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads JSON line by line; whatever is wrong with one line is of no consequence to the others. An object is flattened as it is
 * read, and read again by {@link JsonRows} only if it may be a table.
 */
final class JsonLinesSource implements RowSource {

    static final String NO_OBJECT = "line that is no JSON object; left out";
    static final String MAY_BE_CSV = "no line is a JSON object; is it a CSV? Datasets.csv(..) reads it";
    private static final int NO_TABLE = -1;

    private final TextSource source;
    private final String name;
    private final LineReader lines;
    private final Problems problems;
    private final Flattener row = new Flattener();

    /** The rows of a line that is a table. */
    private final JsonRows rows;

    private int rowOfTable = NO_TABLE;

    /** True if the present object has a member with the name of a table. */
    private boolean hasTable;

    private boolean isArray;
    private int members;
    private long nans;
    private int containers;
    private String firstMember = "";

    /** True if no line that could be read came before. */
    private boolean isFirst = true;

    /** True if a line that is no JSON has what separates the fields of a CSV. */
    private boolean mayBeCsv;

    /** True if lines are arrays, as the first one is. */
    private boolean isOfArrays;

    private boolean done;

    JsonLinesSource(TextSource source, String name, boolean strict) {
        this(source, source.text(), name, strict);
    }

    JsonLinesSource(TextSource source, InputStream text, String name, boolean strict) {
        this.source = source;
        this.name = name;
        this.lines = new LineReader(text, Limits.LINE, source.longestPassed());
        this.problems = new Problems(name, strict);
        this.rows = new JsonRows(what -> problems.add(what, lines.line()));
    }

    @Override
    public boolean next() {
        try {
            rowOfTable = rowOfTable + 1 < rows.size() ? rowOfTable + 1 : NO_TABLE;
            if (rowOfTable != NO_TABLE) {
                return true;
            }
            rows.clear();
            while (!done) {
                if (!lines.next()) {
                    end();
                } else if (readLine()) {
                    return true;
                } else if (!(lines.isBlank()
                        ? source.withoutRow().empty()
                        : source.withoutRow().broken())) {
                    done = true;
                    problems.add(LineAllowance.SPENT, lines.line());
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
        if (isFirst && mayBeCsv) {
            problems.note(MAY_BE_CSV, 1);
        }
        if (source.truncated()) {
            problems.add(CsvCursor.TRUNCATED, lines.line());
        }
    }

    @Override
    public int width() {
        return rowOfTable == NO_TABLE ? row.width() : rows.width(rowOfTable);
    }

    @Override
    public void pack(RowPacker packer) {
        if (rowOfTable == NO_TABLE) {
            row.packInto(packer, problems, lines.line());
        } else {
            rows.pack(rowOfTable, packer, problems, lines.line());
        }
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
    private boolean readLine() throws IOException {
        if (lines.isTooLong()) {
            problems.add(CsvCursor.TOO_LONG, lines.line());
            return false;
        }
        boolean isAlone = isFirst && !lines.isBlank() && lines.endsHere();
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
        boolean isJson = lines.mayBeObject() || lines.mayBeArray();
        if (!isJson || !parse(bytes, from, to)) {
            mayBeCsv |= isFirst && !isJson && FileKind.hasDelimiter(bytes, from, to);
            problems.add(!lines.isComplete() ? CsvCursor.HALF_LINE : NO_OBJECT, lines.line());
            return false;
        }
        if (mayBeTable(isAlone) && !readTable(bytes, from, to, isAlone)) {
            return false;
        }
        if (nans > 0) {
            problems.add(SpelledNumber.NAN, nans, lines.line());
        }
        isFirst = false;
        return true;
    }

    /** Reads a line, an object into the row; returns false if it is neither one object nor one array. */
    private boolean parse(byte[] bytes, int from, int to) {
        row.clear();
        members = 0;
        nans = 0;
        containers = 0;
        hasTable = false;
        try (JsonReader json = Json.reader(bytes, from, to - from).allowingNonFinite()) {
            Token token = json.next();
            isArray = token == Token.ARRAY;
            if (isArray) {
                json.skip();
            } else if (token == Token.OBJECT) {
                addObject(json, "", true);
            } else {
                return false;
            }
            return json.next() == Token.END;
        } catch (IllegalArgumentException e) {
            // The line is counted by whoever asked; where in the line the error is helps nobody among millions of
            // lines.
            return false;
        }
    }

    private void addObject(JsonReader json, String name, boolean isLine) {
        while (json.next() == Token.NAME) {
            String member = Flattener.member(name, json.text());
            Token token = json.next();
            if (isLine) {
                firstMember = members++ == 0 ? member : firstMember;
                boolean isContainer = token == Token.OBJECT || token == Token.ARRAY;
                containers += isContainer ? 1 : 0;
                hasTable |= isContainer && JsonRows.isTable(member);
            }
            addValue(json, member);
        }
    }

    private void addValue(JsonReader json, String name) {
        switch (json.token()) {
            case OBJECT -> addObject(json, name, false);
            case ARRAY -> {
                for (int i = 0; json.next() != Token.END_ARRAY; i++) {
                    addValue(json, Flattener.element(name, i));
                }
            }
            case STRING -> row.add(name, json.text());
            case INTEGER, FRACTION -> {
                SpelledNumber number = SpelledNumber.of(json.text());
                nans += number == null ? 1 : 0;
                row.add(name, number);
            }
            case TRUE -> row.add(name, true);
            case FALSE -> row.add(name, false);
            case NULL -> row.add(name, null);
            case END_OBJECT, END_ARRAY, NAME, END -> throw new IllegalArgumentException("no value");
        }
    }

    /** Returns whether the line that was parsed may be several rows. Most lines are known not to be at this little cost. */
    private boolean mayBeTable(boolean isAlone) {
        if (isArray || hasTable) {
            return true;
        }
        if (isAlone && containers > 0) {
            return true;
        }
        if (members == 0 || containers < members) {
            return false;
        }
        if (row.width() == 0 || !row.name(0).startsWith(firstMember)) {
            return true;
        }
        String rest = row.name(0).substring(firstMember.length());
        boolean isListOfRows = members == 1 && rest.startsWith("[0]") && rest.length() > "[0]".length();
        boolean isByIndex =
                rest.length() > 1 && rest.charAt(1) >= '0' && rest.charAt(1) <= '9' && rest.charAt(0) == '.';
        return isListOfRows || isByIndex;
    }

    /** Reads a line that was parsed once more, as what may be several rows; returns false, and says why, if there is none. */
    private boolean readTable(byte[] bytes, int from, int to, boolean isAlone) {
        Object value;
        boolean hasNameTwice;
        try (JsonReader json = Json.reader(bytes, from, to - from).allowingNonFinite()) {
            JsonTree tree = JsonTree.of(json);
            json.next();
            value = tree.read();
            hasNameTwice = tree.hasNameTwice();
            nans = tree.nans();
        }
        if (value instanceof List<?> list && !JsonRows.isOfRows(list)) {
            isOfArrays |= isFirst;
            if (!isOfArrays) {
                problems.add(NO_OBJECT, lines.line());
                return false;
            }
        }
        if (hasNameTwice) {
            problems.add(Flattener.NAME_TWICE, lines.line());
        }
        if (isAlone) {
            rows.addDocument(value);
        } else {
            rows.add(value, false);
        }
        if (rows.size() == 0) {
            problems.add(JsonRows.NO_ROW, lines.line());
            return false;
        }
        rowOfTable = 0;
        return true;
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
