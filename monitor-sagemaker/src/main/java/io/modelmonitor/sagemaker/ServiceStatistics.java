package io.modelmonitor.sagemaker;

import io.modelmonitor.Baseline;
import io.modelmonitor.internal.file.WholeFile;
import io.modelmonitor.internal.json.Json;
import io.modelmonitor.stats.sketch.ColumnProfile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The service's {@code statistics.json} of data quality with everything that is in it, also what a baseline has no place for:
 * {@code evaluation_time}, and the {@code completeness} and {@code approximate_num_distinct_values} of files since 2024. Immutable;
 * safe for use by several threads.
 *
 * <pre>{@code
 * ServiceStatistics before = ServiceStatistics.read(Path.of("statistics.json"));
 * before.with(before.baseline().merge(today)).write(Path.of("statistics.json"));
 * }</pre>
 */
public final class ServiceStatistics {

    private static final String NUMBERS = "numerical_statistics";
    private static final String TEXTS = "string_statistics";
    private static final String FEATURES = "features";
    private static final String COMPLETENESS = "completeness";
    private static final String DISTINCT = "approximate_num_distinct_values";

    private final Baseline baseline;
    private final Map<String, @Nullable Object> said;
    private final boolean isAsRead;

    private ServiceStatistics(Baseline baseline, Map<String, @Nullable Object> said, boolean isAsRead) {
        this.baseline = baseline;
        this.said = said;
        this.isAsRead = isAsRead;
    }

    /**
     * Reads a file; see {@link ServiceFiles#readStatistics}.
     *
     * @throws IllegalArgumentException if it is no such file, or one of another version
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public static ServiceStatistics read(Path file) {
        return Field.read(
                file, tree -> new ServiceStatistics(StatisticsReader.read(tree), Json.object(tree.value()), true));
    }

    /** Returns the baseline that the file is. */
    public Baseline baseline() {
        return baseline;
    }

    /** Returns the statistics of another baseline, with the same keys; those that do not depend on data keep their values. */
    public ServiceStatistics with(Baseline other) {
        return new ServiceStatistics(Objects.requireNonNull(other, "other"), said, false);
    }

    /**
     * Writes a file, over one that is there, whole or not at all.
     *
     * @throws java.io.UncheckedIOException if it cannot be written
     */
    public void write(Path file) {
        String text = Json.writeIndented(isAsRead ? said : merged(said, computed()));
        WholeFile.writeForOwner(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Returns the baseline's statistics, with the keys of 2024 where the file has them. */
    private Map<String, @Nullable Object> computed() {
        Map<String, @Nullable Object> tree = StatisticsTree.of(baseline);
        for (Object feature : Json.array(tree.get(FEATURES))) {
            Map<String, @Nullable Object> ours = Json.object(feature);
            ColumnProfile column = baseline.profile().column(String.valueOf(ours.get("name")));
            for (String block : List.of(NUMBERS, TEXTS)) {
                if (ours.get(block) != null) {
                    Map<String, @Nullable Object> statistics = Json.object(ours.get(block));
                    if (isSaid(block, COMPLETENESS)) {
                        statistics.put(COMPLETENESS, (double) column.present() / column.rows());
                    }
                    if (isSaid(block, DISTINCT)) {
                        statistics.put(DISTINCT, column.categories().distinct().estimate());
                    }
                }
            }
        }
        return tree;
    }

    /** Returns whether any feature of the file has a key. */
    private boolean isSaid(String block, String key) {
        return said.get(FEATURES) != null
                && Json.array(said.get(FEATURES)).stream()
                        .map(feature -> Json.object(feature).get(block))
                        .anyMatch(statistics ->
                                statistics != null && Json.object(statistics).containsKey(key));
    }

    /** Returns what is computed, with what else was said beside it. */
    private static Map<String, @Nullable Object> merged(
            Map<String, @Nullable Object> said, Map<String, @Nullable Object> computed) {
        Map<String, @Nullable Object> merged = new LinkedHashMap<>();
        computed.forEach((key, value) -> {
            Object before = said.get(key);
            if (key.equals(FEATURES) && before != null) {
                merged.put(key, features(Json.array(before), Json.array(value)));
            } else if (key.equals("distribution") || !(value instanceof Map) || !(before instanceof Map)) {
                merged.put(key, value);
            } else {
                merged.put(key, merged(Json.object(before), Json.object(value)));
            }
        });
        said.forEach((key, value) -> {
            if (!isOfData(key)) {
                merged.putIfAbsent(key, value);
            }
        });
        return merged;
    }

    /** Returns whether what a key says follows from the data, so that it is wrong of other data. */
    private static boolean isOfData(String key) {
        return List.of(NUMBERS, TEXTS, "distribution", COMPLETENESS, DISTINCT).contains(key);
    }

    private static List<@Nullable Object> features(List<@Nullable Object> said, List<@Nullable Object> computed) {
        Map<String, Map<String, @Nullable Object>> byName = new LinkedHashMap<>();
        said.forEach(feature -> byName.put(String.valueOf(Json.object(feature).get("name")), Json.object(feature)));
        return computed.stream()
                .map(feature -> (Object) merged(
                        byName.getOrDefault(String.valueOf(Json.object(feature).get("name")), Map.of()),
                        Json.object(feature)))
                .toList();
    }
}
