package io.modelmonitor.stats.sketch;

import io.modelmonitor.stats.internal.LongText;
import io.modelmonitor.stats.internal.Packed;
import io.modelmonitor.stats.internal.text.CalendarNames;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts of words, one of each text: of texts that hardly come again, the words still do. The one is drawn by the text's hash, so that
 * independent texts give independent words, and equal texts equal ones. A word is a run of at least {@value #SHORTEST} letters that no
 * digit touches and that is no name of a month or weekday; one of Chinese or Japanese is a character.
 *
 * <p>Words are counted in {@value #CELLS} cells by their hash, so that counts merge exactly in any order. Of each cell one word is
 * remembered, that of most of its texts if there is one of more than half (R. S. Boyer and J. S. Moore, MJRTY: a fast majority vote
 * algorithm, 1991). Of a text, {@value LongText#LIMIT} characters and {@value #MOST_WORDS} words are looked at. One thread at a time may
 * change a state.
 */
final class TextWords {

    static final int CELLS = 1 << 7;

    private static final int SHORTEST = 3;
    private static final int MOST_WORDS = 64;

    private long without;
    private final long[] counts = new long[CELLS];
    private final @Nullable String[] words = new String[CELLS];
    /** By how many the votes for a cell's word exceed those against it. */
    private final long[] leads = new long[CELLS];

    private final int[] starts = new int[MOST_WORDS];
    private final int[] ends = new int[MOST_WORDS];
    private int found;
    private int last;
    // Set if the text last given to add(..) has one word, and that is the word of the last cell.
    private boolean lastLeads;

    TextWords() {}

    /** Counts a word of a text so often. */
    void add(CharSequence text, long times) {
        find(text);
        draw(text, times);
    }

    /**
     * Counts a word of a text so often that has words where the one last given to {@link #add} has them.
     *
     * @param same whether they are the same words
     */
    void addAsBefore(CharSequence text, boolean same, long times) {
        if (same && found == 1 && lastLeads) {
            counts[last] += times;
            leads[last] += times;
        } else {
            draw(text, times);
            lastLeads &= same;
        }
    }

    private void draw(CharSequence text, long times) {
        lastLeads = false;
        if (found == 0) {
            without += times;
            return;
        }
        int drawn = found == 1 ? 0 : (int) ((mixed(hash(text, 0, looked(text))) * found) >>> Integer.SIZE);
        int start = starts[drawn];
        int end = ends[drawn];
        if (CalendarNames.month(text, start, end) > 0 || CalendarNames.isWeekday(text, start, end)) {
            without += times;
            return;
        }
        int cell = cell(text, start, end);
        counts[cell] += times;
        String word = words[cell];
        if (word != null && isEqual(word, text, start, end)) {
            leads[cell] += times;
            last = cell;
            lastLeads = true;
        } else {
            vote(
                    cell,
                    word != null && leads[cell] >= times
                            ? word
                            : text.subSequence(start, end).toString(),
                    leads[cell] - times);
        }
    }

    /** Sets the word of a cell, and by how many it leads, whether or not that is positive. */
    private void vote(int cell, @Nullable String word, long lead) {
        leads[cell] = Math.abs(lead);
        words[cell] = lead == 0 ? null : word;
    }

    private void find(CharSequence text) {
        int end = looked(text);
        found = 0;
        int i = 0;
        while (i < end && found < MOST_WORDS) {
            char c = text.charAt(i);
            int start = i;
            boolean isWord = true;
            if (isOneWord(c)) {
                i++;
            } else {
                while (i < end && Character.isLetterOrDigit(text.charAt(i)) && !isOneWord(text.charAt(i))) {
                    isWord &= !Character.isDigit(text.charAt(i));
                    i++;
                }
                isWord &= i - start >= SHORTEST;
                i += i == start ? 1 : 0;
            }
            if (isWord) {
                starts[found] = start;
                ends[found++] = i;
            }
        }
    }

    private static int looked(CharSequence text) {
        return Math.min(text.length(), LongText.LIMIT);
    }

    /** Returns whether a character is Chinese or Japanese, which are written without blanks. */
    private static boolean isOneWord(char c) {
        return c >= '\u3040' && c <= '\u9fff';
    }

    /** Returns a polynomial hash. */
    private static int hash(CharSequence text, int start, int end) {
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + text.charAt(i);
        }
        return hash;
    }

    /** Returns a hash of which the first bits depend on all, from 0 to 2^32 - 1. */
    private static long mixed(int hash) {
        return Integer.toUnsignedLong((hash ^ hash >>> 15) * 0x9E3779B9);
    }

    private static int cell(CharSequence text, int start, int end) {
        return (int) ((mixed(hash(text, start, end)) * CELLS) >>> Integer.SIZE);
    }

    private static boolean isEqual(String word, CharSequence text, int start, int end) {
        if (word.length() != end - start) {
            return false;
        }
        for (int i = start; i < end; i++) {
            if (word.charAt(i - start) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    TextWords merge(TextWords other) {
        TextWords merged = new TextWords();
        merged.without = without + other.without;
        for (int cell = 0; cell < CELLS; cell++) {
            merged.counts[cell] = counts[cell] + other.counts[cell];
            String word = words[cell];
            String others = other.words[cell];
            if (word != null && word.equals(others)) {
                merged.vote(cell, word, leads[cell] + other.leads[cell]);
            } else {
                long lead = leads[cell] - other.leads[cell];
                merged.vote(cell, lead > 0 ? word : others, lead);
            }
        }
        return merged;
    }

    /** Returns the number of texts. */
    long total() {
        long total = without;
        for (long count : counts) {
            total += count;
        }
        return total;
    }

    /** Returns a word of each cell, empty where none leads, and how many texts are in it; at last those without a word. */
    List<Category> cells() {
        List<Category> cells = new ArrayList<>();
        for (int cell = 0; cell < CELLS; cell++) {
            String word = words[cell];
            cells.add(new Category(word == null ? "" : word, counts[cell]));
        }
        cells.add(new Category("", without));
        return cells;
    }

    void write(DataOutput out) throws IOException {
        Packed.writeCount(out, without);
        BitSet occupied = occupied();
        if (occupied.isEmpty()) {
            return;
        }
        for (long bits : Arrays.copyOf(occupied.toLongArray(), CELLS / Long.SIZE)) {
            out.writeLong(bits);
        }
        for (int cell = occupied.nextSetBit(0); cell >= 0; cell = occupied.nextSetBit(cell + 1)) {
            Packed.writeCount(out, counts[cell]);
            Packed.writeCount(out, leads[cell]);
            String word = words[cell];
            if (word != null) {
                Packed.writeText(out, word);
            }
        }
    }

    private BitSet occupied() {
        BitSet occupied = new BitSet(CELLS);
        for (int cell = 0; cell < CELLS; cell++) {
            occupied.set(cell, counts[cell] > 0);
        }
        return occupied;
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param texts how many texts there are
     */
    static TextWords read(DataInput in, long texts) throws IOException {
        TextWords read = new TextWords();
        read.without = Packed.readCount(in, "texts without a word");
        long sum = read.without;
        BitSet occupied = new BitSet(CELLS);
        if (sum < texts) {
            occupied = BitSet.valueOf(new long[] {in.readLong(), in.readLong()});
        }
        for (int cell = occupied.nextSetBit(0); cell >= 0; cell = occupied.nextSetBit(cell + 1)) {
            read.counts[cell] = Packed.readCount(in, "count of words");
            Packed.check(read.counts[cell] > 0, "count of words", "none in a cell that has some");
            sum = Packed.sum("count of words", sum, read.counts[cell]);
            read.leads[cell] = Packed.readCount(in, "votes for a word");
            Packed.check(read.leads[cell] <= read.counts[cell], "votes for a word", "more than there are texts");
            if (read.leads[cell] > 0) {
                String word = Packed.readText(in, "word");
                boolean fits = word.length() <= LongText.LIMIT && cell(word, 0, word.length()) == cell;
                Packed.check(fits, "word", "not of its cell");
                read.words[cell] = word;
            }
        }
        Packed.check(sum == texts, "words", sum, " of ", texts);
        return read;
    }
}
