/**
 * The quality of a model's predictions, with labels that may come late.
 *
 * <p>{@link io.modelmonitor.quality.ModelQuality} is the calculator that a user names;
 * {@link io.modelmonitor.quality.Segments} splits it, or any other calculator, by a column. Labels are recorded in
 * {@link io.modelmonitor.quality.GroundTruth} and joined to captured requests by
 * {@link io.modelmonitor.quality.LabelledCaptures}, which are a dataset like any other.
 */
@NullMarked
package io.modelmonitor.quality;

import org.jspecify.annotations.NullMarked;
