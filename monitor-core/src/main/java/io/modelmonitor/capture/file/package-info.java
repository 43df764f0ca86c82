/**
 * The files that captures are kept in, as the managed service laid them out: where they lie
 * ({@link io.modelmonitor.capture.file.CaptureLayout}), what a line says
 * ({@link io.modelmonitor.capture.file.CaptureEncoder}, {@link io.modelmonitor.capture.file.CaptureDecoder}), how they are
 * read again ({@link io.modelmonitor.capture.file.CaptureFiles}) and kept from other eyes
 * ({@link io.modelmonitor.capture.file.CaptureKey}).
 */
@NullMarked
package io.modelmonitor.capture.file;

import org.jspecify.annotations.NullMarked;
