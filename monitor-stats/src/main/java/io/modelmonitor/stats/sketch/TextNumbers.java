package io.modelmonitor.stats.sketch;

import io.modelmonitor.stats.internal.Packed;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The numbers that texts are, by two readings where there are two: their moments and quantiles, and of times how many there are in each
 * hour. One thread at a time may change a state.
 */
final class TextNumbers {

    private static final int BLOCK = 256;

    private final boolean areTimes;
    private Numbers numbers;
    /** By the other reading; null while all texts are the same by both. */
    private @Nullable Numbers others;

    private double[] block = {};
    private double[] otherBlock = {};
    private int waiting;

    /** The numbers by a reading. */
    private record Numbers(
            Moments moments, KllSketch quantiles, @Nullable DayHours hours) {

        private static Numbers create(boolean areTimes) {
            return new Numbers(Moments.create(), KllSketch.create(), areTimes ? new DayHours() : null);
        }

        private Numbers merge(Numbers other) {
            DayHours mine = hours;
            DayHours theirs = other.hours;
            return new Numbers(
                    moments.merge(other.moments),
                    quantiles.merge(other.quantiles),
                    mine == null || theirs == null ? null : mine.merge(theirs));
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
            for (int i = 0; hours != null && i < next; ) {
                i = hours.addHour(known, i, next, 1);
            }
        }

        /** Returns these with a number so often, by doubling. */
        private Numbers with(double value, long times) {
            Numbers result = this;
            Numbers power = create(hours != null);
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
            if (hours != null) {
                hours.write(out);
            }
        }

        private static Numbers read(DataInput in, boolean areTimes) throws IOException {
            Numbers read = new Numbers(Moments.read(in), KllSketch.read(in), areTimes ? DayHours.read(in) : null);
            DayHours hours = read.hours;
            if (hours != null) {
                long sum = hours.counts().values().stream()
                        .flatMapToLong(Arrays::stream)
                        .sum();
                boolean holds = hours.isOfLatest() ? sum < read.moments.count() : sum == read.moments.count();
                Packed.check(holds, "hours", sum, " of ", read.moments.count());
            }
            return read;
        }
    }

    TextNumbers(boolean areTimes) {
        this.areTimes = areTimes;
        this.numbers = Numbers.create(areTimes);
    }

    /** Adds a number so often, NaN where a reading has none. Behind the last one of a block {@link #flush} has to be called. */
    void add(double value, double other, long times) {
        if (others == null && Double.compare(value, other) != 0) {
            flush();
            others = numbers.merge(Numbers.create(areTimes));
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
        TextNumbers merged = new TextNumbers(areTimes);
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

    /** Returns how many times of the latest days there are by day and hour; null if these are no times. */
    @Nullable
    SortedMap<Long, long[]> hours(boolean other) {
        Numbers second = others;
        DayHours hours = other && second != null ? second.hours : numbers.hours;
        return hours == null ? null : hours.counts();
    }

    void write(DataOutput out) throws IOException {
        numbers.write(out);
        Numbers second = others;
        out.writeBoolean(second != null);
        if (second != null) {
            second.write(out);
        }
    }

    static TextNumbers read(DataInput in, boolean areTimes) throws IOException {
        TextNumbers read = new TextNumbers(areTimes);
        read.numbers = Numbers.read(in, areTimes);
        read.others = Packed.readFlag(in, "forms") ? Numbers.read(in, areTimes) : null;
        return read;
    }
}
