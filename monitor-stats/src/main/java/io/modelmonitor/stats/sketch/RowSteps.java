package io.modelmonitor.stats.sketch;

import io.modelmonitor.stats.internal.Packed;
import io.modelmonitor.stats.internal.PackedDoubles;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Counts of the steps from a value to that of the next row: of numbers up, down and to an equal one, of other values to another and to
 * an equal one. Independent numbers go up as often as down, and those that go on with the rows, as days and numbers of batches do, in
 * one direction.
 *
 * <p>Merging is exact if the parts are merged in the order of their rows. One thread at a time may change a state.
 */
public final class RowSteps {

    /** So many numbers are remembered at each end. */
    private static final int ENDS = 8;

    private static final double NEAR = 0.05;
    private static final int LEAST = 100;
    private static final double ERRORS = 4;

    private long ups;
    private long downs;
    private long equals;
    private double[] first = {};
    private double[] last = {};
    private @Nullable String firstText;
    private @Nullable String lastText;

    RowSteps() {}

    /** Adds numbers in the order of their rows; NaN is passed over. */
    void add(double[] numbers, int size) {
        int up = 0;
        int down = 0;
        int equal = 0;
        for (int i = 1; i < size; i++) {
            double before = numbers[i - 1];
            double now = numbers[i];
            up += now > before ? 1 : 0;
            down += now < before ? 1 : 0;
            equal += now == before ? 1 : 0;
        }
        if (size > 0 && (up + down + equal < size - 1 || Double.isNaN(numbers[0]))) {
            double[] known = Arrays.stream(numbers, 0, size)
                    .filter(number -> !Double.isNaN(number))
                    .toArray();
            if (known.length < size) {
                add(known, known.length);
                return;
            }
        }
        ups += up;
        downs += down;
        equals += equal;
        append(numbers, size);
    }

    /** Makes the first and the last of more numbers part of the ends, with the step to them. */
    private void append(double[] numbers, int size) {
        if (size == 0) {
            return;
        }
        if (last.length > 0) {
            step(last[last.length - 1], numbers[0]);
        }
        if (first.length < ENDS) {
            double[] all = Arrays.copyOf(first, Math.min(ENDS, first.length + size));
            System.arraycopy(numbers, 0, all, first.length, all.length - first.length);
            first = all;
        }
        int taken = Math.min(ENDS, size);
        int kept = Math.min(ENDS - taken, last.length);
        double[] all = new double[kept + taken];
        System.arraycopy(last, last.length - kept, all, 0, kept);
        System.arraycopy(numbers, size - taken, all, kept, taken);
        last = all;
    }

    /** Adds the steps between numbers by the signs of their differences, without branches, which could not be predicted. */
    private void addOrdinary(double[] numbers, int size) {
        long up = 0;
        long down = 0;
        for (int i = 1; i < size; i++) {
            up += isNegative(numbers[i - 1] - numbers[i]);
            down += isNegative(numbers[i] - numbers[i - 1]);
        }
        ups += up;
        downs += down;
        stays += size - 1 - up - down;
    }

    /** Returns 1 for a number below zero, 0 for zeros of either sign and those above. */
    private static long isNegative(double number) {
        return Double.doubleToRawLongBits(number + 0.0) >>> (Long.SIZE - 1);
    }

    /** Adds the step from a number to another; there is none from or to NaN. */
    private void step(double before, double now) {
        ups += now > before ? 1 : 0;
        downs += now < before ? 1 : 0;
        stays += now == before ? 1 : 0;
    }

    /** Adds a value that is no number by its hash. */
    void addText(long hash) {
        if (hasTexts) {
            step(lastText, hash);
        } else {
            firstText = hash;
            hasTexts = true;
        }
        lastText = hash;
    }

    private void step(long before, long now) {
        long same = before == now ? 1 : 0;
        repeats += same;
        changes += 1 - same;
    }

    /** Returns the steps of these rows and of those that follow. */
    RowSteps merge(RowSteps later) {
        RowSteps merged = new RowSteps();
        merged.ups = ups + later.ups;
        merged.downs = downs + later.downs;
        merged.equals = equals + later.equals;
        merged.first = first;
        merged.last = last;
        if (later.first.length > 0) {
            // The first of the later rows are their last, too, where there are few.
            merged.append(later.first, later.first.length);
            merged.last = later.last.length < ENDS ? merged.last : later.last;
        }
        merged.step(lastText, later.firstText);
        merged.firstText = firstText == null ? later.firstText : firstText;
        merged.lastText = later.lastText == null ? lastText : later.lastText;
        return merged;
    }

    /** Returns the number of steps: one less than that of present values if all are of one kind and no parts were counted elsewhere. */
    public long total() {
        return ups + downs + equals;
    }

    /** Returns the number of steps from a value to an equal one. */
    public long equal() {
        return equals;
    }

    /** Returns the number of steps from a value to another one. */
    public long changes() {
        return ups + downs;
    }

    /** Returns the number of steps in the direction of fewer. */
    public long back() {
        return Math.min(ups, downs);
    }

    /**
     * Returns whether these can be the steps of independent values: as many up as down, but for chance (of {@code n} steps the variance of
     * the difference is {@code n / 3}; J. Wolfowitz, Annals of Mathematical Statistics 15, 1944), and few to an equal value. Of few steps
     * that is not known.
     *
     * @param equal the probability that two independent values are equal, or more
     */
    boolean areOfIndependent(double equal) {
        double n = total();
        double expected = equal * n;
        return n >= LEAST
                && changes() - 2 * back() <= ERRORS * Math.sqrt(n / 3) + 1
                && equals <= expected + ERRORS * Math.sqrt(expected) + 1;
    }

    /**
     * Returns whether the first numbers are all at one end of the range of all, and the last ones at the other, which of independent ones
     * is so by no chance.
     *
     * @param least the least of all
     * @param greatest the greatest of all
     */
    boolean leadFromEndToEnd(double least, double greatest) {
        double near = NEAR * (greatest - least);
        boolean isUp = Arrays.stream(first).allMatch(number -> number <= least + near)
                && Arrays.stream(last).allMatch(number -> number >= greatest - near);
        boolean isDown = Arrays.stream(first).allMatch(number -> number >= greatest - near)
                && Arrays.stream(last).allMatch(number -> number <= least + near);
        return first.length == ENDS && total() > LEAST && (isUp || isDown);
    }

    void write(DataOutput out) throws IOException {
        Packed.writeCounts(out, new long[] {ups, downs, equals});
        PackedDoubles.write(out, first, first.length);
        PackedDoubles.write(out, last, last.length);
        out.writeBoolean(firstText != null);
        if (firstText != null && lastText != null) {
            Packed.writeText(out, firstText);
            Packed.writeText(out, lastText);
        }
    }

    static RowSteps read(DataInput in) throws IOException {
        long[] counts = new long[5];
        Packed.readCounts(in, "steps", counts);
        RowSteps read = new RowSteps();
        read.ups = Packed.readCount(in, "steps");
        read.downs = Packed.readCount(in, "steps");
        read.equals = Packed.readCount(in, "steps");
        Packed.sum("steps", Packed.sum("steps", read.ups, read.downs), read.equals);
        read.first = PackedDoubles.read(in, "steps", ENDS);
        read.last = PackedDoubles.read(in, "steps", ENDS);
        Packed.check(read.first.length == read.last.length, "steps", "of other rows");
        if (Packed.readFlag(in, "steps")) {
            read.firstText = readText(in);
            read.lastText = readText(in);
        }
        return read;
    }
}
