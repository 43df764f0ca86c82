package io.modelmonitor.watch;

import io.modelmonitor.api.Report;
import io.modelmonitor.report.Reports;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The judging of one window.
 *
 * @param watch the name of the watch, {@code endpoint/schedule}
 * @param scheduled when it was due
 * @param window the time that was judged
 * @param status how it ended
 * @param started when it really began
 * @param finished when it ended
 * @param rows the number of rows looked at
 * @param message one line: the verdict, or why there is none
 * @param failure the cause of a failure, in one line; empty if there was none
 * @param folder where report and measurement were written; null if they were not
 */
public record Execution(
        String watch,
        Instant scheduled,
        Window window,
        Status status,
        Instant started,
        Instant finished,
        long rows,
        String message,
        String failure,
        @Nullable Path folder) {

    /** The name of a report's file. */
    public static final String REPORT = "report.json";
    /** The name of a measurement's file. */
    public static final String MEASUREMENT = "measurement.bin";

    /** The end of an execution, in the managed service's words. */
    public enum Status {
        /** Every constraint holds. */
        COMPLETED("Completed"),
        /** At least one constraint does not hold. */
        COMPLETED_WITH_VIOLATIONS("CompletedWithViolations"),
        /** There were no data, they could not be read, or a calculator failed. */
        FAILED("Failed"),
        /** It was stopped before its end. */
        STOPPED("Stopped");

        private final String word;

        Status(String word) {
            this.word = word;
        }

        /** Returns the managed service's word, such as {@code CompletedWithViolations}. */
        public String word() {
            return word;
        }

        static Status of(String word) {
            for (Status status : values()) {
                if (status.word.equals(word)) {
                    return status;
                }
            }
            throw new IllegalArgumentException("status is '" + word + "', which is none");
        }
    }

    /**
     * Loads the report.
     *
     * @throws IllegalStateException if none was written; the message says why
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public Report report() {
        if (folder == null) {
            throw new IllegalStateException("no report of " + window + " was written: "
                    + (failure.isEmpty() ? "the watch has no folder to write to" : failure));
        }
        return Reports.load(folder.resolve(REPORT));
    }

    Execution noting(String note) {
        return new Execution(
                watch, scheduled, window, status, started, finished, rows, message + "; " + note, failure, folder);
    }

    Execution failing(String why) {
        return new Execution(
                watch, scheduled, window, Status.FAILED, started, finished, rows, message + "; " + why, why, folder);
    }

    @Override
    public String toString() {
        return watch + " " + window + ": " + status.word() + ", " + message;
    }
}
