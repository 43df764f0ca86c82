package io.modelmonitor.sagemaker;

import io.modelmonitor.internal.json.Json;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A number as the managed service publishes it. Immutable.
 *
 * @param namespace the namespace of the numbers of its monitor, which a file does not say
 * @param name its name
 * @param timestamp the time that it is of
 * @param dimensions its dimensions, in order
 * @param statistics one number of which all four are the same, or those of several
 * @param unit {@code Count} or {@code None}
 */
public record CloudWatchRecord(
        String namespace,
        String name,
        Instant timestamp,
        Map<String, String> dimensions,
        Statistics statistics,
        String unit) {

    /** The number that is published for infinity. */
    static final double INFINITE = 2.348543e108;

    /**
     * The statistics of some numbers, all finite.
     *
     * @param count how many there are
     * @param sum their sum
     * @param minimum the least of them
     * @param maximum the greatest of them
     */
    public record Statistics(double count, double sum, double minimum, double maximum) {

        /** Makes infinite numbers finite, as the service does. */
        public Statistics {
            sum = finite(sum);
            minimum = finite(minimum);
            maximum = finite(maximum);
        }

        static Statistics of(double value) {
            return new Statistics(1, value, value, value);
        }

        private static double finite(double value) {
            return Double.isInfinite(value) ? Math.copySign(INFINITE, value) : value;
        }
    }

    /** Creates a record. */
    public CloudWatchRecord {
        dimensions = Collections.unmodifiableMap(new LinkedHashMap<>(dimensions));
    }

    /** Returns a line of JSON, as the service has it in its folder of metrics; without a line feed. */
    public String json() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("MetricName", name);
        tree.put("Timestamp", timestamp.toString());
        tree.put(
                "Dimensions",
                dimensions.entrySet().stream()
                        .map(dimension -> pair(dimension.getKey(), dimension.getValue()))
                        .toList());
        if (statistics.count() == 1) {
            tree.put("Value", statistics.sum());
        } else {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("SampleCount", statistics.count());
            values.put("Sum", statistics.sum());
            values.put("Minimum", statistics.minimum());
            values.put("Maximum", statistics.maximum());
            tree.put("StatisticValues", values);
        }
        tree.put("Unit", unit);
        return Json.write(tree);
    }

    private static Map<String, Object> pair(String name, String value) {
        Map<String, Object> pair = new LinkedHashMap<>();
        pair.put("Name", name);
        pair.put("Value", value);
        return pair;
    }

    /** Returns the lines of records, each ended by a line feed. */
    static String lines(List<CloudWatchRecord> records) {
        StringBuilder lines = new StringBuilder();
        records.forEach(record -> lines.append(record.json()).append('\n'));
        return lines.toString();
    }
}
