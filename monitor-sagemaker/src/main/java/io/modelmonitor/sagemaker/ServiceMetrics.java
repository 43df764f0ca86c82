package io.modelmonitor.sagemaker;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Feature;
import io.modelmonitor.api.FeatureType;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.api.ValueKind;
import io.modelmonitor.spi.MetricCalculator;
import io.modelmonitor.stats.sketch.Categories;
import io.modelmonitor.stats.sketch.Category;
import io.modelmonitor.stats.sketch.ColumnProfile;
import io.modelmonitor.stats.sketch.KllSketch;
import io.modelmonitor.stats.sketch.Profile;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of data quality as the service measures them, under the names that the default has for them. All are facts:
 * the service makes no allowance for chance.
 *
 * @param features what is expected
 * @param weights how the numbers of a sketch are weighted
 * @param baseline what windows are compared with
 */
record ServiceMetrics(
        List<ServiceFeature> features, Function<KllSketch, SortedMap<Double, Long>> weights, Profile baseline)
        implements MetricCalculator<ServiceMetrics.Columns> {

    /**
     * The profile of a window, and its types.
     *
     * @param profile of all columns
     * @param types by the service's grammar
     */
    record Columns(Profile profile, ServiceTypes types) {}

    /** The p-value of the chi-square test, of which little means much. */
    static final String CHI_SQUARED = "drift.chi_squared_p_value";

    @Override
    public String name() {
        return "service_data_quality";
    }

    @Override
    public Columns start() {
        return new Columns(Profile.create(), new ServiceTypes());
    }

    @Override
    public void add(Columns state, Batch batch) {
        state.profile.add(batch);
        state.types.add(batch);
    }

    @Override
    public List<? extends Consumer<Batch>> consumers(Columns state) {
        List<Consumer<Batch>> consumers = new ArrayList<>(state.profile.consumers());
        consumers.add(state.types::add);
        return consumers;
    }

    @Override
    public Columns merge(Columns earlier, Columns later) {
        return new Columns(earlier.profile.merge(later.profile), earlier.types.merge(later.types));
    }

    @Override
    public void write(Columns state, DataOutput out) throws IOException {
        state.profile.write(out);
        state.types.write(out);
    }

    @Override
    public Columns read(DataInput in) throws IOException {
        return new Columns(Profile.read(in), ServiceTypes.read(in));
    }

    @Override
    public List<Metric> measure(Columns state, @Nullable Columns reference, Constraints wanted) {
        Profile current = state.profile;
        List<Metric> metrics = new ArrayList<>();
        int expected = features.size();
        int actual = current.names().size();
        metrics.add(Metric.of(MetricId.DATASET, "rows", (double) current.rows()));
        // The service counts columns: one that is missing and one that is extra make up for each other.
        metrics.add(Metric.of(MetricId.DATASET, "missing_columns", Math.max(0, expected - actual)));
        metrics.add(Metric.of(MetricId.DATASET, "extra_columns", Math.max(0, actual - expected)));
        boolean byPosition = isHeaderless(current);
        for (int i = 0; i < expected; i++) {
            ServiceFeature feature = features.get(i);
            String column = feature.feature().name();
            if (byPosition && i < actual) {
                column = current.names().get(i);
            }
            measure(metrics, feature, current.hasColumn(column) ? current.column(column) : null, column, state.types);
        }
        return metrics;
    }

    /** Captured rows come without names; they stand in the order of the baseline's columns. */
    private boolean isHeaderless(Profile current) {
        for (ServiceFeature feature : features) {
            if (current.hasColumn(feature.feature().name())) {
                return false;
            }
        }
        for (int i = 0; i < current.names().size(); i++) {
            if (!current.names().get(i).equals("_c" + i)) {
                return false;
            }
        }
        return true;
    }

    private void measure(
            List<Metric> metrics,
            ServiceFeature expected,
            @Nullable ColumnProfile column,
            String columnName,
            ServiceTypes types) {
        Feature feature = expected.feature();
        String name = feature.name();
        if (column == null) {
            String because = "there is no such column";
            metrics.add(Metric.of(name, "completeness", 0).withNote(because));
            for (String metric : List.of("type_share", "domain_share", "drift", CHI_SQUARED)) {
                metrics.add(Metric.undefined(name, metric, because));
            }
            return;
        }
        metrics.add(Metric.of(name, "completeness", (double) column.present() / column.rows()));
        metrics.add(Metric.of(name, "type_share", typeShare(feature.type(), types, columnName, column.present())));
        if (!feature.domain().isEmpty()) {
            metrics.add(Metric.of(name, "domain_share", domainShare(feature, column)));
        }
        if (baseline.hasColumn(name)) {
            boolean isNumeric = types.type(columnName).isNumeric();
            metrics.add(drift(expected, baseline.column(name), column, isNumeric));
        }
    }

    /** Returns the share of present values of exactly a type; every value is a text. 0 of none, as the engine has it. */
    private static double typeShare(FeatureType type, ServiceTypes types, String column, long present) {
        if (type == FeatureType.STRING || type == FeatureType.UNKNOWN) {
            return 1;
        }
        int kind = type == FeatureType.INTEGRAL
                ? ValueKind.INTEGRAL
                : type == FeatureType.FRACTIONAL ? ValueKind.FRACTIONAL : ValueKind.BOOLEAN;
        long matching = types.count(column, kind);
        return matching == 0 ? 0 : (double) matching / present;
    }

    /** Returns the share of present values in the domain; 1 of none, for none is outside. */
    private static double domainShare(Feature feature, ColumnProfile column) {
        long inside = 0;
        for (Category category : column.categories().values()) {
            inside += feature.domain().contains(category.value()) ? category.count() : 0;
        }
        return column.present() == 0 ? 1 : (double) inside / column.present();
    }

    private Metric drift(ServiceFeature expected, ColumnProfile before, ColumnProfile now, boolean isNumericNow) {
        String name = expected.feature().name();
        ServiceSettings settings = expected.settings();
        boolean numeric = expected.feature().type().isNumeric();
        boolean tested = settings.chiSquared() && !numeric;
        String metric = tested && settings.robust() ? CHI_SQUARED : "drift";
        double distance;
        if (numeric) {
            // A column with texts in it is a text column to the service, which then has no sketch of it.
            distance = isNumericNow
                    ? ServiceDistances.ofNumbers(
                            weights.apply(before.quantiles()), weights.apply(now.quantiles()), settings.robust())
                    : Double.NaN;
        } else if (tested) {
            distance = ServiceDistances.chiSquared(
                    counts(now.categories()), counts(before.categories()), settings.robust());
        } else {
            distance = ServiceDistances.ofCategories(
                    counts(before.categories()), counts(now.categories()), settings.robust());
        }
        if (Double.isNaN(distance)) {
            // Not compared is not violated, to the service; other checks tell of such a column.
            return Metric.of(name, metric, metric.equals(CHI_SQUARED) ? 1 : 0)
                    .withNote("the service compares nothing here: one side has no distribution");
        }
        return Metric.of(name, metric, distance);
    }

    private static Map<String, Long> counts(Categories categories) {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (Category category : categories.values()) {
            counts.put(category.value(), category.count());
        }
        return counts;
    }

    /** Returns whether the service has a distribution of a column to compare others with. */
    static boolean hasDistribution(Feature feature, @Nullable ColumnProfile column) {
        if (column == null) {
            return false;
        }
        return feature.type().isNumeric()
                ? column.quantiles().count() > 0
                : column.categories().isComplete() && column.categories().size() > 0;
    }
}
