package io.modelmonitor.stats.sketch;

import io.modelmonitor.api.FeatureType;
import io.modelmonitor.api.ValueKind;
import io.modelmonitor.stats.internal.Packed;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Counts of values of each {@link ValueKind}, how many fractional ones are whole by value, and how many of both are spelled with a zero in
 * front of other digits.
 */
final class KindCounts {

    private final long[] counts;
    private long whole;
    private long padded;
    private long paddedFractions;

    private KindCounts(long[] counts) {
        this.counts = counts;
    }

    static KindCounts create() {
        return new KindCounts(new long[ValueKind.COUNT]);
    }

    /** Returns the counts of values of one type. */
    static KindCounts of(FeatureType type, long present, long missing) {
        byte kind =
                switch (type) {
                    case INTEGRAL -> ValueKind.INTEGRAL;
                    case FRACTIONAL -> ValueKind.FRACTIONAL;
                    case BOOLEAN -> ValueKind.BOOLEAN;
                    case STRING -> ValueKind.STRING;
                    case UNKNOWN -> ValueKind.MISSING;
                };
        KindCounts counts = create();
        counts.add(kind, present);
        counts.add(ValueKind.MISSING, missing);
        return counts;
    }

    void add(byte[] kinds, int size) {
        int start = 0;
        while (start < size) {
            byte kind = kinds[start];
            int end = start + 1;
            while (end < size && kinds[end] == kind) {
                end++;
            }
            add(kind, end - start);
            start = end;
        }
    }

    void add(byte kind, long times) {
        counts[kind] += times;
    }

    /**
     * Returns the counts with equal values of one kind: whole numbers are integral however they are spelled.
     *
     * @param absent how many of the texts are missing values
     * @param codes how many of the numbers are texts, of which {@link #padded()} or all integral ones
     */
    KindCounts byValue(long absent, long codes) {
        KindCounts read = new KindCounts(counts.clone());
        read.counts[ValueKind.MISSING] += absent;
        read.counts[ValueKind.STRING] += codes - absent;
        read.counts[ValueKind.FRACTIONAL] -= whole;
        read.counts[ValueKind.INTEGRAL] += whole - codes;
        return read;
    }

    /**
     * Returns the counts with some texts as numbers.
     *
     * @param absent how many of the texts are missing values
     * @param numbers how many of the texts are numbers
     * @param fractions how many of all numbers are not whole, if they are expected to be
     */
    KindCounts withNumbers(long absent, long numbers, long fractions, FeatureType type) {
        KindCounts read = new KindCounts(counts.clone());
        long all = numbers() + numbers;
        read.counts[ValueKind.MISSING] += absent;
        read.counts[ValueKind.STRING] -= absent + numbers;
        read.counts[ValueKind.FRACTIONAL] = type == FeatureType.INTEGRAL ? fractions : all;
        read.counts[ValueKind.INTEGRAL] = all - read.counts[ValueKind.FRACTIONAL];
        return read;
    }

    /** Adds to how many of the fractional values are whole. */
    void addWhole(long times) {
        whole += times;
    }

    /** Adds to how many of the integral values, and of the fractional ones, have a zero in front of other digits. */
    void addPadded(long integral, long fractional) {
        padded += integral;
        paddedFractions += fractional;
    }

    KindCounts merge(KindCounts other) {
        KindCounts merged = new KindCounts(sum(counts, other.counts));
        merged.whole = whole + other.whole;
        merged.padded = padded + other.padded;
        merged.paddedFractions = paddedFractions + other.paddedFractions;
        return merged;
    }

    private static long[] sum(long[] one, long[] other) {
        long[] sum = one.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += other[i];
        }
        return sum;
    }

    long count(int kind) {
        return counts[kind];
    }

    /** Returns how many fractional values, such as {@code 5.0} and {@code 1e3}, are whole. */
    long whole() {
        return whole;
    }

    /** Returns how many integral values, such as {@code 007}, have a zero in front of other digits. */
    long padded() {
        return padded;
    }

    /** Returns how many fractional values, such as {@code 0101.2}, have a zero in front of another digit before the point. */
    long paddedFractions() {
        return paddedFractions;
    }

    long numbers() {
        return counts[ValueKind.INTEGRAL] + counts[ValueKind.FRACTIONAL];
    }

    long missing() {
        return counts[ValueKind.MISSING];
    }

    long present() {
        return numbers() + counts[ValueKind.BOOLEAN] + counts[ValueKind.STRING];
    }

    FeatureType type() {
        return FeatureType.of(
                counts[ValueKind.INTEGRAL],
                counts[ValueKind.FRACTIONAL],
                counts[ValueKind.BOOLEAN],
                counts[ValueKind.STRING]);
    }

    void write(DataOutput out) throws IOException {
        Packed.writeCounts(out, counts);
        Packed.writeCount(out, whole);
        Packed.writeCount(out, padded);
        Packed.writeCount(out, paddedFractions);
    }

    /** Returns whether all numbers are whole, however they are spelled. */
    boolean areWhole() {
        return counts[ValueKind.FRACTIONAL] == whole;
    }

    static KindCounts read(DataInput in) throws IOException {
        KindCounts read = create();
        Packed.readCounts(in, "kinds", read.counts);
        read.whole = Packed.readCount(in, "whole numbers");
        read.padded = Packed.readCount(in, "padded numbers");
        read.paddedFractions = Packed.readCount(in, "padded fractions");
        Packed.check(
                Math.max(read.whole, read.paddedFractions) <= read.counts[ValueKind.FRACTIONAL]
                        && read.padded <= read.counts[ValueKind.INTEGRAL],
                "kinds",
                read.whole,
                " whole and ",
                read.paddedFractions,
                " padded of the fractional numbers, ",
                read.padded,
                " padded of the others");
        return read;
    }
}
