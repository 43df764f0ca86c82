/**
 * Every measure of bias as a pure function of group counts, and how sure each is.
 *
 * <p>{@link io.modelmonitor.stats.fairness.OutcomeCounts} counts people by group, stratum, label and prediction in one
 * pass, and merges. From it comes a {@link io.modelmonitor.stats.fairness.GroupComparison} of one group with the rest, of which
 * every {@link io.modelmonitor.stats.fairness.BiasMetric} and every {@link io.modelmonitor.stats.fairness.GroupRate} is a
 * function. {@link io.modelmonitor.stats.fairness.Bootstrap} resamples the counts, never the rows, and says how far
 * chance may have moved a metric. The {@link io.modelmonitor.stats.fairness.FlipTest} alone needs rows.
 */
@NullMarked
package io.modelmonitor.stats.fairness;

import org.jspecify.annotations.NullMarked;
