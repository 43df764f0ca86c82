/**
 * The lines of capture files, as records are written ({@link io.modelmonitor.internal.capture.file.CaptureEncoder}) and read
 * ({@link io.modelmonitor.internal.capture.file.CaptureDecoder}).
 */
@NullMarked
package io.modelmonitor.internal.capture.file;

import org.jspecify.annotations.NullMarked;
