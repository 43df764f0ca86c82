package io.modelmonitor.fairness;

import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Evidence.Proportion;
import io.modelmonitor.api.Evidence.StandardError;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.api.internal.VisibleText;
import io.modelmonitor.fairness.BiasSettings.OutcomeColumn;
import io.modelmonitor.stats.fairness.BiasMetric;
import io.modelmonitor.stats.fairness.FlipTest;
import io.modelmonitor.stats.fairness.GroupComparison;
import io.modelmonitor.stats.fairness.GroupRate;
import io.modelmonitor.stats.fairness.Inputs;
import io.modelmonitor.stats.fairness.OutcomeCounts;
import io.modelmonitor.stats.fairness.Outcomes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes metrics of counts. */
final class BiasMetrics {

    /** The evidence of a group too small to be judged: chance explains anything. */
    private static final Evidence TOO_FEW = Evidence.ofPValue(1);

    private final BiasSettings settings;
    private final BiasState state;
    private final List<Metric> metrics = new ArrayList<>();

    BiasMetrics(BiasSettings settings, BiasState state) {
        this.settings = settings;
        this.state = state;
    }

    List<Metric> all() {
        if (settings.measures(BiasMetric.GENERALIZED_ENTROPY)) {
            GroupComparison all = GroupComparison.of(state.allRows(), Outcomes.NONE);
            addMeasures(
                    List.of(BiasMetric.GENERALIZED_ENTROPY), all, MetricId.DATASET, "all rows", "nobody else", true);
        }
        for (int facet = 0; facet < settings.facets().size(); facet++) {
            addFacet(facet);
        }
        return metrics;
    }

    private void addFacet(int facet) {
        OutcomeCounts counts = state.counts(facet);
        Grouping grouping = state.grouping(facet);
        String name = settings.facets().get(facet).name();
        List<BiasMetric> wanted = Arrays.stream(BiasMetric.values())
                .filter(metric -> metric != BiasMetric.GENERALIZED_ENTROPY && settings.measures(metric))
                .toList();
        if (grouping.isOverflown()) {
            undefined(
                    wanted,
                    name,
                    "'" + name + "' has more than " + ValueEncoder.MOST
                            + " values; give a threshold or the values that matter");
            return;
        }
        if (grouping.size() == 0) {
            undefined(wanted, name, "no row has a value of '" + name + "'");
            return;
        }
        // By name, so that the order of rows does not matter.
        int[] codes = IntStream.range(0, grouping.size())
                .boxed()
                .sorted(Comparator.comparing(grouping::name))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int code : codes) {
            if (grouping.isOfInterest(code)) {
                addGroup(facet, code, counts.comparison(code), wanted);
            }
        }
        if (state.unknown(facet) > 0) {
            metrics.add(Metric.of(name, "group.unknown", (double) state.unknown(facet))
                    .withNote("rows of which '" + name + "' is unknown; they are in no comparison"));
        }
        for (int code : codes) {
            addRates(grouping.name(code), counts.outcomes(code));
            addCalibration(grouping.name(code), state.residuals(facet), code);
        }
    }

    private void undefined(List<BiasMetric> wanted, String subject, String because) {
        wanted.forEach(metric -> metrics.add(Metric.undefined(subject, metric.metricName(), because)));
    }

    private void addGroup(int facet, int code, GroupComparison comparison, List<BiasMetric> wanted) {
        String group = state.grouping(facet).name(code);
        long smaller = Math.min(comparison.group().size(), comparison.rest().size());
        addMeasures(wanted, comparison, group, group, "the others", smaller >= settings.minimumGroupSize());
        if (!settings.flipFeatures().isEmpty() && settings.prediction() != null) {
            addFlipTest(facet, code, group, smaller >= settings.minimumGroupSize());
        }
    }

    private void addMeasures(
            List<BiasMetric> wanted,
            GroupComparison comparison,
            String subject,
            String group,
            String rest,
            boolean enough) {
        List<BiasMetric> defined = wanted.stream()
                .filter(metric -> problem(metric).isEmpty() && !Double.isNaN(metric.of(comparison)))
                .toList();
        Map<BiasMetric, Evidence> evidence = enough ? settings.bootstrap().evidence(comparison, defined) : Map.of();
        for (BiasMetric metric : wanted) {
            if (defined.contains(metric)) {
                String note = BiasNotes.of(metric, comparison, group, rest);
                metrics.add(judged(metric.metricName(), subject, metric.of(comparison), evidence.get(metric), note));
            } else {
                String because = problem(metric);
                metrics.add(Metric.undefined(
                        subject,
                        metric.metricName(),
                        because.isEmpty() ? metric.whyUndefined(comparison, group, rest) : because));
            }
        }
    }

    private static Metric judged(String name, String subject, double value, @Nullable Evidence evidence, String note) {
        return evidence == null
                ? Metric.of(subject, name, value, TOO_FEW).withNote("too few people to judge: " + note)
                : Metric.of(subject, name, value, evidence).withNote(note);
    }

    /** The reason in the data why a measure cannot be computed; empty if there is none. */
    private String problem(BiasMetric metric) {
        Inputs inputs = metric.inputs();
        if (inputs.needLabels() && state.foreignLabel() != null) {
            return foreign("label", settings.label(), state.foreignLabel());
        }
        if (inputs.needPredictions() && state.foreignPrediction() != null) {
            return foreign("prediction", settings.prediction(), state.foreignPrediction());
        }
        boolean stratified = metric == BiasMetric.CDDL || metric == BiasMetric.CDDPL;
        return stratified && state.hasTooManyStrata()
                ? "'" + settings.stratum() + "' has more than " + ValueEncoder.MOST
                        + " values; group by one that has fewer"
                : "";
    }

    private static String foreign(String what, @Nullable OutcomeColumn column, String value) {
        String name = column == null ? "" : column.column();
        return what + " '" + name + "' has values other than 0, 1, true and false, such as '"
                + VisibleText.cut(value, 32) + "'; say which are positive";
    }

    private void addFlipTest(int facet, int code, String group, boolean enough) {
        FlipSample sample = state.flipSample();
        FlipTest.Result result = FlipTest.withNeighbours(FlipTest.NEIGHBOURS)
                .of(sample.people(settings.flipFeatures().size(), facet, code));
        if (Double.isNaN(result.value())) {
            metrics.add(Metric.undefined(
                    group, FlipTest.METRIC, "there is nobody to compare in " + group + " or in the others"));
            return;
        }
        double error = result.standardError();
        String of = sample.seen() > sample.size()
                ? ", of a sample of " + Names.count(sample.size()) + " of " + Names.count(sample.seen()) + " rows"
                : "";
        String note = Names.count(result.wronglyRejected()) + " of " + Names.count(result.people()) + " in " + group
                + " rejected while the most similar others were accepted, " + Names.count(result.wronglyAccepted())
                + " the reverse" + of;
        Evidence evidence = enough && !Double.isNaN(error) ? new StandardError(error) : null;
        metrics.add(judged(FlipTest.METRIC, group, result.value(), evidence, note));
    }

    private void addRates(String group, Outcomes outcomes) {
        metrics.add(Metric.of(group, "group.size", (double) outcomes.size()));
        for (GroupRate rate : GroupRate.values()) {
            if (rate.isShare() && rate.denominator(outcomes) > 0) {
                Proportion share = new Proportion(rate.numerator(outcomes), rate.denominator(outcomes));
                metrics.add(Metric.of(group, "group." + rate.label(), share.value(), share));
            }
        }
    }

    private void addCalibration(String group, GroupResiduals residuals, int code) {
        double error = residuals.standardError(code);
        if (!Double.isNaN(error)) {
            metrics.add(Metric.of(group, "group.calibration_gap", residuals.mean(code), new StandardError(error))
                    .withNote("mean score minus share of positive labels, of " + Names.count(residuals.count(code))
                            + " people"));
        }
    }
}
