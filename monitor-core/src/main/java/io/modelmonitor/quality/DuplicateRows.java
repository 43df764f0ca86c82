package io.modelmonitor.quality;

import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Evidence.ComparedProportion;
import io.modelmonitor.api.Evidence.Proportion;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.api.Scale;
import io.modelmonitor.stats.sketch.ColumnProfile;
import io.modelmonitor.stats.sketch.DistinctRows;
import io.modelmonitor.stats.sketch.Profile;
import org.jspecify.annotations.Nullable;

/**
 * The metric {@code duplicate_row_share}: the share of rows that equal an earlier one in every column, from a sample of different rows.
 *
 * <p>More rows have more duplicates by nature. Of independent rows, one that has the probability {@code p} comes {@code n p - 1 + (1 -
 * p)^n} times too often on average in {@code n}, which grows at least as {@code n} and at most as {@code n^2}. So what the baseline has
 * is taken as it is for windows that are smaller, and as so many of as many fewer rows for larger ones.
 *
 * <p>Where some row makes up much of all, as one of zeros does, samples of a baseline and a window differ by it alone, if one has it and
 * the other has not. So they are compared by the rows that both would have remembered.
 */
final class DuplicateRows {

    static final String METRIC = "duplicate_row_share";

    /** A row that makes up so much of all changes the share of a sample much by being in it or not. */
    private static final double FREQUENT = 0.005;

    private DuplicateRows() {}

    /** Returns the metric. */
    static Metric of(Profile current, @Nullable Profile reference) {
        DistinctRows mine = current.distinctRows();
        DistinctRows theirs = reference == null ? null : reference.distinctRows();
        boolean areFrequent = reference != null && mayHaveFrequentRows(reference);
        Proportion now = repeated(areFrequent && theirs != null ? mine.within(theirs) : mine);
        if (now.trials() == 0) {
            String because = mine.rows() == 0 ? "rows are not known" : "no row is in the baseline's sample of rows";
            return Metric.undefined(MetricId.DATASET, METRIC, because).on(Scale.CHANGE);
        }
        Proportion before = theirs == null ? null : repeated(areFrequent ? theirs.within(mine) : theirs);
        Evidence evidence = reference == null || before == null || before.trials() == 0
                ? now
                : new ComparedProportion(now, scaled(before, (double) reference.rows() / current.rows()));
        return Metric.of(MetricId.DATASET, METRIC, now.value(), evidence).on(Scale.CHANGE);
    }

    /** Returns whether one row may come often: if so, its value in each column does. */
    private static boolean mayHaveFrequentRows(Profile profile) {
        return profile.names().stream().allMatch(name -> {
            ColumnProfile column = profile.column(name);
            long missing = profile.rows() - column.present();
            return Math.max(missing, FrequentValue.count(column, -1)) >= FREQUENT * profile.rows();
        });
    }

    private static Proportion repeated(DistinctRows rows) {
        return new Proportion(rows.rows() - rows.distinct(), rows.rows());
    }

    /** Returns a share of so many fewer rows, if it is fewer. */
    private static Proportion scaled(Proportion share, double factor) {
        long trials = factor >= 1 ? share.trials() : Math.max(1, Math.round(share.trials() * factor));
        return new Proportion(Math.min(share.successes(), trials), trials);
    }
}
