package io.modelmonitor.stats.internal.drift;

import io.modelmonitor.api.Distribution.Kind;
import io.modelmonitor.api.FeatureType;
import io.modelmonitor.api.ValueKind;
import io.modelmonitor.stats.internal.text.LexicalForm;
import io.modelmonitor.stats.sketch.ColumnProfile;
import io.modelmonitor.stats.sketch.WeightedValues;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The layout of the profiles of two columns over the same cells. Cells are chosen from both sides together, never from the reference
 * alone: a cell for what the reference happens not to have would drift by construction.
 */
final class Columns {

    /** The share of present values that are different from which a column looks like one of ids. */
    private static final double ID_SHARE = 0.9;

    /** The share from which another column still does beside one that does: customers come again. */
    private static final double STILL_ID_SHARE = 0.5;

    /** Below this, many columns have only different values. */
    private static final int LEAST_IDS = 100;

    /** The greatest ratio of the range of a column of whole numbers to its number of rows at which it looks like one of ids. */
    private static final double ID_RANGE = 2;

    private Columns() {}

    /**
     * Returns whether nearly all values are different, so that comparing them says nothing: texts, or whole numbers in so
     * narrow a range that independent ones would repeat more often. The current ones have to be as different, for a column
     * of ids in which one gets stuck has changed.
     */
    static boolean lookLikeIds(ColumnProfile reference, ColumnProfile current) {
        boolean isText = reference.count(ValueKind.STRING) >= LEAST_IDS;
        boolean isSequence = reference.type() == FeatureType.INTEGRAL
                && reference.present() >= LEAST_IDS
                && reference.moments().max() - reference.moments().min() < ID_RANGE * reference.present();
        return (isText || isSequence)
                && isDifferent(reference, ID_SHARE)
                && reference.type() == current.type()
                && isDifferent(current, STILL_ID_SHARE);
    }

    private static boolean isDifferent(ColumnProfile profile, double share) {
        return profile.distinctCount() >= share * profile.present();
    }

    /** Returns the finite numbers. */
    static EmpiricalDistribution numbers(ColumnProfile profile) {
        if (profile.quantiles().isExact()) {
            return new EmpiricalDistribution(profile.quantiles().values(), 0);
        }
        double error = profile.categories().isComplete()
                ? 0
                : Math.min(1, profile.quantiles().rankError());
        return new EmpiricalDistribution(profile.distribution(), error);
    }

    /** Returns how many rows have a value and how many have none. */
    static PooledCounts presence(ColumnProfile reference, ColumnProfile current) {
        return new PooledCounts.Builder()
                .add(Kind.VALUES, "present", reference.present(), current.present())
                .add(Kind.MISSING, "missing", reference.missing(), current.missing())
                .build(0);
    }

    /** Returns how many present values are finite numbers, text, booleans, NaN and infinities. */
    static PooledCounts kinds(ColumnProfile reference, ColumnProfile current) {
        return otherKinds(reference, current)
                .add(Kind.VALUES, "text", reference.count(ValueKind.STRING), current.count(ValueKind.STRING))
                .build(0);
    }

    private static PooledCounts.Builder otherKinds(ColumnProfile reference, ColumnProfile current) {
        return new PooledCounts.Builder()
                .add(Kind.VALUES, "number", finite(reference), finite(current))
                .add(Kind.VALUES, "boolean", reference.count(ValueKind.BOOLEAN), current.count(ValueKind.BOOLEAN))
                .add(
                        Kind.NOT_A_NUMBER,
                        "NaN",
                        reference.moments().nanCount(),
                        current.moments().nanCount())
                .add(
                        Kind.NEGATIVE_INFINITY,
                        "-Infinity",
                        reference.moments().negativeInfinityCount(),
                        current.moments().negativeInfinityCount())
                .add(
                        Kind.POSITIVE_INFINITY,
                        "Infinity",
                        reference.moments().positiveInfinityCount(),
                        current.moments().positiveInfinityCount());
    }

    /** Returns {@link #kinds}, each text that is remembered being a kind of its own. */
    static PooledCounts words(ColumnProfile reference, ColumnProfile current) {
        SortedMap<String, double[]> counts = new TreeMap<>();
        double[] rest = {reference.count(ValueKind.STRING), current.count(ValueKind.STRING)};
        List<ColumnProfile> sides = List.of(reference, current);
        for (int side = 0; side < sides.size(); side++) {
            int to = side;
            sides.get(side).categories().forEachText((text, count) -> {
                if (LexicalForm.of(text) == ValueKind.STRING) {
                    pair(counts, "'" + text + "'")[to] += count;
                    rest[to] -= count;
                }
            });
        }
        PooledCounts.Builder cells = otherKinds(reference, current);
        counts.forEach((text, pair) -> cells.add(Kind.VALUES, text, pair[0], pair[1]));
        return cells.addOccupied(Kind.OTHER, "other texts", Double.NaN, Math.max(0, rest[0]), Math.max(0, rest[1]))
                .build(0);
    }

    private static double finite(ColumnProfile profile) {
        return (double) profile.count(ValueKind.INTEGRAL)
                + profile.count(ValueKind.FRACTIONAL)
                - profile.moments().nonFiniteCount();
    }

    /**
     * Returns counts over the deciles of the reference, and cells of their own for values with as many rows and for what is
     * outside, missing or no number. Cells that both sides lack are left out.
     */
    static PooledCounts bins(
            ColumnProfile reference,
            EmpiricalDistribution p,
            ColumnProfile current,
            EmpiricalDistribution q,
            int bins) {
        // A sketch may have dropped the outermost values, and a file may not say them.
        double first = p.values().value(0);
        double last = p.values().value(p.values().size() - 1);
        double least = reference.moments().min() < first ? reference.moments().min() : first;
        double greatest = reference.moments().max() > last ? reference.moments().max() : last;
        Bins edges = Bins.quantilesBesideHeaps(p, bins);
        double[] ofReference = edges.counts(p);
        double[] ofCurrent = edges.counts(q);
        double below = q.values().countBelow(least);
        double above = q.total() - q.values().countAtMost(greatest);
        ofCurrent[0] -= below;
        ofCurrent[ofCurrent.length - 1] -= above;
        double[] inner = edges.innerEdges();
        PooledCounts.Builder cells = new PooledCounts.Builder();
        if (below > 0 || !isHeap(p, 0)) {
            cells.add(Kind.BELOW_RANGE, "below " + Notes.number(least), least, 0, below);
        }
        for (int i = 0; i < ofReference.length; i++) {
            double from = i == 0 ? least : inner[i - 1];
            double to = i == inner.length ? greatest : inner[i];
            boolean isHeap = i < inner.length && to == Math.nextUp(from);
            String label = Notes.number(from) + (isHeap ? "" : " to " + Notes.number(to));
            cells.addOccupied(Kind.VALUES, label, (from + to) / 2, ofReference[i], Math.max(0, ofCurrent[i]));
        }
        if (above > 0 || !isHeap(p, p.values().size() - 1)) {
            cells.add(Kind.ABOVE_RANGE, "above " + Notes.number(greatest), greatest, 0, above);
        }
        PooledCounts kinds = kinds(reference, current);
        for (int i = 1; i < kinds.reference().size(); i++) {
            Kind kind = kinds.reference().cells().get(i).kind();
            cells.addOccupied(
                    kind == Kind.VALUES ? Kind.NOT_A_NUMBER : kind,
                    kinds.reference().cells().get(i).label(),
                    Double.NaN,
                    kinds.reference().count(i),
                    kinds.current().count(i));
        }
        return cells.addOccupied(Kind.MISSING, "missing", reference.missing(), current.missing())
                .build(p.rankError() + q.rankError());
    }

    /** Returns whether several rows share an outermost value, so that chance puts no others beyond it. */
    private static boolean isHeap(EmpiricalDistribution distribution, int outermost) {
        return distribution.rankError() == 0 && distribution.values().weight(outermost) > 1;
    }

    /**
     * Returns counts over formats: the lengths of texts with their runs of letters and digits. Where not every value is
     * remembered, those that are stand for all, and count as no more rows than they are. Of numbers, which are told apart by
     * value once they are many, the lengths.
     */
    static PooledCounts formats(ColumnProfile reference, ColumnProfile current) {
        Map<String, double[]> counts = new TreeMap<>();
        addFormats(counts, 0, reference);
        addFormats(counts, 1, current);
        PooledCounts.Builder cells = new PooledCounts.Builder();
        counts.forEach((format, pair) -> cells.add(Kind.VALUES, format, pair[0], pair[1]));
        return cells.build(0);
    }

    /** Returns counts over the formats that the profiles are compared by, and what is missing if wanted. */
    static PooledCounts knownFormats(ColumnProfile reference, ColumnProfile current, boolean withMissing) {
        SortedMap<String, double[]> counts = new TreeMap<>();
        List<ColumnProfile> sides = List.of(reference, current);
        for (int side = 0; side < sides.size(); side++) {
            SortedMap<String, Long> formats = sides.get(side).formats();
            if (formats != null) {
                for (Map.Entry<String, Long> format : formats.entrySet()) {
                    pair(counts, format.getKey())[side] += format.getValue();
                }
            }
        }
        PooledCounts.Builder cells = new PooledCounts.Builder();
        counts.forEach((format, pair) -> cells.add(Kind.VALUES, format, pair[0], pair[1]));
        if (withMissing) {
            cells.add(Kind.MISSING, "missing", reference.missing(), current.missing());
        }
        return cells.build(0);
    }

    private static void addFormats(Map<String, double[]> counts, int side, ColumnProfile profile) {
        if (!profile.type().isNumeric()) {
            profile.categories().stream().forEach(c -> pair(counts, format(c.value()))[side] += c.count());
            return;
        }
        WeightedValues numbers = profile.distribution();
        for (int i = 0; i < numbers.size(); i++) {
            String format = (numbers.value(i) < 0 ? "-9 of " : "9 of ") + digits(numbers.value(i));
            pair(counts, format)[side] += numbers.weight(i);
        }
    }

    private static int digits(double number) {
        int digits = 1;
        for (double left = Math.abs(number); left >= 10; left /= 10) {
            digits++;
        }
        return digits;
    }

    private static double[] pair(Map<String, double[]> counts, String key) {
        return counts.computeIfAbsent(key, unknown -> new double[2]);
    }

    /** Returns the shape of a text: a letter for each run of letters, a digit for each of digits, and the length. */
    static String format(String value) {
        StringBuilder shape = new StringBuilder();
        int last = 0;
        for (int i = 0; i < value.length(); ) {
            int point = value.codePointAt(i);
            int kind = Character.isLetter(point) ? 'a' : Character.isDigit(point) ? '9' : point;
            if (kind != last) {
                shape.appendCodePoint(kind);
                last = kind;
            }
            i += Character.charCount(point);
        }
        return shape.append(" of ")
                .append(value.codePointCount(0, value.length()))
                .toString();
    }
}
