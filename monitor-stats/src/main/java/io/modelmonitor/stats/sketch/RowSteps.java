package io.modelmonitor.stats.sketch;

import io.modelmonitor.stats.internal.Packed;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Counts of the steps from a value to that of the next row: of numbers up, down and to an equal one, of other values to another and to
 * an equal one. Independent numbers go up as often as down, and those that go on with the rows, as days and numbers of batches do, in
 * one direction.
 *
 * <p>Merging is exact if the parts are merged in the order of their rows. One thread at a time may change a state.
 */
public final class RowSteps {

    private static final int LEAST = 100;
    private static final double ERRORS = 4;

    private long ups;
    private long downs;
    private long stays;
    private double firstNumber = Double.NaN;
    private double lastNumber = Double.NaN;

    private long changes;
    private long repeats;
    private boolean hasTexts;
    /** Hashes, so that no text is held. */
    private long firstText;

    private long lastText;

    RowSteps() {}

    /**
     * Adds numbers in the order of their rows.
     *
     * @param ordinary whether all of them are finite, and so small that none exceeds another by more than the largest double
     */
    void add(double[] numbers, int size, boolean ordinary) {
        if (size == 0) {
            return;
        }
        step(lastNumber, numbers[0]);
        if (ordinary) {
            addOrdinary(numbers, size);
        } else {
            for (int i = 1; i < size; i++) {
                step(numbers[i - 1], numbers[i]);
            }
        }
        firstNumber = Double.isNaN(firstNumber) ? numbers[0] : firstNumber;
        lastNumber = numbers[size - 1];
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
        merged.stays = stays + later.stays;
        merged.step(lastNumber, later.firstNumber);
        merged.firstNumber = Double.isNaN(firstNumber) ? later.firstNumber : firstNumber;
        merged.lastNumber = Double.isNaN(later.lastNumber) ? lastNumber : later.lastNumber;
        merged.changes = changes + later.changes;
        merged.repeats = repeats + later.repeats;
        if (hasTexts && later.hasTexts) {
            merged.step(lastText, later.firstText);
        }
        merged.hasTexts = hasTexts || later.hasTexts;
        merged.firstText = hasTexts ? firstText : later.firstText;
        merged.lastText = later.hasTexts ? later.lastText : lastText;
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

    void write(DataOutput out) throws IOException {
        Packed.writeCounts(out, new long[] {ups, downs, stays, changes, repeats});
        out.writeDouble(firstNumber);
        out.writeDouble(lastNumber);
        out.writeBoolean(hasTexts);
        if (hasTexts) {
            out.writeLong(firstText);
            out.writeLong(lastText);
        }
    }

    static RowSteps read(DataInput in) throws IOException {
        long[] counts = new long[5];
        Packed.readCounts(in, "steps", counts);
        RowSteps read = new RowSteps();
        read.ups = counts[0];
        read.downs = counts[1];
        read.stays = counts[2];
        read.changes = counts[3];
        read.repeats = counts[4];
        long total = 0;
        for (long count : counts) {
            total = Packed.sum("steps", total, count);
        }
        read.firstNumber = in.readDouble();
        read.lastNumber = in.readDouble();
        read.hasTexts = Packed.readFlag(in, "steps");
        if (read.hasTexts) {
            read.firstText = in.readLong();
            read.lastText = in.readLong();
        }
        return read;
    }
}
