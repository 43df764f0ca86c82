package io.modelmonitor.quality;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Evidence.ComparedProportion;
import io.modelmonitor.api.Evidence.Proportion;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Scale;
import io.modelmonitor.stats.sketch.TimeOrder;
import org.jspecify.annotations.Nullable;

/**
 * The metric {@code out_of_order_share}: the share of the steps from row to row, of those to another time, that go against the order of
 * the baseline's rows, which may ascend or descend. Only where the baseline has an order: a table that was shuffled tells nothing of windows.
 *
 * <p>Steps are not independent of each other, and rows may be read in several runs, one after the other: from replicas, partitions and
 * files, of devices and customers. So steps back are evidence, among all steps, only as far as they are more than those at the seams of
 * {@value #PARALLEL} parts, those of the baseline, and the rows whose times are told by other metrics. They are none if the window goes from
 * its earliest time to its latest but for {@value #PARALLEL} rows at either end, as requests do that are answered at the same time and end
 * in another order. A bound that a user gives is judged by all of them.
 */
final class OutOfOrder {

    static final String METRIC = "out_of_order_share";

    /** So many parts may be merged in another order, and so many requests be answered at the same time. */
    private static final int PARALLEL = 30;

    /** Fewer steps show no order. */
    private static final int LEAST = 100;

    /** The greatest share of steps back among those to another time with which rows come in order. */
    private static final double MOST = 0.1;

    private OutOfOrder() {}

    /** Returns whether rows come in an order of time. */
    static boolean isOrdered(@Nullable TimeOrder order) {
        return order != null
                && order.steps() >= LEAST
                && order.changes() > 0
                && order.back(order.isAscending()) <= MOST * order.changes();
    }

    /** Returns the metric of the baseline itself. */
    static Metric ofBaseline(String column, TimeOrder order) {
        Proportion share = share(order, order.isAscending());
        return Metric.of(column, METRIC, share.value(), share).on(Scale.CHANGE);
    }

    /**
     * Returns the metric of a window.
     *
     * @param order of the window; null if it is not known
     * @param before of the baseline
     * @param strays how many rows have a time in another format, or before or far behind all others, which is told by itself
     * @param wanted the bound on the metric; null if there is none
     */
    static Metric of(String column, @Nullable TimeOrder order, TimeOrder before, long strays, @Nullable Bound wanted) {
        if (order == null || order.changes() == 0) {
            String because = order == null ? "the order of times is not known" : "there is no other time";
            return Metric.undefined(column, METRIC, because).on(Scale.CHANGE);
        }
        boolean isAscending = before.isAscending();
        Proportion share = share(order, isAscending);
        long explained = PARALLEL + before.back(isAscending) + strays;
        long beyond = order.goesFromEndToEnd(isAscending, PARALLEL) ? 0 : Math.max(0, share.successes() - explained);
        Evidence evidence = wanted != null && !wanted.isEstimate()
                ? share
                : new ComparedProportion(
                        new Proportion(beyond, order.steps()),
                        new Proportion(before.back(isAscending), before.steps()));
        return Metric.of(column, METRIC, share.value(), evidence)
                .on(Scale.CHANGE)
                .withNote(share.successes() + " of " + share.trials() + " steps go "
                        + (isAscending ? "back" : "forward"));
    }

    private static Proportion share(TimeOrder order, boolean isAscending) {
        return new Proportion(order.back(isAscending), order.changes());
    }
}
