package io.modelmonitor.test;

import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Report;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.AbstractDoubleAssert;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/** Assertions about a report. A failure's message is the report's own text, under the one line that says what was wanted. */
public final class ReportAssert extends AbstractAssert<ReportAssert, @Nullable Report> {

    ReportAssert(@Nullable Report actual) {
        super(actual, ReportAssert.class);
    }

    /** Verifies that there was data, and that every constraint was measured and holds. */
    public ReportAssert isHealthy() {
        Report report = present();
        if (!report.isHealthy()) {
            failWithMessage("%s", "a healthy report was wanted, but it says\n" + report);
        }
        return this;
    }

    /** Verifies that at least one constraint is violated. */
    public ReportAssert isViolated() {
        return hasStatus(Report.Status.VIOLATED);
    }

    /** Verifies that there was no row to look at. */
    public ReportAssert hasNoData() {
        return hasStatus(Report.Status.NO_DATA);
    }

    /** Verifies that the constraint on a metric of a subject is violated. */
    public ReportAssert violates(String subject, String metric) {
        if (!isViolating(subject, metric)) {
            failWithMessage(
                    "%s",
                    "a violation of " + metric + " of '" + subject + "' was wanted, but the report says\n" + present());
        }
        return this;
    }

    /** Verifies that no constraint on a metric of a subject is violated. */
    public ReportAssert doesNotViolate(String subject, String metric) {
        if (isViolating(subject, metric)) {
            failWithMessage(
                    "%s",
                    "no violation of " + metric + " of '" + subject + "' was wanted, but the report says\n"
                            + present());
        }
        return this;
    }

    /**
     * Verifies that a metric was measured, and goes on with its value.
     *
     * @return an assertion about the value
     */
    public AbstractDoubleAssert<?> metric(String subject, String name) {
        Report report = present();
        Metric metric = report.metric(subject, name);
        if (metric == null || !metric.isDefined()) {
            String why = metric == null ? "nothing measured it" : metric.note();
            failWithMessage(
                    "%s", name + " of '" + subject + "' was wanted, but " + why + "; the report says\n" + report);
            throw new IllegalStateException("an assertion that failed went on");
        }
        return Assertions.assertThat(metric.value()).as("%s of '%s'", name, subject);
    }

    private ReportAssert hasStatus(Report.Status status) {
        Report report = present();
        if (report.status() != status) {
            failWithMessage("%s", "status " + status + " was wanted, but the report says\n" + report);
        }
        return this;
    }

    private boolean isViolating(String subject, String metric) {
        return present().violations().stream()
                .anyMatch(violation -> violation.subject().equals(subject)
                        && violation.constraint().metric().equals(metric));
    }

    private Report present() {
        isNotNull();
        Report report = actual;
        if (report == null) {
            throw new IllegalStateException("an assertion that failed went on");
        }
        return report;
    }
}
