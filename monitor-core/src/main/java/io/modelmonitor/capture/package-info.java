/**
 * Settings and files of captures: which requests are in it ({@link io.modelmonitor.capture.Sampler}), which fields must not leave
 * ({@link io.modelmonitor.capture.Privacy}), how its files are laid out, as the managed service laid them out
 * ({@link io.modelmonitor.capture.CaptureLayout}), and encrypted ({@link io.modelmonitor.capture.CaptureKey}); what it counts; and
 * the reading of its files, record by record ({@link io.modelmonitor.capture.CaptureFiles}).
 */
@NullMarked
package io.modelmonitor.capture;

import org.jspecify.annotations.NullMarked;
