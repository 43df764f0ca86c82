package io.modelmonitor.labels;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Labels by identifier, small enough for tens of millions: of an identifier only its XXH3 hash of 128 bits is kept, of which
 * two among ten million are equal with a probability of 10<sup>-25</sup>. A label that is a number is kept as one, unless it
 * was JSON; other labels once each.
 *
 * <p>24 bytes for each slot of 256 open-addressed tables, which grow one by one, so that growing needs little beside: 35 to 70
 * bytes for each label. Not safe for use by several threads.
 */
final class LabelIndex {

    private static final int TABLES = 256;
    private static final int STRIDE = 3;

    /** Numbers of text are NaNs that arithmetic never makes. */
    private static final long TEXT = 0x7FFC_0000_0000_0000L;

    /** With a seed that nobody knows, so that identifiers cannot be made to share a slot; what is found does not depend on it. */
    private final Hasher128 hasher = Hashing.xxh3_128(new SplittableRandom().nextLong());

    private final Table[] tables = new Table[TABLES];
    private final Map<Label, Integer> textNumbers = new HashMap<>();
    private final List<Label> texts = new ArrayList<>();

    /**
     * A label.
     *
     * @param text one line for each row
     * @param json the JSON that said it; null if none did
     */
    record Label(String text, @Nullable String json) {}

    LabelIndex() {
        for (int i = 0; i < TABLES; i++) {
            tables[i] = new Table();
        }
    }

    /** Sets the label of an identifier, and returns the one that it had; null if none. */
    @Nullable
    Label put(String id, Label label) {
        HashValue128 hash = hasher.hashCharsTo128Bits(id);
        long value = encoded(label);
        Table table = table(hash);
        int slot = table.slot(hash.getMostSignificantBits(), low(hash));
        boolean known = table.isUsed(slot);
        Label before = known ? decoded(table.cells[slot + 2]) : null;
        table.put(slot, hash.getMostSignificantBits(), low(hash), value);
        return before;
    }

    /** Returns the label of an identifier; null if there is none. */
    @Nullable
    Label get(String id) {
        HashValue128 hash = hasher.hashCharsTo128Bits(id);
        Table table = table(hash);
        int slot = table.slot(hash.getMostSignificantBits(), low(hash));
        return table.isUsed(slot) ? decoded(table.cells[slot + 2]) : null;
    }

    /** Returns the number of labels. */
    long size() {
        long size = 0;
        for (Table table : tables) {
            size += table.size;
        }
        return size;
    }

    private Table table(HashValue128 hash) {
        return tables[(int) (hash.getMostSignificantBits() >>> 56)];
    }

    /** A slot whose low half is 0 is free. */
    private static long low(HashValue128 hash) {
        return hash.getLeastSignificantBits() == 0 ? 1 : hash.getLeastSignificantBits();
    }

    private long encoded(Label label) {
        if (label.json == null && Labels.isNumber(label.text)) {
            return Double.doubleToLongBits(Double.parseDouble(label.text));
        }
        Integer number = textNumbers.get(label);
        if (number == null) {
            number = texts.size();
            textNumbers.put(label, number);
            texts.add(label);
        }
        return TEXT | number;
    }

    private Label decoded(long value) {
        return (value & TEXT) == TEXT
                ? texts.get((int) value)
                : new Label(Labels.normalised(Double.longBitsToDouble(value)), null);
    }

    private static final class Table {
        private long[] cells = new long[16 * STRIDE];
        private int size;

        int slot(long high, long low) {
            int slots = cells.length / STRIDE;
            int index = (int) (low & (slots - 1));
            while (cells[index * STRIDE + 1] != 0
                    && (cells[index * STRIDE + 1] != low || cells[index * STRIDE] != high)) {
                index = (index + 1) & (slots - 1);
            }
            return index * STRIDE;
        }

        boolean isUsed(int slot) {
            return cells[slot + 1] != 0;
        }

        void put(int slot, long high, long low, long value) {
            if (!isUsed(slot)) {
                size++;
            }
            cells[slot] = high;
            cells[slot + 1] = low;
            cells[slot + 2] = value;
            if (size > cells.length / STRIDE / 4 * 3) {
                grow();
            }
        }

        private void grow() {
            long[] old = cells;
            cells = new long[2 * old.length];
            for (int i = 0; i < old.length; i += STRIDE) {
                if (old[i + 1] != 0) {
                    System.arraycopy(old, i, cells, slot(old[i], old[i + 1]), STRIDE);
                }
            }
        }
    }
}
