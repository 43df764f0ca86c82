/**
 * The path of a request from the serving thread to the sink: payload formats, the bounded queue and its one worker.
 * {@code io.modelmonitor.DataCapture} is the front door to it.
 *
 * <p>The calling thread samples, copies and offers ({@link io.modelmonitor.internal.capture.CapturePipeline}); everything that is
 * text is made by the worker. {@link io.modelmonitor.internal.capture.PayloadSource} holds what is captured.
 */
@NullMarked
package io.modelmonitor.internal.capture;

import org.jspecify.annotations.NullMarked;
