package io.modelmonitor.stats.internal.drift;

import io.modelmonitor.api.Distribution.Kind;
import io.modelmonitor.stats.sketch.Categories;
import io.modelmonitor.stats.sketch.ColumnProfile;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * Lays the categories of two columns over the same cells: one for each of the values that both sides have most often together,
 * another for the rest.
 *
 * <p>Where a side has forgotten rare values, a value has a cell only if it is frequent on both sides together, since whether a
 * rare one is remembered depends on the side, and would look like a change; or if one side has it far more often than the
 * other can have forgotten. The other side is then taken to have forgotten as much as it can.
 */
final class CategoryCells {

    /** Up to how many categories have a cell each. */
    private static final int MOST = 1_000;

    /** From how many times the error of its count a value is surely remembered, and its count nearly right. */
    private static final double CLEAR = 10;

    /** The probability that chance gives a cell to any value as one that a side has far more often: too small to add false alarms. */
    private static final double STRIKING = 1e-5;

    private final Categories reference;
    private final Categories current;
    private final double least;

    private CategoryCells(Categories reference, Categories current) {
        this.reference = reference;
        this.current = current;
        boolean isComplete = reference.isComplete() && current.isComplete();
        double error = (double) reference.countError() + current.countError();
        least = isComplete ? 0 : CLEAR * Math.max(1, error);
    }

    /** Returns counts over values. */
    static PooledCounts of(ColumnProfile reference, ColumnProfile current) {
        CategoryCells cells = new CategoryCells(reference.categories(), current.categories());
        return cells.layOut().build(cells.error());
    }

    /** As {@link #of}, with a cell for missing values. */
    static PooledCounts withMissing(ColumnProfile reference, ColumnProfile current) {
        CategoryCells cells = new CategoryCells(reference.categories(), current.categories());
        return cells.layOut()
                .addOccupied(Kind.MISSING, "missing", reference.missing(), current.missing())
                .build(cells.error());
    }

    private PooledCounts.Builder layOut() {
        Map<String, double[]> counts = new HashMap<>();
        reference.stream().forEach(category -> pair(counts, category.value())[0] = category.count());
        current.stream().forEach(category -> pair(counts, category.value())[1] = category.count());
        List<Cell> kept = counts.entrySet().stream()
                .map(entry -> new Cell(entry.getKey(), entry.getValue()[0], entry.getValue()[1]))
                .flatMap(cell -> kept(cell).stream())
                .sorted(Comparator.comparingDouble((Cell cell) -> -cell.pooled())
                        .thenComparing(Cell::value))
                .limit(MOST)
                .toList();
        double restOfReference = reference.total();
        double restOfCurrent = current.total();
        PooledCounts.Builder cells = new PooledCounts.Builder();
        for (Cell cell : kept) {
            boolean unseen = cell.reference == 0 && reference.isComplete();
            cells.add(unseen ? Kind.UNSEEN : Kind.VALUES, cell.value, cell.reference, cell.current);
            restOfReference -= cell.reference;
            restOfCurrent -= cell.current;
        }
        return cells.addOccupied(
                Kind.OTHER, "other", Double.NaN, Math.max(0, restOfReference), Math.max(0, restOfCurrent));
    }

    private static double[] pair(Map<String, double[]> counts, String value) {
        return counts.computeIfAbsent(value, unknown -> new double[2]);
    }

    /** Returns the counts of a value that has a cell of its own. */
    private Optional<Cell> kept(Cell cell) {
        if (cell.pooled() >= least) {
            return Optional.of(cell);
        }
        double most = cell.reference + reference.countError();
        if (isStriking(cell.current, current, most, reference)) {
            return Optional.of(new Cell(cell.value, most, cell.current));
        }
        double mostOfCurrent = cell.current + current.countError();
        if (isStriking(cell.reference, reference, mostOfCurrent, current)) {
            return Optional.of(new Cell(cell.value, cell.reference, mostOfCurrent));
        }
        return Optional.empty();
    }

    /**
     * Returns whether a side has a value so much more often than the other that chance gives as much to one of all values with a
     * probability of at most {@link #STRIKING}: the binomial tail given the pooled count, held against that count's part of
     * all rows, as these add up to one. Source: Rosenthal and Rubin (1983), Ensemble-adjusted p values.
     */
    private static boolean isStriking(double count, Categories side, double others, Categories otherSide) {
        double rows = side.total();
        double otherRows = otherSide.total();
        if (!(count * otherRows > 2 * others * rows)) {
            return false;
        }
        double pooled = count + others;
        double probability =
                BinomialDistribution.of((int) pooled, rows / (rows + otherRows)).survivalProbability((int) count - 1);
        return probability <= STRIKING * pooled / (rows + otherRows);
    }

    private double error() {
        return error(reference) + error(current);
    }

    private static double error(Categories categories) {
        return categories.total() == 0 ? 0 : Math.min(1, (double) categories.countError() / categories.total());
    }

    private record Cell(String value, double reference, double current) {

        double pooled() {
            return reference + current;
        }
    }
}
