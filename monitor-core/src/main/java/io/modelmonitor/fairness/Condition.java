package io.modelmonitor.fairness;

import io.modelmonitor.api.Row;
import io.modelmonitor.stats.fairness.Outcomes;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/** Tests whether a value of a row is one of the configured ones. Results are the codes of {@link Outcomes}, and one more. */
interface Condition extends Serializable {

    /** The code of a value that is neither positive nor negative. */
    int FOREIGN = 3;

    /**
     * Tests a value.
     *
     * @param column the position of the column, which is there
     * @return {@link Outcomes#POSITIVE}, {@link Outcomes#NEGATIVE}, {@link Outcomes#UNKNOWN} or {@link #FOREIGN}
     */
    int test(Row row, int column);

    /** 1 and true are positive, 0 and false are negative, everything else is foreign. */
    static Condition isTrue() {
        return (row, column) -> {
            double number = row.number(column);
            if (number == 1) {
                return Outcomes.POSITIVE;
            }
            if (number == 0) {
                return Outcomes.NEGATIVE;
            }
            String text = row.text(column);
            if (text == null) {
                return Outcomes.UNKNOWN;
            }
            if (text.equalsIgnoreCase("true")) {
                return Outcomes.POSITIVE;
            }
            return text.equalsIgnoreCase("false") ? Outcomes.NEGATIVE : FOREIGN;
        };
    }

    /** Numbers above a threshold are positive; what is no number is unknown. */
    static Condition above(double threshold) {
        return (row, column) -> {
            double number = row.number(column);
            if (Double.isNaN(number)) {
                return Outcomes.UNKNOWN;
            }
            return number > threshold ? Outcomes.POSITIVE : Outcomes.NEGATIVE;
        };
    }

    /** Numbers up to a threshold are positive; what is no number is unknown. */
    static Condition atMost(double threshold) {
        return (row, column) -> {
            double number = row.number(column);
            if (Double.isNaN(number)) {
                return Outcomes.UNKNOWN;
            }
            return number <= threshold ? Outcomes.POSITIVE : Outcomes.NEGATIVE;
        };
    }

    /** These values are positive: compared as numbers where both are numbers, so that 1 is 1.0, else as text. */
    static Condition anyOf(List<String> values) {
        double[] numbers = values.stream()
                .mapToDouble(Condition::parse)
                .filter(x -> !Double.isNaN(x))
                .toArray();
        return numbers.length == values.size() ? anyNumberOf(numbers) : anyTextOf(values, numbers);
    }

    private static Condition anyNumberOf(double[] numbers) {
        return (row, column) -> {
            double number = row.number(column);
            if (Double.isNaN(number)) {
                return row.isMissing(column) ? Outcomes.UNKNOWN : Outcomes.NEGATIVE;
            }
            for (double wanted : numbers) {
                if (number == wanted) {
                    return Outcomes.POSITIVE;
                }
            }
            return Outcomes.NEGATIVE;
        };
    }

    private static Condition anyTextOf(List<String> values, double[] numbers) {
        String[] texts = values.toArray(String[]::new);
        return (row, column) -> {
            String text = row.text(column);
            if (text == null) {
                return Outcomes.UNKNOWN;
            }
            for (String wanted : texts) {
                if (wanted.equals(text)) {
                    return Outcomes.POSITIVE;
                }
            }
            if (numbers.length > 0) {
                double number = row.number(column);
                return Arrays.stream(numbers).anyMatch(wanted -> wanted == number)
                        ? Outcomes.POSITIVE
                        : Outcomes.NEGATIVE;
            }
            return Outcomes.NEGATIVE;
        };
    }

    private static double parse(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException notANumber) {
            return Double.NaN;
        }
    }
}
