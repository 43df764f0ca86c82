package io.modelmonitor.stats.drift;

import io.modelmonitor.api.ValueKind;
import io.modelmonitor.stats.sketch.ColumnProfile;
import io.modelmonitor.stats.test.TestResult;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

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
