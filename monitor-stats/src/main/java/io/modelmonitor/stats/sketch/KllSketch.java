package io.modelmonitor.stats.sketch;

import io.modelmonitor.stats.internal.Packed;
import io.modelmonitor.stats.internal.PackedDoubles;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Quantiles and ranks of a stream of numbers in bounded memory: a deterministic variant of the sketch of Karnin, Lang and
 * Liberty, <i>Optimal quantile approximation in streams</i> (FOCS 2016), with k = 2048 and c = 0.64.
 *
 * <p>Levels of numbers; one of level h stands for 2<sup>h</sup> observations. New numbers go to level 0. As soon as there
 * are more numbers than all levels have room for, the lowest full level is sorted and every second number of it goes up;
 * whether the odd or the even ones do alternates by a fixed rule instead of by chance. The rules are those of Deequ's sketch
 * as used by the managed service, so equal input in equal order gives the same levels, bit for bit. Level h has room for
 * {@code 2 (ceil(k c^h / 2) + 1)} numbers: 2050, 1314, 842, and so on, about 5,700 in all.
 *
 * <p>Up to 2,050 numbers nothing is lost and every answer is exact. Beyond, ranks are approximate; {@link #rankError()}
 * says how much. Merging is commutative and associative but for which numbers are kept and for the stated error, of which the order of
 * merging decides within that error.
 *
 * <p>An update costs amortized constant time, including the sorting it causes later; a query after updates sorts all levels once
 * (about 0.3 ms). At most 46 KB, and 85 KB more from a query to the next update. One thread may change a sketch at a
 * time; a sketch that nobody changes may be read by many.
 */
public final class KllSketch {

    /** The room of level 0, approximately; the only parameter of accuracy. */
    public static final int K = 2048;

    /** The ratio of the capacities of neighbouring levels. */
    public static final double SHRINKING_FACTOR = 0.64;

    /** The numbers of all levels, the highest level first: what a compaction keeps then lies behind the level that it goes up to. */
    private double[] numbers = new double[64];
    /** Where each level begins, from level 0, which is the last and ends with the numbers. */
    private int[] starts = new int[1];

    private long[] compactions = new long[1];
    private int items;
    private int capacity = LevelCapacity.of(0);
    private long count;
    /** The variance of a rank, in squared numbers of observations, from all compactions of this sketch. */
    private double variance;
    /** The rank error, in observations, that merged sketches brought along. */
    private double inherited;

    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private @Nullable WeightedValues view;

    private KllSketch() {}

    /** Returns a sketch of no numbers. */
    public static KllSketch create() {
        return new KllSketch();
    }

    /**
     * Returns a sketch that carries on from levels, such as those of a statistics file.
     *
     * <p>A file does not say how often each level has been compacted, on which depends what the next compaction keeps: the
     * least number that explains the levels is taken, so later levels may differ, within the rank error, from the writer's.
     *
     * @param levels the numbers of each level, from level 0; copied
     * @param min the smallest number ever seen, at most the smallest of the levels
     * @param max the largest number ever seen, at least the largest of the levels
     * @throws IllegalArgumentException if a number is NaN or lies outside {@code min} and {@code max}, or there are more
     *     than 60 levels
     */
    public static KllSketch ofLevels(List<double[]> levels, double min, double max) {
        long[] compactions = LevelCapacity.leastCompactions(levels);
        return ofLevels(levels, compactions, LevelCapacity.variance(compactions), min, max);
    }

    private static KllSketch ofLevels(
            List<double[]> levels, long[] compactions, double variance, double min, double max) {
        KllSketch sketch = new KllSketch();
        sketch.count = LevelCapacity.checkedCount(levels, min, max);
        sketch.variance = variance;
        sketch.growTo(levels.size());
        sketch.numbers =
                new double[levels.stream().mapToInt(level -> level.length).sum()];
        for (int h = levels.size() - 1; h >= 0; h--) {
            sketch.starts[h] = sketch.items;
            sketch.append(levels.get(h), 0, levels.get(h).length);
            sketch.compactions[h] = compactions[h];
        }
        if (sketch.items > 0) {
            sketch.min = min;
            sketch.max = max;
        }
        return sketch;
    }

    /**
     * Adds a number; infinities are numbers.
     *
     * @throws IllegalArgumentException if it is NaN
     */
    public void update(double value) {
        update(new double[] {value}, 0, 1);
    }

    /**
     * Adds numbers in their order.
     *
     * @param values holds the numbers
     * @param from the first place
     * @param to the place after the last
     * @throws IllegalArgumentException if one of them is NaN; then none has been added
     */
    public void update(double[] values, int from, int to) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = from; i < to; i++) {
            double value = values[i];
            if (Double.isNaN(value)) {
                throw new IllegalArgumentException("values: NaN; a number is expected, NaN has no rank");
            }
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        update(values, from, to, low, high, new Workspace());
    }

    /** Adds numbers, none of them NaN, of which the smallest and the largest are known, or of a part that holds them. */
    void update(double[] values, int from, int to, double low, double high, Workspace workspace) {
        min = Math.min(min, low);
        max = Math.max(max, high);
        view = null;
        count += to - from;
        for (int next = from; next < to; ) {
            int some = Math.min(to - next, Math.max(1, capacity - items + 1));
            append(values, next, some);
            next += some;
            while (items > capacity) {
                condense(workspace);
            }
        }
    }

    /** Returns a sketch of the numbers of both, this one's first in each level, with errors added up; neither is changed. */
    public KllSketch merge(KllSketch other) {
        return merge(other, new Workspace());
    }

    KllSketch merge(KllSketch other, Workspace workspace) {
        KllSketch merged = new KllSketch();
        merged.growTo(Math.max(starts.length, other.starts.length));
        merged.numbers = workspace.numbers(items + other.items);
        for (int h = merged.starts.length - 1; h >= 0; h--) {
            merged.starts[h] = merged.items;
            merged.addLevel(h, this);
            merged.addLevel(h, other);
        }
        merged.count = count + other.count;
        merged.variance = Math.max(variance, other.variance);
        merged.inherited = inherited + other.inherited + 4 * Math.sqrt(Math.min(variance, other.variance));
        merged.min = Math.min(min, other.min);
        merged.max = Math.max(max, other.max);
        while (merged.items >= merged.capacity) {
            merged.condense(workspace);
        }
        merged.numbers = Arrays.copyOf(merged.numbers, merged.items);
        return merged;
    }

    /** Returns a sketch of other numbers of about the same order. */
    KllSketch withNumbers(DoubleUnaryOperator other) {
        KllSketch sketch = merge(new KllSketch());
        Arrays.setAll(sketch.numbers, i -> other.applyAsDouble(sketch.numbers[i]));
        sketch.min = other.applyAsDouble(min);
        sketch.max = other.applyAsDouble(max);
        return sketch;
    }

    private void addLevel(int level, KllSketch part) {
        if (level < part.starts.length) {
            append(part.numbers, part.starts[level], part.size(level));
            compactions[level] += part.compactions[level];
        }
    }

    /** Adds numbers behind the others. */
    private void append(double[] values, int from, int length) {
        int needed = items + length;
        if (numbers.length < needed) {
            // At most to what there may be before a compaction.
            int most = Math.max(needed, capacity + 1);
            numbers = Arrays.copyOf(numbers, Math.min(most, Math.max(needed, 2 * numbers.length)));
        }
        System.arraycopy(values, from, numbers, items, length);
        items = needed;
    }

    private int end(int level) {
        return level == 0 ? items : starts[level - 1];
    }

    private int size(int level) {
        return end(level) - starts[level];
    }

    private double[] level(int level) {
        return Arrays.copyOfRange(numbers, starts[level], end(level));
    }

    private void growTo(int height) {
        int present = starts.length;
        if (height <= present) {
            return;
        }
        starts = Arrays.copyOf(starts, height);
        compactions = Arrays.copyOf(compactions, height);
        for (int h = present; h < height; h++) {
            capacity += LevelCapacity.of(h);
        }
    }

    /** Compacts the lowest level that is full. */
    private void condense(Workspace workspace) {
        for (int h = 0; h < starts.length; h++) {
            if (size(h) >= LevelCapacity.of(h)) {
                growTo(h + 2);
                compact(h, workspace.sorter());
                return;
            }
        }
    }

    private void compact(int level, DoubleSorter sorter) {
        int from = starts[level];
        // Of an odd number the last one to arrive stays behind.
        int even = size(level) & ~1;
        sorter.sort(numbers, from, from + even);
        variance += LevelCapacity.variance(level);
        long earlier = compactions[level]++;
        int kept = from;
        for (int i = from + (int) (((earlier + 1) >>> 1) & 1); i < from + even; i += 2) {
            numbers[kept++] = numbers[i];
        }
        starts[level] = kept;
        System.arraycopy(numbers, from + even, numbers, kept, items - from - even);
        for (int h = 0; h < level; h++) {
            starts[h] -= even / 2;
        }
        items -= even / 2;
    }

    /** Returns how many numbers were added. */
    public long count() {
        return count;
    }

    /** Returns the smallest number added; positive infinity when there is none. */
    public double min() {
        return min;
    }

    /** Returns the largest number added; negative infinity when there is none. */
    public double max() {
        return max;
    }

    /** Returns whether every number is still there, so that every answer is exact. */
    public boolean isExact() {
        return items == count;
    }

    /**
     * Returns how far a rank may be off, as a share of all numbers: 0 while exact, about 0.1 % at ten thousand numbers and
     * 0.3 % at a million.
     *
     * <p>A compaction of level h shifts the ranks between the two numbers of each pair by 2<sup>h</sup>, upwards or downwards,
     * and all other ranks not at all. This is four standard deviations of the sum of these shifts as if they were
     * independent, which leaves room for the worst of the few thousand ranks that a sketch tells apart. It describes
     * ordinary data and is no guarantee against data made to defeat a fixed rule. Errors of merged sketches add up, as those
     * of equal parts do; with the larger one the shifts of later compactions are as if independent.
     */
    public double rankError() {
        return count == 0 ? 0 : Math.min(1, (inherited + 4 * Math.sqrt(variance)) / count);
    }

    /** Returns the numbers of each level, from level 0, whose numbers are in the order of their arrival; copies. */
    public List<double[]> levels() {
        return IntStream.range(0, starts.length).mapToObj(this::level).toList();
    }

    /** Returns the distribution that this sketch stands for: what is left, in order and weighted. */
    public WeightedValues values() {
        WeightedValues known = view;
        if (known != null) {
            return known;
        }
        WeightedValues.Merger merger = new WeightedValues.Merger(items);
        DoubleSorter sorter = new DoubleSorter();
        // From the smallest level to the largest, so that few numbers are merged often.
        for (int h = starts.length - 1; h >= 0; h--) {
            double[] level = level(h);
            sorter.sort(level, 0, level.length);
            merger.add(level, 1L << h);
        }
        known = merger.result();
        view = known;
        return known;
    }

    /**
     * Returns the smallest number whose rank is at least {@code p}; the exact minimum for 0 and the exact maximum for 1.
     *
     * @param p a share from 0 to 1
     * @return the quantile; NaN when there are no numbers
     * @throws IllegalArgumentException if {@code p} is not from 0 to 1
     */
    public double quantile(double p) {
        double quantile = values().quantile(p);
        return count == 0 ? Double.NaN : p == 0 ? min : p == 1 ? max : quantile;
    }

    /** Returns a quantile for each share, as {@link #quantile(double)} does. */
    public double[] quantiles(double[] p) {
        return Arrays.stream(p).map(this::quantile).toArray();
    }

    /** Returns the share of numbers that are at most {@code x}, from 0 to 1; NaN when there are no numbers. */
    public double rank(double x) {
        return x < min ? values().rank(Double.NEGATIVE_INFINITY) : x >= max ? one() : values().rank(x);
    }

    /** Returns the share of numbers that are below {@code x}, from 0 to 1; NaN when there are no numbers. */
    public double rankBelow(double x) {
        return x > max ? one() : values().rankBelow(x);
    }

    private double one() {
        return count == 0 ? Double.NaN : 1;
    }

    /** Writes this state in bytes, from which {@link #read} makes an equal one. */
    public void write(DataOutput out) throws IOException {
        write(out, new double[0]);
    }

    /** Writes this state in few bytes where all its numbers are among some that the reader will know. */
    void write(DataOutput out, double[] known) throws IOException {
        Packed.writeCount(out, starts.length);
        Packed.writeCounts(out, compactions);
        for (int h = 0; h < starts.length; h++) {
            PackedDoubles.write(out, level(h), size(h), known);
        }
        if (items > 0) {
            out.writeDouble(min);
            out.writeDouble(max);
        }
        if (!isExact()) {
            out.writeDouble(variance);
            out.writeDouble(inherited);
        }
    }

    /**
     * Reads the state that {@link #write} wrote.
     *
     * @throws IllegalArgumentException if no state can be what is read; the message is one line
     */
    public static KllSketch read(DataInput in) throws IOException {
        return read(in, new double[0]);
    }

    static KllSketch read(DataInput in, double[] known) throws IOException {
        int height = Packed.readCount(in, "levels", LevelCapacity.MAX_LEVELS);
        long[] compactions = new long[height];
        Packed.readCounts(in, "compactions", compactions);
        List<double[]> levels = new ArrayList<>(height);
        for (int h = 0; h < height; h++) {
            levels.add(PackedDoubles.read(in, "level " + h, LevelCapacity.MOST, known));
        }
        boolean empty = levels.stream().allMatch(level -> level.length == 0);
        KllSketch read = ofLevels(levels, compactions, 0, empty ? 0 : in.readDouble(), empty ? 0 : in.readDouble());
        if (!read.isExact()) {
            read.variance = Packed.readSize(in, "variance");
            read.inherited = Packed.readSize(in, "error of parts");
            Packed.check(read.inherited <= read.count, "error of parts", read.inherited, " of ", read.count);
        }
        return read;
    }

    @Override
    public String toString() {
        return "KllSketch of " + count + " numbers, " + items + " kept";
    }
}
