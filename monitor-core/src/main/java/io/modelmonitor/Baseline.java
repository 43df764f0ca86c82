package io.modelmonitor;

import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Feature;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Reference;
import io.modelmonitor.api.Schema;
import io.modelmonitor.file.WholeFile;
import io.modelmonitor.json.Json;
import io.modelmonitor.json.JsonWriter;
import io.modelmonitor.spi.MetricCalculator;
import io.modelmonitor.stats.sketch.Profile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What calculators said of the reference data: the profile of every column, and every metric.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class Baseline implements Reference {

    private static final Constraints NOTHING_EXPECTED = new Constraints(Schema.of(List.of()), List.of());

    private final Profile profile;
    private final Schema schema;
    /** What the calculators measured; the metrics of the profile follow from it. */
    private final List<Metric> calculated;

    private final List<Metric> metrics;
    private final Map<List<String>, Metric> byName;

    private Baseline(Profile profile, Schema schema, List<Metric> calculated) {
        this.profile = profile;
        this.schema = schema;
        this.calculated = List.copyOf(calculated);
        List<Metric> all = new ArrayList<>(DataQuality.measure(profile, NOTHING_EXPECTED, null));
        all.addAll(calculated);
        this.metrics = List.copyOf(all);
        this.byName = new HashMap<>(2 * metrics.size());
        for (Metric metric : metrics) {
            byName.put(List.of(metric.name(), metric.subject()), metric);
        }
    }

    /**
     * Makes a baseline in one pass over a dataset, on all cores. The result does not depend on how many there are.
     *
     * @param dataset the reference data
     * @param calculators what to measure beside the profile; a monitor is then given the same
     * @throws IllegalArgumentException if the dataset has no rows
     * @throws IllegalStateException if a calculator throws; the message is one line and says which and where
     * @throws java.io.UncheckedIOException if the dataset cannot be read
     */
    public static Baseline of(Dataset dataset, MetricCalculator... calculators) {
        return of(Runtime.getRuntime().availableProcessors(), dataset, calculators);
    }

    /**
     * Makes a baseline as {@link #of(Dataset, MetricCalculator...)} does, on this many threads.
     *
     * @param threads at least 1, the calling thread included
     */
    public static Baseline of(int threads, Dataset dataset, MetricCalculator... calculators) {
        Arguments.check(threads >= 1, "threads", threads, "at least 1");
        Measurement measured = Measurement.of(dataset, List.of(calculators), Reference.none(), threads);
        if (measured.profile().rows() == 0) {
            throw new IllegalArgumentException("dataset has no rows; a baseline needs at least 1");
        }
        if (!measured.failures().isEmpty()) {
            throw new IllegalStateException(measured.failures().get(0));
        }
        return of(measured.profile(), measured.metrics());
    }

    /**
     * Returns a baseline of what was measured elsewhere, such as by the managed service.
     *
     * @param profile the profile of every column
     * @param calculated what calculators measured beside it
     */
    public static Baseline of(Profile profile, List<Metric> calculated) {
        List<Feature> features = new ArrayList<>();
        for (String name : profile.names()) {
            features.add(DataQuality.feature(name, profile.column(name)));
        }
        return new Baseline(profile, Schema.of(features), calculated);
    }

    /** Returns the profile of every column. */
    public Profile profile() {
        return profile;
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public List<Metric> metrics() {
        return metrics;
    }

    @Override
    public @Nullable Metric metric(String name, String subject) {
        return byName.get(List.of(name, subject));
    }

    /**
     * Returns the baseline of this one's data and another's. Counts, moments and value counts are as if both had been read
     * in one pass; quantiles stay within the sketch's error.
     *
     * @throws IllegalArgumentException if either holds metrics of calculators, which do not merge once they are numbers:
     *     make such a baseline of both datasets in one pass
     */
    public Baseline merge(Baseline other) {
        if (!calculated.isEmpty() || !other.calculated.isEmpty()) {
            throw new IllegalArgumentException("a baseline with metrics of calculators, such as '"
                    + (calculated.isEmpty() ? other.calculated : calculated)
                            .get(0)
                            .name()
                    + "', cannot be merged; make it of both datasets in one pass");
        }
        return of(profile.merge(other.profile), List.of());
    }

    /**
     * Saves the baseline as JSON.
     *
     * @throws java.io.UncheckedIOException if the file cannot be written
     */
    public void save(Path file) {
        WholeFile.write(file, out -> {
            JsonWriter writer = Json.writer(out);
            writer.tree(BaselineTree.of(profile, calculated));
            writer.flush();
        });
    }

    /**
     * Loads a saved baseline. It is equal to the one that was saved, and can be merged.
     *
     * @throws IllegalArgumentException if the file is no saved baseline, or one of another version
     * @throws java.io.UncheckedIOException if the file cannot be read
     */
    public static Baseline load(Path file) {
        try {
            return BaselineTree.read(Json.read(file));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("no baseline can be read from " + file + ": " + e.getMessage(), e);
        }
    }
}
