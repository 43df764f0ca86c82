package io.modelmonitor.sagemaker;

import io.modelmonitor.stats.internal.text.NumberText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A column as the service's reference library sees it: through the types of pandas, and its own rule of what is a category.
 */
final class BiasColumn {

    private enum Type {
        WHOLE,
        FLOATING,
        TRUTH,
        TEXT
    }

    /** From which share of distinct values a column of whole numbers is continuous. */
    private static final double CONTINUOUS_SHARE = 0.05;

    private static final Pattern WHOLE = Pattern.compile("[-+]?\\d{1,18}");
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d++(\\.\\d*+)?|\\.\\d++)([eE][-+]?\\d++)?");

    private final List<@Nullable String> texts;
    private final double[] numbers;
    private final Type type;

    private BiasColumn(List<@Nullable String> texts, double[] numbers, Type type) {
        this.texts = texts;
        this.numbers = numbers;
        this.type = type;
    }

    static BiasColumn of(List<@Nullable String> texts) {
        boolean whole = true;
        boolean number = true;
        boolean truth = true;
        boolean complete = true;
        for (String text : texts) {
            if (text == null) {
                complete = false;
            } else {
                whole = whole && WHOLE.matcher(text).matches();
                number = number && NUMBER.matcher(text).matches();
                truth = truth && isTruth(text);
            }
        }
        // A missing value makes whole numbers floating, and truth values objects.
        Type type =
                whole && complete ? Type.WHOLE : number ? Type.FLOATING : truth && complete ? Type.TRUTH : Type.TEXT;
        double[] numbers = new double[texts.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(texts.get(i));
        }
        return new BiasColumn(texts, numbers, type);
    }

    private static boolean isTruth(String text) {
        return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
    }

    private static double number(@Nullable String text) {
        if (text == null) {
            return Double.NaN;
        }
        if (isTruth(text)) {
            return text.equalsIgnoreCase("true") ? 1 : 0;
        }
        return NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
    }

    /** Returns whether distances can be computed of it. */
    boolean isNumeric() {
        return type != Type.TEXT;
    }

    double number(int row) {
        return numbers[row];
    }

    @Nullable
    String text(int row) {
        return texts.get(row);
    }

    /** Returns whether values are a threshold of this column, rather than some of its categories. */
    boolean isContinuous(List<String> values) {
        if (values.size() > 1 || type == Type.TEXT || type == Type.TRUTH) {
            return false;
        }
        if (type == Type.FLOATING) {
            return true;
        }
        long distinct = Arrays.stream(numbers).distinct().count();
        return (double) distinct / numbers.length >= CONTINUOUS_SHARE;
    }

    /** Returns whether each row has one of these values, or lies above the threshold; a missing value never does. */
    boolean[] mask(List<String> values, boolean continuous) {
        boolean[] mask = new boolean[numbers.length];
        double threshold = continuous ? threshold(values) : Double.NaN;
        for (int row = 0; row < mask.length; row++) {
            mask[row] = continuous ? numbers[row] > threshold : isAnyOf(row, values);
        }
        return mask;
    }

    private boolean isAnyOf(int row, List<String> values) {
        String text = texts.get(row);
        if (text == null) {
            return false;
        }
        for (String value : values) {
            if (value.equals(text) || (type != Type.TEXT && number(value) == numbers[row])) {
                return true;
            }
        }
        return false;
    }

    private static double threshold(List<String> values) {
        double threshold = number(values.isEmpty() ? null : values.get(0));
        if (Double.isNaN(threshold)) {
            throw new IllegalArgumentException(
                    "value_or_threshold " + values + "; the column is continuous, so one number" + " has to be given");
        }
        return threshold;
    }

    /**
     * Returns the labels that scores predict: 1 above a threshold, else 0; missing where the score is.
     *
     * @throws IllegalArgumentException if values are no numbers
     */
    BiasColumn labelsAbove(double threshold, String name) {
        List<@Nullable String> labels = new ArrayList<>();
        for (int row = 0; row < numbers.length; row++) {
            String score = texts.get(row);
            if (score != null && Double.isNaN(numbers[row])) {
                throw new IllegalArgumentException("probability_threshold " + threshold
                        + " needs numbers in predicted_label '" + name + "', but there is '" + score + "'");
            }
            labels.add(score == null ? null : numbers[row] > threshold ? "1" : "0");
        }
        return of(labels);
    }

    /** Returns the distinct values in the order met. */
    List<String> distinct() {
        Set<String> distinct = new LinkedHashSet<>();
        for (String text : texts) {
            if (text != null) {
                distinct.add(text);
            }
        }
        return new ArrayList<>(distinct);
    }

    /**
     * Returns the name of a group: its values, or the interval from its threshold to the greatest value there is, which begins with
     * that value if it is less.
     */
    String name(List<String> values, boolean continuous) {
        if (!continuous) {
            return String.join(",", values.stream().map(this::shown).toList());
        }
        double threshold = threshold(values);
        double greatest = Double.NEGATIVE_INFINITY;
        for (double number : numbers) {
            greatest = number > greatest ? number : greatest;
        }
        if (greatest == threshold || numbers.length == 0) {
            return "";
        }
        return "(" + shown(Math.min(threshold, greatest)) + ", " + shown(Math.max(threshold, greatest)) + "]";
    }

    private String shown(String value) {
        if (type == Type.TRUTH && isTruth(value)) {
            return value.equalsIgnoreCase("true") ? "True" : "False";
        }
        return value;
    }

    /** A number as Python prints it. */
    private String shown(double value) {
        if (type == Type.WHOLE && value == Math.rint(value)) {
            return Long.toString((long) value);
        }
        double size = Math.abs(value);
        if (size >= 1e16 || (size < 1e-4 && size > 0)) {
            return NumberText.of(value, true).toLowerCase(Locale.ROOT);
        }
        String plain = new BigDecimal(NumberText.of(value, true)).toPlainString();
        return plain.contains(".") ? plain : plain + ".0";
    }
}
