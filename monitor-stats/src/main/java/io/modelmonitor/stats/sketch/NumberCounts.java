package io.modelmonitor.stats.sketch;

import io.modelmonitor.stats.internal.Packed;
import io.modelmonitor.stats.internal.PackedDoubles;
import io.modelmonitor.stats.internal.PackedLongs;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table of numbers that have no spelling of their own, and how often they occur. Numbers that were made to collide are
 * found in a tree, as in {@link TextCounts}.
 */
final class NumberCounts {

    private static final long NAN = Double.doubleToLongBits(Double.NaN);

    /** The bits of the numbers; a place is free while its count is 0. */
    private long[] bits = new long[16];

    private long[] counts = new long[16];

    /** The places of the numbers, once they have been made to collide. */
    private @Nullable TreeMap<Long, Integer> places;

    /** Behind which no place is free, once they have. */
    private int firstFree;

    private long steps;
    private int size;
    private boolean fractional;

    int size() {
        return size;
    }

    /** Returns whether numbers are written with a point, because one of them came from a source of such numbers. */
    boolean isFractional() {
        return fractional;
    }

    void setFractional(boolean fractional) {
        this.fractional |= fractional;
    }

    void add(double number, long times) {
        add(Hashes.bits(number), times);
    }

    private void add(long key, long times) {
        int place = place(key);
        if (counts[place] != 0) {
            counts[place] += times;
            return;
        }
        bits[place] = key;
        counts[place] = times;
        if (places != null) {
            places.put(key, place);
        }
        size++;
        makeRoom(0);
    }

    /** Returns the place of a number, or the free one where it goes. */
    private int place(long key) {
        if (places == null) {
            int mask = counts.length - 1;
            int place = (int) Hashes.mix(key) & mask;
            for (int i = 0; i < TextCounts.LONGEST_CHAIN; i++) {
                if (counts[place] == 0 || bits[place] == key) {
                    steps += i;
                    return place;
                }
                place = place + 1 & mask;
            }
            steps += TextCounts.LONGEST_CHAIN;
            places = new TreeMap<>();
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] != 0) {
                    places.put(bits[i], i);
                }
            }
        }
        steps += Integer.SIZE - Integer.numberOfLeadingZeros(size);
        Integer known = places.get(key);
        if (known != null) {
            return known;
        }
        while (counts[firstFree] != 0) {
            firstFree++;
            steps++;
        }
        return firstFree;
    }

    /** Returns how many places have been looked at so far beyond the first of each number. */
    long steps() {
        return steps;
    }

    /**
     * Grows so that at most half of the places are taken when so many numbers have been added. Done before numbers come in the order of
     * their places in another table, as {@link TextCounts} does.
     */
    private void makeRoom(int more) {
        int places = counts.length;
        while (places < 2 * (size + more)) {
            places *= 2;
        }
        if (places > counts.length) {
            grow(places);
        }
    }

    private void grow(int length) {
        long[] oldBits = bits;
        long[] oldCounts = counts;
        bits = new long[length];
        counts = new long[length];
        size = 0;
        firstFree = 0;
        if (places != null) {
            places.clear();
        }
        for (int i = 0; i < oldBits.length; i++) {
            if (oldCounts[i] != 0) {
                add(oldBits[i], oldCounts[i]);
            }
        }
    }

    /** Returns the numbers in ascending order, NaN last. */
    double[] sorted() {
        double[] numbers = new double[size];
        int next = 0;
        for (int i = 0; i < bits.length; i++) {
            if (counts[i] != 0 && bits[i] != NAN) {
                numbers[next++] = Double.longBitsToDouble(bits[i]);
            }
        }
        new DoubleSorter().sort(numbers, 0, next);
        Arrays.fill(numbers, next, size, Double.NaN);
        return numbers;
    }

    /** Adds the numbers to those that are counted. */
    void addTo(DistinctCount counted) {
        for (int i = 0; i < bits.length; i++) {
            if (counts[i] != 0) {
                counted.add(Double.longBitsToDouble(bits[i]));
            }
        }
    }

    /** Returns how often a number occurs. Changes nothing: several threads may look into one table. */
    long count(double number) {
        long key = Hashes.bits(number);
        if (places != null) {
            Integer known = places.get(key);
            return known == null ? 0 : counts[known];
        }
        int mask = counts.length - 1;
        int place = (int) Hashes.mix(key) & mask;
        while (counts[place] != 0 && bits[place] != key) {
            place = place + 1 & mask;
        }
        return counts[place];
    }

    /** Returns the numbers as texts, in an order that means nothing. */
    Stream<Category> stream() {
        return IntStream.range(0, counts.length)
                .filter(place -> counts[place] != 0)
                .mapToObj(place -> new Category(text(Double.longBitsToDouble(bits[place])), counts[place]));
    }

    /** Returns a number as text. */
    String text(double number) {
        return NumberText.of(number, fractional);
    }

    /** Returns these with whole numbers written without a point. Shares memory, and is not to be changed, unless numbers are to be added. */
    NumberCounts unpointed(boolean toAdd) {
        NumberCounts same = new NumberCounts();
        same.bits = toAdd ? bits.clone() : bits;
        same.counts = toAdd ? counts.clone() : counts;
        same.size = size;
        return same;
    }

    NumberCounts copy() {
        NumberCounts copy = new NumberCounts();
        copy.bits = bits.clone();
        copy.counts = counts.clone();
        copy.size = size;
        copy.fractional = fractional;
        copy.places = places == null ? null : new TreeMap<>(places);
        copy.firstFree = firstFree;
        return copy;
    }

    void addAll(NumberCounts other) {
        makeRoom(other.size);
        for (int i = 0; i < other.bits.length; i++) {
            if (other.counts[i] != 0) {
                add(other.bits[i], other.counts[i]);
            }
        }
        fractional |= other.fractional;
    }

    /** Returns the sum of all counts. */
    long total() {
        return LongStream.of(counts).sum();
    }

    private long[] counts(double[] numbers, int from, int to) {
        long[] found = new long[to - from];
        Arrays.setAll(found, i -> count(numbers[from + i]));
        return found;
    }

    void write(DataOutput out) throws IOException {
        out.writeBoolean(fractional);
        double[] sorted = sorted();
        PackedDoubles.write(out, sorted, size);
        PackedLongs.write(out, counts(sorted, 0, size), size);
    }

    static NumberCounts read(DataInput in) throws IOException {
        NumberCounts read = new NumberCounts();
        read.fractional = Packed.readFlag(in, "numbers");
        double[] numbers = PackedDoubles.read(in, "numbers", Categories.MAX_VALUES);
        long[] counts = PackedLongs.read(in, "counts of numbers", Categories.MAX_VALUES);
        Packed.check(numbers.length == counts.length, "counts of numbers", counts.length + " of " + numbers.length);
        read.makeRoom(counts.length);
        long total = 0;
        for (int i = 0; i < counts.length; i++) {
            boolean ascends = i == 0 || Double.compare(numbers[i - 1], numbers[i]) < 0;
            boolean isKey = Hashes.bits(numbers[i]) == Double.doubleToRawLongBits(numbers[i]);
            // Messages are made only where something is wrong: a number as text costs more than all else here.
            if (!ascends || !isKey) {
                throw Packed.impossible("numbers", "they do not ascend at " + numbers[i]);
            }
            if (counts[i] <= 0) {
                throw Packed.impossible("counts of numbers", counts[i] + "; at least 1 is expected");
            }
            total = Packed.sum("counts of numbers", total, counts[i]);
            read.add(numbers[i], counts[i]);
        }
        return read;
    }

    /** Returns how often the most frequent number occurs; 0 if there is none. */
    long greatestCount() {
        long greatest = 0;
        for (long count : counts) {
            greatest = Math.max(greatest, count);
        }
        return greatest;
    }

    /** Returns the distribution of the finite numbers that are here and among texts. */
    WeightedValues weighted(TextCounts texts) {
        double[] sorted = sorted();
        if (texts.numberCount() == 0) {
            int from = 0;
            int to = size;
            while (from < to && sorted[from] == Double.NEGATIVE_INFINITY) {
                from++;
            }
            while (from < to && !(sorted[to - 1] < Double.POSITIVE_INFINITY)) {
                to--;
            }
            return WeightedValues.ofSorted(Arrays.copyOfRange(sorted, from, to), counts(sorted, from, to));
        }
        List<double[]> weighted = new ArrayList<>();
        texts.forEach((text, number, count) -> weighted.add(new double[] {number, count}));
        for (double number : sorted) {
            weighted.add(new double[] {number, count(number)});
        }
        weighted.removeIf(pair -> !Double.isFinite(pair[0]));
        weighted.sort((a, b) -> Double.compare(a[0], b[0]));
        return WeightedValues.ofSorted(
                weighted.stream().mapToDouble(pair -> pair[0]).toArray(),
                weighted.stream().mapToLong(pair -> (long) pair[1]).toArray());
    }
}
