package io.modelmonitor.quality;

import io.modelmonitor.api.Evidence.Proportion;

/** Shares as those of fewer rows, as many as rows that follow each other or come in runs are worth. */
final class FewerRows {

    private FewerRows() {}

    /**
     * Returns a share of so many fewer rows; of those that are in it, and of those that are not, one at least where there are any, so that
     * none and all stay what they are.
     *
     * @param part the part of the rows, from 0 to 1
     */
    static Proportion of(Proportion share, double part) {
        long in = fewer(share.successes(), part);
        return new Proportion(in, in + fewer(share.trials() - share.successes(), part));
    }

    private static long fewer(long rows, double part) {
        return rows == 0 ? 0 : Math.max(1, Math.round(part * rows));
    }

    /**
     * Returns what part of rows are as many independent ones: {@code (1 - r) / (1 + r)}.
     *
     * @param correlation {@code r}, that of a row and the next; NaN if they are independent
     */
    static double independent(double correlation) {
        return Double.isNaN(correlation) ? 1 : (1 - correlation) / (1 + correlation);
    }
}
