package io.modelmonitor.stats.sketch;

/**
 * The correlation of a value with that of the next row: of numbers by their size, of other values by whether they are equal. Rows that are
 * independent have none; those of a file that is sorted, of a process that goes on or of batches have. Not a number where the order of the
 * rows is not known.
 *
 * @param value from -1 to 1
 * @param count the number of steps from row to row that decide it
 */
record SerialCorrelation(double value, double count) {

    /** A smaller one changes little: the mean of rows of which each follows the one before it varies by (1 + r) / (1 - r) times as much. */
    private static final double LEAST = 0.1;

    /** A greater one is mostly that of a sorted file; and of so few independent rows, ranks could hardly show a change of any size. */
    static final double MOST = 0.98;

    /** There are many columns. */
    private static final double ERRORS = 5;

    /** The kurtosis of a normal distribution, and the least of any. */
    private static final double NORMAL = 3;

    /** The least share of values whose steps were counted; of values that were counted elsewhere no steps are known. */
    private static final double LEAST_SHARE = 0.9;

    private static final SerialCorrelation UNKNOWN = new SerialCorrelation(Double.NaN, 0);

    static SerialCorrelation of(ColumnReading reading) {
        ColumnProfile values = reading.values();
        RowSteps steps = values.steps();
        if (steps.total() < Math.max(1, LEAST_SHARE * (values.present() - 1))) {
            return UNKNOWN;
        }
        if (reading.type().isNumeric()) {
            Moments moments = values.moments();
            return of(
                    steps.ofNumbers(moments.variancePopulation() * moments.count()),
                    moments.excessKurtosis() + NORMAL,
                    steps);
        }
        Categories texts = values.categories();
        if (!texts.isComplete() || texts.size() < 2) {
            return UNKNOWN;
        }
        double equal = texts.stream()
                .mapToDouble(category -> (double) category.count() / texts.total())
                .map(share -> share * share)
                .sum();
        // Of two values, 0 and 1, that is their kurtosis.
        return of(steps.ofEqualValues(equal), 2 / (1 - equal) - NORMAL, steps);
    }

    /** Where a few of the values decide, only so many fewer steps count as the kurtosis is greater than a normal one. */
    private static SerialCorrelation of(double value, double kurtosis, RowSteps steps) {
        return new SerialCorrelation(value, steps.total() / Math.max(1, kurtosis / NORMAL));
    }

    /** Returns whether it is at least so much, or less by no more than a standard error. */
    boolean mayBe(double least) {
        return value >= least - 1 / Math.sqrt(count);
    }

    /**
     * Returns whether it is not small, and not by chance: a standard error is {@code 1 / sqrt(n)}, as independent rows may be in any order,
     * but two of a few great values may be next to each other.
     */
    boolean isCertain() {
        return value >= Math.max(LEAST, ERRORS / Math.sqrt(count));
    }
}
