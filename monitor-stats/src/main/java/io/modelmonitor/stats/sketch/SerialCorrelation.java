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

    /** There are many columns. */
    private static final double ERRORS = 5;

    /** The kurtosis of a normal distribution, and the least of any. */
    private static final double NORMAL = 3;

    private static final SerialCorrelation UNKNOWN = new SerialCorrelation(Double.NaN, 0);

    static SerialCorrelation of(ColumnReading reading) {
        return of(reading, reading);
    }

    /** Returns that of rows if values vary as those of others do, of which a few neighbouring rows may show a small part. */
    static SerialCorrelation of(ColumnReading reading, ColumnReading varying) {
        RowSteps steps = reading.values().steps();
        ColumnProfile values = varying.values();
        if (steps.total() == 0 || !steps.areOf(reading.values().present())) {
            return UNKNOWN;
        }
        if (varying.type().isNumeric()) {
            long numbers = reading.values().moments().count();
            Moments moments = values.moments();
            return steps.areOfNumbers(numbers)
                    ? of(
                            ofNumbers(steps, moments.variancePopulation() * numbers),
                            moments.excessKurtosis() + NORMAL,
                            steps)
                    : UNKNOWN;
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
        return of(ofEqualValues(steps, equal), 2 / (1 - equal) - NORMAL, steps);
    }

    /**
     * Returns the serial correlation of numbers, {@code 1 - d / (2 s)} with the sum {@code d} of the squares of the steps: 1 less half of
     * von Neumann's ratio (Annals of Mathematical Statistics 12, 1941): of numbers in any order by chance its mean is 0.
     *
     * @param ofMean the sum {@code s} of the squares of the differences from the mean
     */
    private static double ofNumbers(RowSteps steps, double ofMean) {
        return 1 - steps.squares() / 2 / ofMean;
    }

    /**
     * Returns by how much more often a value is followed by an equal one than by chance, as a share of the most that is possible: the
     * correlation of whether a row and the next have a value, of all values together (as J. Cohen's kappa, 1960).
     *
     * @param equal the probability that two independent values are equal
     */
    private static double ofEqualValues(RowSteps steps, double equal) {
        return (1 - (double) steps.turns() / steps.total() - equal) / (1 - equal);
    }

    /** Where a few of the values decide, only so many fewer steps count as the kurtosis is greater than a normal one. */
    private static SerialCorrelation of(double value, double kurtosis, RowSteps steps) {
        return new SerialCorrelation(value, steps.total() / Math.max(1, kurtosis / NORMAL));
    }

    /**
     * Returns whether the rows of a window follow each other as those of a baseline do: by at least half of its correlation, or less by no
     * more than a standard error, as their own values vary or as the baseline's do, of which a few rows may show a small part; and with no
     * far fewer changes of the value, as those have that are stuck.
     */
    boolean holdsIn(ColumnReading window, ColumnReading baseline) {
        return window.values().steps().changeAsOftenAs(baseline.values().steps())
                && (of(window).mayBe(value / 2) || of(window, baseline).mayBe(value / 2));
    }

    private boolean mayBe(double least) {
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
