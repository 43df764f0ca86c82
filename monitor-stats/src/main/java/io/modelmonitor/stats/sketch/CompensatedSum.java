package io.modelmonitor.stats.sketch;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A sum that keeps what rounding takes away (Neumaier, <i>Rundungsfehleranalyse einiger Verfahren zur Summation</i>, 1974). */
final class CompensatedSum {

    private double sum;
    private double compensation;

    void add(double value) {
        double next = sum + value;
        compensation += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
        sum = next;
    }

    void add(CompensatedSum other) {
        add(other.sum);
        compensation += other.compensation;
    }

    /** Returns the sum; it stays infinite once it has exceeded the largest double on the way. */
    double value() {
        return Double.isFinite(sum) ? sum + compensation : sum;
    }

    void write(DataOutput out) throws IOException {
        out.writeDouble(sum);
        out.writeDouble(compensation);
    }

    static CompensatedSum read(DataInput in) throws IOException {
        CompensatedSum read = new CompensatedSum();
        read.sum = in.readDouble();
        read.compensation = in.readDouble();
        return read;
    }
}
