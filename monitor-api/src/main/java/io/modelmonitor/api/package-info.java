/**
 * The vocabulary that everything else is said in.
 *
 * <p>A {@link io.modelmonitor.api.Dataset} is read batch by batch; a {@link io.modelmonitor.api.Row} is one line of it.
 * A measured value is a {@link io.modelmonitor.api.Metric}, with its uncertainty
 * ({@link io.modelmonitor.api.Evidence}) and data to be drawn ({@link io.modelmonitor.api.Plot}). What is
 * wanted of it is a {@link io.modelmonitor.api.Bound}; both together are a {@link io.modelmonitor.api.Constraint}. A
 * {@link io.modelmonitor.api.Report} holds every constraint's {@link io.modelmonitor.api.Assessment}, and those that do
 * not hold are its {@link io.modelmonitor.api.Violation}s.
 *
 * <p>Everything here is a value: immutable, unless an array says otherwise, and safe to share between threads.
 */
@NullMarked
package io.modelmonitor.api;

import org.jspecify.annotations.NullMarked;
