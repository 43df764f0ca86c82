package io.modelmonitor.stats.internal.drift;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.NamedDrift;
import io.modelmonitor.api.Plot;
import io.modelmonitor.api.Scale;
import io.modelmonitor.spi.DriftMeasure;
import io.modelmonitor.stats.sketch.ColumnProfile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of one column's drift, from two profiles of it.
 *
 * <p>The metrics, each with the column as subject:
 *
 * <ul>
 *   <li>{@code drift}: the size of the change as a share of rows, from 0 to 1, whatever the column holds. It is the greatest
 *       of three: of the values (for numbers the Kolmogorov-Smirnov distance, for categories total variation, for what looks
 *       like ids total variation of their formats), of the share of missing rows, and of the kinds of values. What it is
 *       judged by accounts for ties, sparse categories, sketch errors and the three ways to drift.
 *   <li>{@code drift.missing}: the change of the share of missing rows, from 0 to 1.
 *   <li>{@code drift.type}: the total variation of kinds among present values (number, text, boolean, NaN, infinities).
 *   <li>{@link #names()}: named measures. Those of counts are taken over the reference's deciles or over categories, with
 *       cells for what is missing, no number, infinite, out of range or unseen. For a numeric column there are also {@code
 *       drift.kolmogorov_smirnov}, {@code drift.wasserstein} and {@code drift.energy} (both in standard deviations of the
 *       reference).
 * </ul>
 *
 * <p>Each is judged by its own distribution when nothing changed, at the actual numbers of rows. A metric is undefined, with a
 * reason, where a side has no rows or no values of the kind. Notes say what changed; the evidence says what size chance alone
 * would give. Nothing throws because of data. Tests are made where a bound is wanted and the size lies outside of it.
 *
 * <p>Takes a sort of what each profile remembers; a p-value some hundredths of a millisecond where cells are dense, about a
 * tenth where they are drawn and chance explains the size, and up to a millisecond or two where it does not. Pure and safe
 * for use by several threads while nobody changes the profiles.
 */
public final class FeatureDrift {

    /** The metric that {@code on(x).drift()} constrains. */
    public static final String DRIFT = "drift";

    /** The change of the share of missing rows. */
    public static final String MISSING = "drift.missing";

    /** The change of the kinds of values. */
    public static final String TYPE = "drift.type";

    private static final int BINS = 10;
    private static final int PLOTTED = 20;

    /** The bounds that are wanted of the metrics of a column. */
    @FunctionalInterface
    public interface Wanted {

        /** Returns the bound of the metric of a name; null when none is wanted, so that nothing is tested. */
        @Nullable
        Bound bound(String metric);
    }

    private final String feature;
    private final Wanted wanted;
    private final ColumnProfile reference;
    private final ColumnProfile current;
    private final Dispersion own;
    private final ColumnChanges ways;
    private final Once<PooledCounts> cells;
    private final Once<String> cellsNote;

    private FeatureDrift(
            String feature, ColumnProfile reference, ColumnProfile current, Wanted wanted, Dispersion own) {
        this.own = own;
        this.feature = feature;
        this.wanted = wanted;
        this.reference = reference;
        this.current = current;
        ways = new ColumnChanges(reference, current);
        cells = new Once<>(this::layOut);
        cellsNote = new Once<>(() -> Notes.ofCells(cells.get()));
    }

    /**
     * Returns {@code drift}, {@code drift.missing} and {@code drift.type}.
     *
     * @param feature the column's name
     * @param reference its profile in the reference data
     * @param current its profile in the data to judge
     * @param wanted the bounds to test for
     */
    public static List<Metric> of(String feature, ColumnProfile reference, ColumnProfile current, Wanted wanted) {
        return of(feature, reference, current, wanted, Dispersion.NONE);
    }

    /**
     * As {@link #of(String, ColumnProfile, ColumnProfile, Wanted)}; what windows of the reference differ by explains as much.
     *
     * @param own how much they differ in this column
     */
    public static List<Metric> of(
            String feature, ColumnProfile reference, ColumnProfile current, Wanted wanted, Dispersion own) {
        return new FeatureDrift(feature, reference, current, wanted, own).standard();
    }

    /** Returns the metrics of {@link #of} and every named measure. */
    public static List<Metric> all(String feature, ColumnProfile reference, ColumnProfile current, Wanted wanted) {
        return all(feature, reference, current, wanted, Dispersion.NONE);
    }

    /** As {@link #all(String, ColumnProfile, ColumnProfile, Wanted)}; what windows of the reference differ by explains as much. */
    public static List<Metric> all(
            String feature, ColumnProfile reference, ColumnProfile current, Wanted wanted, Dispersion own) {
        FeatureDrift drift = new FeatureDrift(feature, reference, current, wanted, own);
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
            String name,
            DriftMeasure measure,
            String feature,
            ColumnProfile reference,
            ColumnProfile current,
            Wanted wanted) {
        return new FeatureDrift(feature, reference, current, wanted, Dispersion.NONE).ofCells(name, measure);
    }

    /** Returns the names of the measures of counts, in order. */
    public static List<String> names() {
        return NamedMeasures.OF_COUNTS.keySet().stream().map(NamedDrift::metric).toList();
    }

    private List<Metric> standard() {
        String nothing = emptiness();
        if (!nothing.isEmpty()) {
            return List.of(
                    Metric.undefined(feature, DRIFT, nothing),
                    Metric.undefined(feature, MISSING, nothing),
                    Metric.undefined(feature, TYPE, nothing));
        }
        Change missing = ways.missing();
        List<Change> changes = new ArrayList<>(List.of(missing));
        Metric type;
        if (reference.present() == 0 || current.present() == 0) {
            type = Metric.undefined(feature, TYPE, "a side has no values, so it has no types");
        } else {
            Change kinds = ways.kinds();
            changes.add(ways.words());
            type = metric(TYPE, kinds);
            changes.addAll(0, ways.values());
        }
        return List.of(drift(changes), metric(MISSING, missing), type);
    }

    private Metric drift(List<Change> changes) {
        Metric drift = metric(DRIFT, changes);
        for (Plot plot : plots()) {
            drift = drift.withPlot(plot);
        }
        return drift;
    }

    /** Returns both sides' histograms, or their categories, and how many rows have no value. */
    private List<Plot> plots() {
        boolean hasCategories = reference.present() > 0
                && current.present() > 0
                && !reference.type().isNumeric()
                && !Columns.lookLikeIds(reference, current);
        if (hasCategories) {
            return List.of(Notes.shares(ways.categories(), reference, current));
        }
        List<Plot> plots = new ArrayList<>();
        if (ways.hasNumbers()) {
            plots.addAll(
                    Notes.histograms(ways.numbers().reference(), ways.numbers().current(), PLOTTED));
        }
        if (reference.missing() + current.missing() > 0) {
            plots.add(Notes.missing(reference, current));
        }
        return plots;
    }

    private Metric metric(String name, Change change) {
        return metric(name, List.of(change));
    }

    private Metric metric(String name, List<Change> changes) {
        Change greatest = Change.greatest(changes);
        Bound bound = wanted.bound(name);
        Evidence evidence = Evidence.PValue.UNTESTED;
        if (bound != null && !bound.holds(greatest.effect())) {
            Map<Change.Way, Double> values = Change.pValues(changes, bound, own, current.rows());
            evidence = new Evidence.PValue(
                    Change.least(values),
                    greatest.expected().getAsDouble(),
                    name.equals(DRIFT) ? parts(values, bound) : Map.of());
        }
        return Metric.of(feature, name, greatest.effect(), evidence)
                .on(Scale.CHANGE)
                .withNote(greatest.note());
    }

    /** Returns the p-values of ways by the metrics that tell of them, and of what of the values is left. */
    private Map<Set<String>, Double> parts(Map<Change.Way, Double> values, Bound bound) {
        Map<Set<String>, Double> parts = new HashMap<>();
        values.forEach((way, p) -> parts.merge(ways.toldBy(way), p, Math::min));
        if (values.containsKey(Change.Way.VALUES)) {
            parts.put(Set.of(), Change.pValue(ways.besideTold(), bound, own, current.rows()));
        }
        return parts;
    }

    private List<Metric> named() {
        List<Metric> metrics = new ArrayList<>();
        List<DriftMeasure> ofCounts = NamedMeasures.OF_COUNTS.values().stream()
                .map(NamedMeasures.OfCounts::measure)
                .toList();
        Once<List<NullSummary>> drawn = new Once<>(() -> chances(cells.get(), ofCounts));
        Once<PermutationNull> shared = new Once<>(
                () -> new PermutationNull(cells.get().reference(), cells.get().current()));
        NamedMeasures.OF_COUNTS.forEach((name, named) -> metrics.add(ofCells(
                name.metric(),
                named.measure(),
                new Once<>(() -> PermutationNull.areDense(
                                cells.get().reference(), cells.get().current())
                        ? named.dense().apply(shared.get()).apply(cells.get().withoutSketchError())
                        : drawn.get().get(ofCounts.indexOf(named.measure()))),
                named.excess())));
        NamedMeasures.OF_NUMBERS.forEach((name, measure) -> metrics.add(ofNumbers(name.metric(), measure)));
        return metrics;
    }

    private Metric ofNumbers(String name, NamedMeasures.OfNumbers measure) {
        if (!ways.hasNumbers()) {
            return Metric.undefined(feature, name, "a side has no finite numbers");
        }
        NumberDistances distances = ways.numbers();
        double size = measure.size().applyAsDouble(distances);
        if (Double.isNaN(size)) {
            return Metric.undefined(feature, name, "the numbers are too far apart to measure");
        }
        return distance(
                name,
                size,
                () -> measure.chance().apply(distances),
                () -> measure.excess().applyAsDouble(distances),
                distances.note());
    }

    /** Returns the probability that values of a window of the reference differ as much; 0 where that is not known. */
    private double ofOwnWindows() {
        if (own.freedom() == 0 || reference.present() == 0 || current.present() == 0) {
            return 0;
        }
        return ways.values().stream()
                .filter(change -> change.test().get().isDefined())
                .mapToDouble(change -> own.pValue(change.way(), change.test().get(), current.rows()))
                .max()
                .orElse(0);
    }

    /**
     * Returns a named distance. Chance explains one that it gives but for as much as the bound allows. Where there is no null distribution,
     * because every draw is undefined, it explains nothing either.
     */
    private Metric distance(
            String name, double size, Supplier<NullSummary> chance, DoubleSupplier excess, String note) {
        Bound bound = wanted.bound(name);
        Evidence evidence = Evidence.PValue.UNTESTED;
        if (bound != null && !bound.holds(size)) {
            double p = chance.get().pValue();
            double least = Double.isNaN(p) ? 0 : p;
            evidence = new Evidence.PValue(
                    Excess.isOutside(bound, size, excess) ? Math.max(least, ofOwnWindows()) : 1,
                    chance.get().expected());
        }
        return Metric.of(feature, name, size, evidence).on(Scale.DISTANCE).withNote(note);
    }

    private Metric ofCells(String name, DriftMeasure measure) {
        return ofCells(
                name,
                measure,
                new Once<>(() -> chances(cells.get(), List.of(measure)).get(0)),
                Excess::ofDistance);
    }

    private Metric ofCells(
            String name, DriftMeasure measure, Supplier<NullSummary> chance, DoubleBinaryOperator excess) {
        String nothing = emptiness();
        if (!nothing.isEmpty()) {
            return Metric.undefined(feature, name, nothing);
        }
        PooledCounts shares = cells.get();
        try {
            double size = measure.between(shares.reference(), shares.current());
            return Double.isNaN(size)
                    ? Metric.undefined(feature, name, "the measure is NaN for these counts")
                    : distance(
                            name,
                            size,
                            chance,
                            () -> excess.applyAsDouble(size, chance.get().expected()),
                            cellsNote.get());
        } catch (Throwable e) { // a user's measure may throw anything
            // A user's measure must not stop the others; the report names it and what it threw.
            return Metric.undefined(feature, name, "the measure threw " + inOneLine(e));
        }
    }

    /** Returns the null distribution of each of some measures, from the same draws. */
    private static List<NullSummary> chances(PooledCounts shares, List<DriftMeasure> measures) {
        PooledCounts certain = shares.withoutSketchError();
        List<DriftMeasure> tame = measures.stream().map(FeatureDrift::tame).toList();
        double[] observed = tame.stream()
                .mapToDouble(measure -> measure.between(certain.reference(), certain.current()))
                .toArray();
        return MonteCarloNull.of(shares.reference(), shares.current(), tame, observed).stream()
                .map(NullSummary::of)
                .toList();
    }

    private static String inOneLine(Throwable thrown) {
        try {
            return thrown.toString().replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]+", " ");
        } catch (Throwable e) { // an exception of the user may throw, too
            return thrown.getClass().getName();
        }
    }

    /** Returns a measure that is NaN where another one throws: such a draw does not count. */
    private static DriftMeasure tame(DriftMeasure measure) {
        return (p, q) -> {
            try {
                return measure.between(p, q);
            } catch (Throwable e) { // a user's measure may throw anything
                return Double.NaN;
            }
        };
    }

    private PooledCounts layOut() {
        return ways.hasNumbers()
                ? Columns.bins(
                        reference,
                        ways.numbers().reference(),
                        current,
                        ways.numbers().current(),
                        BINS)
                : reference.formats() != null
                        ? Columns.knownFormats(reference, current, true)
                        : CategoryCells.withMissing(reference, current);
    }

    private String emptiness() {
        if (reference.rows() == 0) {
            return "the reference has no rows";
        }
        return current.rows() == 0 ? "the current data has no rows" : "";
    }
}
