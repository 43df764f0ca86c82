package io.modelmonitor.stats.sketch;

import io.modelmonitor.stats.internal.Packed;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Counts of the steps from a value to that of the next row, up, down and to an equal one: numbers by size, other values as texts.
 * Independent values go up as often as down, and those that go on with the rows, as days and numbers of batches do, in one direction.
 *
 * <p>Merging is exact if the parts are merged in the order of their rows. One thread at a time may change a state.
 */
final class RowSteps {

    private long ups;
    private long downs;
    private long equals;
    private double firstNumber = Double.NaN;
    private double lastNumber = Double.NaN;
    private @Nullable String firstText;
    private @Nullable String lastText;

    RowSteps() {}

    /** Adds numbers in the order of their rows; NaN has no step. */
    void add(double[] numbers, int size) {
        if (size == 0) {
            return;
        }
        step(lastNumber, numbers[0]);
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
        ups += up;
        downs += down;
        equals += equal;
        firstNumber = Double.isNaN(firstNumber) ? numbers[0] : firstNumber;
        lastNumber = numbers[size - 1];
    }

    /** Adds a value that is no number. */
    void add(String text) {
        String held = text.length() > LongText.LIMIT ? text.substring(0, LongText.LIMIT) : text;
        step(lastText, held);
        firstText = firstText == null ? held : firstText;
        lastText = held;
    }

    private void step(double before, double now) {
        ups += now > before ? 1 : 0;
        downs += now < before ? 1 : 0;
        equals += now == before ? 1 : 0;
    }

    private void step(@Nullable String before, @Nullable String now) {
        if (before != null && now != null) {
            int step = now.compareTo(before);
            ups += step > 0 ? 1 : 0;
            downs += step < 0 ? 1 : 0;
            equals += step == 0 ? 1 : 0;
        }
    }

    /** Returns the steps of these rows and of those that follow. */
    RowSteps merge(RowSteps later) {
        RowSteps merged = new RowSteps();
        merged.ups = ups + later.ups;
        merged.downs = downs + later.downs;
        merged.equals = equals + later.equals;
        merged.step(lastNumber, later.firstNumber);
        merged.step(lastText, later.firstText);
        merged.firstNumber = Double.isNaN(firstNumber) ? later.firstNumber : firstNumber;
        merged.lastNumber = Double.isNaN(later.lastNumber) ? lastNumber : later.lastNumber;
        merged.firstText = firstText == null ? later.firstText : firstText;
        merged.lastText = later.lastText == null ? lastText : later.lastText;
        return merged;
    }

    /** Returns the number of steps. */
    long total() {
        return ups + downs + equals;
    }

    /** Returns the number of steps from a value to another one. */
    long changes() {
        return ups + downs;
    }

    /** Returns the number of steps in the direction of fewer. */
    long back() {
        return Math.min(ups, downs);
    }

    void write(DataOutput out) throws IOException {
        Packed.writeCounts(out, new long[] {ups, downs, equals});
        out.writeDouble(firstNumber);
        out.writeDouble(lastNumber);
        out.writeBoolean(firstText != null);
        if (firstText != null && lastText != null) {
            Packed.writeText(out, firstText);
            Packed.writeText(out, lastText);
        }
    }

    static RowSteps read(DataInput in) throws IOException {
        RowSteps read = new RowSteps();
        read.ups = Packed.readCount(in, "steps");
        read.downs = Packed.readCount(in, "steps");
        read.equals = Packed.readCount(in, "steps");
        Packed.sum("steps", Packed.sum("steps", read.ups, read.downs), read.equals);
        read.firstNumber = in.readDouble();
        read.lastNumber = in.readDouble();
        if (Packed.readFlag(in, "steps")) {
            read.firstText = readText(in);
            read.lastText = readText(in);
        }
        return read;
    }

    private static String readText(DataInput in) throws IOException {
        String text = Packed.readText(in, "step");
        Packed.check(text.length() <= LongText.LIMIT, "step", "a text of " + text.length());
        return text;
    }
}
