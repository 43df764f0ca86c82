package io.modelmonitor.sagemaker;

import io.modelmonitor.Baseline;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Report;
import io.modelmonitor.internal.file.WholeFile;
import io.modelmonitor.internal.json.Json;
import io.modelmonitor.spi.MetricCalculator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads and writes the managed service's files of data quality: {@code statistics.json}, {@code constraints.json} and
 * {@code constraint_violations.json}.
 *
 * <p>Files of every year are read. Keys that mean nothing here are ignored. What is wrong with a file is said in one line
 * that names the file and the field. Files are written as a whole or not at all, formatted as the service formats them.
 *
 * <p>Safe for use by several threads.
 */
public final class ServiceFiles {

    private static final String VIOLATIONS = "constraint_violations.json";
    private static final String VIOLATIONS_IN_THE_GUIDE = "constraints_violations.json";

    private ServiceFiles() {}

    /**
     * Reads a {@code statistics.json} as a full baseline: its sketches are carried on from, so that it serves as reference
     * for drift and can be merged.
     *
     * <p>The file does not hold everything that a baseline can: all present values of a column count as being of its
     * inferred type; how many numbers are negative comes from the sketch unless the extremes settle it; skewness and the
     * lengths of texts are unknown; a distinct count that is only stated merges to a lower bound. A sketch of more than
     * 2,050 numbers comes without the memory of its earlier compactions, so that numbers added later are kept by a rule
     * that may differ from the writer's, within the same error. A baseline has no place for what else is in the file, such as
     * {@code evaluation_time} and {@code completeness}, and {@link #writeStatistics} does not write it again;
     * {@link ServiceStatistics} does.
     *
     * @throws IllegalArgumentException if it is no such file, or one of another version
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public static Baseline readStatistics(Path file) {
        return Field.read(file, StatisticsReader::read);
    }

    /**
     * Writes a {@code statistics.json}: types, ten buckets, the sketch, and categories of text
     * columns with up to {@value io.modelmonitor.quality.DataQuality#MOST_DOMAIN_VALUES} distinct values. These are the keys that
     * files of every year have; {@link ServiceStatistics#write} keeps further ones of a file that was read.
     *
     * <p>Types are by this library's grammar, and sums and standard deviations are exact where the service's are rounded on the way. A
     * baseline made with {@link #measures()} gives the service's own, to the last digit.
     *
     * @throws java.io.UncheckedIOException if it cannot be written
     */
    public static void writeStatistics(Baseline baseline, Path file) {
        String text = Json.writeIndented(StatisticsTree.of(baseline));
        WholeFile.writeForOwner(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Returns a calculator of what the service measures otherwise than this library, of every column: how many values are of which kind
     * by its grammar, such as {@code service.integral_count}, to which {@code TRUE} is a text and {@code "7"} a number; and the sum and
     * standard deviation with its rounding, {@code service.sum} and {@code service.std_dev}: added up plainly in the order of the rows,
     * and by Welford's recurrence. For those who compare files digit by digit:
     *
     * <pre>{@code
     * ServiceFiles.writeStatistics(Baseline.of(train, ServiceFiles.measures()), Path.of("statistics.json"));
     * }</pre>
     */
    public static MetricCalculator<?> measures() {
        return new ServiceMeasures();
    }

    /**
     * Reads a {@code constraints.json} of any year. Overrides for single features are found in every spelling and place:
     * {@code monitoringConfigOverrides} and {@code monitoring_config_overrides}, of the feature or inside
     * {@code string_constraints} or {@code num_constraints}.
     *
     * <pre>{@code
     * Monitor.against(baseline).requiringOnly(ServiceFiles.readConstraints(file).constraints());
     * }</pre>
     *
     * @throws IllegalArgumentException if it is no such file, or one of another version
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public static ServiceConstraints readConstraints(Path file) {
        return Field.read(file, ServiceConstraints::read);
    }

    /**
     * Writes a {@code constraints.json}; one that was read is written with everything that was in it.
     *
     * @throws java.io.UncheckedIOException if it cannot be written
     */
    public static void writeConstraints(ServiceConstraints constraints, Path file) {
        WholeFile.write(file, Json.writeIndented(constraints.tree()));
    }

    /**
     * Writes constraints as a {@code constraints.json}, as {@link ServiceConstraints#of} says them.
     *
     * @throws java.io.UncheckedIOException if it cannot be written
     */
    public static void writeConstraints(Constraints constraints, Path file) {
        writeConstraints(ServiceConstraints.of(constraints), file);
    }

    /**
     * Reads violations, of the service or of a container for it.
     *
     * @param path the file, or the folder that it is in, where both of its names are looked for:
     *     {@code constraint_violations.json} and {@code constraints_violations.json}
     * @throws IllegalArgumentException if it is no such file
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public static List<ServiceViolation> readViolations(Path path) {
        Path file = path;
        if (Files.isDirectory(path)) {
            Path usual = path.resolve(VIOLATIONS);
            file = Files.exists(usual) ? usual : path.resolve(VIOLATIONS_IN_THE_GUIDE);
        }
        return Field.read(file, tree -> tree.child("violations").elements().stream()
                .map(ServiceViolation::read)
                .toList());
    }

    /**
     * Writes a {@code constraint_violations.json}. A report without data has an entry that says so: an empty file would say
     * that all is well.
     *
     * @param report the report
     * @param constraints what the monitor requires: {@code monitor.constraints()}
     * @param file where to
     * @throws java.io.UncheckedIOException if it cannot be written
     */
    public static void writeViolations(Report report, Constraints constraints, Path file) {
        writeViolations(violations(report, constraints), file);
    }

    /**
     * Writes a {@code constraint_violations.json}.
     *
     * @throws java.io.UncheckedIOException if it cannot be written
     */
    public static void writeViolations(List<ServiceViolation> violations, Path file) {
        List<Object> entries = new ArrayList<>();
        violations.forEach(violation -> entries.add(violation.tree()));
        WholeFile.write(file, Json.writeIndented(Map.of("violations", entries)));
    }

    /**
     * Returns a report's violations in the service's words, in the order of the constraints. Of metrics that the service
     * does not know, the words are the report's own.
     *
     * @param report the report
     * @param constraints what the monitor requires: {@code monitor.constraints()}
     */
    public static List<ServiceViolation> violations(Report report, Constraints constraints) {
        return ViolationTexts.of(report, constraints);
    }
}
