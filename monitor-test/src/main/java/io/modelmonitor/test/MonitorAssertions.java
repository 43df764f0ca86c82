package io.modelmonitor.test;

import io.modelmonitor.api.Report;
import org.jspecify.annotations.Nullable;

/** The entry point of assertions about monitors, to be imported statically beside AssertJ's own. */
public final class MonitorAssertions {

    private MonitorAssertions() {}

    /** Begins an assertion about a report. */
    public static ReportAssert assertThat(@Nullable Report actual) {
        return new ReportAssert(actual);
    }
}
