/**
 * Reading and writing of capture files: the content of a line
 * ({@link io.modelmonitor.internal.capture.file.CaptureEncoder}, {@link io.modelmonitor.internal.capture.file.CaptureDecoder}) and the
 * records of many files ({@link io.modelmonitor.internal.capture.file.CaptureFiles}).
 */
@NullMarked
package io.modelmonitor.internal.capture.file;

import org.jspecify.annotations.NullMarked;
