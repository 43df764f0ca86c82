package io.modelmonitor.quality;

import io.modelmonitor.api.Row;
import io.modelmonitor.labels.Labels;
import io.modelmonitor.stats.internal.text.MissingSpelling;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the labels of a column as codes: 0 for the first distinct label met, and so on. Labels are {@link Labels} made
 * comparable, which is done once for each spelling. Spellings of missing values are none: among numbers all of them, among texts those
 * that are no names either ({@code none} may be a class). Not safe for use by several threads.
 */
final class LabelReader {

    /** There is no label in the row. */
    static final int MISSING = -1;

    /** Spellings are remembered up to this many; of a column of text that never repeats, none should stay. */
    private static final int MOST_SPELLINGS = 10_000;

    private static final int FEW = 8;

    private final ColumnReference column;
    private final boolean areNumbers;
    private final Set<String> named;
    private final List<String> labels = new ArrayList<>();
    private final Map<String, Integer> codes = new HashMap<>();
    private final Map<String, Integer> spellings = new HashMap<>();
    private final double[] numbers = new double[FEW];
    private final int[] numberCodes = new int[FEW];
    private int knownNumbers;

    /**
     * Creates a reader.
     *
     * @param areNumbers whether labels are numbers or truth values
     * @param named labels that were named, which are labels however they are spelled
     */
    LabelReader(String column, boolean areNumbers, Collection<String> named) {
        this.column = new ColumnReference(column);
        this.areNumbers = areNumbers;
        this.named = Set.copyOf(named);
    }

    /** Returns the code of a row's label, or {@link #MISSING}. */
    int read(Row row) {
        int position = column.in(row);
        double number = row.number(position);
        for (int i = 0; i < knownNumbers; i++) {
            if (numbers[i] == number) {
                return numberCodes[i];
            }
        }
        if (Double.isNaN(number)) {
            String text = row.text(position);
            return text == null ? MISSING : ofText(text);
        }
        int code = codeOf(Labels.normalised(number));
        if (knownNumbers < FEW) {
            numbers[knownNumbers] = number;
            numberCodes[knownNumbers] = code;
            knownNumbers++;
        }
        return code;
    }

    private int ofText(String text) {
        Integer known = spellings.get(text);
        if (known != null) {
            return known;
        }
        String label = Labels.normalised(text);
        int code = isMissing(label) ? MISSING : codeOf(label);
        if (spellings.size() < MOST_SPELLINGS) {
            spellings.put(text, code);
        }
        return code;
    }

    private boolean isMissing(String label) {
        boolean isAbsent = areNumbers ? MissingSpelling.is(label) : MissingSpelling.isNoName(label);
        return label.isEmpty() || (isAbsent && !named.contains(label));
    }

    private int codeOf(String label) {
        Integer known = codes.get(label);
        if (known != null) {
            return known;
        }
        codes.put(label, labels.size());
        labels.add(label);
        return labels.size() - 1;
    }

    /** Returns the label of a code. */
    String label(int code) {
        return labels.get(code);
    }

    /** Returns the labels met, by code. */
    List<String> labels() {
        return labels;
    }
}
