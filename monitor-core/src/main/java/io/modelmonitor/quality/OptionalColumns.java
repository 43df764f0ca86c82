package io.modelmonitor.quality;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Evidence.ComparedProportion;
import io.modelmonitor.api.Evidence.Proportion;
import io.modelmonitor.stats.evidence.PValues;
import io.modelmonitor.stats.sketch.ColumnProfile;

/**
 * Columns that rows may do without, as keys of JSON that are left out where they have no value. That few rows have none of them, or one
 * that the baseline has not, is no change of the columns as far as chance explains it, by Fisher's exact test of the rows with a value.
 */
final class OptionalColumns {

    /** A window may have no row with any of several columns, so that each of them has to be certain. */
    private static final double LEAST_CHANCE_OF_NONE = 0.001;

    /** One row shows a column that a baseline of a hundred rows has not to be new. */
    private static final double LEAST_CHANCE_OF_NEW = 0.01;

    private OptionalColumns() {}

    /** Returns whether so many rows may have no value of a column of the baseline by chance. */
    static boolean mayBeAbsent(long rows, ColumnProfile before) {
        return before.missing() > 0
                && PValues.of(
                                new ComparedProportion(
                                        new Proportion(0, rows), new Proportion(before.present(), before.rows())),
                                0,
                                Bound.atLeast(before.completeness()).asEstimate())
                        >= LEAST_CHANCE_OF_NONE;
    }

    /** Returns whether so many rows of the baseline may have no value of a column by chance. */
    static boolean mayBeNew(ColumnProfile now, long rowsBefore) {
        return PValues.of(
                        new ComparedProportion(
                                new Proportion(now.present(), now.rows()), new Proportion(0, rowsBefore)),
                        now.completeness(),
                        Bound.atMost(0).asEstimate())
                >= LEAST_CHANCE_OF_NEW;
    }
}
