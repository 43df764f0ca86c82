package io.modelmonitor.quality;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Bound;
import io.modelmonitor.api.ColumnRole;
import io.modelmonitor.api.ColumnType;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Feature;
import io.modelmonitor.api.FeatureType;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.api.NamedDrift;
import io.modelmonitor.api.Scale;
import io.modelmonitor.spi.DriftMeasure;
import io.modelmonitor.spi.MetricCalculator;
import io.modelmonitor.stats.internal.drift.CalendarDrift;
import io.modelmonitor.stats.internal.drift.CalendarPartDrift;
import io.modelmonitor.stats.internal.drift.Dispersion;
import io.modelmonitor.stats.internal.drift.FeatureDrift;
import io.modelmonitor.stats.internal.drift.OwnWindows;
import io.modelmonitor.stats.internal.drift.TimeDrift;
import io.modelmonitor.stats.internal.drift.WordDrift;
import io.modelmonitor.stats.sketch.Categories;
import io.modelmonitor.stats.sketch.Category;
import io.modelmonitor.stats.sketch.ColumnProfile;
import io.modelmonitor.stats.sketch.ColumnReading;
import io.modelmonitor.stats.sketch.ColumnTyping;
import io.modelmonitor.stats.sketch.Profile;
import io.modelmonitor.stats.sketch.RowOrder;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The calculator of data quality and drift, from a profile of every column.
 *
 * <p>Of the dataset: {@code rows}, {@code missing_columns}, {@code extra_columns}, {@code duplicate_row_share} (the share of rows that
 * equal an earlier one). Of each column: {@code completeness}, {@code most_frequent_share}, of numbers {@code out_of_range_share}
 * (beyond the baseline's least and greatest) and {@code rounded_share} (with fewer decimals or digits than most of the baseline's), {@code
 * type_share}, {@code domain_share}, {@code non_negative_share} (shares of present values, from 0 to 1; of codes of digits {@code type_share} is
 * the share of those of their length, or with a zero in front where lengths differ), of a column with a domain also
 * {@code uniqueness} (the share of present values that occur once), {@code mean}, {@code standard_deviation}, {@code minimum}, {@code
 * maximum}, {@code distinct_count}, and the metrics of {@link FeatureDrift}, the named ones among them where a constraint wants one. Of times
 * and ids {@code format_share} and {@code distinct_share}; of times {@code stale_share} and {@code later_share} (before and after all of
 * the baseline's), {@code future_share} (far behind all others, or 20 years behind all of the baseline's), and where the baseline shows
 * such, {@code missing_time_share} (of the steps of a regular clock), {@code out_of_order_share} (of the steps from row to row), {@code
 * rounded_time_share} (of different times, at whole seconds or days where those of the baseline are not), {@code repeated_time_share} (the
 * most frequent one of times in no order), {@code hour_drift} and {@code weekday_drift} (of whole days and weeks), {@code
 * time_drift} (of those in no order that spread over decades, such as dates of birth); of
 * parts of the calendar, such as names of weekdays, {@code calendar_part_drift}; of texts and ids that hardly come again, {@code
 * word_drift}.
 *
 * <p>It suggests what the field suggests: that all columns are there, types, completeness, non-negative numbers, domains of
 * texts and of few whole numbers, no drift, and that neither one value, values out of range, rounded ones nor equal rows become many. A
 * share may fall by one percentage point, which is taken not to matter, and by as much as chance explains at the numbers of rows of the
 * baseline and of the window (Fisher's exact test). A kind of value that never occurred, a text among numbers, a fraction among whole
 * numbers, a negative number, a new category, matters however rare it is, once chance does not explain it.
 */
public final class DataQuality implements ProfileMetrics, Serializable {

    private static final long serialVersionUID = 1L;

    /** Up to how many distinct values a text column is taken to have a domain. */
    public static final int MOST_DOMAIN_VALUES = ColumnTyping.MOST_CATEGORIES;

    /** Up to how many distinct whole numbers are taken to be a domain: those of a clock are. */
    private static final int MOST_DOMAIN_NUMBERS = 60;

    /** A p-value that is small enough for any number of constraints. */
    private static final double BEYOND_DOUBT = 1e-6;

    /** The name of the calculator, of which every monitor has one. */
    public static final String NAME = "data_quality";

    private static final DataQuality STANDARD = new DataQuality(null);
    private static final Set<String> OF_COLUMNS = Stream.concat(
                    Arrays.stream(NamedDrift.values()).map(NamedDrift::metric),
                    Stream.of(
                            "completeness",
                            "type_share",
                            "domain_share",
                            "non_negative_share",
                            "uniqueness",
                            "distinct_count",
                            "mean",
                            "standard_deviation",
                            "minimum",
                            "maximum",
                            "drift",
                            "format_share",
                            "stale_share",
                            "future_share",
                            "later_share",
                            TimeSteps.METRIC,
                            OutOfOrder.METRIC,
                            RoundedTimes.METRIC,
                            RepeatedTime.METRIC,
                            CalendarDrift.HOURS.metric(),
                            CalendarDrift.WEEKDAYS.metric(),
                            CalendarPartDrift.METRIC,
                            TimeDrift.METRIC,
                            WordDrift.METRIC,
                            "distinct_share",
                            FrequentValue.METRIC,
                            NumberMetrics.OUT_OF_RANGE,
                            NumberMetrics.ROUNDED))
            .collect(Collectors.toUnmodifiableSet());

    /** The windows of the reference, which stay where they are known; null if they are not. */
    private final transient @Nullable OwnWindows own;

    private DataQuality(@Nullable OwnWindows own) {
        this.own = own;
    }

    /** Returns the calculator. */
    public static DataQuality standard() {
        return STANDARD;
    }

    /**
     * Returns the calculator of a user's measure of drift, for every column that the baseline has too; from the profiles that
     * data quality keeps. What size of it chance alone gives is found by resampling.
     *
     * @param name the name of the calculator and of its metrics, such as {@code drift.mine}
     */
    public static MetricCalculator<Profile> drift(String name, DriftMeasure measure) {
        return new DriftCalculator(name, measure);
    }

    /** Returns whether a metric is one that data quality measures of columns. */
    public static boolean measuresOfColumns(String metric) {
        return metricsOfColumns().contains(metric);
    }

    /** Returns the names of the metrics that data quality measures of columns. */
    public static Set<String> metricsOfColumns() {
        return OF_COLUMNS;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Returns data quality of which no change is tested without regard to what the windows of the reference differ by. */
    @Override
    public MetricCalculator<Profile> beside(List<List<Profile>> windows) {
        return new DataQuality(OwnWindows.of(windows));
    }

    @Override
    public List<Feature> features(Profile state) {
        return state.names().stream()
                .map(name -> feature(name, state.typing(name)))
                .toList();
    }

    @Override
    public List<Metric> measure(Profile current, @Nullable Profile reference, Constraints wanted) {
        List<Metric> metrics = new ArrayList<>();
        metrics.add(Metric.of(MetricId.DATASET, "rows", (double) current.rows()).on(Scale.COUNT));
        metrics.add(DuplicateRows.of(current, reference));
        List<String> names = new ArrayList<>(current.names());
        Map<String, Map<String, Bound>> bounds = bounds(wanted);
        if (reference != null) {
            List<String> absent = without(wanted.schema().names(), names);
            List<String> optional = absent.stream()
                    .filter(name -> reference.hasColumn(name)
                            && OptionalColumns.mayBeAbsent(current.rows(), reference.column(name)))
                    .toList();
            List<String> missing = without(absent, optional);
            List<String> extra = without(names, wanted.schema().names()).stream()
                    .filter(name -> !OptionalColumns.mayBeNew(current.column(name), reference.rows()))
                    .toList();
            metrics.add(countOf(
                    "missing_columns",
                    missing.stream()
                            .filter(name -> !isLabel(reference.role(name)))
                            .toList()));
            metrics.add(countOf("extra_columns", extra));
            missing.forEach(name -> absent(metrics, name, bounds.getOrDefault(name, Map.of())));
            names.addAll(optional);
        }
        for (String name : names) {
            Feature feature = wanted.schema().feature(name);
            ColumnTyping known =
                    reference != null && reference.hasColumn(name) ? reference.typing(name) : current.typing(name);
            ColumnReading before = reference != null && reference.hasColumn(name)
                    ? asExpected(known.reading(), reference.column(name), feature)
                    : null;
            ColumnProfile column = current.hasColumn(name) ? current.column(name) : withoutValues(current.rows());
            ColumnReading now = before != null ? before.as(column) : asExpected(known.reading(), column, feature);
            ColumnTyping typing = before != null ? known.beside(before, now) : known;
            Map<String, Bound> wantedHere = bounds.getOrDefault(name, Map.of());
            boolean goesOn = before != null && !typing.type().isMoving() && RowOrder.goesOn(before, now);
            metrics.addAll(
                    new ColumnMetrics(feature != null ? feature : feature(name, typing), now, before, known, goesOn)
                            .all());
            ColumnType type = goesOn ? ColumnType.ID : typing.type();
            metrics.add(FrequentValue.of(name, now, before, type, wantedHere.get(FrequentValue.METRIC)));
            metrics.addAll(new MovingMetrics(name, typing, now, before, wantedHere).all());
            double correlation = own == null && before != null ? typing.serialCorrelation(now) : Double.NaN;
            List<Metric> drift = before == null
                    ? List.of()
                    : drift(
                            name,
                            typing.compared(before, now),
                            typing.compared(now, before),
                            wantedHere,
                            goesOn ? Dispersion.OF_ROWS_IN_ORDER : dispersion(name, correlation, before));
            if (!typing.type().isMoving()) {
                Bound outside = goesOn || drift.stream().anyMatch(DataQuality::isBeyondDoubt)
                        ? null
                        : wantedHere.get(NumberMetrics.OUT_OF_RANGE);
                metrics.addAll(NumberMetrics.of(
                        name, now.values(), before == null ? null : before.values(), outside, correlation, goesOn));
            }
            metrics.addAll(drift);
        }
        return metrics;
    }

    /** Returns what windows of a column differ by: as far as those of the baseline tell, else as its rows follow each other. */
    private Dispersion dispersion(String name, double correlation, ColumnReading before) {
        if (own != null) {
            return own.of(name);
        }
        return Double.isNaN(correlation)
                ? Dispersion.NONE
                : Dispersion.ofRowsThatFollow(correlation, before.values().present());
    }

    /**
     * Returns rows that have no value, one of another type, outside the domain, negative, in another format or from before all of
     * the baseline's, or beyond what the minimum and the maximum may be, and those whose value occurs more than once.
     */
    @Override
    public @Nullable Predicate<Batch> rowsBehind(
            Constraint violated, Supplier<Profile> current, @Nullable Profile reference, Constraints wanted) {
        String name = violated.subject();
        if (reference == null || !reference.hasColumn(name)) {
            return null;
        }
        Feature feature = wanted.schema().feature(name);
        ColumnTyping known = reference.typing(name);
        ColumnReading before = asExpected(known.reading(), reference.column(name), feature);
        ColumnTyping typing = known.type() == ColumnType.TIME && current.get().hasColumn(name)
                ? known.beside(before, before.as(current.get().column(name)))
                : known;
        return new RowsOfColumn(feature != null ? feature : feature(name, typing), typing, before)
                .behind(violated, current);
    }

    /** Returns whether a distribution has changed beyond doubt, so that values out of range are no second cause. */
    private static boolean isBeyondDoubt(Metric drift) {
        return drift.name().equals(FeatureDrift.DRIFT)
                && drift.evidence() instanceof Evidence.PValue test
                && test.pValue() <= BEYOND_DOUBT;
    }

    private static boolean isLabel(@Nullable ColumnRole role) {
        return role != null && role.isLabel();
    }

    /** Returns the reading of a column unless it is expected to be of another type. */
    private static ColumnReading asExpected(ColumnReading reading, ColumnProfile column, @Nullable Feature feature) {
        FeatureType type = feature == null ? FeatureType.UNKNOWN : feature.type();
        return type == FeatureType.UNKNOWN || type == reading.type() ? reading : ColumnReading.of(column, type);
    }

    /** A column that is not there is complete in no row; of all else that is wanted of it there is nothing to judge. */
    private static void absent(List<Metric> metrics, String name, Map<String, Bound> wanted) {
        String note = "there is no such column";
        metrics.add(Metric.of(name, "completeness", 0).on(Scale.SHARE).withNote(note));
        for (String metric : wanted.keySet()) {
            if (!metric.equals("completeness")) {
                metrics.add(Metric.undefined(name, metric, note));
            }
        }
    }

    /** The named measures of drift cost more than all else, so they are taken only of features that one is required of. */
    private static List<Metric> drift(
            String name, ColumnProfile before, ColumnProfile column, Map<String, Bound> bounds, Dispersion dispersion) {
        boolean named = Arrays.stream(NamedDrift.values()).anyMatch(measure -> bounds.containsKey(measure.metric()));
        return named
                ? FeatureDrift.all(name, before, column, bounds::get, dispersion)
                : FeatureDrift.of(name, before, column, bounds::get, dispersion);
    }

    private static Map<String, Map<String, Bound>> bounds(Constraints wanted) {
        Map<String, Map<String, Bound>> bounds = new HashMap<>();
        for (Constraint constraint : wanted.list()) {
            bounds.computeIfAbsent(constraint.subject(), subject -> new LinkedHashMap<>())
                    .put(constraint.metric(), constraint.bound());
        }
        return bounds;
    }

    /** Returns what a column is expected to be: its type and, while its values are few and come again, or always the same, its domain. */
    private static Feature feature(String name, ColumnTyping typing) {
        ColumnReading reading = typing.reading();
        Feature feature = new Feature(name, reading.type());
        Categories categories = reading.values().categories();
        int most =
                switch (reading.type()) {
                    case STRING -> MOST_DOMAIN_VALUES;
                    case INTEGRAL -> MOST_DOMAIN_NUMBERS;
                    case BOOLEAN -> 1;
                    default -> 0;
                };
        boolean few = !typing.type().isMoving() && categories.isComplete() && categories.size() <= most;
        return few
                ? feature.withDomain(
                        categories.values().stream().map(Category::value).toList())
                : feature;
    }

    private static Metric countOf(String metric, List<String> names) {
        return Metric.of(MetricId.DATASET, metric, (double) names.size())
                .on(Scale.COUNT.withWorse(Scale.Worse.HIGHER))
                .withNote(ColumnMetrics.firstOf(names));
    }

    private static List<String> without(List<String> names, List<String> others) {
        List<String> left = new ArrayList<>(names);
        left.removeAll(new HashSet<>(others));
        return left;
    }

    private static ColumnProfile withoutValues(long rows) {
        ColumnProfile column = ColumnProfile.create();
        column.addMissing(rows);
        return column;
    }

    @Override
    public List<Constraint> suggest(Profile state, List<Metric> metrics) {
        return ProfileSuggestions.of(
                features(state).stream()
                        .filter(feature -> !isLabel(state.role(feature.name())))
                        .map(feature -> withShare(feature, state.column(feature.name())))
                        .toList(),
                state::typing,
                metrics);
    }

    /** Every value is a text; but of codes the share of those of their length, or with a zero in front, is suggested, as of numbers. */
    private static Feature withShare(Feature feature, ColumnProfile column) {
        ColumnReading reading = column.reading();
        boolean isTold = reading.codeLength() > 0
                || (reading.isOfCodes() && feature.domain().isEmpty());
        return isTold ? feature.withType(FeatureType.INTEGRAL) : feature;
    }

    @Override
    public String toString() {
        return NAME;
    }
}
