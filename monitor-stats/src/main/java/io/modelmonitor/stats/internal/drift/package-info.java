/**
 * The change of a column between two profiles: its size, and whether chance explains it.
 *
 * <p>The way from two profiles to a p-value, downhill:
 *
 * <ol>
 *   <li>{@link io.modelmonitor.stats.internal.drift.FeatureDrift} asks for the metrics of a column.
 *   <li>The profiles become a pooled empirical distribution ({@code PooledEcdf}) of numbers, or pooled counts ({@code
 *       PooledCounts}, laid out by {@code Columns} and {@code CategoryCells}) of everything else.
 *   <li>The effect is a distance: {@link io.modelmonitor.stats.internal.drift.EmpiricalDistances}, {@link
 *       io.modelmonitor.stats.internal.drift.BinnedDistances}; less what chance gives ({@code Excess}) it is held against the bound.
 *   <li>The null distribution is that of all ways to share the pooled rows among both sides: exact ({@code ExactPermutation},
 *       {@code HeapDecomposition}, {@code LatticePaths}, {@code BinomialScan}), by its moments ({@code AndersonDarlingSums},
 *       {@code WeightedChiSquare}, {@code PermutationNull}, all with {@code QuadraticForm}) or drawn ({@code
 *       MonteCarloNull}, {@code HypergeometricSampler}).
 *   <li>The p-value: {@link io.modelmonitor.stats.internal.drift.NumericChange}, {@link io.modelmonitor.stats.internal.drift.CategoryChange},
 *       and {@code NullSummary} of named measures.
 * </ol>
 *
 * <p>Of times, {@link io.modelmonitor.stats.internal.drift.CalendarDrift} compares the hours and the weekdays.
 *
 * <p>docs/drift.md derives each approximation. Tests of raw samples are in {@link io.modelmonitor.stats.test}. Everything is a
 * pure function; draws come from seeds that depend on the counts alone.
 */
@NullMarked
package io.modelmonitor.stats.internal.drift;

import org.jspecify.annotations.NullMarked;
