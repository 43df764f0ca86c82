package io.modelmonitor.stats.sketch;

import io.modelmonitor.api.FeatureType;
import io.modelmonitor.api.ValueKind;
import io.modelmonitor.stats.internal.Packed;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** How many values are of each kind, by both grammars of {@link ValueKind}. */
final class KindCounts {

    private final long[] strict;
    private final long[] service;

    private KindCounts(long[] strict, long[] service) {
        this.strict = strict;
        this.service = service;
    }

    static KindCounts create() {
        return new KindCounts(new long[ValueKind.COUNT], new long[ValueKind.COUNT]);
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

    KindCounts merge(KindCounts other) {
        return new KindCounts(sum(strict, other.strict), sum(service, other.service));
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
    }

    static KindCounts read(DataInput in) throws IOException {
        KindCounts read = create();
        long rows = Packed.readCounts(in, "kinds", read.strict);
        long again = Packed.readCounts(in, "kinds of the service", read.service);
        Packed.check(rows == again, "kinds", rows + " values in one grammar and " + again + " in the other");
        return read;
    }
}
