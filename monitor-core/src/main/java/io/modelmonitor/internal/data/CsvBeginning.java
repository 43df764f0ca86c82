package io.modelmonitor.internal.data;

import io.modelmonitor.api.ValueKind;
import io.modelmonitor.internal.json.JsonForm;
import io.modelmonitor.stats.internal.text.LexicalForm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The lines before the table in a CSV, and what its first lines show: what separates fields, and whether the first has names.
 *
 * <p>Before the table may stand a line {@code sep=;} and lines that begin with {@code #}. The last of these has the names if it has as
 * many fields as the next line and, unlike it, no number. A title, a period and blank lines may stand there, too: lines with at most half
 * as many filled fields as the names below them, which are followed by rows of as many fields as there are names.
 *
 * <p>The first line is a row if it has numbers where the next lines have numbers, and one of them has a fraction or a sign or occurs twice,
 * or one of its texts comes again below, or all its fields are numbers neither rising nor falling, as years and positions in a header do.
 * If all rows have exactly one field more than it has names, the first field has none: R writes the names of rows so.
 */
final class CsvBeginning {

    static final String SEPARATOR_LINE = "line that says what separates fields; heeded";
    static final String COMMENTS = "line of comment before the table; left out";
    static final String TITLE = "line above the columns' names; left out";
    static final String NO_HEADER =
            "first line is a row like the others, so columns are called by position; header() takes it for names";
    static final String NUMBERS_AS_NAMES =
            "first line has numbers where the others have; it is taken for names, and by noHeader() for a row";
    static final String UNNAMED_FIRST =
            "first line has one name fewer than the others have fields, as if it were by R; the first column is called by its position";

    /** Numbers with a decimal comma, separated thousands, a currency or a percent sign; no dates. */
    private static final Pattern FORMATTED_NUMBER =
            Pattern.compile("[-+]?\\p{Sc}? ?(\\d{1,3}([.,' \u00a0]\\d{3})+([.,]\\d+)?|\\d+([.,]\\d+)?)( ?[%\\p{Sc}])?");

    /** The beginning of an object, or of an array of objects or arrays. */
    private static final Pattern JSON = Pattern.compile("\\s*+(\\{\\s*+\"|\\[\\s*+[\\[{])");

    private static final int LOOKED_AT = 1 << 16;
    private static final int ROWS = 50;
    private static final int MOST_TITLES = 20;
    private static final int MOST_FIELDS = 1 << 14;

    private final byte[] head;
    private final InputStream in;
    private final CsvFormat format;
    private final List<String> notes = new ArrayList<>();
    private int position;
    private long line = 1;
    private char delimiter;
    private boolean hasHeader;
    private boolean isFirstUnnamed;

    private CsvBeginning(byte[] head, InputStream in, CsvFormat format) {
        this.head = head;
        this.in = in;
        this.format = format;
        this.delimiter = format.delimiter();
    }

    /** Reads the beginning. */
    static CsvBeginning of(InputStream in, CsvFormat format) throws IOException {
        CsvBeginning beginning = new CsvBeginning(in.readNBytes(LOOKED_AT), in, format);
        beginning.refuseJson();
        beginning.skipSeparatorLine();
        beginning.skipComments();
        beginning.skipTitles();
        beginning.delimiter = beginning.separator(beginning.firstFilled());
        beginning.noteUnusedDelimiter();
        beginning.findHeader();
        return beginning;
    }

    /** Refuses JSON, which would make a table of its commas. */
    private void refuseJson() throws IOException {
        if (!JSON.matcher(new String(head, StandardCharsets.ISO_8859_1)).lookingAt()) {
            return;
        }
        boolean isOfLines = JsonForm.of(head, 0, endOfLine(0)) == JsonForm.VALUES && endOfLine(0) > 0;
        if (isOfLines || JsonForm.of(head, 0, head.length) != JsonForm.OTHER) {
            throw new IOException("it is JSON, and no CSV; Datasets.jsonLines(..) reads it, or "
                    + "Datasets.file(..), without delimiter, header, charset and missing texts");
        }
    }

    /** Notes a delimiter that was given and stands nowhere, unless the first line is a word, as in a table of one column. */
    private void noteUnusedDelimiter() {
        boolean isUsed = format.delimiter() == CsvFormat.FOUND_OUT;
        for (int i = position; i < head.length && !isUsed; i++) {
            isUsed = head[i] == delimiter;
        }
        if (!isUsed && FileKind.mayHaveFields(textFrom(firstFilled()), format.quote())) {
            String named =
                    delimiter == '\t' ? "tab" : delimiter < ' ' ? "of code " + (int) delimiter : "'" + delimiter + "'";
            notes.add("delimiter " + named + ", as given, stands nowhere in the first lines; each is one field");
        }
    }

    private String textFrom(int from) {
        return new String(head, from, endOfLine(from) - from, StandardCharsets.UTF_8);
    }

    private int endOfLine(int from) {
        int end = from;
        while (end < head.length && head[end] != '\n' && head[end] != '\r') {
            end++;
        }
        return end;
    }

    /** Returns where the line behind another begins; a line that the head does not end is never passed. */
    private int nextLine(int from) {
        int end = endOfLine(from);
        if (end >= head.length) {
            return from;
        }
        return head[end] == '\r' && end + 1 < head.length && head[end + 1] == '\n' ? end + 2 : end + 1;
    }

    private void pass(String note) {
        position = nextLine(position);
        line++;
        notes.add(note);
    }

    private void skipSeparatorLine() {
        String first = textFrom(0);
        if (first.regionMatches(true, 0, "sep=", 0, 4) && first.length() == 5 && nextLine(0) > 0) {
            char said = first.charAt(4);
            delimiter = format.delimiter() == CsvFormat.FOUND_OUT && said < 0x80 && said != format.quote()
                    ? said
                    : format.delimiter();
            pass(SEPARATOR_LINE);
        }
    }

    private void skipComments() throws IOException {
        while (isComment(position)) {
            int next = nextLine(position);
            if (next == position || (!isComment(next) && isHeaderOf(position))) {
                return;
            }
            pass(COMMENTS);
        }
    }

    /** Passes over the lines above the names. */
    private void skipTitles() throws IOException {
        for (int left = format.header() == null ? titles() : 0; left > 0; left--) {
            pass(TITLE);
        }
    }

    /** Returns how many lines stand above the names; none if these are blank, or nothing looks like names. */
    private int titles() throws IOException {
        List<Integer> above = new ArrayList<>();
        boolean isAnyFilled = false;
        int from = position;
        while (above.size() <= MOST_TITLES && nextLine(from) > from) {
            if (isTableBelow(from, above)) {
                return isAnyFilled ? above.size() : 0;
            }
            isAnyFilled |= !textFrom(from).isBlank();
            above.add(from);
            from = nextLine(from);
        }
        return 0;
    }

    /** Returns whether a line has the names of a table, and those above it too little to be of it. */
    private boolean isTableBelow(int from, List<Integer> above) throws IOException {
        char separator = separator(from);
        List<List<String>> records = textFrom(from).isBlank() ? List.of() : records(from, separator, ROWS);
        if (records.size() < 2 || records.get(0).size() < 2) {
            return false;
        }
        List<String> names = records.get(0);
        List<String> filled = names.stream().filter(name -> !name.isBlank()).toList();
        boolean areNames = filled.size() > 1
                && Set.copyOf(filled).size() == filled.size()
                && names.stream().noneMatch(CsvBeginning::beginsWithNumber);
        if (!areNames
                || records.get(1).size() != names.size()
                || records.get(1).stream().noneMatch(CsvBeginning::beginsWithNumber)
                || records.stream().anyMatch(record -> record.size() > names.size())) {
            return false;
        }
        for (int line : above) {
            List<List<String>> first = textFrom(line).isBlank() ? List.of() : records(line, separator, 1);
            for (List<String> fields : first) {
                if (fields.stream().filter(field -> !field.isBlank()).count() > filled.size() / 2) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Returns whether a field begins as a number, a time or a code does, and a name seldom. */
    private static boolean beginsWithNumber(String field) {
        return isNumber(field) || (!field.isEmpty() && Character.isDigit(field.charAt(0)));
    }

    /** Returns where the first line begins that is not blank. */
    private int firstFilled() {
        int from = position;
        while (textFrom(from).isBlank() && nextLine(from) > from) {
            from = nextLine(from);
        }
        return from;
    }

    private char separator(int from) {
        return delimiter == CsvFormat.FOUND_OUT ? FileKind.delimiter(textFrom(from), format.quote()) : delimiter;
    }

    private boolean isComment(int from) {
        return from < head.length && head[from] == '#';
    }

    /** Returns whether a line is that of the names of the next. */
    private boolean isHeaderOf(int from) throws IOException {
        List<List<String>> records = records(from, separator(from), 2);
        return records.size() == 2
                && records.get(0).size() == records.get(1).size()
                && records.get(0).size() > 1
                && records.get(0).stream().noneMatch(CsvBeginning::isNumber)
                && records.get(1).stream().anyMatch(CsvBeginning::isNumber);
    }

    private void findHeader() throws IOException {
        Boolean said = format.header();
        hasHeader = said == null || said;
        List<List<String>> records = hasHeader ? records(position, delimiter, ROWS) : List.of();
        if (records.size() < 2) {
            return;
        }
        List<List<String>> others = records.subList(1, records.size());
        boolean isShort = isShort(records.get(0), others);
        if (said == null) {
            List<List<String>> named = isShort
                    ? others.stream().map(row -> row.subList(1, row.size())).toList()
                    : others;
            judgeHeader(records.get(0), named);
        }
        isFirstUnnamed = hasHeader && isShort;
        if (isFirstUnnamed) {
            notes.add(UNNAMED_FIRST);
        }
    }

    /** Returns whether all rows have one field more than there are names, the last of which is not what a delimiter at their end makes. */
    private static boolean isShort(List<String> names, List<List<String>> rows) {
        int fields = names.size() + 1;
        return rows.stream()
                .allMatch(row -> row.size() == fields && !row.get(fields - 1).isBlank());
    }

    private void judgeHeader(List<String> first, List<List<String>> others) {
        Set<String> numbers = new HashSet<>();
        boolean isRow = false;
        int fitting = 0;
        for (int i = 0; i < first.size(); i++) {
            String field = first.get(i);
            if (isNumber(field) && isOfNumbers(others, i)) {
                fitting++;
                isRow |= LexicalForm.of(field) != LexicalForm.of("1") || field.startsWith("-") || !numbers.add(field);
            }
        }
        if (fitting == 0) {
            return;
        }
        for (int i = 0; i < first.size() && !isRow; i++) {
            String field = first.get(i);
            int place = i;
            isRow = !field.isEmpty()
                    && !isNumber(field)
                    && others.stream()
                            .anyMatch(
                                    row -> place < row.size() && row.get(place).equals(field));
        }
        // Formatted numbers are no names, so that all fields may be numbers though none of them made the line a row.
        isRow = isRow || (fitting == first.size() && fitting > 1 && !isMonotone(first));
        hasHeader = !isRow;
        notes.add(isRow ? NO_HEADER : NUMBERS_AS_NAMES);
    }

    private static boolean isMonotone(List<String> numbers) {
        boolean rises = true;
        boolean falls = true;
        for (int i = 1; i < numbers.size(); i++) {
            double step = Double.parseDouble(numbers.get(i)) - Double.parseDouble(numbers.get(i - 1));
            rises &= step > 0;
            falls &= step < 0;
        }
        return rises || falls;
    }

    private static boolean isOfNumbers(List<List<String>> rows, int field) {
        boolean isAny = false;
        for (List<String> row : rows) {
            String value = field < row.size() ? row.get(field) : "";
            if (!value.isEmpty() && !isNumber(value)) {
                return false;
            }
            isAny |= !value.isEmpty();
        }
        return isAny;
    }

    private static boolean isNumber(String field) {
        return ValueKind.isNumber(LexicalForm.of(field))
                || FORMATTED_NUMBER.matcher(field).matches();
    }

    /** Returns the first complete records of the head. */
    private List<List<String>> records(int from, char separator, int most) throws IOException {
        List<List<String>> records = new ArrayList<>();
        CsvScanner scanner = new CsvScanner(
                new ByteArrayInputStream(head, from, head.length - from),
                (byte) separator,
                (byte) format.quote(),
                format.trimmed(),
                Long.MAX_VALUE);
        scanner.startBatch(LOOKED_AT / 16, 64);
        while (records.size() < most) {
            int fields = scanner.next(MOST_FIELDS);
            boolean isCut = head.length == LOOKED_AT && scanner.unfinished();
            if (fields == CsvScanner.END || isCut) {
                return records;
            }
            if (fields > 0) {
                records.add(fields(scanner, Math.min(fields, MOST_FIELDS)));
            }
        }
        return records;
    }

    private static List<String> fields(CsvScanner scanner, int count) {
        List<String> fields = new ArrayList<>(count);
        int[] bounds = scanner.cells().bounds();
        for (int i = 0; i < count; i++) {
            int from = bounds[2 * i];
            fields.add(new String(scanner.bytes(), from, bounds[2 * i + 1] - from, StandardCharsets.UTF_8));
        }
        return fields;
    }

    /** Notes what was found out. */
    void noteIn(Problems problems) {
        for (int i = 0; i < notes.size(); i++) {
            // Those about lines that were passed over come first, a line each.
            problems.note(notes.get(i), Math.min(i + 1L, line));
        }
    }

    /** Returns the table. */
    InputStream rest() {
        InputStream first = new ByteArrayInputStream(head, position, head.length - position);
        return head.length < LOOKED_AT ? first : new SequenceInputStream(first, in);
    }

    /** Returns on which line the table begins, from 1. */
    long firstLine() {
        return line;
    }

    /** Returns what separates fields. */
    char delimiter() {
        return delimiter;
    }

    /** Returns whether the first line of the table has no name for the first column, and not even a field. */
    boolean isFirstUnnamed() {
        return isFirstUnnamed;
    }

    /** Returns whether the first line of the table has names. */
    boolean hasHeader() {
        return hasHeader;
    }
}
