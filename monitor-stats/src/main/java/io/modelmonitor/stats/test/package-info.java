/**
 * Tests of two or more raw samples, of counts over cells, and the correction of many p-values.
 *
 * <ul>
 *   <li>Distributions of numbers: {@link io.modelmonitor.stats.test.KolmogorovSmirnov}, {@link
 *       io.modelmonitor.stats.test.CramerVonMises}, {@link io.modelmonitor.stats.test.AndersonDarling}, {@link
 *       io.modelmonitor.stats.test.EppsSingleton}.
 *   <li>Location: {@link io.modelmonitor.stats.test.RankTests}, {@link io.modelmonitor.stats.test.MeanTests}.
 *   <li>Counts: {@link io.modelmonitor.stats.test.ContingencyTests}, {@link io.modelmonitor.stats.test.TwoByTwo}.
 *   <li>Many tests at once: {@link io.modelmonitor.stats.test.MultipleTesting}.
 * </ul>
 *
 * <p>Each returns a {@link io.modelmonitor.stats.test.TestResult}: a p-value, or the reason why there is none. Everything is a
 * pure function and safe for use by several threads.
 */
@NullMarked
package io.modelmonitor.stats.test;

import org.jspecify.annotations.NullMarked;
