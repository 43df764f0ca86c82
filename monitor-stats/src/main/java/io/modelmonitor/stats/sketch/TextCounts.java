package io.modelmonitor.stats.sketch;

import io.modelmonitor.stats.internal.Hashes;
import io.modelmonitor.stats.internal.LongText;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table of texts and how often they occur, found by the hash that a {@link String} remembers: one that comes again costs little.
 * Whoever adds to it keeps it small, with {@link #purge()}: by then its counts are too low by at most {@link #error()}.
 *
 * <p>That hash has no secret, so texts can be made that have equal ones. A table that meets a chain which chance does not make finds
 * its texts in a tree from then on: no text costs more than the logarithm of their number.
 */
final class TextCounts {

    /** The load factor of the table; high enough that it does not grow for one text more than fits. */
    private static final double MAX_LOAD = 0.6;

    private static final int SMALL_COUNTS = 256;

    /** The longest chain of a table of a million texts has about so many places by chance (Knuth, TAOCP 3, section 6.4). */
    static final int LONGEST_CHAIN = 128;

    private @Nullable String[] texts = new String[16];
    /** By what texts are found. */
    private int[] keys = new int[16];

    private long[] counts = new long[16];
    /** The number that a text spells; NaN when it spells none. */
    private double[] numbers = new double[16];

    /** The places of the texts, once they have been made to collide. */
    private @Nullable TreeMap<String, Integer> places;

    /** Behind which no place is free, once they have. */
    private int firstFree;

    private long steps;
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

    /**
     * Returns the place of a text that is here, or the complement of the free one where it goes, which is a negative number. Both are good
     * until something is added.
     */
    int place(CharSequence text) {
        return place(text, text.length() > LongText.LIMIT ? Hashes.of(text) : 0);
    }

    /**
     * Adds a text so often.
     *
     * @param place what {@link #place} returned for it
     * @param number what it is as a number; NaN if none
     */
    void addAt(int place, CharSequence text, double number, long times) {
        if (place >= 0) {
            counts[place] += times;
            return;
        }
        boolean isLong = text.length() > LongText.LIMIT;
        long hash = isLong ? Hashes.of(text) : 0;
        // A number in so many digits is no number to anybody.
        insert(~place, LongText.held(text, hash), key(text, hash), isLong ? Double.NaN : number, times);
    }

    void add(CharSequence text, double number, long times) {
        addAt(place(text), text, number, times);
    }

    /** Returns the hash of the text that is held so if that matters. */
    private static long hashIfLong(String held) {
        return held.length() > LongText.LIMIT ? LongText.hash(held) : 0;
    }

    /** Returns by what a text is found, as it is and as it is held if it is long. */
    private static int key(CharSequence text, long hash) {
        return text.length() > LongText.LIMIT ? (int) hash : Hashes.cached(text);
    }

    /** Returns the first place of a key. */
    private int start(int key) {
        return Hashes.place(key, Integer.numberOfTrailingZeros(texts.length));
    }

    /** Returns the place of a text, of which the hash matters only if it is long. */
    private int place(CharSequence text, long hash) {
        int key = key(text, hash);
        if (places == null) {
            int mask = texts.length - 1;
            int place = start(key);
            for (int i = 0; i < LONGEST_CHAIN; i++) {
                String known = texts[place];
                if (known == null || (keys[place] == key && isAt(place, text, hash))) {
                    steps += i;
                    return known == null ? ~place : place;
                }
                place = place + 1 & mask;
            }
            steps += LONGEST_CHAIN;
            places = new TreeMap<>();
            for (int i = 0; i < texts.length; i++) {
                String known = texts[i];
                if (known != null) {
                    places.put(known, i);
                }
            }
        }
        Integer known = places.get(LongText.held(text, hash));
        steps += Integer.SIZE - Integer.numberOfLeadingZeros(size);
        return known == null ? ~freePlace() : known;
    }

    private int freePlace() {
        while (texts[firstFree] != null) {
            firstFree++;
            steps++;
        }
        return firstFree;
    }

    private boolean isAt(int place, CharSequence text, long hash) {
        String known = texts[place];
        if (known == null || known.length() > LongText.LIMIT) {
            // Beyond the limit the hash and the length class have to do.
            return known != null && text.length() > LongText.LIMIT && LongText.hash(known) == hash;
        }
        return text instanceof String string ? known.equals(string) : known.contentEquals(text);
    }

    private void insert(int place, String text, int key, double number, long times) {
        texts[place] = text;
        keys[place] = key;
        counts[place] = times;
        numbers[place] = number;
        characters += text.length();
        spelled += Double.isNaN(number) ? 0 : 1;
        if (places != null) {
            places.put(text, place);
        }
        size++;
        makeRoom(0);
    }

    /** Returns how often the most frequent text occurs, as far as it is known; 0 if there is none. */
    long greatestCount() {
        long[] greatest = {0};
        forEach((text, number, count) -> greatest[0] = Math.max(greatest[0], count));
        return greatest[0];
    }

    /** Adds a text as it is held, of which it is not known whether it is here. */
    void addHeld(String text, double number, long times) {
        long hash = hashIfLong(text);
        int place = place(text, hash);
        if (place >= 0) {
            counts[place] += times;
        } else {
            insert(~place, text, key(text, hash), number, times);
        }
    }

    long count(CharSequence text) {
        int place = find(text, text.length() > LongText.LIMIT ? Hashes.of(text) : 0);
        return place < 0 ? 0 : counts[place];
    }

    /** Returns the place of a text, negative if it is not here. Changes nothing: several threads may look into one table. */
    private int find(CharSequence text, long hash) {
        if (places != null) {
            Integer known = places.get(LongText.held(text, hash));
            return known == null ? -1 : known;
        }
        int mask = texts.length - 1;
        int key = key(text, hash);
        for (int place = start(key); texts[place] != null; place = place + 1 & mask) {
            if (keys[place] == key && isAt(place, text, hash)) {
                return place;
            }
        }
        return -1;
    }

    /** Returns how many places have been looked at so far beyond the first of each text. */
    long steps() {
        return steps;
    }

    /**
     * Grows so that the table is not too full when so many texts have been added. Done before texts come in the order of their places
     * in another table: in a smaller one, these would be next to each other, as if they had been made to collide.
     */
    void makeRoom(int more) {
        int length = texts.length;
        while (size + more > MAX_LOAD * length) {
            length *= 2;
        }
        if (length > texts.length) {
            rebuild(length, 0, true);
        }
    }

    /** Fills the table anew, with every count lowered; texts without a count left are gone, and numbers if wanted. */
    private void rebuild(int length, long less, boolean keepNumbers) {
        @Nullable String[] oldTexts = texts;
        int[] oldKeys = keys;
        long[] oldCounts = counts;
        double[] oldNumbers = numbers;
        texts = new String[length];
        keys = new int[length];
        counts = new long[length];
        numbers = new double[length];
        size = 0;
        spelled = 0;
        characters = 0;
        firstFree = 0;
        if (places != null) {
            places.clear();
        }
        for (int i = 0; i < oldTexts.length; i++) {
            String text = oldTexts[i];
            if (text != null && oldCounts[i] > less && (keepNumbers || Double.isNaN(oldNumbers[i]))) {
                int place = places == null ? placeOfNew(oldKeys[i]) : freePlace();
                insert(place, text, oldKeys[i], oldNumbers[i], oldCounts[i] - less);
            }
        }
    }

    /** Returns the free place for a text that is known not to be here, however long the chain. */
    private int placeOfNew(int key) {
        int mask = texts.length - 1;
        int place = start(key);
        while (texts[place] != null) {
            place = place + 1 & mask;
            steps++;
        }
        return place;
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
        return LongStream.of(counts).filter(count -> count > 0).sorted().toArray()[size / 2];
    }

    /** Receives what is in a table. */
    @FunctionalInterface
    interface Visitor {
        void visit(String text, double number, long count);
    }

    /** Visits the texts in an order that means nothing. */
    void forEach(Visitor visitor) {
        for (int i = 0; i < texts.length; i++) {
            String text = texts[i];
            if (text != null) {
                visitor.visit(text, numbers[i], counts[i]);
            }
        }
    }

    /** Adds all texts of another table, but for numbers if they are not wanted, and its error. */
    void addAll(TextCounts other, boolean withNumbers) {
        makeRoom(withNumbers ? other.size : other.size - other.spelled);
        other.forEach((text, number, count) -> {
            if (withNumbers || Double.isNaN(number)) {
                addHeld(text, number, count);
            }
        });
        error += other.error;
    }

    TextCounts copy() {
        TextCounts copy = new TextCounts();
        copy.texts = texts.clone();
        copy.keys = keys.clone();
        copy.counts = counts.clone();
        copy.numbers = numbers.clone();
        copy.size = size;
        copy.characters = characters;
        copy.spelled = spelled;
        copy.error = error;
        copy.places = places == null ? null : new TreeMap<>(places);
        copy.firstFree = firstFree;
        return copy;
    }

    /** Returns the sum of all counts. */
    long total() {
        return LongStream.of(counts).sum();
    }

    /** Returns the texts in an order that means nothing. */
    Stream<Category> stream() {
        List<Category> all = new ArrayList<>(size);
        forEach((text, number, count) -> all.add(new Category(text, count)));
        return all.stream();
    }
}
