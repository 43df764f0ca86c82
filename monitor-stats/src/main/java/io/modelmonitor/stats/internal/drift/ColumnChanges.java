package io.modelmonitor.stats.internal.drift;

import io.modelmonitor.api.ValueKind;
import io.modelmonitor.stats.sketch.ColumnProfile;
import io.modelmonitor.stats.sketch.WeightedValues;
import io.modelmonitor.stats.test.TestResult;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The ways in which a column may have changed, from two profiles of it. Each is computed once, when first asked for. */
final class ColumnChanges {

    private final ColumnProfile reference;
    private final ColumnProfile current;
    private final Once<NumberDistances> numbers;
    private final Once<PooledCounts> categories;
    private final Once<List<Change>> values;

    ColumnChanges(ColumnProfile reference, ColumnProfile current) {
        this.reference = reference;
        this.current = current;
        numbers = new Once<>(() -> new NumberDistances(Columns.numbers(reference), Columns.numbers(current)));
        categories = new Once<>(() -> CategoryCells.of(reference, current));
        values = new Once<>(this::ofValues);
    }

    /** Returns the statistic of each way that can be tested, over its mean when nothing changed. */
    static Map<Change.Way, Double> statistics(ColumnProfile reference, ColumnProfile current) {
        Map<Change.Way, Double> statistics = new EnumMap<>(Change.Way.class);
        if (reference.rows() == 0 || current.rows() == 0) {
            return statistics;
        }
        ColumnChanges ways = new ColumnChanges(reference, current);
        List<Change> changes = new ArrayList<>(List.of(ways.missing()));
        if (reference.present() > 0 && current.present() > 0) {
            changes.add(ways.words());
            changes.addAll(ways.values());
        }
        for (Change change : changes) {
            TestResult result = change.test().get();
            if (result.isDefined()) {
                double mean = Double.isNaN(result.degreesOfFreedom()) ? 1 : result.degreesOfFreedom();
                statistics.put(change.way(), result.statistic() / mean);
            }
        }
        return statistics;
    }

    NumberDistances numbers() {
        return numbers.get();
    }

    PooledCounts categories() {
        return categories.get();
    }

    /** Returns the change of the share of missing rows. */
    Change missing() {
        double before = share(reference.missing(), reference);
        double now = share(current.missing(), current);
        return Change.ofShares(
                Change.Way.PRESENCE,
                Columns.presence(reference, current),
                before == now ? "" : "missing " + Notes.change(before, now));
    }

    /** Returns the change of the kinds of present values. */
    Change kinds() {
        return Change.ofShares(
                Change.Way.KINDS,
                Columns.kinds(reference, current),
                reference.type() == current.type() ? "" : "type " + reference.type() + " -> " + current.type());
    }

    /** Returns the change of the kinds of present values where words among numbers are kinds of their own. */
    Change words() {
        if (!reference.type().isNumeric() || reference.count(ValueKind.STRING) == 0) {
            return kinds();
        }
        PooledCounts words = Columns.words(reference, current);
        return Change.ofShares(Change.Way.KINDS, words, Notes.ofQuotedCells(words));
    }

    /** Returns the change of the present values; none where they cannot be compared. */
    List<Change> values() {
        return values.get();
    }

    /** Returns the metrics of data quality that tell of a way of change, too, wholly or of all but {@link #besideTold}. */
    Set<String> toldBy(Change.Way way) {
        if (way == Change.Way.PRESENCE) {
            return Set.of("completeness");
        }
        if (hasFormats()) {
            return Set.of("completeness", "format_share");
        }
        if (!reference.type().isNumeric()) {
            return Set.of("completeness", "domain_share");
        }
        return way == Change.Way.KINDS ? Set.of("type_share") : Set.of("most_frequent_share", "non_negative_share");
    }

    /**
     * Returns the change of present values that is left beside what other metrics tell of; none where nothing is left to compare. Of
     * numbers it is that of all but the most frequent one of the window, and the negative ones if the reference has none. Of categories, and
     * of formats, it is how much some that the reference has have grown: others may have lost to those that are new, and to missing values.
     */
    List<Change> besideTold() {
        if (!hasFormats() && reference.type().isNumeric()) {
            return hasNumbers() ? ofOtherNumbers() : List.of();
        }
        PooledCounts cells = reference.formats() != null
                ? Columns.knownFormats(reference, current, false)
                : hasFormats() ? Columns.formats(reference, current) : categories();
        double lost = current.missing() - current.rows() * share(reference.missing(), reference);
        PooledCounts known = cells.ofReference(Math.max(0, lost));
        return known.current().total() > 0 && known.reference().total() > 0
                ? List.of(Change.ofShares(Change.Way.VALUES, known, ""))
                : List.of();
    }

    private List<Change> ofOtherNumbers() {
        WeightedValues values = numbers().current().values();
        double value = values.value(values.mostFrequent());
        double least = reference.moments().negativeCount() == 0 ? 0 : Double.NEGATIVE_INFINITY;
        EmpiricalDistribution before = numbers().reference().without(value, least);
        EmpiricalDistribution now = numbers().current().without(value, least);
        return before.isEmpty() || now.isEmpty()
                ? List.of()
                : List.of(Change.ofNumbers(new NumberDistances(before, now)));
    }

    private boolean hasFormats() {
        return reference.formats() != null || Columns.lookLikeIds(reference, current);
    }

    private List<Change> ofValues() {
        if (reference.formats() != null) {
            PooledCounts formats = Columns.knownFormats(reference, current, false);
            return formats.occupied() > 0 ? List.of(ofFormats(formats)) : List.of();
        }
        if (Columns.lookLikeIds(reference, current)) {
            return List.of(ofFormats(Columns.formats(reference, current)));
        }
        if (!reference.type().isNumeric()) {
            return List.of(Change.ofShares(Change.Way.VALUES, categories(), Notes.ofCells(categories())));
        }
        return hasNumbers() ? List.of(Change.ofNumbers(numbers())) : List.of();
    }

    private static Change ofFormats(PooledCounts formats) {
        return Change.ofShares(Change.Way.VALUES, formats, "format " + Notes.ofCells(formats));
    }

    /** Returns whether the column holds numbers that are compared by value, and both sides have some. */
    boolean hasNumbers() {
        return reference.type().isNumeric()
                && reference.formats() == null
                && !numbers().reference().isEmpty()
                && !numbers().current().isEmpty();
    }

    private static double share(long rows, ColumnProfile profile) {
        return (double) rows / profile.rows();
    }
}
