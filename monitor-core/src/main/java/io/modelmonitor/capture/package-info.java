/**
 * The path of a request from the serving thread to the sink: payload formats, sampling, privacy, identifiers, the
 * bounded queue and its one worker. {@code io.modelmonitor.DataCapture} is the front door to it.
 *
 * <p>The calling thread samples, copies and offers ({@link io.modelmonitor.capture.CapturePipeline}); everything that is
 * text is made by the worker. {@link io.modelmonitor.capture.PayloadSource} is what can be captured,
 * {@link io.modelmonitor.capture.Sampler} who is in, {@link io.modelmonitor.capture.Privacy} what must not leave.
 */
@NullMarked
package io.modelmonitor.capture;

import org.jspecify.annotations.NullMarked;
