package io.modelmonitor.stats.quality;

import io.modelmonitor.stats.internal.Packed;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A running mean with its spread, by Welford's update and Chan's merge (T. F. Chan, G. H. Golub, R. J. LeVeque, The
 * American Statistician 37, 1983), so that a large common offset costs no digits.
 */
final class Mean {

    private long count;
    private double mean;
    private double squares;

    void add(double value) {
        count++;
        double delta = value - mean;
        mean += delta / count;
        squares += delta * (value - mean);
    }

    void merge(Mean other) {
        if (other.count == 0) {
            return;
        }
        long total = count + other.count;
        double delta = other.mean - mean;
        squares += other.squares + delta * delta * ((double) count * other.count / total);
        // Nothing and a mean give this mean, to the last digit.
        mean = count == 0 ? other.mean : mean + delta * other.count / total;
        count = total;
    }

    void write(DataOutput out) throws IOException {
        Packed.writeCount(out, count);
        if (count > 0) {
            out.writeDouble(mean);
            out.writeDouble(squares);
        }
    }

    /** Receives what was written, in an empty state. */
    void read(DataInput in, String what) throws IOException {
        count = Packed.readCount(in, what);
        if (count > 0) {
            mean = in.readDouble();
            squares = in.readDouble();
            Packed.check(!(squares < 0), what, "a sum of squares of ", squares);
        }
    }

    long count() {
        return count;
    }

    /** Returns the mean; NaN of nothing. */
    double value() {
        return count == 0 ? Double.NaN : mean;
    }

    /** Returns the sum of squares about zero, divided by the count; NaN of nothing. */
    double meanSquare() {
        return count == 0 ? Double.NaN : mean * mean + squares / count;
    }

    /** Returns the standard error of the mean, s/√n; NaN of fewer than two values. */
    double standardError() {
        return count < 2 ? Double.NaN : Math.sqrt(squares / (count - 1) / count);
    }
}
