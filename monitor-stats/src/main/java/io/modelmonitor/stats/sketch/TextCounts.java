package io.modelmonitor.stats.sketch;

import io.modelmonitor.stats.internal.Packed;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table of texts and how often they occur, found by their hashes. Whoever adds to it keeps it small, with
 * {@link #purge()}: by then its counts are too low by at most {@link #error()}.
 */
final class TextCounts {

    /** How full the table may be; so much that it does not grow for one text more than fits. */
    private static final double MAX_LOAD = 0.6;

    private static final int SMALL_COUNTS = 256;

    private static final int NO_NUMBER = 0;
    private static final int SPELLED = 1;
    private static final int STATED = 2;

    private @Nullable String[] texts = new String[16];
    private long[] hashes = new long[16];
    private long[] counts = new long[16];
    /** What a text is as a number; NaN when it is none. */
    private double[] numbers = new double[16];

    private int size;
    private long characters;
    private int spelled;
    private long error;

    int size() {
        return size;
    }

    /** Returns the UTF-16 units of all texts together. */
    long characters() {
        return characters;
    }

    /** Returns how many of the texts are numbers. */
    int numberCount() {
        return spelled;
    }

    /** Returns by how much a count may be too low, and how often a text that is not here may have occurred. */
    long error() {
        return error;
    }

    void setError(long error) {
        this.error = error;
    }

    void add(CharSequence text, long hash, double number, long times) {
        int mask = texts.length - 1;
        int place = (int) hash & mask;
        for (String known = texts[place]; known != null; known = texts[place]) {
            if (hashes[place] == hash && same(known, text)) {
                counts[place] += times;
                return;
            }
            place = place + 1 & mask;
        }
        // A number in so many digits is no number to anybody.
        double held = text.length() > LongText.LIMIT ? Double.NaN : number;
        insert(place, LongText.held(text, hash), hash, held, times);
    }

    private static boolean same(String known, CharSequence text) {
        // Beyond the limit the hash, which is equal here, and the length class have to do.
        return known.length() > LongText.LIMIT
                ? text.length() > LongText.LIMIT
                : text instanceof String string ? known.equals(string) : known.contentEquals(text);
    }

    private void insert(int place, String text, long hash, double number, long times) {
        texts[place] = text;
        hashes[place] = hash;
        counts[place] = times;
        numbers[place] = number;
        characters += text.length();
        spelled += Double.isNaN(number) ? 0 : 1;
        if (++size > MAX_LOAD * texts.length) {
            grow();
        }
    }

    private void addHeld(String text, long hash, double number, long times) {
        int place = place(hash, text);
        if (texts[place] == null) {
            insert(place, text, hash, number, times);
        } else {
            counts[place] += times;
        }
    }

    long count(CharSequence text) {
        long hash = Hashes.of(text);
        int mask = texts.length - 1;
        int place = (int) hash & mask;
        for (String known = texts[place]; known != null; known = texts[place]) {
            if (hashes[place] == hash && same(known, text)) {
                return counts[place];
            }
            place = place + 1 & mask;
        }
        return 0;
    }

    private void grow() {
        rebuild(2 * texts.length, 0, true);
    }

    /** Fills the table anew, with every count lowered; texts without a count left are gone, and numbers if wanted. */
    private void rebuild(int places, long less, boolean keepNumbers) {
        @Nullable String[] oldTexts = texts;
        long[] oldHashes = hashes;
        long[] oldCounts = counts;
        double[] oldNumbers = numbers;
        texts = new String[places];
        hashes = new long[places];
        counts = new long[places];
        numbers = new double[places];
        size = 0;
        spelled = 0;
        characters = 0;
        int mask = places - 1;
        for (int i = 0; i < oldTexts.length; i++) {
            String text = oldTexts[i];
            if (text != null && oldCounts[i] > less && (keepNumbers || Double.isNaN(oldNumbers[i]))) {
                int place = (int) oldHashes[i] & mask;
                while (texts[place] != null) {
                    place = place + 1 & mask;
                }
                insert(place, text, oldHashes[i], oldNumbers[i], oldCounts[i] - less);
            }
        }
    }

    /** Forgets all numbers. */
    void dropNumbers() {
        if (spelled > 0) {
            rebuild(texts.length, 0, false);
        }
    }

    /**
     * Lowers every count by the median of the counts, which frees at least half of the table: the generalisation of Misra
     * and Gries (1982) by Anderson et al., <i>A high-performance algorithm for identifying frequent items in data
     * streams</i> (IMC 2017). The result depends on nothing but the counts.
     */
    void purge() {
        long median = median();
        error += median;
        rebuild(texts.length, median, true);
    }

    /** Returns the median of the counts, which are mostly small. */
    private long median() {
        int[] small = new int[SMALL_COUNTS];
        for (int i = 0; i < texts.length; i++) {
            if (texts[i] != null && counts[i] < SMALL_COUNTS) {
                small[(int) counts[i]]++;
            }
        }
        int below = 0;
        for (int count = 0; count < SMALL_COUNTS; count++) {
            below += small[count];
            if (below > size / 2) {
                return count;
            }
        }
        long[] present = new long[size];
        int next = 0;
        for (int i = 0; i < texts.length; i++) {
            if (texts[i] != null) {
                present[next++] = counts[i];
            }
        }
        Arrays.sort(present);
        return present[size / 2];
    }

    /** Receives what is in a table. */
    @FunctionalInterface
    interface Visitor {
        void visit(String text, long hash, double number, long count);
    }

    /** Visits the texts in an order that means nothing. */
    void forEach(Visitor visitor) {
        for (int i = 0; i < texts.length; i++) {
            String text = texts[i];
            if (text != null) {
                visitor.visit(text, hashes[i], numbers[i], counts[i]);
            }
        }
    }

    /** Adds all texts of another table, but for numbers if they are not wanted, and its error. */
    void addAll(TextCounts other, boolean withNumbers) {
        other.forEach((text, hash, number, count) -> {
            if (withNumbers || Double.isNaN(number)) {
                addHeld(text, hash, number, count);
            }
        });
        error += other.error;
    }

    TextCounts copy() {
        TextCounts copy = new TextCounts();
        copy.texts = texts.clone();
        copy.hashes = hashes.clone();
        copy.counts = counts.clone();
        copy.numbers = numbers.clone();
        copy.size = size;
        copy.characters = characters;
        copy.spelled = spelled;
        copy.error = error;
        return copy;
    }

    /** Returns the sum of all counts. */
    long total() {
        long total = 0;
        for (int i = 0; i < texts.length; i++) {
            total += texts[i] == null ? 0 : counts[i];
        }
        return total;
    }

    /** Writes the texts in their order, each with its count and what it is as a number. */
    void write(DataOutput out) throws IOException {
        Packed.writeCount(out, size);
        List<Category> sorted = sorted();
        sorted.sort(Comparator.comparing(Category::value));
        String before = "";
        for (Category category : sorted) {
            String text = category.value();
            double number = numbers[place(LongText.hash(text), text)];
            int kind = Double.isNaN(number) ? NO_NUMBER : NumberSpelling.number(text) == number ? SPELLED : STATED;
            Packed.writeText(out, before, text);
            Packed.writeCount(out, category.count());
            out.writeByte(kind);
            if (kind == STATED) {
                out.writeDouble(number);
            }
            before = text;
        }
    }

    static TextCounts read(DataInput in) throws IOException {
        TextCounts read = new TextCounts();
        int size = Packed.readCount(in, "texts", Categories.MAX_VALUES);
        String before = "";
        long total = 0;
        for (int i = 0; i < size; i++) {
            String text = Packed.readText(in, "texts", before);
            Packed.check(i == 0 || text.compareTo(before) > 0, "texts", "they do not ascend");
            Packed.check(LongText.isHeld(text), "texts", "one of " + text.length() + " units");
            long count = Packed.readCount(in, "count of a text");
            Packed.check(count > 0, "count of a text", "0; at least 1 is expected");
            total = Packed.sum("count of a text", total, count);
            read.addHeld(text, LongText.hash(text), number(in, text), count);
            Packed.check(read.characters <= Categories.MAX_CHARACTERS, "texts", read.characters + " characters");
            before = text;
        }
        return read;
    }

    private static double number(DataInput in, String text) throws IOException {
        int kind = in.readUnsignedByte();
        if (kind == NO_NUMBER) {
            return Double.NaN;
        }
        double number = kind == SPELLED ? NumberSpelling.number(text) : in.readDouble();
        Packed.check(
                kind <= STATED && !Double.isNaN(number) && text.length() <= LongText.LIMIT,
                "texts",
                "one is no number and said to be one");
        return number;
    }

    private int place(long hash, String text) {
        int mask = texts.length - 1;
        int place = (int) hash & mask;
        while (texts[place] != null && !(hashes[place] == hash && text.equals(texts[place]))) {
            place = place + 1 & mask;
        }
        return place;
    }

    /** Returns the texts, the most frequent first. */
    List<Category> sorted() {
        List<Category> sorted = new ArrayList<>(size);
        forEach((text, hash, number, count) -> sorted.add(new Category(text, count)));
        sorted.sort(Category.ORDER);
        return sorted;
    }
}
