package io.modelmonitor.internal.data;

import io.modelmonitor.api.DataProblem;
import io.modelmonitor.internal.json.Json;
import io.modelmonitor.internal.json.JsonReader;
import io.modelmonitor.internal.json.JsonReader.Token;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON that is not one value on each line: the elements of an array as they come, any other value as a whole. Where it is
 * no JSON any more, it ends.
 */
final class JsonDocumentSource implements RowSource {

    static final String TOO_LARGE = "JSON value of more than " + Limits.LINE + " characters; left out";
    static final String NO_CONTAINER = "JSON value that is neither an object nor an array; left out";
    static final String BROKEN = "it is no JSON from here on; the rest is left out";

    private final TextSource source;
    private final String name;
    private final Transcoder text;
    private final JsonReader json;
    private final JsonTree tree;
    private final Problems problems;
    private final JsonRows rows;
    private int row = -1;
    private long line = 1;
    private long malformed;

    /** True if the next value is an element of an array of rows. */
    private boolean inArray;

    /** The token after the first value, which has been read to see whether there is another value; null if none has. */
    private @Nullable Token ahead;

    /** True if there is no JSON behind the first value. */
    private boolean isBroken;

    private boolean isFirst = true;

    /** True if the present value is all that there is. */
    private boolean isOnly;

    private boolean done;

    JsonDocumentSource(TextSource source, InputStream utf8, String name, boolean strict) {
        this.source = source;
        this.name = name;
        this.text = Transcoder.repairing(utf8);
        this.json = Json.reader(text).allowingNonFinite();
        this.tree = JsonTree.bounded(json);
        this.problems = new Problems(name, strict);
        this.rows = new JsonRows(what -> problems.add(what, line));
    }

    @Override
    public boolean next() {
        row++;
        while (row >= rows.size()) {
            rows.clear();
            row = 0;
            if (done || !readValue()) {
                return false;
            }
        }
        return true;
    }

    /** Reads the rows of the next value, of which there may be none; returns false at the end. */
    private boolean readValue() {
        Token token;
        Object value;
        try {
            token = nextToken();
            if (token == Token.ARRAY && !inArray) {
                token = json.next();
                line = json.line();
                inArray = token == Token.OBJECT || token == Token.ARRAY;
                value = inArray ? tree.read() : tree.readElements();
                token = Token.ARRAY;
            } else {
                value = token == Token.OBJECT || token == Token.ARRAY ? tree.read() : null;
            }
            isOnly = isFirst && token == Token.OBJECT && isLast();
            isFirst = false;
        } catch (IllegalArgumentException e) {
            line = json.lineReached();
            end();
            problems.add(BROKEN, line);
            return false;
        } catch (UncheckedIOException e) {
            throw source.unreadable(Objects.requireNonNull(e.getCause()));
        }
        noteMalformed();
        switch (token) {
            case END -> end();
            case END_ARRAY -> inArray = false;
            case OBJECT, ARRAY -> add(value);
            default -> problems.add(NO_CONTAINER, line);
        }
        return !done;
    }

    private Token nextToken() {
        if (isBroken) {
            throw new IllegalArgumentException(BROKEN);
        }
        Token token = ahead == null ? json.next() : ahead;
        ahead = null;
        line = json.line();
        return token;
    }

    /** Returns whether no value comes behind the present one. */
    private boolean isLast() {
        try {
            ahead = json.next();
            return ahead == Token.END;
        } catch (IllegalArgumentException e) {
            isBroken = true;
            return true;
        }
    }

    private void add(@Nullable Object value) {
        if (tree.isTooLarge()) {
            problems.add(TOO_LARGE, line);
            return;
        }
        if (tree.nans() > 0) {
            problems.add(SpelledNumber.NAN, tree.nans(), line);
        }
        if (tree.hasNameTwice()) {
            problems.add(Flattener.NAME_TWICE, line);
        }
        if (inArray) {
            rows.addRow(value);
        } else if (isOnly) {
            rows.addDocument(value);
        } else {
            rows.add(value, true);
        }
        if (rows.size() == 0) {
            problems.add(JsonRows.NO_ROW, line);
        }
    }

    private void end() {
        done = true;
        noteMalformed();
        if (source.truncated()) {
            problems.add(CsvCursor.TRUNCATED, line);
        }
    }

    private void noteMalformed() {
        long found = text.malformed() - malformed;
        if (found > 0) {
            malformed += found;
            problems.add(CsvCursor.BROKEN_ENCODING, found, line);
        }
    }

    @Override
    public int width() {
        return rows.width(row);
    }

    @Override
    public void pack(RowPacker packer) {
        rows.pack(row, packer, problems, line);
    }

    @Override
    public String file() {
        return name;
    }

    @Override
    public long line() {
        return line;
    }

    @Override
    public List<DataProblem> problems() {
        return problems.list();
    }

    @Override
    public void close() {
        done = true;
        rows.clear();
        source.close();
    }
}
