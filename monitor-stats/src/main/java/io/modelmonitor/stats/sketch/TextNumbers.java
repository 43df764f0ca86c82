package io.modelmonitor.stats.sketch;

import io.modelmonitor.stats.internal.Packed;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The numbers that texts are, by two readings where there are two: their moments and quantiles. One thread at a time may change a
 * state.
 */
final class TextNumbers {

    private static final int BLOCK = 256;

    private Numbers numbers = new Numbers();
    /** By the other reading; null while all texts are the same by both. */
    private @Nullable Numbers others;

    private double[] block = {};
    private double[] otherBlock = {};
    private int waiting;

    /** The numbers by a reading. */
    private record Numbers(Moments moments, KllSketch quantiles) {

        private Numbers() {
            this(Moments.create(), KllSketch.create());
        }

        private Numbers merge(Numbers other) {
            return new Numbers(moments.merge(other.moments), quantiles.merge(other.quantiles));
        }

        private void add(double[] values, int size) {
            double[] known = new double[size];
            int next = 0;
            for (int i = 0; i < size; i++) {
                if (!Double.isNaN(values[i])) {
                    known[next++] = values[i];
                }
            }
            moments.add(known, 0, next);
            quantiles.update(known, 0, next);
        }

        /** Returns these with a number so often, by doubling. */
        private Numbers with(double value, long times) {
            Numbers result = this;
            Numbers power = new Numbers();
            power.add(new double[] {value}, 1);
            for (long left = times; left > 0; left >>= 1) {
                if ((left & 1) == 1) {
                    result = result.merge(power);
                }
                power = left > 1 ? power.merge(power) : power;
            }
            return result;
        }

        private void write(DataOutput out) throws IOException {
            moments.write(out);
            quantiles.write(out);
        }

        private static Numbers read(DataInput in) throws IOException {
            return new Numbers(Moments.read(in), KllSketch.read(in));
        }
    }

    /** Adds a number so often, NaN where a reading has none. Behind the last one of a block {@link #flush} has to be called. */
    void add(double value, double other, long times) {
        if (others == null && Double.compare(value, other) != 0) {
            flush();
            others = numbers.merge(new Numbers());
        }
        if (times > BLOCK) {
            flush();
            numbers = Double.isNaN(value) ? numbers : numbers.with(value, times);
            Numbers second = others;
            others = second == null || Double.isNaN(other) ? second : second.with(other, times);
            return;
        }
        if (block.length == 0) {
            block = new double[BLOCK];
            otherBlock = new double[BLOCK];
        }
        for (int i = 0; i < times; i++) {
            block[waiting] = value;
            otherBlock[waiting++] = other;
            if (waiting == BLOCK) {
                flush();
            }
        }
    }

    /** Adds the numbers that wait. */
    void flush() {
        if (waiting > 0) {
            numbers.add(block, waiting);
            if (others != null) {
                others.add(otherBlock, waiting);
            }
            waiting = 0;
        }
    }

    TextNumbers merge(TextNumbers other) {
        TextNumbers merged = new TextNumbers();
        merged.numbers = numbers.merge(other.numbers);
        Numbers mine = others == null ? numbers : others;
        Numbers theirs = other.others == null ? other.numbers : other.others;
        merged.others = others == null && other.others == null ? null : mine.merge(theirs);
        return merged;
    }

    /** Returns the moments. Not to be changed. */
    Moments moments(boolean other) {
        Numbers second = others;
        return other && second != null ? second.moments : numbers.moments;
    }

    /** Returns the sketch. Not to be changed. */
    KllSketch quantiles(boolean other) {
        Numbers second = others;
        return other && second != null ? second.quantiles : numbers.quantiles;
    }

    void write(DataOutput out) throws IOException {
        numbers.write(out);
        Numbers second = others;
        out.writeBoolean(second != null);
        if (second != null) {
            second.write(out);
        }
    }

    static TextNumbers read(DataInput in) throws IOException {
        TextNumbers read = new TextNumbers();
        read.numbers = Numbers.read(in);
        read.others = Packed.readFlag(in, "forms") ? Numbers.read(in) : null;
        return read;
    }
}
