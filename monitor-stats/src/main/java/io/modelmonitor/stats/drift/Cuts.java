package io.modelmonitor.stats.drift;

/**
 * The cut that changed most, of those that leave a half, a quarter, an eighth and so on of the pooled rows on one side, and
 * one between each two of these, as long as a row is expected there on the smaller side. It sees an edge that moved, where
 * few rows of a narrow range are gone.
 *
 * <p>The most is by the likelihood ratio. The p-value is that of two categories, and of as many as there are cuts (Sidak).
 * Source: Berk and Jones (1979), Goodness-of-fit test statistics that dominate the Kolmogorov statistics, with few cuts so that probabilities
 * stay exact.
 */
final class Cuts {

    private static final double RATIO = Math.sqrt(0.5);

    /** From half to a quarter, cuts are made however few rows there are. */
    private static final double ALWAYS = 0.24;

    private final double n;
    private final double m;
    private final double slack;

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

    /** Creates the cuts of samples of n and m rows; differences of shares are lessened by the slack, from 0 to 1. */
    private Cuts(double n, double m, double slack) {
        this.n = n;
        this.m = m;
        this.slack = slack;
        double least = Math.min(ALWAYS, 1 / Math.min(n, m));
        int count = (int) Math.floor(Math.log(2 * least) / Math.log(RATIO) + 1e-9) + 1;
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

    static Cuts of(PooledEcdf pooled) {
        Cuts cuts = new Cuts(pooled.n, pooled.m, pooled.slack());
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
        double excess = Math.max(0, Math.abs(current - expected) - slack * (n * m / (n + m)));
        double lessened = current > expected ? expected + excess : expected - excess;
        double ratio = divergence(lessened, expected)
                + divergence(m - lessened, m - expected)
                + divergence(rows - lessened, rows - expected)
                + divergence(n - (rows - lessened), n - (rows - expected));
        if (ratio > greatest) {
            greatest = ratio;
            changed = lessened;
            pooled = rows;
        }
    }

    /** Returns a cell's term of the log likelihood ratio. */
    private static double divergence(double count, double expected) {
        return count <= 0 ? 0 : count * Math.log(count / expected);
    }

    /** Returns the probability of a cut that changed as much when nothing did; 1 when all values are equal. */
    double pValue() {
        return cuts == 0 ? 1 : CategoryChange.ofMany(cuts, CategoryChange.extreme(pooled - changed, changed, n, m));
    }
}
