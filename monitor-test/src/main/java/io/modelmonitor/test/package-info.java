/**
 * For tests: {@link io.modelmonitor.test.MonitorAssertions#assertThat(io.modelmonitor.api.Report)} holds a report to what a
 * test wants of it, and says in a failure what the report says.
 */
@NullMarked
package io.modelmonitor.test;

import org.jspecify.annotations.NullMarked;
