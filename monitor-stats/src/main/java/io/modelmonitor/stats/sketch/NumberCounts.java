package io.modelmonitor.stats.sketch;

import io.modelmonitor.stats.internal.Hashes;
import io.modelmonitor.stats.internal.Packed;
import io.modelmonitor.stats.internal.PackedDoubles;
import io.modelmonitor.stats.internal.PackedLongs;
import io.modelmonitor.stats.internal.text.NumberText;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table of numbers that have no spelling of their own, and how often they occur. Numbers that were made to collide are
 * found in a tree, as in {@link TextCounts}.
 */
final class NumberCounts {

    private static final long NAN = Double.doubleToLongBits(Double.NaN);

    /** The bits of each number, and next to them, as they are looked at together, its count; a place is free while that is 0. */
    private long[] cells = new long[2 * 16];

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
        if (cells[2 * place + 1] != 0) {
            cells[2 * place + 1] += times;
            return;
        }
        cells[2 * place] = key;
        cells[2 * place + 1] = times;
        if (places != null) {
            places.put(key, place);
        }
        size++;
        makeRoom(0);
    }

    /** Returns how many places there are. */
    private int capacity() {
        return cells.length / 2;
    }

    /** Returns the count of the number at a place; 0 if it is free. */
    private long countAt(int place) {
        return cells[2 * place + 1];
    }

    /** Returns the number at a place that is not free. */
    private double numberAt(int place) {
        return Double.longBitsToDouble(cells[2 * place]);
    }

    /** Returns the place of a number, or the free one where it goes. */
    private int place(long key) {
        if (places == null) {
            int mask = capacity() - 1;
            int place = (int) Hashes.mix(key) & mask;
            for (int i = 0; i < TextCounts.LONGEST_CHAIN; i++) {
                if (cells[2 * place + 1] == 0 || cells[2 * place] == key) {
                    steps += i;
                    return place;
                }
                place = place + 1 & mask;
            }
            steps += TextCounts.LONGEST_CHAIN;
            places = new TreeMap<>();
            for (int i = 0; i < capacity(); i++) {
                if (countAt(i) != 0) {
                    places.put(cells[2 * i], i);
                }
            }
        }
        steps += Integer.SIZE - Integer.numberOfLeadingZeros(size);
        Integer known = places.get(key);
        if (known != null) {
            return known;
        }
        while (countAt(firstFree) != 0) {
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
        int wanted = capacity();
        while (wanted < 2 * (size + more)) {
            wanted *= 2;
        }
        if (wanted > capacity()) {
            grow(wanted);
        }
    }

    private void grow(int length) {
        long[] old = cells;
        cells = new long[2 * length];
        size = 0;
        firstFree = 0;
        if (places != null) {
            places.clear();
        }
        for (int i = 0; i < old.length; i += 2) {
            if (old[i + 1] != 0) {
                add(old[i], old[i + 1]);
            }
        }
    }

    /** Returns the numbers in ascending order, NaN last. */
    double[] sorted() {
        double[] numbers = new double[size];
        int next = 0;
        for (int i = 0; i < capacity(); i++) {
            if (countAt(i) != 0 && cells[2 * i] != NAN) {
                numbers[next++] = numberAt(i);
            }
        }
        new DoubleSorter().sort(numbers, 0, next);
        Arrays.fill(numbers, next, size, Double.NaN);
        return numbers;
    }

    /** Adds the numbers to those that are counted. */
    void addTo(DistinctCount counted) {
        for (int i = 0; i < capacity(); i++) {
            if (countAt(i) != 0) {
                counted.add(numberAt(i));
            }
        }
    }

    /** Returns how often a number occurs. Changes nothing: several threads may look into one table. */
    long count(double number) {
        long key = Hashes.bits(number);
        if (places != null) {
            Integer known = places.get(key);
            return known == null ? 0 : countAt(known);
        }
        int mask = capacity() - 1;
        int place = (int) Hashes.mix(key) & mask;
        while (countAt(place) != 0 && cells[2 * place] != key) {
            place = place + 1 & mask;
        }
        return countAt(place);
    }

    /** Returns the numbers as texts, in an order that means nothing. */
    Stream<Category> stream() {
        return IntStream.range(0, capacity())
                .filter(place -> countAt(place) != 0)
                .mapToObj(place -> new Category(text(numberAt(place)), countAt(place)));
    }

    /** Returns a number as text. */
    String text(double number) {
        return NumberText.of(number, fractional);
    }

    /** Returns these with whole numbers written without a point. Shares memory, and is not to be changed, unless numbers are to be added. */
    NumberCounts unpointed(boolean toAdd) {
        NumberCounts same = new NumberCounts();
        same.cells = toAdd ? cells.clone() : cells;
        same.size = size;
        return same;
    }

    /** Returns the counts of other numbers; those of equal ones are added up. */
    NumberCounts mapped(DoubleUnaryOperator other) {
        NumberCounts mapped = new NumberCounts();
        for (int place = 0; place < capacity(); place++) {
            if (countAt(place) != 0) {
                mapped.add(other.applyAsDouble(numberAt(place)), countAt(place));
            }
        }
        mapped.fractional = fractional;
        return mapped;
    }

    NumberCounts copy() {
        NumberCounts copy = new NumberCounts();
        copy.cells = cells.clone();
        copy.size = size;
        copy.fractional = fractional;
        copy.places = places == null ? null : new TreeMap<>(places);
        copy.firstFree = firstFree;
        return copy;
    }

    void addAll(NumberCounts other) {
        makeRoom(other.size);
        for (int i = 0; i < other.cells.length; i += 2) {
            if (other.cells[i + 1] != 0) {
                add(other.cells[i], other.cells[i + 1]);
            }
        }
        fractional |= other.fractional;
    }

    /** Returns the sum of all counts. */
    long total() {
        return IntStream.range(0, capacity()).mapToLong(this::countAt).sum();
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
        Packed.check(numbers.length == counts.length, "counts of numbers", counts.length, " of ", numbers.length);
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
        for (int place = 0; place < capacity(); place++) {
            greatest = Math.max(greatest, countAt(place));
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
