package io.modelmonitor.report;

import io.modelmonitor.api.Report;
import io.modelmonitor.internal.file.WholeFile;
import io.modelmonitor.internal.json.Json;
import java.nio.file.Path;

/**
 * Writes and reads reports. A report that was written as JSON and read is equal to itself.
 *
 * <p>Safe for use by several threads.
 */
public final class Reports {

    private Reports() {}

    /** Returns a report as JSON, in a stable order of keys. Numbers that are not finite are texts. */
    public static String json(Report report) {
        return Json.write(ReportTree.of(report));
    }

    /**
     * Returns the report of a JSON text that {@link #json} made.
     *
     * @throws IllegalArgumentException if it is no report, or one of another version; the message is one line
     */
    public static Report fromJson(String json) {
        return ReportTree.read(Json.parse(json));
    }

    /**
     * Saves a report as JSON. The file is written beside its place and moved there.
     *
     * @throws java.io.UncheckedIOException if it cannot be written
     */
    public static void save(Report report, Path file) {
        WholeFile.write(file, json(report));
    }

    /**
     * Loads a report that was saved.
     *
     * @throws IllegalArgumentException if the file is no report, or one of another version; the message names the file
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public static Report load(Path file) {
        try {
            return ReportTree.read(Json.read(file));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("no report can be read from " + file + ": " + e.getMessage(), e);
        }
    }
}
