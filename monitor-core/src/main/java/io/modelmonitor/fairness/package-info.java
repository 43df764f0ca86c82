/**
 * Bias between groups of people, as calculators that a user names:
 * {@code bias("gender", "F").label("hired").prediction("offer").group("department")}.
 *
 * <p>{@link io.modelmonitor.fairness.Bias} is the calculator, {@link io.modelmonitor.fairness.Facet} says who is compared
 * with whom, and {@link io.modelmonitor.fairness.BiasBounds} suggests bounds from a baseline. The measures themselves are in
 * {@link io.modelmonitor.stats.fairness}.
 */
@NullMarked
package io.modelmonitor.fairness;

import org.jspecify.annotations.NullMarked;
