package io.modelmonitor.stats.drift;

import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Exhibit;
import io.modelmonitor.api.Metric;
import io.modelmonitor.spi.DriftMeasure;
import io.modelmonitor.stats.sketch.ColumnProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What can be said of one column's drift from two profiles of it.
 *
 * <p>The metrics, each with the column as subject:
 *
 * <ul>
 *   <li>{@code drift}: the size of the change as a share of rows, from 0 to 1, whatever the column holds. It is the greatest
 *       of three: of the values (for numbers the Kolmogorov-Smirnov distance, for categories total variation, for what looks
 *       like ids total variation of their formats), of the share of missing rows, and of the kinds of values. What it is
 *       judged by knows ties, sparse categories, sketch errors and that there are three ways to drift.
 *   <li>{@code drift.missing}: the change of the share of missing rows, from 0 to 1.
 *   <li>{@code drift.type}: the total variation of kinds among present values (number, text, boolean, NaN, infinities).
 *   <li>{@link #names()}: named measures. Those of counts are taken over the reference's deciles or over categories, with
 *       cells for what is missing, no number, infinite, out of range or unseen; each is judged by resampling. For a numeric
 *       column there are also {@code drift.kolmogorov_smirnov}, {@code drift.wasserstein} and {@code drift.energy} (both in
 *       standard deviations of the reference).
 * </ul>
 *
 * <p>A metric is undefined, with a reason, where a side has no rows or no values of the kind. Notes say what changed and what
 * size chance alone would give. Nothing throws because of data. p-values are computed when asked for, once.
 *
 * <p>Takes a sort of what each profile remembers; p-values in closed form about as much again, resampled ones some
 * milliseconds each. Pure and safe for use by several threads while nobody changes the profiles.
 */
public final class FeatureDrift {

    /** The metric that {@code on(x).drift()} constrains. */
    public static final String DRIFT = "drift";

    /** The change of the share of missing rows. */
    public static final String MISSING = "drift.missing";

    /** The change of the kinds of values. */
    public static final String TYPE = "drift.type";

    private static final int BINS = 10;
    private static final int EXHIBITED = 20;

    private final String feature;
    private final ColumnProfile reference;
    private final ColumnProfile current;
    private final Once<EmpiricalDistribution> numbersBefore;
    private final Once<EmpiricalDistribution> numbersNow;

    private FeatureDrift(String feature, ColumnProfile reference, ColumnProfile current) {
        this.feature = feature;
        this.reference = reference;
        this.current = current;
        numbersBefore = new Once<>(() -> Columns.numbers(reference));
        numbersNow = new Once<>(() -> Columns.numbers(current));
    }

    /**
     * Returns {@code drift}, {@code drift.missing} and {@code drift.type}.
     *
     * @param feature the column's name
     * @param reference its profile in the reference data
     * @param current its profile in the data to judge
     */
    public static List<Metric> of(String feature, ColumnProfile reference, ColumnProfile current) {
        return new FeatureDrift(feature, reference, current).standard();
    }

    /** Returns the metrics of {@link #of} and every named measure. */
    public static List<Metric> all(String feature, ColumnProfile reference, ColumnProfile current) {
        FeatureDrift drift = new FeatureDrift(feature, reference, current);
        List<Metric> metrics = new ArrayList<>(drift.standard());
        metrics.addAll(drift.named());
        return metrics;
    }

    /**
     * Returns a user's measure of one column, judged by resampling. Over the same cells as the named measures.
     *
     * @param name the metric's name
     * @param measure what is measured; if it throws or returns NaN, the metric is undefined and says so
     */
    public static Metric measured(
            String name, DriftMeasure measure, String feature, ColumnProfile reference, ColumnProfile current) {
        return new FeatureDrift(feature, reference, current).ofCells(name, measure);
    }

    /** Returns the names of the measures of counts, in order. */
    public static List<String> names() {
        return List.copyOf(NamedMeasures.OF_COUNTS.keySet());
    }

    private List<Metric> standard() {
        String nothing = emptiness();
        if (!nothing.isEmpty()) {
            return List.of(
                    Metric.undefined(DRIFT, feature, nothing),
                    Metric.undefined(MISSING, feature, nothing),
                    Metric.undefined(TYPE, feature, nothing));
        }
        Change missing = Change.ofShares(
                Columns.presence(reference, current),
                "missing " + Notes.change(share(reference.missing(), reference), share(current.missing(), current)));
        List<Change> changes = new ArrayList<>(List.of(missing));
        Metric type;
        if (reference.present() == 0 || current.present() == 0) {
            type = Metric.undefined(TYPE, feature, "a side has no values, so it has no types");
        } else {
            Change kinds = Change.ofShares(
                    Columns.kinds(reference, current), "type " + reference.type() + " -> " + current.type());
            changes.add(kinds);
            type = metric(TYPE, kinds);
            addValues(changes);
        }
        return List.of(drift(changes), metric(MISSING, missing), type);
    }

    private void addValues(List<Change> changes) {
        if (reference.type().isNumeric()) {
            EmpiricalDistribution p = numbersBefore.get();
            EmpiricalDistribution q = numbersNow.get();
            if (!p.isEmpty() && !q.isEmpty()) {
                changes.add(0, Change.ofNumbers(p, q, Notes.ofNumbers(p, q)));
            }
        } else if (Columns.looksLikeIds(reference)) {
            Shares formats = Columns.formats(reference, current);
            changes.add(0, Change.ofShares(formats, "format " + Notes.ofCells(formats)));
        } else {
            Shares categories = Columns.categories(reference, current);
            changes.add(0, Change.ofShares(categories, Notes.ofCells(categories)));
        }
    }

    private Metric drift(List<Change> changes) {
        Change greatest = changes.get(0);
        for (Change change : changes) {
            greatest = change.effect() > greatest.effect() ? change : greatest;
        }
        Metric metric = new Metric(
                DRIFT,
                feature,
                greatest.effect(),
                new ChangeEvidence(List.copyOf(changes)),
                Notes.withChance(greatest),
                List.of());
        for (Exhibit exhibit : exhibits()) {
            metric = metric.showing(exhibit);
        }
        return metric;
    }

    private Metric metric(String name, Change change) {
        return new Metric(
                name,
                feature,
                change.effect(),
                new ChangeEvidence(List.of(change)),
                Notes.withChance(change),
                List.of());
    }

    private List<Metric> named() {
        List<Metric> metrics = new ArrayList<>();
        Once<Shares> cells = new Once<>(this::cells);
        NamedMeasures.OF_COUNTS.forEach((name, measure) -> metrics.add(ofCells(name, measure, cells)));
        if (!reference.type().isNumeric()) {
            return metrics;
        }
        EmpiricalDistribution p = numbersBefore.get();
        EmpiricalDistribution q = numbersNow.get();
        Once<TestResult> test = new Once<>(() -> NumericChange.test(p, q));
        NamedMeasures.OF_NUMBERS.forEach((name, measure) -> {
            double value = measure.applyAsDouble(p, q);
            metrics.add(
                    Double.isNaN(value)
                            ? Metric.undefined(name, feature, "a side has no finite numbers")
                            : new Metric(name, feature, value, (v, bound) -> defined(test.get()), "", List.of()));
        });
        return metrics;
    }

    private static double defined(TestResult result) {
        return result.isDefined() ? result.pValue() : 1;
    }

    private Metric ofCells(String name, DriftMeasure measure) {
        return ofCells(name, measure, this::cells);
    }

    private Metric ofCells(String name, DriftMeasure measure, Supplier<Shares> cells) {
        String nothing = emptiness();
        if (!nothing.isEmpty()) {
            return Metric.undefined(name, feature, nothing);
        }
        Shares shares = cells.get();
        try {
            double value = measure.between(shares.reference(), shares.current());
            return Double.isNaN(value)
                    ? Metric.undefined(name, feature, "the measure is NaN for these counts")
                    : new Metric(name, feature, value, resampled(shares, measure));
        } catch (RuntimeException e) {
            // A user's measure must not stop the others; the report names it and what it threw.
            return Metric.undefined(name, feature, "the measure threw " + e);
        }
    }

    private static Evidence resampled(Shares shares, DriftMeasure measure) {
        Once<Resampling> resampling = new Once<>(() -> Resampling.of(shares.reference(), shares.current(), measure));
        return (value, bound) -> {
            double p = resampling.get().pValue();
            return Double.isNaN(p) ? 1 : p;
        };
    }

    private Shares cells() {
        return reference.type().isNumeric() && !numbersBefore.get().isEmpty()
                ? Columns.bins(reference, numbersBefore.get(), current, numbersNow.get(), BINS)
                : Columns.categoriesAndMissing(reference, current);
    }

    private String emptiness() {
        if (reference.rows() == 0) {
            return "the reference has no rows";
        }
        return current.rows() == 0 ? "the current data has no rows" : "";
    }

    private List<Exhibit> exhibits() {
        if (!reference.type().isNumeric()) {
            return List.of();
        }
        EmpiricalDistribution p = numbersBefore.get();
        EmpiricalDistribution q = numbersNow.get();
        return p.isEmpty() || q.isEmpty() ? List.of() : Notes.histograms(p, q, EXHIBITED);
    }

    private static double share(long rows, ColumnProfile profile) {
        return (double) rows / profile.rows();
    }
}
