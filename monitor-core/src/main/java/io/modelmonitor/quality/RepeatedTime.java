package io.modelmonitor.quality;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Evidence.PValue;
import io.modelmonitor.api.Evidence.Proportion;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Scale;
import io.modelmonitor.stats.sketch.ColumnTimes;
import io.modelmonitor.stats.sketch.WeightedValues;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The metric {@code repeated_time_share}: of times that come in no order, as dates of birth do, the share of the most frequent one of
 * those within the baseline's range, which grows where one time stands for none.
 *
 * <p>Of a window whose other times spread over less than half of what the baseline's do, it is not known: of fewer days, each is more
 * frequent. Times beyond the range take no part, as those of a later window do not; they are told by {@code stale_share} and {@code
 * future_share}.
 */
final class RepeatedTime {

    static final String METRIC = "repeated_time_share";

    private static final double LEAST_SPREAD = 0.5;

    private RepeatedTime() {}

    /** Returns the metric of the baseline itself; null if its times spread over nothing. */
    static @Nullable Metric ofBaseline(String column, ColumnTimes times) {
        int most = mostFrequent(times.values(), times.first(), times.last());
        Proportion share = share(times, most, 1);
        return spread(times.values(), most) > 0
                ? Metric.of(column, METRIC, share.value(), share).on(Scale.CHANGE)
                : null;
    }

    /**
     * Returns the metric of a window.
     *
     * @param comesInRuns whether equal times may come close to each other, as those of a customer do
     */
    static Metric of(
            String column, ColumnTimes times, ColumnTimes earlier, boolean comesInRuns, @Nullable Bound wanted) {
        WeightedValues before = earlier.values();
        int usual = mostFrequent(before, earlier.first(), earlier.last());
        int most = mostFrequent(times.values(), earlier.first(), earlier.last());
        if (most >= 0 && spread(times.values(), most) < LEAST_SPREAD * spread(before, usual)) {
            return Metric.undefined(column, METRIC, "other times spread over less than half of what the baseline's do")
                    .on(Scale.CHANGE);
        }
        Proportion current = share(times, most, -1);
        Proportion baseline = share(earlier, usual, 1);
        if (wanted == null || wanted.holds(current.value())) {
            return Metric.of(column, METRIC, current.value(), PValue.UNTESTED).on(Scale.CHANGE);
        }
        double p = FrequentValue.pValue(current, baseline, comesInRuns, wanted);
        String value = most < 0
                ? ""
                : Instant.ofEpochSecond((long) Math.floor(times.values().value(most))) + ", ";
        return Metric.of(column, METRIC, current.value(), new PValue(p, Double.NaN))
                .on(Scale.CHANGE)
                .withNote(String.format(Locale.ROOT, "%sbefore none above %.1f%%", value, 100 * baseline.value()));
    }

    /** Returns the place of the most frequent value within a range; -1 if there is none in it. */
    private static int mostFrequent(WeightedValues values, double first, double last) {
        int most = -1;
        for (int i = 0; i < values.size(); i++) {
            boolean isInside = values.value(i) >= first && values.value(i) <= last;
            most = isInside && (most < 0 || values.weight(i) > values.weight(most)) ? i : most;
        }
        return most;
    }

    /** Returns the share of a value, as small or as large as it may be where that is known roughly. */
    private static Proportion share(ColumnTimes times, int place, int side) {
        long total = times.values().total();
        long known = place < 0 ? 0 : times.values().weight(place);
        long rough = Math.round(known + side * times.error() * total);
        return new Proportion(Math.max(Math.min(known, 1), Math.min(total, rough)), total);
    }

    /** Returns the interquartile range of all values but one; 0 if there are no others. */
    private static double spread(WeightedValues values, int without) {
        long rest = values.total() - (without < 0 ? 0 : values.weight(without));
        return rest == 0 ? 0 : quantile(values, without, rest * 3 / 4) - quantile(values, without, rest / 4);
    }

    /** Returns the value behind so many others. */
    private static double quantile(WeightedValues values, int without, long rank) {
        long passed = 0;
        for (int i = 0; i < values.size(); i++) {
            passed += i == without ? 0 : values.weight(i);
            if (passed > rank) {
                return values.value(i);
            }
        }
        throw new IllegalArgumentException("rank " + rank + " of " + passed);
    }
}
