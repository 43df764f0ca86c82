/** Where captures go: files, lines, objects, memory, and sinks made of other sinks. {@link io.modelmonitor.sink.Sinks}. */
@NullMarked
package io.modelmonitor.sink;

import org.jspecify.annotations.NullMarked;
