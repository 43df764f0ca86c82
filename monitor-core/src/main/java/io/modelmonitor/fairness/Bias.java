package io.modelmonitor.fairness;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Feature;
import io.modelmonitor.api.Metric;
import io.modelmonitor.fairness.BiasSettings.OutcomeColumn;
import io.modelmonitor.spi.MetricCalculator;
import io.modelmonitor.stats.fairness.BiasMetric;
import io.modelmonitor.stats.fairness.Bootstrap;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Measures bias between groups of people: {@code bias("gender", "F").label("hired").prediction("offer")}.
 *
 * <p>For each group it yields the measures of {@link BiasMetric} of which the columns are there, named like
 * {@code bias.dppl} with a subject like {@code gender=F}, each with the evidence of a bootstrap of the counts; the rates of
 * each group by itself, such as {@code group.selection_rate} (see
 * {@link io.modelmonitor.stats.fairness.GroupRate}); {@code group.calibration_gap} if there is a score; and
 * {@code bias.flip_test} if features are named for it. Notes say which group is worse off, by how much, and how many people
 * that is.
 *
 * <p>Rows of which the facet is unknown are left out of its comparisons; a label or a prediction may be unknown. Takes one
 * pass and constant time a row; memory is in proportion to groups times strata, of each of which {@value ValueEncoder#MOST} at
 * most are told apart. Immutable; safe for use by several threads.
 */
public final class Bias implements MetricCalculator<BiasState>, Serializable {

    private static final long serialVersionUID = 1L;

    /** The number of rows that are coded at once: few enough that their codes stay near the processor. */
    private static final int BLOCK = 2048;

    /** The smallest group that is judged by default, in people. */
    public static final int MINIMUM_GROUP_SIZE = 30;

    /** The calculator's name unless {@link #named} gives it another. */
    public static final String NAME = "bias";

    private final BiasSettings settings;

    private Bias(BiasSettings settings) {
        this.settings = settings;
    }

    /**
     * Compares people who have one of these values with all others; without values, each value that occurs.
     *
     * @param column the facet's column
     * @param values the values of the group that may be treated worse; compared as numbers where they are numbers
     * @throws IllegalArgumentException if the column is empty
     */
    public static Bias bias(String column, String... values) {
        return bias(Facet.of(column, values));
    }

    /**
     * Compares people by several facets, in the same pass.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Bias bias(Facet... facets) {
        if (facets.length == 0) {
            throw new IllegalArgumentException("facets is empty; name one at least");
        }
        return new Bias(new BiasSettings(
                List.of(facets),
                null,
                null,
                null,
                null,
                List.of(),
                MINIMUM_GROUP_SIZE,
                Set.of(),
                Bootstrap.standard()));
    }

    /**
     * Names the column of what really happened.
     *
     * @param positive the values that are good for the person; without any, 1 and true are positive, 0 and false negative,
     *     and anything else makes the metrics undefined
     */
    public Bias label(String column, String... positive) {
        return new Bias(settings.withLabel(outcome(column, positive)));
    }

    /**
     * Names the column of what really happened, a number that is good for the person when it is above a threshold. A baseline in which
     * every number is, or none, is refused.
     *
     * @throws IllegalArgumentException if the threshold is not finite
     */
    public Bias labelAbove(String column, double threshold) {
        Facet.requireFinite(threshold);
        return new Bias(settings.withLabel(OutcomeColumn.above(column, threshold)));
    }

    /**
     * Names the column of the model's decision.
     *
     * @param positive the values that are good for the person; without any, as in {@link #label}
     */
    public Bias prediction(String column, String... positive) {
        return new Bias(settings.withPrediction(outcome(column, positive)));
    }

    /**
     * Names the column of the model's score, which decides for the person when it is above a threshold. A baseline in which every score is,
     * or none, is refused, and one of scores in percent for a threshold below 1.
     *
     * @throws IllegalArgumentException if the threshold is not finite
     */
    public Bias predictionAbove(String column, double threshold) {
        Facet.requireFinite(threshold);
        return new Bias(settings.withPrediction(OutcomeColumn.above(column, threshold)));
    }

    /** Names the column of the probability of a positive label, from 0 to 1, to see whether it is right in each group. */
    public Bias score(String column) {
        return new Bias(settings.withScore(column));
    }

    /** Names the column within whose values people are alike, for the conditional demographic disparities. */
    public Bias group(String column) {
        return new Bias(settings.withStratum(column));
    }

    /**
     * Runs the flip test over these features, numbers and categories. Keeps up to {@value FlipSample#MOST} rows; of more, a
     * seeded sample, which the metric's note says.
     *
     * @throws IllegalArgumentException if there is no feature
     */
    public Bias flipTest(String... features) {
        if (features.length == 0) {
            throw new IllegalArgumentException("features is empty; name those that the flip test compares people by");
        }
        return new Bias(settings.withFlipFeatures(List.of(features)));
    }

    /**
     * Sets how many people a group, and the rest, need to be judged. The measures of a smaller group are reported, but
     * noted as a small sample, and violate nothing.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public Bias minimumGroupSize(int people) {
        if (people < 1) {
            throw new IllegalArgumentException("people " + people + "; at least 1 is needed to judge a group");
        }
        return new Bias(settings.withMinimumGroupSize(people));
    }

    /**
     * Measures only these.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Bias measures(BiasMetric... metrics) {
        if (metrics.length == 0) {
            throw new IllegalArgumentException("metrics is empty; name one at least");
        }
        return new Bias(settings.withMetrics(Collections.unmodifiableSet(EnumSet.copyOf(Arrays.asList(metrics)))));
    }

    /** Resamples in another way than {@link Bootstrap#standard()}. */
    public Bias bootstrap(Bootstrap bootstrap) {
        return new Bias(settings.withBootstrap(bootstrap));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public BiasState start() {
        return new BiasState(settings);
    }

    @Override
    public void add(BiasState state, Batch batch) {
        for (int from = 0; from < batch.size(); from += BLOCK) {
            state.add(batch.slice(from, Math.min(batch.size(), from + BLOCK)));
        }
    }

    @Override
    public BiasState merge(BiasState earlier, BiasState later) {
        return earlier.merge(later);
    }

    @Override
    public List<Metric> measure(BiasState current, @Nullable BiasState reference, Constraints wanted) {
        return new BiasMetrics(settings, current).all();
    }

    /** Returns the people of the group that a constraint is on. */
    @Override
    public @Nullable Predicate<Batch> rowsBehind(
            Constraint violated, Supplier<BiasState> current, @Nullable BiasState reference, Constraints wanted) {
        if (!violated.metric().startsWith(NAME + ".")) {
            return null;
        }
        List<Grouping> groupings =
                settings.facets().stream().map(Facet::grouping).toList();
        return batch -> groupings.stream().anyMatch(grouping -> Arrays.stream(grouping.codes(batch))
                .anyMatch(code -> isOf(grouping, code, violated.subject())));
    }

    private static boolean isOf(Grouping grouping, int code, String subject) {
        return code >= 0 && grouping.isOfInterest(code) && grouping.name(code).equals(subject);
    }

    @Override
    public void write(BiasState state, DataOutput out) throws IOException {
        state.write(out);
    }

    @Override
    public BiasState read(DataInput in) throws IOException {
        return BiasState.read(settings, in);
    }

    /**
     * Returns the columns of facets, outcomes, score, group and features, with the values that were named.
     *
     * @throws IllegalArgumentException if no outcome is named, nor measures that need none, or not the one that a wanted measure needs
     */
    @Override
    public List<Feature> reads() {
        settings.requireOutcomes();
        return settings.reads();
    }

    @Override
    public @Nullable String mismatch(BiasState reference) {
        return BiasMismatch.of(settings, reference);
    }

    @Override
    public @Nullable String obstacle(List<Metric> metrics) {
        // Sizes of groups are no measure of outcomes, where these are named.
        Set<String> ofOutcomes = settings.outcomeMetrics();
        boolean measured =
                metrics.stream().anyMatch(metric -> metric.isDefined() && ofOutcomes.contains(metric.name()));
        return measured
                ? null
                : metrics.stream()
                        .filter(metric -> !metric.isDefined() && ofOutcomes.contains(metric.name()))
                        .map(Metric::note)
                        .findFirst()
                        .orElse("there is no group to compare of " + settings.facets());
    }

    /** Suggests that bias becomes no worse than it was: {@link BiasBounds#standard()}. */
    @Override
    public List<Constraint> suggest(BiasState state, List<Metric> metrics) {
        return BiasBounds.standard().of(metrics);
    }

    private static OutcomeColumn outcome(String column, String... positive) {
        if (column.isEmpty()) {
            throw new IllegalArgumentException("column is empty; name the column");
        }
        return OutcomeColumn.ofValues(column, List.of(positive));
    }

    @Override
    public String toString() {
        return NAME + settings.facets();
    }
}
