package io.modelmonitor.stats.sketch;

/**
 * The correlation of a value with that of the next row: of numbers by their size, of other values by whether they are equal. Rows that are
 * independent have none; those of a file that is sorted, of a process that goes on or of batches have.
 */
final class SerialCorrelation {

    /** A smaller one changes little: the mean of rows of which each follows the one before it varies by (1 + r) / (1 - r) times as much. */
    private static final double LEAST = 0.1;

    /** There are many columns. */
    private static final double ERRORS = 5;

    /** The kurtosis of a normal distribution, and the least of any. */
    private static final double NORMAL = 3;

    /** The least share of values whose steps were counted; of values that were counted elsewhere no steps are known. */
    private static final double LEAST_SHARE = 0.9;

    private SerialCorrelation() {}

    /** Returns it, or NaN where it is not certain or small, and where the order of the rows is not known. */
    static double of(ColumnReading reading) {
        ColumnProfile values = reading.values();
        RowSteps steps = values.steps();
        if (steps.total() < Math.max(1, LEAST_SHARE * (values.present() - 1))) {
            return Double.NaN;
        }
        if (reading.type().isNumeric()) {
            Moments moments = values.moments();
            return certain(
                    steps.ofNumbers(moments.variancePopulation() * moments.count()),
                    moments.excessKurtosis() + NORMAL,
                    steps);
        }
        Categories texts = values.categories();
        if (!texts.isComplete() || texts.size() < 2) {
            return Double.NaN;
        }
        double equal = texts.stream()
                .mapToDouble(category -> (double) category.count() / texts.total())
                .map(share -> share * share)
                .sum();
        // Of two values, 0 and 1, that is their kurtosis.
        return certain(steps.ofEqualValues(equal), 2 / (1 - equal) - NORMAL, steps);
    }

    /**
     * Returns a correlation if it is certain. A standard error is {@code 1 / sqrt(n)}, as rows may be in any order; but where a few of the
     * values decide, by chance two of them are next to each other, and only so many fewer count as the kurtosis is greater than a normal one.
     */
    private static double certain(double correlation, double kurtosis, RowSteps steps) {
        double count = steps.total() / Math.max(1, kurtosis / NORMAL);
        return correlation >= Math.max(LEAST, ERRORS / Math.sqrt(count)) ? correlation : Double.NaN;
    }
}
