package io.modelmonitor.quality;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.ColumnType;
import io.modelmonitor.api.Evidence.ComparedProportion;
import io.modelmonitor.api.Evidence.PValue;
import io.modelmonitor.api.Evidence.Proportion;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Scale;
import io.modelmonitor.api.ValueKind;
import io.modelmonitor.stats.evidence.PValues;
import io.modelmonitor.stats.internal.text.LexicalForm;
import io.modelmonitor.stats.sketch.Categories;
import io.modelmonitor.stats.sketch.Category;
import io.modelmonitor.stats.sketch.ColumnProfile;
import io.modelmonitor.stats.sketch.ColumnReading;
import io.modelmonitor.stats.sketch.WeightedValues;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The metric {@code most_frequent_share}: the share of present values that equal the most frequent one, which grows where a value is
 * stuck or stands for none. Of a column of numbers it is the most frequent number: words among them are judged by their share.
 *
 * <p>Which value it is, is not known before. A value of share {@code p} is one of at most {@code 1 / p} such; so the probability that any
 * comes {@code k} times is at most {@code 1 / p} times the probability that this one does, for each {@code p} up to the baseline's
 * greatest (Boole's inequality; the probability of {@code k} or more in proportion to {@code p} grows with it).
 */
final class FrequentValue {

    static final String METRIC = "most_frequent_share";

    /** Rows of one source come in runs: fewer equal ones say nothing. */
    private static final int LEAST_STUCK = 10;

    private FrequentValue() {}

    /**
     * Returns the metric of a column.
     *
     * @param type what the column is: unless of few values, equal ones may come close to each other, as the rows of a customer do, so that
     *     as many as the baseline has at all may come in any window; but for values that do not come anew where its rows show that they
     *     do not
     */
    static Metric of(
            String column, ColumnReading now, @Nullable ColumnReading before, ColumnType type, @Nullable Bound wanted) {
        long present = now.values().present();
        if (present == 0) {
            return Metric.undefined(column, METRIC, "no value is present").on(Scale.CHANGE);
        }
        Proportion current = new Proportion(count(now.values(), -1), present);
        double share = current.value();
        if (before == null || before.values().present() == 0) {
            return Metric.of(column, METRIC, share, current).on(Scale.CHANGE);
        }
        Proportion baseline =
                new Proportion(count(before.values(), 1), before.values().present());
        boolean comesInRuns =
                !isOfFew(type) && (type.isMoving() || !before.values().isWithoutRuns(baseline.value()));
        if (wanted == null || wanted.holds(share)) {
            return Metric.of(column, METRIC, share, PValue.UNTESTED).on(Scale.CHANGE);
        }
        String value = value(now.values());
        double p = pValue(current, baseline, comesInRuns, wanted);
        return Metric.of(column, METRIC, share, new PValue(p, Double.NaN, toldBy(value, p, before.values())))
                .on(Scale.CHANGE)
                .withNote("'" + value + "', before none above "
                        + String.format(Locale.ROOT, "%.1f%%", 100 * baseline.value()));
    }

    /** Returns the metric that tells of a value of another kind than the baseline's, or of a category that is new; none of another. */
    private static Map<Set<String>, Double> toldBy(String value, double p, ColumnProfile before) {
        if (before.type().isNumeric()) {
            return ValueKind.isNumber(LexicalForm.of(value)) ? Map.of() : Map.of(Set.of("type_share"), p);
        }
        boolean isKnown =
                before.categories().values().stream().map(Category::value).anyMatch(value::equals);
        return isKnown ? Map.of() : Map.of(Set.of("domain_share"), p);
    }

    /** Returns whether a column has so few values that each comes in any window, and not in runs. */
    private static boolean isOfFew(ColumnType type) {
        return type == ColumnType.CATEGORY || type == ColumnType.BOOLEAN || type == ColumnType.CONSTANT;
    }

    /** Returns the most frequent value, as well as it is known. */
    private static String value(ColumnProfile column) {
        if (column.categories().isComplete() || column.moments().count() == 0) {
            return column.categories().values().stream()
                    .map(Category::value)
                    .filter(value -> !column.type().isNumeric() || ValueKind.isNumber(LexicalForm.of(value)))
                    .findFirst()
                    .orElse("");
        }
        WeightedValues numbers = column.distribution();
        return Double.toString(numbers.value(numbers.mostFrequent()));
    }

    /**
     * Returns the probability of a most frequent value as frequent as that of a window if none is more frequent than that of the baseline.
     *
     * @param comesInRuns whether equal values may come close to each other
     */
    static double pValue(Proportion current, Proportion baseline, boolean comesInRuns, Bound wanted) {
        if (!wanted.isEstimate()) {
            return PValues.of(current, current.value(), wanted);
        }
        Proportion spread = comesInRuns
                ? new Proportion(current.successes(), Math.max(current.trials(), baseline.trials()))
                : current;
        double ofOne = PValues.of(new ComparedProportion(spread, baseline), current.value(), wanted);
        return current.successes() < LEAST_STUCK ? 1 : Math.min(1, ofOne / baseline.value());
    }

    /**
     * Returns how often the most frequent value occurred.
     *
     * @param side where that is known roughly, -1 for the least and 1 for the greatest it may be
     */
    static long count(ColumnProfile column, int side) {
        Categories values = column.categories();
        boolean hasWords = column.type().isNumeric() && column.count(ValueKind.STRING) > 0;
        long known = Math.max(1, hasWords ? column.moments().nanCount() : values.greatestCount());
        if (!hasWords && (values.isComplete() || column.moments().count() == 0)) {
            return Math.min(column.present(), known + (side > 0 ? values.countError() : 0));
        }
        WeightedValues numbers = column.distribution();
        long greatest = numbers.size() == 0 ? 0 : numbers.weight(numbers.mostFrequent());
        boolean isExact = values.isComplete() || column.quantiles().isExact();
        double error = isExact ? 0 : column.quantiles().rankError() * numbers.total();
        long rough = Math.round(greatest + side * error);
        return Math.min(column.present(), Math.max(known, rough));
    }
}
