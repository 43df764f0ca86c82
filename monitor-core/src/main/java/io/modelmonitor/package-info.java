/**
 * The front door: what a README shows.
 *
 * <p>{@link io.modelmonitor.Baseline} is what was said of the reference data,
 * {@link io.modelmonitor.ConstraintSuggester} turns it into bounds, and {@link io.modelmonitor.Monitor} holds a window of
 * data against them. {@link io.modelmonitor.DataCapture} records what a model is asked and answers, and
 * {@link io.modelmonitor.LiveMonitor} is a monitor behind it. Behind them {@code Scan} reads a dataset once, on several threads,
 * whatever is watched.
 */
@NullMarked
package io.modelmonitor;

import org.jspecify.annotations.NullMarked;
