package io.modelmonitor.stats.quality;

import io.modelmonitor.stats.internal.Packed;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Central moments up to the fourth order of two numbers, x and y, in one pass: sums of powers of differences from the means,
 * which move with the means (P. Pébay, Sandia report SAND2008-6212, 2008). Values are taken from the first ones, so that a
 * large common offset costs no digits, not even of the means.
 *
 * <p>Kept are those that the variances and covariances of x², y² and their means need.
 */
final class JointMoments {

    private long count;
    private double originX;
    private double originY;
    // From the origins.
    private double meanX;
    private double meanY;
    private double x2;
    private double xy;
    private double y2;
    private double x3;
    private double x2y;
    private double xy2;
    private double y3;
    private double x4;
    private double x2y2;
    private double y4;

    void add(double x, double y) {
        if (count == 0) {
            originX = x;
            originY = y;
        }
        addFromOrigins(x - originX, y - originY);
    }

    private void addFromOrigins(double x, double y) {
        count++;
        double stepX = (x - meanX) / count;
        double stepY = (y - meanY) / count;
        shift(-stepX, -stepY, count - 1);
        meanX += stepX;
        meanY += stepY;
        double dx = x - meanX;
        double dy = y - meanY;
        double dx2 = dx * dx;
        double dy2 = dy * dy;
        x2 += dx2;
        xy += dx * dy;
        y2 += dy2;
        x3 += dx2 * dx;
        x2y += dx2 * dy;
        xy2 += dx * dy2;
        y3 += dy2 * dy;
        x4 += dx2 * dx2;
        x2y2 += dx2 * dy2;
        y4 += dy2 * dy2;
    }

    void merge(JointMoments other) {
        if (other.count == 0) {
            return;
        }
        if (count == 0) {
            originX = other.originX;
            originY = other.originY;
        }
        long total = count + other.count;
        double distanceX = other.originX - originX + (other.meanX - meanX);
        double distanceY = other.originY - originY + (other.meanY - meanY);
        double stepX = count == 0 ? distanceX : distanceX * other.count / total;
        double stepY = count == 0 ? distanceY : distanceY * other.count / total;
        JointMoments moved = other.copy();
        moved.shift(distanceX * count / total, distanceY * count / total, other.count);
        shift(-stepX, -stepY, count);
        meanX += stepX;
        meanY += stepY;
        count = total;
        x2 += moved.x2;
        xy += moved.xy;
        y2 += moved.y2;
        x3 += moved.x3;
        x2y += moved.x2y;
        xy2 += moved.xy2;
        y3 += moved.y3;
        x4 += moved.x4;
        x2y2 += moved.x2y2;
        y4 += moved.y4;
    }

    /** Takes all differences to be larger by a and b; highest orders first, as they need the lower ones from before. */
    private void shift(double a, double b, long rows) {
        double a2 = a * a;
        double b2 = b * b;
        x4 += 4 * a * x3 + 6 * a2 * x2 + rows * a2 * a2;
        y4 += 4 * b * y3 + 6 * b2 * y2 + rows * b2 * b2;
        x2y2 += 2 * b * x2y + 2 * a * xy2 + b2 * x2 + 4 * a * b * xy + a2 * y2 + rows * a2 * b2;
        x3 += 3 * a * x2 + rows * a2 * a;
        y3 += 3 * b * y2 + rows * b2 * b;
        x2y += b * x2 + 2 * a * xy + rows * a2 * b;
        xy2 += a * y2 + 2 * b * xy + rows * a * b2;
        x2 += rows * a2;
        xy += rows * a * b;
        y2 += rows * b2;
    }

    private JointMoments copy() {
        JointMoments copy = new JointMoments();
        copy.count = count;
        copy.x2 = x2;
        copy.xy = xy;
        copy.y2 = y2;
        copy.x3 = x3;
        copy.x2y = x2y;
        copy.xy2 = xy2;
        copy.y3 = y3;
        copy.x4 = x4;
        copy.x2y2 = x2y2;
        copy.y4 = y4;
        return copy;
    }

    void write(DataOutput out) throws IOException {
        Packed.writeCount(out, count);
        for (double sum : sums()) {
            out.writeDouble(sum);
        }
    }

    private double[] sums() {
        return count == 0
                ? new double[0]
                : new double[] {originX, originY, meanX, meanY, x2, xy, y2, x3, x2y, xy2, y3, x4, x2y2, y4};
    }

    /** Receives what was written, in an empty state. */
    void read(DataInput in) throws IOException {
        count = Packed.readCount(in, "rows");
        if (count == 0) {
            return;
        }
        originX = in.readDouble();
        originY = Packed.readFinite(in, "first truth");
        meanX = in.readDouble();
        meanY = in.readDouble();
        x2 = in.readDouble();
        xy = in.readDouble();
        y2 = in.readDouble();
        x3 = in.readDouble();
        x2y = in.readDouble();
        xy2 = in.readDouble();
        y3 = in.readDouble();
        x4 = in.readDouble();
        x2y2 = in.readDouble();
        y4 = in.readDouble();
        Packed.check(!(x2 < 0) && !(y2 < 0), "moments", "sums of squares of ", x2, " and ", y2);
    }

    long count() {
        return count;
    }

    double meanX() {
        return originX + meanX;
    }

    /** Returns Σ(x − mean)² / n. */
    double varianceX() {
        return x2 / count;
    }

    /** Returns Σ(y − mean)² / n. */
    double varianceY() {
        return y2 / count;
    }

    /** Returns Σx² / n. */
    double meanSquareX() {
        return meanX() * meanX() + varianceX();
    }

    /**
     * Returns the variance of (x − c)², with c given by how far it lies below the mean of x.
     *
     * @param offset the mean of x less c
     */
    double varianceOfSquareX(double offset) {
        return (4 * offset * offset * x2 + 4 * offset * x3 + x4 - x2 * x2 / count) / count;
    }

    /** Returns the variance of (y − mean)². */
    double varianceOfSquareY() {
        return (y4 - y2 * y2 / count) / count;
    }

    /** Returns the covariance of (x − c)² and (y − mean)², with c as above. */
    double covarianceOfSquares(double offset) {
        return (2 * offset * xy2 + x2y2 - x2 * y2 / count) / count;
    }
}
