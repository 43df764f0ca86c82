package io.modelmonitor.sagemaker;

import io.modelmonitor.Baseline;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Report;
import io.modelmonitor.api.ValueKind;
import io.modelmonitor.internal.file.WholeFile;
import io.modelmonitor.stats.sketch.ColumnProfile;
import io.modelmonitor.stats.sketch.Moments;
import io.modelmonitor.stats.sketch.Profile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The numbers that the managed service publishes to CloudWatch, by its namespaces, names and dimensions, as lines of JSON of which an agent, or
 * {@code put-metric-data}, makes metrics. Immutable.
 *
 * <pre>{@code
 * CloudWatchRecords records = CloudWatchRecords.ofEndpoint("credit", "hourly");
 * if (constraints.emitsMetrics()) {
 *     CloudWatchRecords.write(records.dataQuality(Baseline.of(window), report, time), Path.of("metrics/data.jsonl"));
 * }
 * }</pre>
 *
 * <p>As the service does: infinite numbers are published as ±2.348543e108, undefined ones and whatever failed are not, nor are standard
 * deviations, confusion matrices, curves, the nDCG and the number of violations. The namespaces are those of its dashboards, which its
 * guide spells otherwise.
 */
public final class CloudWatchRecords {

    private static final String PREFIX = "aws/sagemaker/";
    private static final String NONE = "None";
    private static final String COUNT = "Count";

    private final @Nullable String endpoint;
    private final String schedule;

    private CloudWatchRecords(@Nullable String endpoint, String schedule) {
        this.endpoint = endpoint;
        this.schedule = Objects.requireNonNull(schedule, "schedule");
    }

    /** Returns the records of the schedule of an endpoint. */
    public static CloudWatchRecords ofEndpoint(String endpoint, String schedule) {
        return new CloudWatchRecords(Objects.requireNonNull(endpoint, "endpoint"), schedule);
    }

    /** Returns the records of a schedule of batch transform jobs, which have no endpoint. */
    public static CloudWatchRecords ofBatch(String schedule) {
        return new CloudWatchRecords(null, schedule);
    }

    /**
     * Returns the records of a window's data quality: of each feature its numbers, how many are there, missing and of each type, and its distance
     * from the baseline.
     *
     * @param window what the window was measured to be, as a baseline would be
     * @param report the verdict of a {@link ServiceMonitor} or another monitor, of which the metrics {@code drift} are the distances
     */
    public List<CloudWatchRecord> dataQuality(Baseline window, Report report, Instant time) {
        Writer writer = new Writer("data-metrics", time);
        Profile profile = window.profile();
        ServiceTypes types = ServiceTypes.of(window);
        for (String feature : profile.names()) {
            Map<String, String> dimensions = dimensions("Feature", feature);
            ColumnProfile column = profile.column(feature);
            Moments moments = column.moments();
            if (types.type(feature).isNumeric() && moments.count() > 0) {
                writer.add(
                        "feature_data_" + feature,
                        dimensions,
                        new CloudWatchRecord.Statistics(moments.count(), moments.sum(), moments.min(), moments.max()),
                        NONE);
            }
            writer.add("feature_non_null_" + feature, dimensions, (double) column.present(), COUNT);
            writer.add("feature_null_" + feature, dimensions, (double) column.missing(), COUNT);
            writer.add("feature_completeness_" + feature, dimensions, (double) column.present() / column.rows(), NONE);
            writer.add("feature_estimated_unique_values_" + feature, dimensions, column.distinctCount(), COUNT);
            for (TypeCount type : TypeCount.values()) {
                double count = type.kind < 0 ? 0 : (double) types.count(feature, type.kind);
                writer.add("feature_" + type.word + "_counts_" + feature, dimensions, count, COUNT);
            }
        }
        for (Metric metric : report.metrics()) {
            if (metric.name().equals("drift") && metric.isDefined()) {
                writer.add(
                        "feature_baseline_drift_" + metric.subject(),
                        dimensions("Feature", metric.subject()),
                        metric.value(),
                        NONE);
            }
        }
        return writer.records;
    }

    /** A type of values, by the service's word. Of unknown ones there are none here, as every text is one. */
    private enum TypeCount {
        FRACTIONAL("fractional", ValueKind.FRACTIONAL),
        INTEGRAL("integral", ValueKind.INTEGRAL),
        STRING("string", ValueKind.STRING),
        BOOLEAN("boolean", ValueKind.BOOLEAN),
        UNKNOWN("unknown", -1);

        private final String word;
        private final int kind;

        TypeCount(String word, int kind) {
            this.word = word;
            this.kind = kind;
        }
    }

    /** Returns the records of a window's model quality: its numbers and those of the best constant answers. */
    public List<CloudWatchRecord> modelQuality(ModelQualityStatistics statistics, Instant time) {
        Writer writer = new Writer("model-metrics", time);
        statistics.values().forEach((name, value) -> writer.add(name, dimensions(), value.value(), NONE));
        return writer.records;
    }

    /** Returns the records of a window's bias, before and after training. */
    public List<CloudWatchRecord> bias(BiasAnalysis analysis, Instant time) {
        Writer writer = new Writer("bias-metrics", time);
        addBias(writer, "Pre-training", analysis.preTraining());
        addBias(writer, "Post-Training", analysis.postTraining());
        return writer.records;
    }

    private void addBias(Writer writer, String stage, BiasAnalysis.@Nullable Section section) {
        if (section == null) {
            return;
        }
        section.facets().forEach((facet, groups) -> {
            for (BiasAnalysis.Group group : groups) {
                Map<String, String> dimensions = dimensions(
                        "BiasStage", stage,
                        "Label", section.label(),
                        "LabelValue", section.labelValueOrThreshold(),
                        "Facet", facet,
                        "FacetValue", group.valueOrThreshold());
                group.metrics()
                        .forEach(value -> writer.add("bias_metric_" + value.name(), dimensions, value.value(), NONE));
            }
        });
    }

    /** Returns the records of a window's feature attribution: the global Kernel SHAP values of each label, and its expected value. */
    public List<CloudWatchRecord> explainability(ExplainabilityAnalysis analysis, Instant time) {
        Writer writer = new Writer("explainability-metrics", time);
        for (ExplainabilityAnalysis.Label label : analysis.labels()) {
            Map<String, String> values = ofLabel(label.name(), "GlobalShapValues");
            label.attributions().forEach((feature, value) -> writer.add("feature_" + feature, values, value, NONE));
            writer.add("ExpectedValue", ofLabel(label.name(), "ExpectedValue"), label.expectedValue(), NONE);
        }
        return writer.records;
    }

    private Map<String, String> ofLabel(String label, String type) {
        return dimensions("ExplainabilityMethod", "KernelShap", "Label", label, "ValueType", type);
    }

    private Map<String, String> dimensions(String... more) {
        Map<String, String> dimensions = new LinkedHashMap<>();
        if (endpoint != null) {
            dimensions.put("Endpoint", endpoint);
        }
        dimensions.put("MonitoringSchedule", schedule);
        for (int i = 0; i < more.length; i += 2) {
            dimensions.put(more[i], more[i + 1]);
        }
        return dimensions;
    }

    /**
     * Writes records as lines of JSON, in place of a file that is there.
     *
     * @throws java.io.UncheckedIOException if it cannot be written
     */
    public static void write(List<CloudWatchRecord> records, Path file) {
        WholeFile.write(file, CloudWatchRecord.lines(records));
    }

    /** Records of one namespace and time. */
    private final class Writer {

        private final List<CloudWatchRecord> records = new ArrayList<>();
        private final String namespace;
        private final Instant time;

        Writer(String kind, Instant time) {
            this.namespace = PREFIX + (endpoint == null ? "ModelMonitoring/" : "Endpoints/") + kind;
            this.time = Objects.requireNonNull(time, "time");
        }

        void add(String name, Map<String, String> dimensions, double value, String unit) {
            if (!Double.isNaN(value)) {
                add(name, dimensions, CloudWatchRecord.Statistics.of(value), unit);
            }
        }

        void add(String name, Map<String, String> dimensions, CloudWatchRecord.Statistics statistics, String unit) {
            records.add(new CloudWatchRecord(namespace, name, time, dimensions, statistics, unit));
        }
    }
}
