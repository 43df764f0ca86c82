/**
 * Attributions of a model's outputs to features, monitored over time:
 * {@link io.modelmonitor.attribution.Attribution} is the calculator that a user
 * names, {@link io.modelmonitor.attribution.AttributionNames} says what its metrics are called, and
 * {@link io.modelmonitor.attribution.Attribution#suggest} bounds them. The mathematics is in
 * {@code io.modelmonitor.stats.attribution}.
 */
@NullMarked
package io.modelmonitor.attribution;

import org.jspecify.annotations.NullMarked;
