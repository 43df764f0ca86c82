package io.modelmonitor.stats.sketch;

import io.modelmonitor.stats.internal.Hashes;
import io.modelmonitor.stats.internal.Packed;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The rows from the first to the last occurrence of some texts of a column: of the {@value #MOST} with the least hashes, a sample that does
 * not depend on how often and where they occur. Texts whose rows come in any order occur from the beginning to the end; sessions, batches
 * and customers of a day come and go.
 *
 * <p>Merging is exact if the parts are merged in the order of their rows. One thread at a time may change a state.
 */
final class RowSpans {

    static final int MOST = 64;

    private static final int PLACES = 256;

    /** The logarithm of a bound on the probability with which independent texts are that close to each other, which is a tenth of it. */
    private static final double LOG_CHANCE = -4;

    /** Fewer of all values may be texts where others are numbers, as keys of digits are. */
    private static final double LEAST_SHARE = 0.9;

    /** The greatest share of the rows between occurrences of independent texts where texts come and go. */
    private static final double MOST_OF_EXPECTED = 0.67;

    /** Empty until there is a text, as most columns are of numbers. */
    private int[] keys = {};

    private long[] firsts = {};
    private long[] lasts = {};
    private long[] counts = {};
    private int size;
    /** The greatest key that is wanted, as an unsigned number. */
    private int greatest = -1;

    private long rows;

    RowSpans() {}

    /** Adds the text of the next row. */
    void add(String text) {
        int key = key(text);
        long row = rows++;
        if (Integer.compareUnsigned(key, greatest) <= 0) {
            add(key, row, row, 1);
        }
    }

    private static int key(String text) {
        int hash = Hashes.cached(text);
        hash = (hash ^ (hash >>> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >>> 13)) * 0xC2B2AE35;
        return hash ^ (hash >>> 16);
    }

    private void add(int key, long first, long last, long count) {
        if (keys.length == 0) {
            keys = new int[PLACES];
            firsts = new long[PLACES];
            lasts = new long[PLACES];
            counts = new long[PLACES];
        }
        int place = key & (PLACES - 1);
        while (counts[place] > 0 && keys[place] != key) {
            place = place + 1 & (PLACES - 1);
        }
        if (counts[place] == 0) {
            keys[place] = key;
            firsts[place] = first;
            size++;
        }
        counts[place] += count;
        lasts[place] = last;
        if (size > MOST) {
            dropGreatest();
        }
    }

    private void dropGreatest() {
        int dropped = -1;
        int kept = -1;
        for (int place = 0; place < PLACES; place++) {
            if (counts[place] > 0) {
                if (dropped < 0 || Integer.compareUnsigned(keys[place], keys[dropped]) > 0) {
                    kept = dropped;
                    dropped = place;
                } else if (kept < 0 || Integer.compareUnsigned(keys[place], keys[kept]) > 0) {
                    kept = place;
                }
            }
        }
        keepUpTo(keys[kept]);
    }

    private void take(RowSpans other) {
        keys = other.keys.clone();
        firsts = other.firsts.clone();
        lasts = other.lasts.clone();
        counts = other.counts.clone();
        size = other.size;
        greatest = other.greatest;
    }

    /** Returns the places of the texts, those with the least keys first. */
    private int[] places() {
        return IntStream.range(0, keys.length)
                .filter(place -> counts[place] > 0)
                .mapToLong(place -> Integer.toUnsignedLong(keys[place]) * PLACES + place)
                .sorted()
                .mapToInt(keyed -> (int) (keyed % PLACES))
                .toArray();
    }

    /** Returns the spans of these rows and of those that follow. */
    RowSpans merge(RowSpans later) {
        RowSpans merged = new RowSpans();
        merged.take(this);
        merged.rows = rows + later.rows;
        for (int place : later.places()) {
            if (Integer.compareUnsigned(later.keys[place], merged.greatest) <= 0) {
                merged.add(
                        later.keys[place], rows + later.firsts[place], rows + later.lasts[place], later.counts[place]);
            }
        }
        if (Integer.compareUnsigned(later.greatest, merged.greatest) < 0) {
            // One of both parts did not follow texts of greater keys from its beginning.
            merged.keepUpTo(later.greatest);
        }
        return merged;
    }

    /** Drops texts with greater keys, and wants no more of them. */
    private void keepUpTo(int most) {
        RowSpans fewer = new RowSpans();
        for (int place = 0; place < keys.length; place++) {
            if (counts[place] > 0 && Integer.compareUnsigned(keys[place], most) <= 0) {
                fewer.add(keys[place], firsts[place], lasts[place], counts[place]);
            }
        }
        keys = fewer.keys;
        firsts = fewer.firsts;
        lasts = fewer.lasts;
        counts = fewer.counts;
        size = fewer.size;
        greatest = most;
    }

    /**
     * Returns whether texts come and go: those that occur more than once do so in much fewer rows than independent ones, of which {@code c}
     * of one text in {@code n} rows are within {@code x n} with probability {@code x^(c-1) (c - (c-1) x)}, by the product of these
     * probabilities (R. A. Fisher; its tail by Chernoff's bound).
     *
     * @param present the number of present values, of which some may be no texts
     */
    boolean comeAndGo(long present) {
        if (rows < LEAST_SHARE * present || rows < 2) {
            return false;
        }
        double again = 0;
        double logs = 0;
        double observed = 0;
        double expected = 0;
        for (int place : places()) {
            double count = counts[place];
            if (count > 1) {
                double within = (double) (lasts[place] - firsts[place]) / (rows - 1);
                again++;
                logs -= (count - 1) * StrictMath.log(within) + StrictMath.log(count - (count - 1) * within);
                observed += within;
                expected += (count - 1) / (count + 1);
            }
        }
        double chance = again - logs + again * StrictMath.log(logs / again);
        return again > 0 && logs > again && chance <= LOG_CHANCE && observed <= MOST_OF_EXPECTED * expected;
    }

    /** Returns whether each text comes in one run of rows. */
    boolean areRuns(long present) {
        return rows >= LEAST_SHARE * present
                && Arrays.stream(places()).allMatch(place -> lasts[place] - firsts[place] == counts[place] - 1);
    }

    void write(DataOutput out) throws IOException {
        Packed.writeCount(out, rows);
        out.writeInt(greatest);
        Packed.writeCount(out, size);
        for (int place : places()) {
            out.writeInt(keys[place]);
            Packed.writeCounts(out, new long[] {firsts[place], lasts[place] - firsts[place], counts[place]});
        }
    }

    static RowSpans read(DataInput in) throws IOException {
        RowSpans read = new RowSpans();
        read.rows = Packed.readCount(in, "spans");
        int greatest = in.readInt();
        int size = Packed.readCount(in, "spans", MOST);
        long[] span = new long[3];
        long before = -1;
        for (int i = 0; i < size; i++) {
            int key = in.readInt();
            Packed.readCounts(in, "spans", span);
            long last = Packed.sum("spans", span[0], span[1]);
            Packed.check(
                    Integer.toUnsignedLong(key) > before && Integer.compareUnsigned(key, greatest) <= 0,
                    "spans",
                    "out of order");
            Packed.check(
                    last < read.rows && span[2] > 0 && span[2] <= span[1] + 1 && (span[2] == 1) == (span[1] == 0),
                    "spans",
                    span[2],
                    " in rows ",
                    span[0],
                    " to ",
                    last,
                    " of ",
                    read.rows);
            before = Integer.toUnsignedLong(key);
            read.add(key, span[0], last, span[2]);
        }
        read.greatest = greatest;
        return read;
    }

    @Override
    public String toString() {
        return size + " texts of " + rows + ": " + Arrays.toString(places());
    }
}
