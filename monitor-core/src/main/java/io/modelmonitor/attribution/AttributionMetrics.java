package io.modelmonitor.attribution;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Evidence.StandardError;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.api.Plot;
import io.modelmonitor.api.Scale;
import io.modelmonitor.stats.attribution.Aggregation;
import io.modelmonitor.stats.attribution.AttributionDrift;
import io.modelmonitor.stats.attribution.GlobalAttribution;
import io.modelmonitor.stats.attribution.KnownAttribution;
import io.modelmonitor.stats.attribution.Ndcg;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes metrics of explained rows, beside those of the reference data. */
final class AttributionMetrics {

    /** The most rows that are shown, and of the reference data compared with. */
    private static final int MOST_ROWS = 200;

    /** A sign counts when it is this many standard errors from the other one. */
    private static final double CLEAR = 2;

    private static final int MOST_NOTED = 3;

    private final Summary summary;
    private final @Nullable AttributionState reference;
    private final Constraints wanted;
    private final List<Metric> metrics = new ArrayList<>();

    AttributionMetrics(Summary summary, @Nullable AttributionState reference, Constraints wanted) {
        this.summary = summary;
        this.reference = reference != null && reference.outputs() > 0 ? reference : null;
        this.wanted = wanted;
    }

    /** The reference data's attributions to one output, of the same features in the same order. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Before(
            double[] values, double[] spreads, double[] means, double[] meanErrors, long rows, double[][] sample) {}

    List<Metric> of(AttributionState found) {
        GlobalAttribution global = found.global();
        Metric explained = Metric.of(MetricId.DATASET, AttributionNames.EXPLAINED_ROWS, (double) global.rows())
                .on(Scale.COUNT)
                .withNote(found.note());
        for (int output = 0; output < global.outputs(); output++) {
            explained = output(found, output, explained);
        }
        for (int output = 0; output < found.stated().size(); output++) {
            String label = summary.label(output, found.stated().size());
            for (int j = 0; j < found.features().size(); j++) {
                String subject =
                        AttributionNames.subject(label, found.features().get(j));
                metrics.add(Metric.of(
                        subject, AttributionNames.ATTRIBUTION, found.stated().get(output)[j]));
            }
        }
        if (global.rows() == 0 && reference != null) {
            metrics.add(Metric.undefined(
                    MetricId.DATASET,
                    AttributionNames.NDCG,
                    found.rows() == 0 ? "there were no rows" : "no row could be explained: " + found.note()));
        }
        metrics.add(0, explained);
        return metrics;
    }

    private Metric output(AttributionState found, int output, Metric explained) {
        GlobalAttribution global = found.global();
        String label = summary.label(output, global.outputs());
        List<String> features = found.features();
        if (features.size() != global.features()) {
            metrics.add(Metric.undefined(
                    label,
                    AttributionNames.NDCG,
                    "the attributor explains " + global.features() + " features of " + features.size()));
            return explained;
        }
        double[] live = global.of(summary.aggregation(), output);
        double[] errors = standardErrors(global, output);
        double[] means = global.means(output);
        double[] meanErrors = meanErrors(global, output, means);
        Before before = before(output, features);
        int[] liveRanks = Ndcg.ranks(live);
        int[] oldRanks = before == null ? liveRanks : Ndcg.ranks(before.values());
        int flips = 0;
        for (int j = 0; j < live.length; j++) {
            String subject = AttributionNames.subject(label, features.get(j));
            boolean flipped = before != null && flipped(before, j, means[j], meanErrors[j]);
            flips += flipped ? 1 : 0;
            String note = (before == null ? "" : rankNote(oldRanks[j], liveRanks[j]))
                    + (flipped ? ", its sign has turned" : "");
            metrics.add(Metric.of(subject, AttributionNames.ATTRIBUTION, live[j], error(errors[j]))
                    .withNote(note));
            metrics.add(Metric.of(subject, AttributionNames.MEAN, means[j], error(meanErrors[j])));
            if (before != null) {
                metrics.add(Metric.of(subject, AttributionNames.RANK_CHANGE, (double) oldRanks[j] - liveRanks[j]));
            }
        }
        double expected = global.expected(output);
        if (!Double.isNaN(expected)) {
            metrics.add(Metric.of(label, AttributionNames.EXPECTED_VALUE, expected));
        }
        int[] shown = order(liveRanks);
        if (before != null) {
            metrics.add(ndcg(global, output, label, features, before));
            metrics.add(Metric.of(label, AttributionNames.SIGN_FLIPS, (double) flips)
                    .on(Scale.COUNT));
        } else if (reference != null) {
            metrics.add(Metric.undefined(
                    label, AttributionNames.NDCG, "the baseline has attributions of other features than " + features));
        }
        String of = label.isEmpty() ? "" : " of " + label;
        return explained
                .withPlot(new Plot.Bars("Global attributions" + of, pick(features, shown), pick(live, shown)))
                .withPlot(localAttributions("Local attributions" + of, global, output, features, shown));
    }

    private static Plot localAttributions(
            String title, GlobalAttribution global, int output, List<String> features, int[] shown) {
        double[][] rows = global.sampledRows(output, MOST_ROWS);
        List<List<Double>> points = new ArrayList<>();
        for (int feature : shown) {
            points.add(Arrays.stream(rows).map(row -> row[feature]).toList());
        }
        return new Plot.Strips(title, "contribution", pick(features, shown), points);
    }

    /** Returns the reference data's attributions; null if there are none, or of other features. */
    private @Nullable Before before(int output, List<String> features) {
        if (reference == null
                || features.isEmpty()
                || output >= reference.outputs()
                || !reference.features().containsAll(features)) {
            return null;
        }
        int[] places = features.stream().mapToInt(reference.features()::indexOf).toArray();
        if (!reference.stated().isEmpty()) {
            double[] none = new double[places.length];
            return new Before(placed(reference.stated().get(output), places), none, none, none, 0, new double[0][]);
        }
        GlobalAttribution global = reference.global();
        if (reference.features().size() != global.features()) {
            return null;
        }
        double[] means = global.means(output);
        double[][] rows = Arrays.stream(global.sampledRows(output, MOST_ROWS))
                .map(row -> pick(row, places))
                .map(row -> row.stream().mapToDouble(Double::doubleValue).toArray())
                .toArray(double[][]::new);
        return new Before(
                placed(global.of(summary.aggregation(), output), places),
                placed(global.spreads(summary.aggregation(), output, summary.seed()), places),
                placed(means, places),
                placed(meanErrors(global, output, means), places),
                global.rows(),
                rows);
    }

    private static double[] placed(double[] values, int[] places) {
        return Arrays.stream(places).mapToDouble(place -> values[place]).toArray();
    }

    private Metric ndcg(GlobalAttribution global, int output, String label, List<String> features, Before before) {
        AttributionDrift drift = AttributionDrift.between(
                KnownAttribution.of(before.values(), before.spreads(), before.rows())
                        .withRows(before.sample()),
                global,
                summary.aggregation(),
                output,
                summary.seed());
        MetricId id = new MetricId(label, AttributionNames.NDCG);
        if (Double.isNaN(drift.value())) {
            return Metric.undefined(
                            label,
                            AttributionNames.NDCG,
                            "the baseline's attributions add up to nothing, so they have no order")
                    .on(Scale.SHARE);
        }
        Bound bound = wanted.bound(id);
        Evidence evidence = bound == null || bound.holds(drift.value())
                ? Evidence.PValue.UNTESTED
                : Evidence.ofPValue(drift.pValue(drift.value(), bound));
        double[] live = global.of(summary.aggregation(), output);
        int[] oldRanks = Ndcg.ranks(before.values());
        int[] newRanks = Ndcg.ranks(live);
        int[] shown = order(oldRanks);
        String of = label.isEmpty() ? "" : " of " + label;
        return Metric.of(label, AttributionNames.NDCG, drift.value(), evidence)
                .on(Scale.SHARE)
                .withNote(String.format(Locale.ROOT, "95 %% interval %.3f to %.3f", drift.lower(), drift.upper())
                        + moves(features, oldRanks, newRanks))
                .withPlot(new Plot.Pairs(
                        "Global attributions" + of,
                        "baseline",
                        "now",
                        pick(features, shown),
                        pick(before.values(), shown),
                        pick(live, shown)))
                .withPlot(new Plot.Pairs(
                        "Ranks" + of,
                        "baseline",
                        "now",
                        pick(features, shown),
                        pick(doubles(oldRanks), shown),
                        pick(doubles(newRanks), shown)));
    }

    /** Returns the standard errors of the aggregates: those of the resampled rows, made smaller for rows that were not kept. */
    private double[] standardErrors(GlobalAttribution global, int output) {
        return Arrays.stream(global.spreads(summary.aggregation(), output, summary.seed()))
                .map(spread -> spread / Math.sqrt((double) global.rows()))
                .toArray();
    }

    private static double[] meanErrors(GlobalAttribution global, int output, double[] means) {
        double[] squares = global.of(Aggregation.MEAN_SQ, output);
        double rows = global.rows();
        return IntStream.range(0, means.length)
                .mapToDouble(j ->
                        rows < 2 ? Double.NaN : Math.sqrt(Math.max(0, squares[j] - means[j] * means[j]) / (rows - 1)))
                .toArray();
    }

    private static boolean flipped(Before before, int feature, double mean, double error) {
        return before.means()[feature] * mean < 0
                && Math.abs(mean) > CLEAR * error
                && !(Math.abs(before.means()[feature]) <= CLEAR * before.meanErrors()[feature]);
    }

    private static Evidence error(double standardError) {
        return Double.isNaN(standardError) ? Evidence.exact() : new StandardError(standardError);
    }

    private static String rankNote(int before, int now) {
        return before == now ? "rank " + now + " as in the baseline" : "rank " + now + ", was " + before;
    }

    /** Names the features that moved farthest, to be put behind something else; empty if none moved. */
    private static String moves(List<String> features, int[] before, int[] now) {
        List<String> moves = IntStream.range(0, now.length)
                .filter(j -> before[j] != now[j])
                .boxed()
                .sorted((one, other) ->
                        Integer.compare(Math.abs(now[other] - before[other]), Math.abs(now[one] - before[one])))
                .limit(MOST_NOTED)
                .map(j -> String.format(
                        Locale.ROOT,
                        "%s %s from rank %d to %d",
                        features.get(j),
                        now[j] < before[j] ? "rose" : "fell",
                        before[j],
                        now[j]))
                .toList();
        return moves.isEmpty() ? "" : "; " + String.join(", ", moves);
    }

    private static int[] order(int[] ranks) {
        int[] order = new int[ranks.length];
        for (int j = 0; j < ranks.length; j++) {
            order[ranks[j] - 1] = j;
        }
        return order;
    }

    private static double[] doubles(int[] values) {
        return Arrays.stream(values).asDoubleStream().toArray();
    }

    private static List<String> pick(List<String> names, int[] order) {
        return Arrays.stream(order).mapToObj(names::get).toList();
    }

    private static List<Double> pick(double[] values, int[] order) {
        return Arrays.stream(order).mapToObj(j -> values[j]).toList();
    }
}
