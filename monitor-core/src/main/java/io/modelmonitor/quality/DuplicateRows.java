package io.modelmonitor.quality;

import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Evidence.ComparedProportion;
import io.modelmonitor.api.Evidence.Proportion;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.api.Scale;
import io.modelmonitor.stats.sketch.DistinctRows;
import io.modelmonitor.stats.sketch.Profile;
import org.jspecify.annotations.Nullable;

/**
 * The metric {@code duplicate_row_share}: the share of rows that equal an earlier one in every column, from a sample of different rows.
 *
 * <p>More rows have more duplicates by nature. Of independent rows, one that has the probability {@code p} comes {@code n p - 1 + (1 -
 * p)^n} times too often on average in {@code n}, which grows at least as {@code n} and at most as {@code n^2}. So what the baseline has
 * is taken as it is for windows that are smaller, and as so many of as many fewer rows for larger ones.
 */
final class DuplicateRows {

    static final String METRIC = "duplicate_row_share";

    private DuplicateRows() {}

    /** Returns the metric. */
    static Metric of(Profile current, @Nullable Profile reference) {
        Proportion now = repeated(current);
        if (now.trials() == 0) {
            return Metric.undefined(MetricId.DATASET, METRIC, "rows are not known")
                    .on(Scale.CHANGE);
        }
        Proportion before = reference == null ? null : repeated(reference);
        Evidence evidence = reference == null || before == null || before.trials() == 0
                ? now
                : new ComparedProportion(now, scaled(before, (double) reference.rows() / current.rows()));
        return Metric.of(MetricId.DATASET, METRIC, now.value(), evidence).on(Scale.CHANGE);
    }

    private static Proportion repeated(Profile profile) {
        DistinctRows rows = profile.distinctRows();
        return new Proportion(rows.rows() - rows.distinct(), rows.rows());
    }

    /** Returns a share of so many fewer rows, if it is fewer. */
    private static Proportion scaled(Proportion share, double factor) {
        long trials = factor >= 1 ? share.trials() : Math.max(1, Math.round(share.trials() * factor));
        return new Proportion(Math.min(share.successes(), trials), trials);
    }
}
