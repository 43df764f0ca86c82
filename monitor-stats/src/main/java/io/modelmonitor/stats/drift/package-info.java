/**
 * Whether a distribution changed: by how much, and whether chance explains it.
 *
 * <p>{@link io.modelmonitor.stats.drift.FeatureDrift} says all that can be said of a column from two profiles of it. It rests
 * on two tests that hold at any number of rows, {@link io.modelmonitor.stats.drift.NumericChange} and {@link
 * io.modelmonitor.stats.drift.CategoryChange}, and, for measures of whatever kind, on {@link
 * io.modelmonitor.stats.drift.Resampling}. {@link io.modelmonitor.stats.drift.MultipleTesting} corrects for how many columns
 * were looked at.
 *
 * <p>The field's distances are in {@link io.modelmonitor.stats.drift.BinnedDistances} (of counts) and {@link
 * io.modelmonitor.stats.drift.EmpiricalDistances} (of distribution functions); its tests are in {@link
 * io.modelmonitor.stats.drift.KolmogorovSmirnov}, {@link io.modelmonitor.stats.drift.CramerVonMises}, {@link
 * io.modelmonitor.stats.drift.AndersonDarling}, {@link io.modelmonitor.stats.drift.EppsSingleton}, {@link
 * io.modelmonitor.stats.drift.RankTests}, {@link io.modelmonitor.stats.drift.MeanTests}, {@link
 * io.modelmonitor.stats.drift.ContingencyTests} and {@link io.modelmonitor.stats.drift.TwoByTwo}.
 *
 * <p>Everything is a pure function; what is drawn at random is drawn from fixed seeds.
 */
@NullMarked
package io.modelmonitor.stats.drift;

import org.jspecify.annotations.NullMarked;
