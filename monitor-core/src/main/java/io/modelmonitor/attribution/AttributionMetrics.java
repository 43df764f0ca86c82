package io.modelmonitor.attribution;

import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Exhibit;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Reference;
import io.modelmonitor.stats.attribution.Aggregation;
import io.modelmonitor.stats.attribution.AttributionDrift;
import io.modelmonitor.stats.attribution.GlobalAttribution;
import io.modelmonitor.stats.attribution.KnownAttribution;
import io.modelmonitor.stats.attribution.Ndcg;
import io.modelmonitor.stats.evidence.StandardError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Says what was found of the explained rows, beside what the baseline says. */
final class AttributionMetrics {

    /** A sign counts when it is this many standard errors from the other one. */
    private static final double CLEAR = 2;

    private static final int MOST_NOTED = 3;

    private final Summary summary;
    private final Reference reference;
    private final List<Metric> metrics = new ArrayList<>();

    AttributionMetrics(Summary summary, Reference reference) {
        this.summary = summary;
        this.reference = reference;
    }

    List<Metric> of(AttributionState.Finished found) {
        GlobalAttribution global = found.global();
        Metric explained =
                new Metric(AttributionNames.EXPLAINED_ROWS, Metric.DATASET, global.rows()).noting(found.note());
        for (int output = 0; output < global.outputs(); output++) {
            explained = output(found, output, explained);
        }
        if (global.rows() == 0 && expectsAttributions()) {
            metrics.add(Metric.undefined(
                    AttributionNames.NDCG,
                    Metric.DATASET,
                    found.rows() == 0 ? "there were no rows" : "no row could be explained: " + found.note()));
        }
        metrics.add(0, explained);
        return metrics;
    }

    private Metric output(AttributionState.Finished found, int output, Metric explained) {
        GlobalAttribution global = found.global();
        String label = summary.label(output, global.outputs());
        List<String> features = found.features();
        if (features.size() != global.features()) {
            metrics.add(Metric.undefined(
                    AttributionNames.NDCG,
                    label,
                    "the attributor explains " + global.features() + " features of " + features.size()));
            return explained;
        }
        double[] live = global.of(summary.aggregation(), output);
        double[] errors = standardErrors(global, output);
        double[] means = global.means(output);
        double[] meanErrors = meanErrors(global, output, means);
        @Nullable Metric[] before = before(AttributionNames.ATTRIBUTION, label, features);
        boolean known =
                !features.isEmpty() && Arrays.stream(before).allMatch(metric -> metric != null && metric.isDefined());
        int[] liveRanks = Ndcg.ranks(live);
        int[] oldRanks = known ? Ndcg.ranks(values(before)) : liveRanks;
        int flips = 0;
        for (int j = 0; j < live.length; j++) {
            String subject = AttributionNames.subject(label, features.get(j));
            boolean flipped = flipped(reference.metric(AttributionNames.MEAN, subject), means[j], meanErrors[j]);
            flips += flipped ? 1 : 0;
            String note = (known ? rankNote(oldRanks[j], liveRanks[j]) : "") + (flipped ? ", its sign has turned" : "");
            metrics.add(new Metric(AttributionNames.ATTRIBUTION, subject, live[j], error(errors[j])).noting(note));
            metrics.add(new Metric(AttributionNames.MEAN, subject, means[j], error(meanErrors[j])));
            if (known) {
                metrics.add(new Metric(AttributionNames.RANK_CHANGE, subject, (double) oldRanks[j] - liveRanks[j]));
            }
        }
        double expected = global.expected(output);
        if (!Double.isNaN(expected)) {
            metrics.add(new Metric(AttributionNames.EXPECTED_VALUE, label, expected));
        }
        int[] shown = order(liveRanks);
        if (known) {
            metrics.add(ndcg(global, output, label, features, values(before), errors(before)));
            metrics.add(new Metric(AttributionNames.SIGN_FLIPS, label, flips));
        } else if (expectsAttributions()) {
            metrics.add(Metric.undefined(
                    AttributionNames.NDCG, label, "the baseline has attributions of other features than " + features));
        }
        String of = label.isEmpty() ? "" : " of " + label;
        return explained
                .showing(new Exhibit.Bars("Global attributions" + of, pick(features, shown), pick(live, shown)))
                .showing(LocalValues.of(global, output, label, features, shown));
    }

    private Metric ndcg(
            GlobalAttribution global,
            int output,
            String label,
            List<String> features,
            double[] before,
            double[] errorsBefore) {
        Metric rowsBefore = reference.metric(AttributionNames.EXPLAINED_ROWS, Metric.DATASET);
        long rows = rowsBefore == null ? 0 : (long) rowsBefore.value();
        double[] spreads = Arrays.stream(errorsBefore)
                .map(error -> error * Math.sqrt((double) rows))
                .toArray();
        AttributionDrift drift = AttributionDrift.between(
                KnownAttribution.of(before, spreads, rows).withRows(LocalValues.rows(rowsBefore, label, features)),
                global,
                summary.aggregation(),
                output,
                summary.seed());
        if (Double.isNaN(drift.value())) {
            return Metric.undefined(
                    AttributionNames.NDCG,
                    label,
                    "the baseline's attributions add up to nothing, so they have no order");
        }
        double[] live = global.of(summary.aggregation(), output);
        int[] oldRanks = Ndcg.ranks(before);
        int[] newRanks = Ndcg.ranks(live);
        int[] shown = order(oldRanks);
        String of = label.isEmpty() ? "" : " of " + label;
        return new Metric(AttributionNames.NDCG, label, drift.value(), drift.evidence())
                .noting(String.format(Locale.ROOT, "95 %% interval %.3f to %.3f", drift.lower(), drift.upper())
                        + moves(features, oldRanks, newRanks))
                .showing(new Exhibit.Pairs(
                        "Global attributions" + of,
                        "baseline",
                        "now",
                        pick(features, shown),
                        pick(before, shown),
                        pick(live, shown)))
                .showing(new Exhibit.Pairs(
                        "Ranks" + of,
                        "baseline",
                        "now",
                        pick(features, shown),
                        pick(doubles(oldRanks), shown),
                        pick(doubles(newRanks), shown)));
    }

    private boolean expectsAttributions() {
        return reference.metrics().stream().anyMatch(metric -> metric.name().equals(AttributionNames.ATTRIBUTION));
    }

    private @Nullable Metric[] before(String name, String label, List<String> features) {
        return features.stream()
                .map(feature -> reference.metric(name, AttributionNames.subject(label, feature)))
                .toArray(Metric[]::new);
    }

    /** The standard errors of the aggregates: those of the resampled rows, made smaller for rows that were not kept. */
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

    private static boolean flipped(@Nullable Metric before, double mean, double error) {
        return before != null
                && before.value() * mean < 0
                && Math.abs(mean) > CLEAR * error
                && !(Math.abs(before.value()) <= CLEAR * before.evidence().standardError());
    }

    private static Evidence error(double standardError) {
        return Double.isNaN(standardError) ? Evidence.certain() : new StandardError(standardError);
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

    private static double[] values(@Nullable Metric[] metrics) {
        return Arrays.stream(metrics)
                .mapToDouble(metric -> metric == null ? Double.NaN : metric.value())
                .toArray();
    }

    private static double[] errors(@Nullable Metric[] metrics) {
        return Arrays.stream(metrics)
                .mapToDouble(metric ->
                        metric == null ? Double.NaN : metric.evidence().standardError())
                .toArray();
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
