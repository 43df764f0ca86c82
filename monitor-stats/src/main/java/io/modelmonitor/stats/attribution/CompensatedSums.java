package io.modelmonitor.stats.attribution;

import io.modelmonitor.stats.internal.Packed;
import io.modelmonitor.stats.internal.PackedDoubles;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Several sums with Neumaier's compensation (A. Neumaier, 1974), so that many small terms are not lost in a large sum. */
final class CompensatedSums {

    private final double[] sums;
    private final double[] lost;

    CompensatedSums(int count) {
        this(new double[count], new double[count]);
    }

    private CompensatedSums(double[] sums, double[] lost) {
        this.sums = sums;
        this.lost = lost;
    }

    void add(int index, double term) {
        double sum = sums[index];
        double next = sum + term;
        lost[index] += Math.abs(sum) >= Math.abs(term) ? (sum - next) + term : (term - next) + sum;
        sums[index] = next;
    }

    void add(CompensatedSums other) {
        for (int i = 0; i < sums.length; i++) {
            add(i, other.sums[i]);
            lost[i] += other.lost[i];
        }
    }

    void write(DataOutput out) throws IOException {
        PackedDoubles.write(out, sums, sums.length);
        PackedDoubles.write(out, lost, lost.length);
    }

    static CompensatedSums read(DataInput in, int count) throws IOException {
        double[] sums = PackedDoubles.read(in, "sums", count);
        double[] lost = PackedDoubles.read(in, "sums", count);
        Packed.check(sums.length == count && lost.length == count, "sums", sums.length, " instead of ", count);
        return new CompensatedSums(sums, lost);
    }

    double get(int index) {
        return sums[index] + lost[index];
    }
}
