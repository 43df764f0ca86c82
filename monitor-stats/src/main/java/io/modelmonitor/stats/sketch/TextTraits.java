package io.modelmonitor.stats.sketch;

import io.modelmonitor.stats.internal.LongText;
import io.modelmonitor.stats.internal.Packed;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts of texts by their approximate length and by the kind of most of their letters: what can be compared of texts that hardly come
 * again and have too many forms. Lengths are told apart by factors of the square root of two; letters by some at equal distances.
 * Counts merge exactly in any order. One thread at a time may change a state.
 */
final class TextTraits {

    private static final String[] KINDS = {"letters", "capitals", "digits", "letters beyond ASCII", "signs"};
    private static final String[] TOKENS = {" in one word", "", " with signs of code", " with some beyond ASCII"};
    private static final String CODE = "<>{}[]|\\_=#@^~&*";
    private static final int OTHER_LETTERS = 3;
    private static final int LENGTHS = 18;
    private static final int LOOKED_AT = 32;

    private static final int BLANK = KINDS.length;
    private static final int SIGN_OF_CODE = BLANK + 1;
    /** The number that an ASCII character adds to the counts of kinds, blanks and signs of code, each of which is a byte. */
    private static final long[] ASCII = ascii();

    private final long[] counts = new long[KINDS.length * TOKENS.length * LENGTHS];

    private int last;

    void add(CharSequence text, long times) {
        last = trait(text) * LENGTHS + length(Math.min(text.length(), LongText.LIMIT));
        counts[last] += times;
    }

    /** Adds a text so often that has the traits of the one last added. */
    void addAsBefore(long times) {
        counts[last] += times;
    }

    /** Returns the number of half octaves. */
    private static int length(int units) {
        if (units == 0) {
            return 0;
        }
        int octave = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(units);
        // 1.5 stands for the root of two, so that few lengths lie between.
        return 2 * octave + (2L * units >= (3L << octave) ? 1 : 0);
    }

    /** Returns the kind of most letters and digits, and what stands between them. */
    private static int trait(CharSequence text) {
        int length = Math.min(text.length(), LongText.LIMIT);
        int looked = Math.min(length, LOOKED_AT);
        long found = 0;
        for (int i = 0; i < looked; i++) {
            char c = text.charAt(length == looked ? i : i * length / looked);
            found += c < ASCII.length ? ASCII[c] : one(kind(c));
        }
        int most = most(found);
        boolean isMixed = most != OTHER_LETTERS && count(found, OTHER_LETTERS) > 0;
        int token = isMixed ? 3 : count(found, SIGN_OF_CODE) > 0 ? 2 : count(found, BLANK) > 0 ? 1 : 0;
        return most * TOKENS.length + token;
    }

    private static long one(int what) {
        return 1L << (Byte.SIZE * what);
    }

    private static int count(long found, int what) {
        return (int) (found >>> (Byte.SIZE * what)) & 0xff;
    }

    private static int most(long found) {
        int small = count(found, 0);
        int capitals = count(found, 1);
        int digits = count(found, 2);
        int others = count(found, OTHER_LETTERS);
        int letters = small + capitals;
        if (letters > 0 && letters >= digits && letters >= others) {
            return capitals > small ? 1 : 0;
        }
        return digits + others == 0 ? 4 : digits >= others ? 2 : OTHER_LETTERS;
    }

    private static long[] ascii() {
        long[] all = new long[0x80];
        for (char c = 0; c < all.length; c++) {
            all[c] = one(kind(c)) + (c == ' ' ? one(BLANK) : CODE.indexOf(c) >= 0 ? one(SIGN_OF_CODE) : 0);
        }
        return all;
    }

    private static int kind(char c) {
        if (c >= 'a' && c <= 'z') {
            return 0;
        }
        if (c >= 'A' && c <= 'Z') {
            return 1;
        }
        if (c >= '0' && c <= '9') {
            return 2;
        }
        return c >= 0x80 && Character.isLetter(c) ? OTHER_LETTERS : 4;
    }

    TextTraits merge(TextTraits other) {
        TextTraits merged = new TextTraits();
        for (int i = 0; i < counts.length; i++) {
            merged.counts[i] = counts[i] + other.counts[i];
        }
        return merged;
    }

    /** Returns how many texts have which traits, such as {@code letters, from 48 long}. */
    SortedMap<String, Long> counts() {
        SortedMap<String, Long> named = new TreeMap<>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                int length = i % LENGTHS;
                named.put(
                        String.format(
                                Locale.ROOT,
                                "%s%s, from %d long",
                                KINDS[i / LENGTHS / TOKENS.length],
                                TOKENS[i / LENGTHS % TOKENS.length],
                                least(length)),
                        counts[i]);
            }
        }
        return named;
    }

    private static long least(int length) {
        long octave = 1L << (length / 2);
        return length == 0 ? 0 : length % 2 == 0 ? octave : octave + octave / 2;
    }

    /** Returns the number of texts. */
    long total() {
        return Arrays.stream(counts).sum();
    }

    void write(DataOutput out) throws IOException {
        Packed.writeCounts(out, counts);
    }

    static TextTraits read(DataInput in) throws IOException {
        TextTraits read = new TextTraits();
        Packed.readCounts(in, "traits of texts", read.counts);
        return read;
    }
}
