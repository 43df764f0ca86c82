package io.modelmonitor;

import com.dynatrace.hash4j.hashing.HashStream64;
import com.dynatrace.hash4j.hashing.Hashing;
import io.modelmonitor.api.ColumnRole;
import io.modelmonitor.api.ColumnType;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Feature;
import io.modelmonitor.api.FeatureType;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.api.Reference;
import io.modelmonitor.api.Report.Failure;
import io.modelmonitor.api.Schema;
import io.modelmonitor.api.internal.Counted;
import io.modelmonitor.api.internal.VisibleText;
import io.modelmonitor.internal.Arguments;
import io.modelmonitor.quality.DataQuality;
import io.modelmonitor.spi.MetricCalculator;
import io.modelmonitor.stats.sketch.ColumnProfile;
import io.modelmonitor.stats.sketch.Profile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The measurement of the reference data: the states of data quality and of the calculators that a user named, and the metrics
 * that follow from them.
 *
 * <p>A baseline that is saved and loaded is equal in every number, every suggested constraint and every later verdict, as its
 * calculators' states are what is saved. Immutable and safe for use by several threads.
 */
public final class Baseline implements Reference {

    private final Measurement measurement;
    private final List<MetricCalculator<?>> calculators;
    private final Schema schema;
    private final Map<String, List<Metric>> measured;
    private final List<Metric> metrics;
    private final Map<MetricId, Metric> byId = new HashMap<>();
    private final List<Constraint> suggested = new ArrayList<>();

    private Baseline(Measurement measurement, List<MetricCalculator<?>> calculators) {
        if (measurement.rows() == 0) {
            throw noRows("dataset", measurement);
        }
        this.measurement = measurement;
        this.calculators = calculators;
        if (!measurement.group().isEmpty()) {
            Arguments.checkKnown("column", measurement.group(), measurement.columns());
        }
        this.schema = schema(measurement, calculators);
        calculators.forEach(calculator -> ReadColumns.check(calculator, measurement, profile()));
        List<Failure> failures = new ArrayList<>();
        this.measured = measurement.metrics(calculators, null, Constraints.none(), failures);
        if (!failures.isEmpty()) {
            throw new IllegalStateException("calculator " + failures.get(0));
        }
        this.metrics = measured.values().stream().flatMap(List::stream).toList();
        metrics.forEach(metric -> byId.put(metric.id(), metric));
        for (MetricCalculator<?> calculator : calculators) {
            if (measurement.rows() >= ReadColumns.LEAST_TELLING) {
                requireMeasuring(calculator);
            }
            suggested.addAll(suggest(calculator, measured.getOrDefault(calculator.name(), List.of())));
        }
    }

    private <S> void requireMeasuring(MetricCalculator<S> calculator) {
        S state = measurement.state(calculator);
        String mismatch = state == null ? null : calculator.mismatch(state);
        if (mismatch != null) {
            throw new IllegalArgumentException("calculator '" + calculator.name() + "': " + mismatch);
        }
        String obstacle = calculator.obstacle(measured.getOrDefault(calculator.name(), List.of()));
        if (obstacle != null) {
            throw new IllegalArgumentException(
                    "calculator '" + calculator.name() + "' measures nothing of the baseline: " + obstacle);
        }
    }

    private static Schema schema(Measurement measurement, List<MetricCalculator<?>> calculators) {
        Map<String, Feature> features = new LinkedHashMap<>();
        measurement.columns().forEach(name -> features.put(name, new Feature(name, FeatureType.UNKNOWN)));
        for (MetricCalculator<?> calculator : calculators) {
            features(calculator, measurement).forEach(feature -> features.put(feature.name(), feature));
        }
        return Schema.of(List.copyOf(features.values()));
    }

    private static <S> List<Feature> features(MetricCalculator<S> calculator, Measurement measurement) {
        S state = measurement.state(calculator);
        return state == null ? List.of() : calculator.features(state);
    }

    private <S> List<Constraint> suggest(MetricCalculator<S> calculator, List<Metric> measured) {
        S state = measurement.state(calculator);
        return state == null ? List.of() : calculator.suggest(state, measured);
    }

    /**
     * Makes a baseline in one pass over a dataset, on all cores. The result does not depend on how many there are.
     *
     * @param dataset the reference data
     * @param calculators the calculators to measure with beside those of data quality and drift; whoever monitors against the
     *     baseline watches the same
     * @throws IllegalArgumentException if the dataset has no rows, or two calculators have the same name
     * @throws IllegalStateException if a calculator throws, or two measure the same metric; the message is one line and says
     *     which and where
     * @throws java.io.UncheckedIOException if the dataset cannot be read
     */
    public static Baseline of(Dataset dataset, MetricCalculator<?>... calculators) {
        return of(Threads.ofAllProcessors(), dataset, calculators);
    }

    /**
     * Makes a baseline as {@link #of(Dataset, MetricCalculator...)} does, on this many threads.
     *
     * @param threads at least 1, the calling thread included
     */
    public static Baseline of(int threads, Dataset dataset, MetricCalculator<?>... calculators) {
        return of(Threads.of(threads), dataset, calculators);
    }

    /**
     * Makes a baseline as {@link #of(Dataset, MetricCalculator...)} does, on the calling thread and those of an executor; no
     * thread is started.
     */
    public static Baseline of(Executor executor, Dataset dataset, MetricCalculator<?>... calculators) {
        return of(Threads.on(executor), dataset, calculators);
    }

    private static Baseline of(Threads threads, Dataset dataset, MetricCalculator<?>... calculators) {
        Objects.requireNonNull(dataset, "dataset");
        List<MetricCalculator<?>> all = Calculators.withStandard(List.of(calculators));
        Measurement measurement = Measurement.of(dataset, all, threads);
        if (measurement.rows() == 0) {
            String name = dataset.toString();
            boolean isNamed = !name.startsWith(dataset.getClass().getName());
            throw noRows(isNamed ? name : "dataset", measurement);
        }
        return new Baseline(measurement, all);
    }

    private static IllegalArgumentException noRows(String name, Measurement measurement) {
        String problems =
                measurement.problems().stream().map(DataProblem::toString).collect(Collectors.joining("; "));
        return new IllegalArgumentException(
                name + " has no rows; a baseline needs at least 1" + (problems.isEmpty() ? "" : " (" + problems + ")"));
    }

    /**
     * Returns the baseline of what was measured elsewhere: by replicas, in parts, on a cluster.
     *
     * @param measurement the measurement of the reference data
     * @throws IllegalArgumentException if it has no rows
     * @throws IllegalStateException if one of its calculators failed
     */
    public static Baseline of(Measurement measurement) {
        return new Baseline(measurement, measurement.calculators());
    }

    /**
     * Returns the baseline of what was measured elsewhere by these calculators, of which several may measure from one state.
     *
     * @param measurement the measurement of the reference data
     * @param calculators the calculators that it was measured with, beside those of data quality
     * @throws IllegalArgumentException if it has no rows, or two calculators have the same name
     * @throws IllegalStateException if one of its calculators failed, or did not measure
     */
    public static Baseline of(Measurement measurement, MetricCalculator<?>... calculators) {
        return new Baseline(measurement, Calculators.withStandard(List.of(calculators)));
    }

    /**
     * Returns the baseline of a profile, such as one that another service measured.
     *
     * @throws IllegalArgumentException if it has no rows
     */
    public static Baseline of(Profile profile) {
        return of(new Measurement(
                Map.of(
                        DataQuality.standard().stateName(),
                        new Measurement.Entry<>(DataQuality.standard(), profile, null)),
                profile.names(),
                profile.rows(),
                null,
                null,
                List.of()));
    }

    /**
     * Returns this baseline with what a user says of columns, which goes before what their values show. It is saved with the baseline.
     *
     * @param roles such as {@link ColumnRole#id id("order_id")} and {@link ColumnRole#time time("created_at")}
     * @throws IllegalArgumentException if there is no such column, the message names the nearest one; or if it is said to be of numbers
     *     and has none
     */
    public Baseline declaring(ColumnRole... roles) {
        for (ColumnRole role : roles) {
            Arguments.checkKnown("column", role.column(), profile().names());
        }
        Profile declared = profile().declaring(List.of(roles));
        for (ColumnRole role : roles) {
            ColumnProfile column = declared.column(role.column());
            boolean isFit = role.type() != ColumnType.FRACTION
                    || column.present() == 0
                    || declared.typing(role.column())
                                    .reading()
                                    .values()
                                    .moments()
                                    .count()
                            > 0;
            Arguments.check(isFit, "column", "'" + role.column() + "'", "one with numbers, for a role of numbers");
        }
        return new Baseline(measurement.replacing(DataQuality.standard(), declared), calculators);
    }

    /**
     * Returns what each column is taken for and why, a line each, such as {@code amount: fraction, 1 of 5,000 cells is 'NaN'}. Where that
     * is wrong, {@link #declaring} says what it is. Further lines name ids that repeat, columns in which rows next to each other are
     * alike, and seasons by which the windows of the baseline differ.
     */
    public String describe() {
        return visible(Description.of(measurement, profile()));
    }

    /**
     * Returns where each bound comes from, a line each, such as {@code age completeness >= 0.99: suggested, as the baseline has 1; allowed is
     * 0.01 less beside chance}: suggested from what this baseline has, or given. For a monitor's, pass {@link Monitor#constraints()}.
     */
    public String explain(Constraints constraints) {
        return visible(BoundOrigins.of(constraints.list(), this));
    }

    /** Joins lines, in which names and values may have any characters. */
    private static String visible(List<String> lines) {
        return lines.stream().map(VisibleText::of).collect(Collectors.joining("\n"));
    }

    /** Returns the states behind this baseline. */
    public Measurement measurement() {
        return measurement;
    }

    /** Returns the calculators of this baseline, data quality first. */
    public List<MetricCalculator<?>> calculators() {
        return calculators;
    }

    /** Returns the profile of every column; one without columns if data quality was not measured. Not to be changed. */
    public Profile profile() {
        Profile profile = measurement.state(DataQuality.standard());
        return profile == null ? Profile.create() : profile;
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public List<Metric> metrics() {
        return metrics;
    }

    /** Returns the metrics that each calculator measured, by its name. */
    Map<String, List<Metric>> measured() {
        return measured;
    }

    @Override
    public @Nullable Metric metric(String subject, String name) {
        return byId.get(new MetricId(subject, name));
    }

    /** Returns what the calculators suggest, in their order. */
    List<Constraint> suggested() {
        return suggested;
    }

    /**
     * Returns the identity of the reference data as they were measured: 16 hexadecimal digits, equal for equal metrics. Stands in
     * every report against this baseline.
     */
    public String id() {
        return id(metrics);
    }

    /** Returns the identity that the baseline of a measurement by the same calculators has, whatever fails of it. */
    String idOf(Measurement other) {
        if (other == measurement) {
            return id();
        }
        return id(other.metrics(calculators, null, Constraints.none(), new ArrayList<>()).values().stream()
                .flatMap(List::stream)
                .toList());
    }

    private static String id(List<Metric> metrics) {
        HashStream64 hash = Hashing.xxh3_64().hashStream();
        for (Metric metric : metrics) {
            hash.putString(metric.subject()).putString(metric.name()).putDouble(metric.value());
        }
        return HexFormat.of().toHexDigits(hash.getAsLong());
    }

    /**
     * Returns the baseline of this one's data and another's, calculators included. Counts are as if both had been read in one
     * pass, moments up to rounding; quantiles stay within the sketch's stated error.
     *
     * @throws IllegalArgumentException if the other was made with other calculators; the message names one
     */
    public Baseline merge(Baseline other) {
        return new Baseline(measurement.merge(other.measurement), calculators);
    }

    /**
     * Saves the baseline. The file is written beside its place and moved there.
     *
     * @throws UnsupportedOperationException if a calculator's state cannot be saved; the message names it and says why
     * @throws java.io.UncheckedIOException if the file cannot be written
     */
    public void save(Path file) {
        measurement.save(file);
    }

    /**
     * Loads a saved baseline. It equals the one that was saved in every number, every suggested constraint and every later
     * verdict, and can be merged.
     *
     * @param calculators the calculators that it was made with
     * @throws IllegalArgumentException if the file is no baseline, one of another version, damaged, or of other calculators; the
     *     message names the file
     * @throws java.io.UncheckedIOException if the file cannot be read
     */
    public static Baseline load(Path file, MetricCalculator<?>... calculators) {
        List<MetricCalculator<?>> all = Calculators.withStandard(List.of(calculators));
        return new Baseline(Measurement.load(file, calculators), all);
    }

    @Override
    public String toString() {
        return "Baseline of " + Counted.of(measurement.rows(), "row") + " and " + Counted.of(schema.size(), "column")
                + ", " + Counted.of(metrics.size(), "metric");
    }
}
