package io.modelmonitor.stats.detection;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/** A window of buckets of 1, 2, 4, .. values, the oldest of which are dropped when older and newer values differ. */
final class AdaptiveWindow implements ChangeDetector {

    /** The most buckets of a size. */
    private static final int MOST = 5;
    /** The least number of values of a window that is looked at is one more. */
    private static final int LEAST = 10;
    /** The least number of values of a part. */
    private static final int LEAST_PART = 5;

    private final double level;
    private final int clock;
    /** The buckets of {@code 2^i} values, the oldest first. */
    private final List<Deque<Bucket>> rows = new ArrayList<>(List.of(new ArrayDeque<>()));

    private long time;
    private long width;
    private double total;
    /** The sum of squared differences from the mean. */
    private double squares;

    AdaptiveWindow(double level, int clock) {
        this.level = level;
        this.clock = clock;
    }

    /**
     * Some values.
     *
     * @param squares the sum of squared differences from their mean
     */
    private record Bucket(double total, double squares) {}

    private static double between(double n0, double total0, double n1, double total1) {
        double difference = total0 / n0 - total1 / n1;
        return n0 * n1 * difference * difference / (n0 + n1);
    }

    @Override
    public boolean add(double value) {
        ChangeDetectors.finite(value);
        rows.get(0).addLast(new Bucket(value, 0));
        squares += width == 0 ? 0 : between((double) width, total, 1, value);
        width++;
        total += value;
        merge();
        time++;
        boolean isChange = false;
        if (time % clock == 0 && width > LEAST) {
            while (differs()) {
                dropOldest();
                isChange = true;
            }
        }
        return isChange;
    }

    private void merge() {
        for (int i = 0; rows.get(i).size() > MOST; i++) {
            if (i + 1 == rows.size()) {
                rows.add(new ArrayDeque<>());
            }
            Deque<Bucket> row = rows.get(i);
            Bucket older = row.removeFirst();
            Bucket newer = row.removeFirst();
            double size = 1L << i;
            rows.get(i + 1)
                    .addLast(new Bucket(
                            older.total + newer.total,
                            older.squares + newer.squares + between(size, older.total, size, newer.total)));
        }
    }

    /** Returns whether the means of some older and newer part differ. */
    private boolean differs() {
        double n0 = 0;
        double total0 = 0;
        double variance = squares / width;
        double log = StrictMath.log(2 * StrictMath.log((double) width) / level);
        for (int i = rows.size() - 1; i >= 0; i--) {
            Iterator<Bucket> buckets = rows.get(i).iterator();
            while (buckets.hasNext()) {
                n0 += 1L << i;
                total0 += buckets.next().total;
                double n1 = width - n0;
                if (n0 < LEAST_PART || n1 < LEAST_PART) {
                    continue;
                }
                double m = 1 / (n0 - LEAST_PART + 1) + 1 / (n1 - LEAST_PART + 1);
                double bound = Math.sqrt(2 * m * variance * log) + 2.0 / 3 * log * m;
                if (Math.abs(total0 / n0 - (total - total0) / n1) > bound) {
                    return true;
                }
            }
        }
        return false;
    }

    private void dropOldest() {
        int last = rows.size() - 1;
        Bucket oldest = rows.get(last).removeFirst();
        long size = 1L << last;
        width -= size;
        total -= oldest.total;
        squares = Math.max(0, squares - oldest.squares - between((double) size, oldest.total, (double) width, total));
        if (rows.get(last).isEmpty()) {
            rows.remove(last);
        }
    }
}
