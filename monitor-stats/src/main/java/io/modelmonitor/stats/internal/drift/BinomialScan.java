package io.modelmonitor.stats.internal.drift;

/**
 * A scan for the cut of the pooled rows in two that changed most, of those that leave a half, a quarter, an eighth and so on on
 * one side, and one between each two of these, as long as a row is expected there on the smaller side. It sees an edge that
 * moved, where few rows of a narrow range are gone.
 *
 * <p>The most is by the likelihood ratio. The p-value is that of two categories, and of as many as there are cuts (Sidak).
 * Source: Berk and Jones (1979), Goodness-of-fit test statistics that dominate the Kolmogorov statistics, with few cuts so that
 * probabilities stay exact.
 */
final class BinomialScan {

    private static final double RATIO = Math.sqrt(0.5);

    /** From half to a quarter, cuts are made however few rows there are. */
    private static final double ALWAYS = 0.24;

    private final double n;
    private final double m;
    private final double rankError;

    /** Shares of rows up to a cut, in ascending order: cuts of the lower half, and of the upper half. */
    private final double[] lower;

    private final double[] upper;
    private int nextLower;
    private int nextUpper;

    private double reference;
    private double current;
    private boolean isCut = true;
    private int cuts;
    private double greatest = -1;
    private double changed;
    private double pooled;

    /** Creates the cuts of samples of n and m rows; differences of shares are shrunk by both rank errors, from 0 to 1. */
    private BinomialScan(double n, double m, double rankError) {
        this.n = n;
        this.m = m;
        this.rankError = rankError;
        double least = Math.min(ALWAYS, 1 / Math.min(n, m));
        int count = (int) Math.floor(StrictMath.log(2 * least) / StrictMath.log(RATIO) + 1e-9) + 1;
        lower = new double[count];
        upper = new double[count - 1];
        for (int i = 0; i < count; i++) {
            // Powers of the ratio by their exact halves, so that a half stays a half.
            int power = count - 1 - i;
            lower[i] = Math.scalb(power % 2 == 0 ? 1 : RATIO, -(power / 2) - 1);
        }
        for (int i = 0; i < upper.length; i++) {
            upper[i] = 1 - lower[count - 2 - i];
        }
    }

    static BinomialScan of(PooledEcdf pooled) {
        BinomialScan cuts = new BinomialScan(pooled.n, pooled.m, pooled.rankError());
        for (int i = 0; i < pooled.size; i++) {
            cuts.add(pooled.reference[i], pooled.current[i]);
        }
        return cuts;
    }

    /** Adds the next value by how many rows of each side are at most that. */
    private void add(double nextReference, double nextCurrent) {
        double share = (nextReference + nextCurrent) / (n + m);
        boolean isLast = false;
        while (nextUpper < upper.length && upper[nextUpper] < share) {
            nextUpper++;
            isLast = true;
        }
        if (isLast) {
            cut();
        }
        reference = nextReference;
        current = nextCurrent;
        isCut = false;
        if (share == 1) {
            return;
        }
        boolean isFirst = false;
        while (nextLower < lower.length && lower[nextLower] <= share) {
            nextLower++;
            isFirst = true;
        }
        if (isFirst) {
            cut();
        }
    }

    /** Cuts behind the latest value, once. */
    private void cut() {
        if (isCut) {
            return;
        }
        isCut = true;
        cuts++;
        double rows = reference + current;
        double expected = rows * (m / (n + m));
        double excess = Math.max(0, Math.abs(current - expected) - rankError * (n * m / (n + m)));
        double shrunk = current > expected ? expected + excess : expected - excess;
        double ratio = divergence(shrunk, expected)
                + divergence(m - shrunk, m - expected)
                + divergence(rows - shrunk, rows - expected)
                + divergence(n - (rows - shrunk), n - (rows - expected));
        if (ratio > greatest) {
            greatest = ratio;
            changed = shrunk;
            pooled = rows;
        }
    }

    /** Returns a cell's term of the log likelihood ratio. */
    private static double divergence(double count, double expected) {
        return count <= 0 ? 0 : count * StrictMath.log(count / expected);
    }

    /** Returns the probability of a cut that changed as much when nothing did; 1 when all values are equal. */
    double pValue() {
        return cuts == 0 ? 1 : CategoryChange.ofMany(cuts, CategoryChange.extreme(pooled - changed, changed, n, m));
    }
}
