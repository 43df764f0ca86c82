package io.modelmonitor.sagemaker;

import io.modelmonitor.Baseline;
import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Column;
import io.modelmonitor.api.FeatureType;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.ValueKind;
import io.modelmonitor.stats.internal.Packed;
import io.modelmonitor.stats.internal.text.LexicalForm;
import io.modelmonitor.stats.sketch.ColumnProfile;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Counts of the values of each column by their kinds in the service's grammar, which differs from that of {@link ValueKind}: a blank may
 * follow the sign, digits stand on both sides of a point, booleans are in lower case, and a text of digits is a number whatever type its
 * source gave it. Source: Deequ, StatefulDataType. One thread at a time.
 */
final class ServiceTypes {

    private static final Pattern FRACTIONAL = Pattern.compile("[-+]? ?\\d+(\\.\\d+|(\\.\\d+)?[Ee][-+]?\\d+)");
    private static final Pattern INTEGRAL = Pattern.compile("[-+]? ?\\d+");
    private static final Pattern BOOLEAN = Pattern.compile("true|false");
    private static final List<String> KINDS = List.of("missing", "integral", "fractional", "boolean", "string");

    private final Map<String, long[]> columns = new LinkedHashMap<>();

    /**
     * Returns the counts of a baseline: those that {@link ServiceFiles#measures} made, and by this library's grammar of columns that it did
     * not see.
     */
    static ServiceTypes of(Baseline baseline) {
        ServiceTypes types = new ServiceTypes();
        for (String name : baseline.profile().names()) {
            ColumnProfile column = baseline.profile().column(name);
            long[] counts = types.column(name);
            for (int kind = ValueKind.INTEGRAL; kind < ValueKind.COUNT; kind++) {
                Metric measured = baseline.metric(name, metric(kind));
                counts[kind] = measured == null ? column.count(kind) : (long) measured.value();
            }
        }
        return types;
    }

    /** Returns the kind of a text by the service's grammar. */
    static byte kind(CharSequence text) {
        return FRACTIONAL.matcher(text).matches()
                ? ValueKind.FRACTIONAL
                : INTEGRAL.matcher(text).matches()
                        ? ValueKind.INTEGRAL
                        : BOOLEAN.matcher(text).matches() ? ValueKind.BOOLEAN : ValueKind.STRING;
    }

    /** Returns the kind of a cell; a number or boolean that a typed source gave is what it is, however it would be spelled. */
    private static byte kind(byte kind, @Nullable CharSequence text) {
        if (text == null || (kind != ValueKind.STRING && LexicalForm.of(text) != kind)) {
            return kind;
        }
        return kind(text);
    }

    void add(Batch batch) {
        for (int i = 0; i < batch.schema().size(); i++) {
            long[] counts = column(batch.schema().features().get(i).name());
            Column column = batch.column(i);
            byte[] kinds = column.kinds();
            for (int row = 0; row < batch.size(); row++) {
                byte kind = kinds[row];
                // Both grammars know the whole numbers of this library.
                boolean isKnown = kind == ValueKind.MISSING || kind == ValueKind.INTEGRAL;
                counts[isKnown ? kind : kind(kind, column.text(row))]++;
            }
        }
    }

    private long[] column(String name) {
        return columns.computeIfAbsent(name, unused -> new long[ValueKind.COUNT]);
    }

    ServiceTypes merge(ServiceTypes later) {
        later.columns.forEach((name, counts) -> {
            long[] sum = column(name);
            for (int kind = 0; kind < sum.length; kind++) {
                sum[kind] += counts[kind];
            }
        });
        return this;
    }

    /** Returns how many values of a column are of a {@link ValueKind}. */
    long count(String column, int kind) {
        return columns.getOrDefault(column, new long[ValueKind.COUNT])[kind];
    }

    /** Returns the type of a column: text if any value is one. */
    FeatureType type(String column) {
        return FeatureType.of(
                count(column, ValueKind.INTEGRAL),
                count(column, ValueKind.FRACTIONAL),
                count(column, ValueKind.BOOLEAN),
                count(column, ValueKind.STRING));
    }

    List<Metric> metrics() {
        List<Metric> metrics = new ArrayList<>();
        for (String column : columns.keySet()) {
            for (int kind = ValueKind.INTEGRAL; kind < ValueKind.COUNT; kind++) {
                metrics.add(Metric.of(column, metric(kind), (double) count(column, kind)));
            }
        }
        return metrics;
    }

    private static String metric(int kind) {
        return String.format(Locale.ROOT, "service.%s_count", KINDS.get(kind));
    }

    void write(DataOutput out) throws IOException {
        Packed.writeCount(out, columns.size());
        for (Map.Entry<String, long[]> column : columns.entrySet()) {
            Packed.writeText(out, column.getKey());
            Packed.writeCounts(out, column.getValue());
        }
    }

    static ServiceTypes read(DataInput in) throws IOException {
        ServiceTypes types = new ServiceTypes();
        for (long left = Packed.readCount(in, "columns"); left > 0; left--) {
            Packed.readCounts(in, "kinds", types.column(Packed.readText(in, "name of a column")));
        }
        return types;
    }
}
