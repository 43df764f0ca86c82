package io.modelmonitor.stats.sketch;

import io.modelmonitor.api.FeatureType;
import io.modelmonitor.api.ValueKind;
import io.modelmonitor.stats.internal.Packed;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Counts of values of each kind, by both grammars of {@link ValueKind}, and beyond the grammars: how many fractional
 * ones are whole by value, and how many integral ones are spelled with a zero in front.
 */
final class KindCounts {

    private final long[] strict;
    private final long[] service;
    private long whole;
    private long padded;

    private KindCounts(long[] strict, long[] service) {
        this.strict = strict;
        this.service = service;
    }

    static KindCounts create() {
        return new KindCounts(new long[ValueKind.COUNT], new long[ValueKind.COUNT]);
    }

    /** Returns the counts of values of one type. */
    static KindCounts of(FeatureType type, long present, long missing) {
        int kind =
                switch (type) {
                    case INTEGRAL -> ValueKind.INTEGRAL;
                    case FRACTIONAL -> ValueKind.FRACTIONAL;
                    case BOOLEAN -> ValueKind.BOOLEAN;
                    case STRING -> ValueKind.STRING;
                    case UNKNOWN -> ValueKind.MISSING;
                };
        KindCounts counts = create();
        counts.add(ValueKind.code(kind), present);
        counts.add(ValueKind.code(ValueKind.MISSING), missing);
        return counts;
    }

    void add(byte[] kinds, int size) {
        int start = 0;
        while (start < size) {
            byte code = kinds[start];
            int end = start + 1;
            while (end < size && kinds[end] == code) {
                end++;
            }
            add(code, end - start);
            start = end;
        }
    }

    void add(byte code, long times) {
        strict[ValueKind.strict(code)] += times;
        service[ValueKind.service(code)] += times;
    }

    /**
     * Returns the counts with equal values of one kind: whole numbers are integral however they are spelled.
     *
     * @param absent how many of the texts are missing values
     * @param codes how many of the numbers are texts, of which {@link #padded()} or all integral ones
     */
    KindCounts byValue(long absent, long codes) {
        KindCounts read = new KindCounts(strict.clone(), service.clone());
        read.strict[ValueKind.MISSING] += absent;
        read.strict[ValueKind.STRING] += codes - absent;
        read.strict[ValueKind.FRACTIONAL] -= whole;
        read.strict[ValueKind.INTEGRAL] += whole - codes;
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
        KindCounts read = new KindCounts(strict.clone(), service.clone());
        long all = numbers() + numbers;
        read.strict[ValueKind.MISSING] += absent;
        read.strict[ValueKind.STRING] -= absent + numbers;
        read.strict[ValueKind.FRACTIONAL] = type == FeatureType.INTEGRAL ? fractions : all;
        read.strict[ValueKind.INTEGRAL] = all - read.strict[ValueKind.FRACTIONAL];
        return read;
    }

    /** Adds to how many of the fractional values are whole. */
    void addWhole(long times) {
        whole += times;
    }

    /** Adds to how many of the integral values have a zero in front of other digits. */
    void addPadded(long times) {
        padded += times;
    }

    KindCounts merge(KindCounts other) {
        KindCounts merged = new KindCounts(sum(strict, other.strict), sum(service, other.service));
        merged.whole = whole + other.whole;
        merged.padded = padded + other.padded;
        return merged;
    }

    private static long[] sum(long[] one, long[] other) {
        long[] sum = one.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += other[i];
        }
        return sum;
    }

    long strict(int kind) {
        return strict[kind];
    }

    long service(int kind) {
        return service[kind];
    }

    /** Returns how many fractional values, such as {@code 5.0} and {@code 1e3}, are whole. */
    long whole() {
        return whole;
    }

    /** Returns how many integral values, such as {@code 007}, have a zero in front of other digits. */
    long padded() {
        return padded;
    }

    long numbers() {
        return strict[ValueKind.INTEGRAL] + strict[ValueKind.FRACTIONAL];
    }

    long missing() {
        return strict[ValueKind.MISSING];
    }

    long present() {
        return numbers() + strict[ValueKind.BOOLEAN] + strict[ValueKind.STRING];
    }

    FeatureType strictType() {
        return type(strict);
    }

    FeatureType serviceType() {
        return type(service);
    }

    private static FeatureType type(long[] counts) {
        return FeatureType.of(
                counts[ValueKind.INTEGRAL],
                counts[ValueKind.FRACTIONAL],
                counts[ValueKind.BOOLEAN],
                counts[ValueKind.STRING]);
    }

    void write(DataOutput out) throws IOException {
        Packed.writeCounts(out, strict);
        Packed.writeCounts(out, service);
        Packed.writeCount(out, whole);
        Packed.writeCount(out, padded);
    }

    static KindCounts read(DataInput in) throws IOException {
        KindCounts read = create();
        long rows = Packed.readCounts(in, "kinds", read.strict);
        long again = Packed.readCounts(in, "kinds of the service", read.service);
        Packed.check(rows == again, "kinds", rows + " values in one grammar and " + again + " in the other");
        read.whole = Packed.readCount(in, "whole numbers");
        read.padded = Packed.readCount(in, "padded numbers");
        Packed.check(
                read.whole <= read.strict[ValueKind.FRACTIONAL] && read.padded <= read.strict[ValueKind.INTEGRAL],
                "kinds",
                read.whole + " whole of the fractional numbers and " + read.padded + " padded of the others");
        return read;
    }
}
