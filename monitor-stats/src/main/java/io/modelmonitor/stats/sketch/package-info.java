/**
 * Sketches of a column: small states that can be merged, saved, and carried on from.
 *
 * <p>{@link io.modelmonitor.stats.sketch.Profile} is a table's memory and
 * {@link io.modelmonitor.stats.sketch.ColumnProfile} a column's. A column profile is made of five states, each of use on
 * its own:
 *
 * <ul>
 *   <li>{@link io.modelmonitor.stats.sketch.Moments} — count, sum, mean, variance, skewness, kurtosis, extremes;
 *   <li>{@link io.modelmonitor.stats.sketch.KllSketch} — quantiles and ranks, read as
 *       {@link io.modelmonitor.stats.sketch.WeightedValues};
 *   <li>{@link io.modelmonitor.stats.sketch.DistinctCount} — how many different values;
 *   <li>{@link io.modelmonitor.stats.sketch.Categories} — which values, and how often;
 *   <li>{@link io.modelmonitor.stats.sketch.TextLengths} — how long the texts are.
 * </ul>
 *
 * <p>Every state is changed by one thread at a time, merges with another of its kind into a new one, and is written in few
 * bytes ({@code write}), from which an equal one is read ({@code read}). A state that nobody changes may be read by many
 * threads. Equal input in equal order gives equal bytes, on every JDK.
 */
@NullMarked
package io.modelmonitor.stats.sketch;

import org.jspecify.annotations.NullMarked;
