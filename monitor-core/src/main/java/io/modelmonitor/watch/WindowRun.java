package io.modelmonitor.watch;

import io.modelmonitor.Measurement;
import io.modelmonitor.Monitor;
import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.ForwardingCursor;
import io.modelmonitor.api.Report;
import io.modelmonitor.api.internal.Counted;
import io.modelmonitor.api.internal.VisibleText;
import io.modelmonitor.capture.CaptureLayout;
import io.modelmonitor.report.Reports;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures and judges one window, and writes what came of it. What goes wrong is in the execution, and nothing is thrown.
 *
 * @param execution how it ended
 * @param report the verdict; null if there is none
 * @param measurement the measurement; null if there is none
 */
record WindowRun(
        Execution execution,
        @Nullable Report report,
        @Nullable Measurement measurement) {

    private static final Logger LOGGER = LoggerFactory.getLogger(WindowRun.class);
    private static final int LONGEST_REASON = 1_024;
    private static final int MOST_CAUSES = 50;

    static WindowRun of(WatchSettings settings, Journal journal, Instant due, BooleanSupplier isStopped) {
        Instant started = settings.clock().instant();
        Window window = settings.window(due);
        try {
            Replicas replicas = settings.replicas();
            Measurement measurement = replicas == null
                    ? measure(settings, window, started, () -> {
                        journal.renew(settings.clock().instant());
                        return isStopped.getAsBoolean();
                    })
                    : merged(replicas, journal, settings.monitor(), due);
            if (measurement == null) {
                throw new IllegalStateException("no replica has reported");
            }
            Report report = judged(settings, window, measurement);
            Path folder = folder(settings, due);
            if (folder != null) {
                measurement.save(folder.resolve(Execution.MEASUREMENT));
                Reports.save(report, folder.resolve(Execution.REPORT));
            }
            Execution execution = execution(settings, due, window, started, report, folder);
            List<String> missing = replicas == null ? List.of() : replicas.missing(journal, due);
            return new WindowRun(
                    missing.isEmpty() ? execution : execution.noting("missing: " + String.join(", ", missing)),
                    report,
                    measurement);
        } catch (OutOfReach e) {
            throw e.cause;
        } catch (CancellationException e) {
            return failed(settings, due, window, started, Execution.Status.STOPPED, "stopped by closing the watch");
        } catch (Exception | StackOverflowError | AssertionError | LinkageError e) {
            LOGGER.warn("Watch {}: the window {} could not be judged", settings.watch(), window, e);
            return failed(settings, due, window, started, Execution.Status.FAILED, reason(e));
        }
    }

    private static Report judged(WatchSettings settings, Window window, Measurement measurement) throws Exception {
        ReferenceSource reference = settings.reference();
        Measurement other =
                reference == null || measurement.rows() == 0 ? null : reference.of(window, settings.monitor());
        return other == null
                ? settings.monitor().judge(measurement)
                : settings.monitor().judge(measurement, other);
    }

    /** A failure to read from the history, after which a window has to be tried again, as it has not been looked at. */
    private static final class OutOfReach extends Exception {
        private static final long serialVersionUID = 1;
        private final UncheckedIOException cause;

        OutOfReach(UncheckedIOException cause) {
            super(cause);
            this.cause = cause;
        }
    }

    private static @Nullable Measurement merged(Replicas replicas, Journal journal, Monitor monitor, Instant due)
            throws OutOfReach {
        try {
            return replicas.merged(journal, monitor, due);
        } catch (UncheckedIOException e) {
            throw new OutOfReach(e);
        }
    }

    /** Measures what this process sees of a window. */
    static Measurement measure(WatchSettings settings, Window window, Instant started, BooleanSupplier isStopped)
            throws Exception {
        Runnable check = () -> {
            if (isStopped.getAsBoolean()) {
                throw new CancellationException();
            }
            if (settings.longest() != null && settings.clock().instant().isAfter(started.plus(settings.longest()))) {
                throw new IllegalStateException("took longer than " + settings.longest());
            }
        };
        check.run();
        return settings.monitor()
                .measure(settings.source().of(window).readThrough(cursor -> checked(cursor, check)))
                .during(window.start(), window.end());
    }

    /** Returns a cursor that checks before each batch whether to go on. */
    private static Dataset.Cursor checked(Dataset.Cursor cursor, Runnable check) {
        return new ForwardingCursor(cursor) {
            @Override
            public @Nullable Batch next() {
                check.run();
                return super.next();
            }
        };
    }

    private static Execution execution(
            WatchSettings settings, Instant due, Window window, Instant started, Report report, @Nullable Path folder) {
        Execution.Status status =
                switch (report.status()) {
                    case HEALTHY -> Execution.Status.COMPLETED;
                    case VIOLATED -> Execution.Status.COMPLETED_WITH_VIOLATIONS;
                    case INCOMPLETE, NO_DATA -> Execution.Status.FAILED;
                };
        String failure = report.status() == Report.Status.NO_DATA
                ? "Job inputs had no data"
                : report.failures().isEmpty()
                        ? ""
                        : cut(report.failures().get(0).toString());
        String message =
                switch (report.status()) {
                    case HEALTHY -> Counted.holding(report.assessments().size(), report.unjudged(), "");
                    case VIOLATED ->
                        report.violations().size() + " of "
                                + Counted.of(report.assessments().size(), "constraint") + " violated";
                    case INCOMPLETE -> "a calculator failed: " + failure;
                    case NO_DATA -> failure;
                };
        return new Execution(
                settings.watch(),
                due,
                window,
                status,
                started,
                settings.clock().instant(),
                report.rows(),
                message,
                failure,
                folder);
    }

    private static WindowRun failed(
            WatchSettings settings, Instant due, Window window, Instant started, Execution.Status status, String why) {
        Instant finished = settings.clock().instant();
        return new WindowRun(
                new Execution(settings.watch(), due, window, status, started, finished, 0, why, why, null), null, null);
    }

    /** Returns the folder of an execution, by the hour in which it was due; within an hour, by the minute too. */
    private static @Nullable Path folder(WatchSettings settings, Instant due) {
        if (settings.out() == null) {
            return null;
        }
        Path hour = settings.out()
                .resolve(CaptureLayout.safe(settings.monitor().name()))
                .resolve(CaptureLayout.safe(settings.name()))
                .resolve(CaptureLayout.hour(due));
        int second = due.atOffset(ZoneOffset.UTC).toLocalTime().toSecondOfDay() % 3600;
        return second == 0
                ? hour
                : hour.resolve(String.format(java.util.Locale.ROOT, "%02d%02d", second / 60, second % 60));
    }

    private static String reason(Throwable error) {
        Throwable cause = error;
        for (int i = 0; i < MOST_CAUSES && cause.getCause() != null; i++) {
            cause = cause.getCause();
        }
        String why = String.valueOf(error.getMessage() == null ? error : error.getMessage());
        return cut(cause == error ? why : why + "; caused by " + cause);
    }

    private static String cut(String text) {
        return VisibleText.cut(text.replaceAll("\\s*\\R\\s*", "; "), LONGEST_REASON);
    }
}
