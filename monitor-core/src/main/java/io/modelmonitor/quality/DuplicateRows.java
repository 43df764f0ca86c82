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
 * <p>More rows have more duplicates by nature. Of {@code n} independent ones, each of {@code r} equally likely, {@code r (1 - exp(-n / r))}
 * differ (W. Feller, An Introduction to Probability Theory, II.11). By that the baseline's share is scaled to windows with more rows, and to
 * those of fewer times, whose rows are closer to each other; some that are more likely are repeated often in few rows, too, so that
 * the share of more grows less. For smaller windows it is taken as it is.
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
        if (reference != null && !current.names().containsAll(reference.names())) {
            // Rows of fewer columns are equal more often.
            return Metric.undefined(MetricId.DATASET, METRIC, "rows lack columns of the baseline")
                    .on(Scale.CHANGE);
        }
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
                : new ComparedProportion(now, scaled(before, closer(current, reference)));
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

    /**
     * Returns how many times closer to each other the rows of a window are, at least 1: those of a larger window are, and those of a
     * shorter time, as its number of different days or months tells.
     */
    private static double closer(Profile current, Profile reference) {
        double closer = 1;
        for (String name : reference.names()) {
            if (current.hasColumn(name) && reference.typing(name).type().isMoving()) {
                double different = current.column(name).distinctCount();
                closer = Math.max(closer, reference.column(name).distinctCount() / Math.max(1, different));
            }
        }
        return closer * Math.max(1, (double) current.rows() / reference.rows());
    }

    private static Proportion repeated(DistinctRows rows) {
        return new Proportion(rows.rows() - rows.distinct(), rows.rows());
    }

    /** Returns the share of rows so many times closer; as uncertain, for as many repeats are known. */
    private static Proportion scaled(Proportion share, double closer) {
        if (closer == 1) {
            return share;
        }
        long again = share.successes();
        double trials = again == 0 ? share.trials() / closer : again / repeats(closer * density(share.value()));
        return new Proportion(again, Math.max(Math.max(1, again), Math.round(trials)));
    }

    /** Returns the share of rows that equal an earlier one, {@code 1 - r (1 - exp(-n / r)) / n}, at the density {@code n / r}. */
    private static double repeats(double density) {
        return 1 + StrictMath.expm1(-density) / density;
    }

    /** Returns the density of a share of repeats, at most 100, where nearly all rows are some. */
    private static double density(double repeats) {
        double least = 0;
        double most = 100;
        while (most - least > 1e-9 * most) {
            double middle = (least + most) / 2;
            if (repeats(middle) < repeats) {
                least = middle;
            } else {
                most = middle;
            }
        }
        return most;
    }
}
