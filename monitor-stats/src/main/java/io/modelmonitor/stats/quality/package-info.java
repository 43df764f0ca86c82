/**
 * The quality of predictions: states that take one prediction with its truth at a time, merge, and end as metrics.
 *
 * <p>Start at {@link io.modelmonitor.stats.quality.BinaryQuality}, {@link io.modelmonitor.stats.quality.MulticlassQuality}
 * or {@link io.modelmonitor.stats.quality.RegressionQuality}; each ends as a
 * {@link io.modelmonitor.stats.quality.QualitySummary}. States hold counts and moments, never rows: a
 * {@link io.modelmonitor.stats.quality.ConfusionMatrix}, a table of at most 65,536 score cells, sums of errors. What rests
 * on counts alone (everything but log loss, the Brier score, calibration and the errors of a regression) is the same to
 * the last bit however the rows were ordered, split and merged; the rest is the same up to rounding.
 *
 * <p>Everything here is pure: no clock, no input, and random numbers from fixed seeds only.
 */
@NullMarked
package io.modelmonitor.stats.quality;

import org.jspecify.annotations.NullMarked;
