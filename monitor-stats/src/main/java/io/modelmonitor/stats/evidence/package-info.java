/**
 * The uncertainty of metrics: {@link io.modelmonitor.stats.evidence.PValues} computes p-values of {@link io.modelmonitor.api.Evidence},
 * {@link io.modelmonitor.stats.evidence.ConfidenceLimit} inverts them, and {@link io.modelmonitor.stats.evidence.Replicates} are
 * values on resampled data.
 */
@NullMarked
package io.modelmonitor.stats.evidence;

import org.jspecify.annotations.NullMarked;
