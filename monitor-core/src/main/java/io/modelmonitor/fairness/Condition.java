package io.modelmonitor.fairness;

import io.modelmonitor.api.Column;
import io.modelmonitor.api.ValueKind;
import io.modelmonitor.stats.fairness.Outcomes;
import io.modelmonitor.stats.internal.text.LexicalForm;
import io.modelmonitor.stats.internal.text.MissingSpelling;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tests whether values of a column are ones that were configured. Results are the codes of {@link Outcomes}, and one more. */
interface Condition extends Serializable {

    /** The code of a value that is neither positive nor negative. */
    int FOREIGN = 3;

    /**
     * Tests the values of a column.
     *
     * @param results takes {@link Outcomes#POSITIVE}, {@link Outcomes#NEGATIVE}, {@link Outcomes#UNKNOWN} or
     *     {@link #FOREIGN} for each row, of which there are as many
     */
    void test(Column column, int[] results);

    /** 1 and true are positive, 0 and false are negative, spellings of missing values unknown, everything else is foreign. */
    static Condition isTrue() {
        return (column, results) -> {
            double[] numbers = column.numbers();
            for (int i = 0; i < results.length; i++) {
                // One comparison for both answers, which alternate too irregularly for two to be predicted.
                int whole = (int) numbers[i];
                results[i] = whole == numbers[i] && whole >>> 1 == 0 ? whole : isTrue(column.text(i));
            }
        };
    }

    private static int isTrue(@Nullable CharSequence text) {
        if (text == null) {
            return Outcomes.UNKNOWN;
        }
        String word = text.toString();
        if (word.equalsIgnoreCase("true")) {
            return Outcomes.POSITIVE;
        }
        if (word.equalsIgnoreCase("false")) {
            return Outcomes.NEGATIVE;
        }
        return MissingSpelling.is(word) ? Outcomes.UNKNOWN : FOREIGN;
    }

    /** Numbers above a threshold are positive; what is no number is unknown. */
    static Condition above(double threshold) {
        return (column, results) -> {
            double[] numbers = column.numbers();
            for (int i = 0; i < results.length; i++) {
                results[i] = number(numbers[i], numbers[i] > threshold);
            }
        };
    }

    /** Numbers up to a threshold are positive; what is no number is unknown. */
    static Condition atMost(double threshold) {
        return (column, results) -> {
            double[] numbers = column.numbers();
            for (int i = 0; i < results.length; i++) {
                results[i] = number(numbers[i], numbers[i] <= threshold);
            }
        };
    }

    private static int number(double number, boolean isPositive) {
        if (Double.isNaN(number)) {
            return Outcomes.UNKNOWN;
        }
        return isPositive ? Outcomes.POSITIVE : Outcomes.NEGATIVE;
    }

    /** These values are positive: compared as numbers where both are numbers, so that 1 is 1.0, else as text. */
    static Condition anyOf(List<String> values) {
        double[] numbers = values.stream()
                .mapToDouble(Condition::parse)
                .filter(x -> !Double.isNaN(x))
                .toArray();
        return numbers.length == values.size() ? anyNumberOf(numbers) : anyTextOf(values, numbers);
    }

    private static Condition anyNumberOf(double[] wanted) {
        return (column, results) -> {
            double[] numbers = column.numbers();
            byte[] kinds = column.kinds();
            for (int i = 0; i < results.length; i++) {
                results[i] = isMissing(column, kinds[i], i) ? Outcomes.UNKNOWN : isOneOf(wanted, numbers[i]);
            }
        };
    }

    private static boolean isMissing(Column column, byte kind, int row) {
        CharSequence text = kind == ValueKind.STRING ? column.text(row) : null;
        return kind == ValueKind.MISSING || (text != null && MissingSpelling.is(text.toString()));
    }

    private static Condition anyTextOf(List<String> values, double[] wanted) {
        String[] texts = values.toArray(String[]::new);
        return (column, results) -> {
            for (int i = 0; i < results.length; i++) {
                CharSequence text = column.text(i);
                results[i] = text == null ? Outcomes.UNKNOWN : isOneOf(texts, text.toString());
            }
            if (wanted.length > 0) {
                // A missing value is no number, and the code of what is positive is greater than that of what is
                // negative.
                double[] numbers = column.numbers();
                for (int i = 0; i < results.length; i++) {
                    results[i] = Math.max(results[i], isOneOf(wanted, numbers[i]));
                }
            }
        };
    }

    private static int isOneOf(double[] wanted, double number) {
        for (double one : wanted) {
            if (number == one) {
                return Outcomes.POSITIVE;
            }
        }
        return Outcomes.NEGATIVE;
    }

    private static int isOneOf(String[] wanted, String text) {
        for (String one : wanted) {
            if (one.equals(text)) {
                return Outcomes.POSITIVE;
            }
        }
        return MissingSpelling.isNoName(text) ? Outcomes.UNKNOWN : Outcomes.NEGATIVE;
    }

    private static double parse(String text) {
        // By the grammar that the column's values are read by, to which 2F and 1d are text.
        return ValueKind.isNumber(LexicalForm.of(text)) ? Double.parseDouble(text) : Double.NaN;
    }
}
