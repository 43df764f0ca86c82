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
 * The metric {@code repeated_time_share}: of times that come in no order, as dates of birth do, or hardly come again, as those of a log do,
 * the share of the most frequent one of those within the baseline's range, which grows where one time stands for none.
 *
 * <p>It is known where the other times of a window are distributed as the baseline's are, by the greatest distance of the distribution
 * functions (Kolmogorov and Smirnov), which a time that stands for none does not change: of fewer days each is more frequent, and so are
 * days that come near, as appointments do. Where times of the baseline hardly come again it is known also if one of a window, be it later,
 * comes several times as often as any other. Times before the range and far behind all others take no part; they are told by {@code
 * stale_share} and {@code future_share}.
 */
final class RepeatedTime {

    static final String METRIC = "repeated_time_share";

    /** Distributions that differ by less are alike. */
    private static final double ALIKE = 0.1;

    /**
     * The Kolmogorov-Smirnov distance that chance adds, times the root of the number of times. Where nothing changed, one window in 16 of ten
     * times exceeds it together with the limit above, and is not judged; of a hundred times hardly any does.
     */
    private static final double BY_CHANCE = 1;

    /** A time stands out that comes at least so many times as often as any other. */
    private static final int TIMES_AS_OFTEN = 4;

    /** Fewer other times show no distribution. */
    private static final int LEAST_OTHERS = 10;

    private RepeatedTime() {}

    /** Returns the metric of the baseline itself; null if its times are all equal. */
    static @Nullable Metric ofBaseline(String column, ColumnTimes times) {
        int most = mostFrequent(times.values(), times.first(), times.last());
        Proportion share = share(times, most, 1);
        return times.values().size() > 1
                ? Metric.of(column, METRIC, share.value(), share).on(Scale.CHANGE)
                : null;
    }

    /**
     * Returns the metric of a window.
     *
     * @param last up to when a time may stand out where others are not distributed as the baseline's, as later ones are not; NaN if times
     *     of the baseline come again
     * @param comesInRuns whether equal times may come close to each other, as those of a customer do
     */
    static Metric of(
            String column,
            ColumnTimes times,
            ColumnTimes earlier,
            double last,
            boolean comesInRuns,
            @Nullable Bound wanted) {
        WeightedValues before = earlier.values();
        int usual = mostFrequent(before, earlier.first(), earlier.last());
        int most = mostFrequent(times, earlier, last);
        if (most >= 0
                && (Double.isNaN(last) || !standsOut(times.values(), most))
                && !isAlike(times.values(), before, times.values().value(most))) {
            return Metric.undefined(column, METRIC, "other times are not distributed as the baseline's are")
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

    /** Returns the place of the most frequent time of a window within the baseline's range, or up to a last one unless that is NaN. */
    static int mostFrequent(ColumnTimes times, ColumnTimes earlier, double last) {
        return mostFrequent(times.values(), earlier.first(), Double.isNaN(last) ? earlier.last() : last);
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

    private static boolean standsOut(WeightedValues values, int place) {
        long next = 0;
        for (int i = 0; i < values.size(); i++) {
            next = i == place ? next : Math.max(next, values.weight(i));
        }
        return next > 0 && values.weight(place) >= TIMES_AS_OFTEN * next;
    }

    /** Returns the share of a value, as small or as large as it may be where that is known roughly. */
    private static Proportion share(ColumnTimes times, int place, int side) {
        long total = times.values().total();
        long known = place < 0 ? 0 : times.values().weight(place);
        long rough = Math.round(known + side * times.error() * total);
        return new Proportion(Math.max(Math.min(known, 1), Math.min(total, rough)), total);
    }

    /** Returns whether all times of a window but one are distributed about as those of the baseline but that one. */
    private static boolean isAlike(WeightedValues values, WeightedValues before, double without) {
        double others = values.total() - weight(values, without);
        double othersBefore = before.total() - weight(before, without);
        if (others < LEAST_OTHERS || othersBefore == 0) {
            return false;
        }
        double greatest = 0;
        // Between two values of the window its function is constant, so that the distance is greatest beside one of
        // them.
        for (int i = 0; i < values.size(); i++) {
            double value = values.value(i);
            double below =
                    countBelow(values, value, without) / others - countBelow(before, value, without) / othersBefore;
            double upTo = countUpTo(values, value, without) / others - countUpTo(before, value, without) / othersBefore;
            greatest = Math.max(greatest, Math.max(Math.abs(below), Math.abs(upTo)));
        }
        return greatest <= ALIKE + BY_CHANCE / Math.sqrt(others);
    }

    private static long weight(WeightedValues values, double value) {
        return values.countAtMost(value) - values.countBelow(value);
    }

    private static long countBelow(WeightedValues values, double limit, double without) {
        return values.countBelow(limit) - (without < limit ? weight(values, without) : 0);
    }

    private static long countUpTo(WeightedValues values, double limit, double without) {
        return values.countAtMost(limit) - (without <= limit ? weight(values, without) : 0);
    }
}
