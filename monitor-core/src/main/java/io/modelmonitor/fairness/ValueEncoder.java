package io.modelmonitor.fairness;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Column;
import io.modelmonitor.stats.internal.Packed;
import io.modelmonitor.stats.internal.text.NumberText;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Numbers the values of a column from 0, in the order met, up to a limit. Not safe for use by several threads. */
final class ValueEncoder {

    /** The code of a missing value. */
    static final int MISSING = -1;
    /** The code of a value beyond the limit. */
    static final int TOO_MANY = -2;

    /** The number of distinct values that are kept apart. */
    static final int MOST = 200;

    // A power of two, well above MOST, so that chains stay short.
    private static final int BITS = 10;
    private static final int SLOTS = 1 << BITS;
    private static final int LONGEST_CHAIN = 16;

    /** Nobody knows it, so that values cannot be made to share a slot; codes do not depend on it. */
    private final long seed = new SplittableRandom().nextLong();

    private final Hasher64 hasher = Hashing.xxh3_64(seed);
    private boolean seeded;

    private final List<String> names = new ArrayList<>();
    private final @Nullable String[] texts = new String[SLOTS];
    private final int[] codes = new int[SLOTS];
    private final double[] numbers = new double[SLOTS];
    private final int[] numberCodes = new int[SLOTS];
    private int numberCount;
    private @Nullable String last;
    private int lastCode;
    private boolean overflown;

    ValueEncoder() {
        Arrays.fill(numbers, Double.NaN);
    }

    /**
     * Returns the codes of the values that a batch has in a column: of numbers where the column is said to be one of
     * numbers, else of texts.
     *
     * @param column the position of the column, or a negative number if there is none, for which all is missing
     */
    int[] codes(Batch batch, int column) {
        int[] codes = new int[batch.size()];
        if (column < 0) {
            Arrays.fill(codes, MISSING);
            return codes;
        }
        Column values = batch.column(column);
        if (batch.schema().features().get(column).type().isNumeric()) {
            double[] all = values.numbers();
            for (int i = 0; i < codes.length; i++) {
                codes[i] = of(all[i]);
            }
        } else {
            for (int i = 0; i < codes.length; i++) {
                CharSequence text = values.text(i);
                codes[i] = of(text == null ? null : text.toString());
            }
        }
        return codes;
    }

    /** Returns the code of a value as text. */
    @SuppressWarnings("ReferenceEquality") // a shortcut; values are compared afterwards
    int of(@Nullable String text) {
        if (text == null) {
            return MISSING;
        }
        // Rows of one source mostly share the text of a category.
        if (text == last) {
            return lastCode;
        }
        int slot = slot(text);
        String at = texts[slot];
        if (at == null) {
            if (names.size() == MOST) {
                overflown = true;
                return TOO_MANY;
            }
            texts[slot] = text;
            codes[slot] = names.size();
            names.add(text);
        }
        last = text;
        lastCode = codes[slot];
        return lastCode;
    }

    /** Returns the code of a value as a number: that of its text, in which whole numbers have no point. */
    int of(double value) {
        // −0.0 and 0.0 are one value.
        double number = value + 0.0;
        if (Double.isNaN(number)) {
            return MISSING;
        }
        int slot = (int) ((Double.doubleToRawLongBits(number) * (seed | 1)) >>> (Long.SIZE - BITS));
        while (!Double.isNaN(numbers[slot]) && numbers[slot] != number) {
            slot = (slot + 1) & (SLOTS - 1);
        }
        if (Double.isNaN(numbers[slot])) {
            boolean whole = number == Math.rint(number) && Math.abs(number) < 1e15;
            int code = of(whole ? Long.toString((long) number) : NumberText.of(number, true));
            if (code == TOO_MANY || numberCount == MOST) {
                return code;
            }
            numberCount++;
            numbers[slot] = number;
            numberCodes[slot] = code;
        }
        return numberCodes[slot];
    }

    /** Returns the codes here of the values of another column's numbering, which are added. */
    int[] merge(ValueEncoder other) {
        overflown |= other.overflown;
        int[] merged = new int[other.names.size()];
        for (int i = 0; i < merged.length; i++) {
            merged[i] = of(other.names.get(i));
        }
        return merged;
    }

    /** Returns the place of each value when they are sorted as text. */
    int[] ranks() {
        List<String> sorted = new ArrayList<>(names);
        Collections.sort(sorted);
        int[] ranks = new int[names.size()];
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] = Collections.binarySearch(sorted, names.get(i));
        }
        return ranks;
    }

    int size() {
        return names.size();
    }

    String name(int code) {
        return names.get(code);
    }

    /** Returns whether there were more values than are told apart. */
    boolean isOverflown() {
        return overflown;
    }

    void write(DataOutput out) throws IOException {
        Packed.writeCount(out, names.size());
        for (String name : names) {
            Packed.writeText(out, name);
        }
        out.writeBoolean(overflown);
    }

    /** Takes over the values that were written, under the codes they had; none may have been met before. */
    void read(DataInput in) throws IOException {
        int size = Packed.readCount(in, "values", MOST);
        for (int code = 0; code < size; code++) {
            String name = Packed.readText(in, "value");
            Packed.check(of(name) == code, "values", "'", name, "' occurs twice");
        }
        overflown = Packed.readFlag(in, "too many values");
    }

    /** Returns the slot that a text has, or would have. Texts that were made to collide are hashed with the seed from then on. */
    private int slot(String text) {
        int slot = first(text);
        for (int passed = 0; texts[slot] != null && !text.equals(texts[slot]); passed++) {
            if (passed == LONGEST_CHAIN && !seeded) {
                seeded = true;
                placeAnew();
                return slot(text);
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
        return slot;
    }

    private int first(String text) {
        return seeded
                ? (int) (hasher.hashCharsToLong(text) >>> (Long.SIZE - BITS))
                : ((text.hashCode() ^ (text.hashCode() >>> 16)) * 0x9E3779B9) >>> (Integer.SIZE - BITS);
    }

    private void placeAnew() {
        Arrays.fill(texts, null);
        for (int code = 0; code < names.size(); code++) {
            int slot = slot(names.get(code));
            texts[slot] = names.get(code);
            codes[slot] = code;
        }
    }
}
