package io.modelmonitor.quality;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Column;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Feature;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Scale;
import io.modelmonitor.api.Schema;
import io.modelmonitor.stats.sketch.Category;
import io.modelmonitor.stats.sketch.ColumnProfile;
import io.modelmonitor.stats.sketch.ColumnReading;
import io.modelmonitor.stats.sketch.ColumnTyping;
import io.modelmonitor.stats.sketch.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells the rows that make a metric of a column worse, by measuring few rows as all are measured: of a share, those without
 * which it would be perfect; of an extreme, those beyond its bound.
 */
final class RowsOfColumn {

    /** The metrics to which each row adds by itself. */
    private static final Set<String> BY_ROW = Set.of(
            "completeness",
            "type_share",
            "domain_share",
            "non_negative_share",
            "format_share",
            "stale_share",
            "later_share",
            "minimum",
            "maximum");

    private static final String DISTINCT = "distinct_share";

    private final Feature feature;
    private final ColumnTyping typing;
    private final ColumnReading before;

    /**
     * @param feature the expected type and domain
     * @param typing what the column of the baseline is taken for
     * @param before the column of the baseline
     */
    RowsOfColumn(Feature feature, ColumnTyping typing, ColumnReading before) {
        this.feature = feature;
        this.typing = typing;
        this.before = before;
    }

    /** Returns a test of whether a batch has rows that make a constraint fail; null if no row does by itself. */
    @Nullable
    Predicate<Batch> behind(Constraint violated, Supplier<Profile> current) {
        if (violated.metric().equals(DISTINCT)) {
            return repeated(current.get());
        }
        if (!BY_ROW.contains(violated.metric())) {
            return null;
        }
        return batch -> metrics(batch).stream()
                .filter(metric -> metric.name().equals(violated.metric()) && metric.isDefined())
                .anyMatch(metric -> isWorsened(metric, violated));
    }

    private static boolean isWorsened(Metric metric, Constraint violated) {
        Scale scale = metric.scale();
        return switch (scale.worse()) {
            case LOWER -> metric.value() < scale.greatest();
            case HIGHER -> metric.value() > scale.least();
            case NEITHER -> !violated.bound().holds(metric.value());
        };
    }

    private List<Metric> metrics(Batch batch) {
        ColumnProfile profile = profile(batch);
        ColumnReading now = before.as(profile);
        List<Metric> metrics = new ArrayList<>(new ColumnMetrics(feature, now, before, typing, false).all());
        metrics.addAll(new MovingMetrics(feature.name(), typing, now, before, Map.of()).all());
        return metrics;
    }

    /** Returns the profile of this column alone; of a batch without it, one without values. */
    private ColumnProfile profile(Batch batch) {
        String name = feature.name();
        int index = batch.schema().indexOf(name);
        Profile profile = Profile.create();
        if (index < 0) {
            ColumnProfile absent = ColumnProfile.create();
            absent.addMissing(batch.size());
            return absent;
        }
        profile.add(new Batch(Schema.ofNames(name), batch.size(), new Column[] {batch.column(index)}));
        return profile.column(name);
    }

    /** Returns a test for values that occur more than once, as far as they are remembered. */
    private @Nullable Predicate<Batch> repeated(Profile current) {
        String name = feature.name();
        if (!current.hasColumn(name)) {
            return null;
        }
        Set<String> repeated = current.column(name).categories().stream()
                .filter(category -> category.count() > 1)
                .map(category -> ColumnReading.value(category.value()))
                .collect(Collectors.toSet());
        return batch -> profile(batch).categories().stream()
                .map(Category::value)
                .anyMatch(value -> repeated.contains(ColumnReading.value(value)));
    }
}
