package io.modelmonitor.stats.sketch;

import io.modelmonitor.api.FeatureType;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The reading of the texts of a column as numbers ({@link AmountText}).
 *
 * @param family what they are
 * @param comma whether a comma stands before decimals, a point otherwise
 */
record Amounts(TextForm.Family family, boolean comma) {

    /** Times of the day and durations, in seconds. */
    static final Amounts OF_CLOCK = new Amounts(TextForm.Family.TIME, false);

    private static final double LEAST_SHARE = 0.9;

    /** Up to how many different texts are categories though they are numbers too. */
    private static final int MOST_CLASSES = 20;

    /**
     * Returns how texts are numbers if nine of ten values are.
     *
     * @param present how many values there are, but for those that stand for nothing
     * @return null if they are not, or are few that come again
     */
    static @Nullable Amounts of(ColumnProfile column, long present) {
        Categories categories = column.categories();
        TextForms forms = categories.forms();
        boolean isOfFew = categories.isComplete() && categories.size() <= Math.min(MOST_CLASSES, present / 2);
        // Texts of digits alone are numbers as a file would have them.
        if (isOfFew && !forms.forms().keySet().equals(Set.of("9"))) {
            return null;
        }
        long withPoint = forms.readable(TextForm.Family.NUMBER, false);
        long withComma = forms.readable(TextForm.Family.NUMBER, true);
        long most = Math.max(withPoint, withComma);
        return most > 0 && most + column.kinds().numbers() >= LEAST_SHARE * present
                ? new Amounts(TextForm.Family.NUMBER, withComma > withPoint)
                : null;
    }

    /** Returns whether all of the numbers are whole, as far as they are remembered. */
    FeatureType type(ColumnProfile column) {
        return fractions(read(column, FeatureType.FRACTIONAL, 0).distribution()) > 0
                ? FeatureType.FRACTIONAL
                : FeatureType.INTEGRAL;
    }

    private static long fractions(WeightedValues numbers) {
        long count = 0;
        for (int i = 0; i < numbers.size(); i++) {
            count += numbers.value(i) == Math.rint(numbers.value(i)) ? 0 : numbers.weight(i);
        }
        return count;
    }

    /** Returns what a text is as a number; NaN if it is none. */
    double number(String text) {
        TextForm form = new TextForm();
        form.read(text);
        return form.family() == family ? form.value(comma) : Double.NaN;
    }

    /**
     * Returns a column with these texts as numbers.
     *
     * @param type the type of the column
     * @param absent how many texts stand for nothing
     */
    ColumnProfile read(ColumnProfile column, FeatureType type, long absent) {
        TextForms forms = column.categories().forms();
        KllSketch quantiles = column.quantiles().merge(forms.quantiles(family, comma));
        Moments moments = column.moments().merge(forms.moments(family, comma));
        Categories categories = column.categories().byValue(MissingSpelling::is, true, this);
        WeightedValues exact = categories.numbers();
        long numbers = forms.readable(family, comma);
        long fractions = type == FeatureType.FRACTIONAL ? 0 : fractions(exact != null ? exact : quantiles.values());
        KindCounts kinds = column.kinds().withNumbers(absent, numbers, fractions, type);
        return column.readAs(type, kinds, categories, moments, quantiles);
    }
}
