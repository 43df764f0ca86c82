/**
 * Windows over time: {@link io.modelmonitor.watch.Schedule schedules}, {@link io.modelmonitor.watch.Watch watches} that judge each
 * window once, their {@link io.modelmonitor.watch.Execution executions}, {@link io.modelmonitor.watch.History history} and {@link
 * io.modelmonitor.watch.Alert alerts}.
 */
@NullMarked
package io.modelmonitor.watch;

import org.jspecify.annotations.NullMarked;
