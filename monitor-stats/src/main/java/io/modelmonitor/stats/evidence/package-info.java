/**
 * How sure a metric is: implementations of {@link io.modelmonitor.api.Evidence} for the common cases. A value with a
 * standard error is {@link io.modelmonitor.stats.evidence.StandardError}, a share of counted rows
 * {@link io.modelmonitor.stats.evidence.Proportion}, a value whose distribution was found by resampling
 * {@link io.modelmonitor.stats.evidence.Replicates}.
 */
@NullMarked
package io.modelmonitor.stats.evidence;

import org.jspecify.annotations.NullMarked;
