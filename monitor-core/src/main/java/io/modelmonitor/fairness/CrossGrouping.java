package io.modelmonitor.fairness;

import io.modelmonitor.api.Batch;
import io.modelmonitor.stats.internal.Packed;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** A group for each pair of groups of two facets that occurs. */
final class CrossGrouping implements Grouping {

    private static final int NEW = -9;

    private final Grouping one;
    private final Grouping other;
    private int[][] codes = {};
    private int[] ones = new int[8];
    private int[] others = new int[8];
    private int size;
    private boolean overflown;

    CrossGrouping(Grouping one, Grouping other) {
        this.one = one;
        this.other = other;
    }

    @Override
    public int[] codes(Batch batch) {
        int[] pairs = one.codes(batch);
        int[] seconds = other.codes(batch);
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = pair(pairs[i], seconds[i]);
        }
        return pairs;
    }

    private int pair(int a, int b) {
        if (a < 0 || b < 0) {
            return Math.min(a, b);
        }
        if (a >= codes.length) {
            int before = codes.length;
            codes = Arrays.copyOf(codes, Math.max(a + 1, 2 * before));
            Arrays.fill(codes, before, codes.length, new int[0]);
        }
        if (b >= codes[a].length) {
            int before = codes[a].length;
            codes[a] = Arrays.copyOf(codes[a], Math.max(b + 1, 2 * before));
            Arrays.fill(codes[a], before, codes[a].length, NEW);
        }
        if (codes[a][b] == NEW) {
            codes[a][b] = add(a, b);
        }
        return codes[a][b];
    }

    private int add(int a, int b) {
        if (size == ValueEncoder.MOST) {
            overflown = true;
            return ValueEncoder.TOO_MANY;
        }
        if (size == ones.length) {
            ones = Arrays.copyOf(ones, 2 * size);
            others = Arrays.copyOf(others, 2 * size);
        }
        ones[size] = a;
        others[size] = b;
        return size++;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean isOfInterest(int code) {
        return one.isOfInterest(ones[code]) && other.isOfInterest(others[code]);
    }

    @Override
    public String name(int code) {
        return one.name(ones[code]) + "&" + other.name(others[code]);
    }

    @Override
    public int[] merge(Grouping that) {
        // Both come from the same facet.
        CrossGrouping cross = (CrossGrouping) that;
        int[] oneCodes = one.merge(cross.one);
        int[] otherCodes = other.merge(cross.other);
        overflown |= cross.overflown;
        int[] merged = new int[cross.size];
        for (int i = 0; i < merged.length; i++) {
            merged[i] = pair(oneCodes[cross.ones[i]], otherCodes[cross.others[i]]);
        }
        return merged;
    }

    @Override
    public boolean isOverflown() {
        return overflown || one.isOverflown() || other.isOverflown();
    }

    @Override
    public void write(DataOutput out) throws IOException {
        one.write(out);
        other.write(out);
        out.writeBoolean(overflown);
        Packed.writeCount(out, size);
        for (int i = 0; i < size; i++) {
            Packed.writeCount(out, ones[i]);
            Packed.writeCount(out, others[i]);
        }
    }

    @Override
    public void read(DataInput in) throws IOException {
        one.read(in);
        other.read(in);
        overflown = Packed.readFlag(in, "too many groups");
        int pairs = Packed.readCount(in, "groups of two facets", ValueEncoder.MOST);
        for (int i = 0; i < pairs; i++) {
            int a = Packed.readCount(in, "group of the first facet", one.size() - 1);
            int b = Packed.readCount(in, "group of the second facet", other.size() - 1);
            Packed.check(pair(a, b) == i, "groups of two facets", "one occurs twice");
        }
    }
}
