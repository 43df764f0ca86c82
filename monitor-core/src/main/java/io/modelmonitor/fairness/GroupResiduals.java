package io.modelmonitor.fairness;

import io.modelmonitor.stats.internal.Packed;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** Mean and spread of score minus label for each group (Welford; merged as by Chan, Golub and LeVeque). */
final class GroupResiduals {

    private long[] counts = {};
    private double[] means = {};
    private double[] squares = {};

    void add(int group, double residual) {
        grow(group);
        counts[group]++;
        double delta = residual - means[group];
        means[group] += delta / counts[group];
        squares[group] += delta * (residual - means[group]);
    }

    void merge(GroupResiduals other, int[] codes) {
        for (int i = 0; i < other.counts.length; i++) {
            if (other.counts[i] > 0) {
                int group = codes[i];
                grow(group);
                if (counts[group] == 0) {
                    counts[group] = other.counts[i];
                    means[group] = other.means[i];
                    squares[group] = other.squares[i];
                    continue;
                }
                double n = counts[group];
                double m = other.counts[i];
                double delta = other.means[i] - means[group];
                means[group] += delta * m / (n + m);
                squares[group] += other.squares[i] + delta * delta * n * m / (n + m);
                counts[group] += other.counts[i];
            }
        }
    }

    long count(int group) {
        return group < counts.length ? counts[group] : 0;
    }

    double mean(int group) {
        return count(group) == 0 ? Double.NaN : means[group];
    }

    double standardError(int group) {
        double n = count(group);
        return n < 2 ? Double.NaN : Math.sqrt(squares[group] / (n - 1) / n);
    }

    void write(DataOutput out) throws IOException {
        int size = counts.length;
        while (size > 0 && counts[size - 1] == 0) {
            size--;
        }
        Packed.writeCount(out, size);
        for (int i = 0; i < size; i++) {
            Packed.writeCount(out, counts[i]);
            out.writeDouble(means[i]);
            out.writeDouble(squares[i]);
        }
    }

    void read(DataInput in) throws IOException {
        int size = Packed.readCount(in, "groups with scores", ValueEncoder.MOST);
        for (int i = 0; i < size; i++) {
            grow(i);
            counts[i] = Packed.readCount(in, "scores of a group");
            means[i] = in.readDouble();
            squares[i] = in.readDouble();
        }
    }

    private void grow(int group) {
        if (group >= counts.length) {
            int length = Math.max(group + 1, 2 * counts.length);
            counts = Arrays.copyOf(counts, length);
            means = Arrays.copyOf(means, length);
            squares = Arrays.copyOf(squares, length);
        }
    }
}
