/**
 * Settings of a capture: which requests are in it ({@link io.modelmonitor.capture.Sampler}), which fields must not leave
 * ({@link io.modelmonitor.capture.Privacy}), how its files are laid out, as the managed service laid them out
 * ({@link io.modelmonitor.capture.CaptureLayout}), and encrypted ({@link io.modelmonitor.capture.CaptureKey}); and what it counts.
 */
@NullMarked
package io.modelmonitor.capture;

import org.jspecify.annotations.NullMarked;
