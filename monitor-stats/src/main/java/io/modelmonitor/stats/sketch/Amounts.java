package io.modelmonitor.stats.sketch;

import io.modelmonitor.api.FeatureType;
import io.modelmonitor.api.ValueKind;
import io.modelmonitor.stats.internal.text.Affixes;
import io.modelmonitor.stats.internal.text.AmountText;
import io.modelmonitor.stats.internal.text.LexicalForm;
import io.modelmonitor.stats.internal.text.MissingSpelling;
import io.modelmonitor.stats.internal.text.TextForm;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The reading of the texts of a column as numbers ({@link AmountText}).
 *
 * @param family what they are
 * @param comma whether a comma stands before decimals, a point otherwise
 * @param affixed whether numbers between any beginning and end are numbers, too ({@link AffixedNumbers})
 * @param words the beginnings and ends that make words all the same, and doubtful ones that do not
 */
record Amounts(TextForm.Family family, boolean comma, boolean affixed, AffixWords words) {

    private static final double THOUSAND = 1_000;

    /** Times of the day and durations, in seconds. */
    static final Amounts OF_CLOCK = new Amounts(TextForm.Family.TIME, false, false, AffixWords.NONE);

    /**
     * Returns how texts are numbers if most values are ({@link MajorityKind}): those of a known kind, or those between any beginnings and
     * ends, too, where these are few. Whole numbers behind a beginning of which new ones come are rather ids.
     *
     * @param present how many values there are, but for those that stand for nothing
     * @return null if they are not, or are few that come again
     */
    static @Nullable Amounts of(ColumnProfile column, long present) {
        TextForms forms = column.categories().forms();
        AffixWords words = forms.affixed().words();
        for (boolean affixed : new boolean[] {false, true}) {
            long withPoint = readable(forms, false, affixed, words);
            long withComma = readable(forms, true, affixed, words);
            Amounts amounts = new Amounts(TextForm.Family.NUMBER, withComma > withPoint, affixed, words);
            long most = Math.max(withPoint, withComma);
            if (most > 0
                    && amounts.areMost(column, most, present)
                    && !amounts.areFew(column, forms, present)
                    && !(affixed && amounts.mayBeIds(column, forms, present))) {
                return amounts;
            }
        }
        return null;
    }

    private static long readable(TextForms forms, boolean comma, boolean affixed, AffixWords words) {
        return forms.readable(TextForm.Family.NUMBER, comma)
                + (affixed ? forms.affixed().countOfFew(comma, words) : 0);
    }

    private boolean areMost(ColumnProfile column, long texts, long present) {
        long numbers = column.kinds().numbers();
        return MajorityKind.are(column, texts + numbers, present, text -> !Double.isNaN(number(text)), true);
    }

    /** Returns whether these are few that come again, unless they are texts of digits alone, which are numbers as a file would have them. */
    private boolean areFew(ColumnProfile column, TextForms forms, long present) {
        Categories categories = column.categories();
        if (!categories.isComplete()) {
            return false;
        }
        long[] others = new long[2];
        boolean[] areAffixed = {!forms.forms().keySet().equals(Set.of("9"))};
        categories.forEachText((text, count) -> {
            areAffixed[0] |= !ValueKind.isNumber(LexicalForm.of(text));
            if (Double.isNaN(number(text))) {
                others[0]++;
                others[1] += MissingSpelling.is(text) ? 0 : count;
            }
        });
        return areAffixed[0] && MajorityKind.areFew((double) categories.size() - others[0], present - others[1]);
    }

    /** Returns whether these are whole numbers behind something that is no currency, without separators of thousands, of which new ones come. */
    private boolean mayBeIds(ColumnProfile column, TextForms forms, long present) {
        SortedMap<String, Long> affixes = forms.affixed().counts(comma, words);
        long all = affixes.values().stream().mapToLong(Long::longValue).sum();
        long atOnce = affixes.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("9"))
                .mapToLong(Map.Entry::getValue)
                .sum();
        boolean areSums =
                affixes.keySet().stream().allMatch(affix -> Affixes.isCurrency(affix.substring(0, affix.indexOf('9'))));
        return 2 * atOnce < all
                && !areSums
                && !haveThousands(column)
                && IdSigns.comeAnew(column, present, column.distinctCount())
                && type(column) == FeatureType.INTEGRAL;
    }

    /** Returns whether most numbers from a thousand on, as far as they are remembered, have separators of thousands. */
    private boolean haveThousands(ColumnProfile column) {
        long[] large = new long[2];
        column.categories().forEachText((text, count) -> {
            if (Math.abs(number(text)) >= THOUSAND) {
                large[Affixes.hasThousands(text) ? 1 : 0] += count;
            }
        });
        return large[1] > large[0];
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
        if (form.family() == family) {
            return form.value(comma);
        }
        if (!affixed || !form.isAffixed()) {
            return Double.NaN;
        }
        boolean isOfCrores = form.isCreditOrCrores() && !words.has(Affixes.asCrores(form.affixes()));
        return isOfCrores
                ? Affixes.crores(form.value(comma))
                : words.has(form.affixes()) ? Double.NaN : form.value(comma);
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
        long numbers = forms.readable(family, comma);
        if (affixed) {
            TextNumbers others = forms.affixed().numbers(words);
            quantiles = quantiles.merge(others.quantiles(comma));
            moments = moments.merge(others.moments(comma));
            numbers += others.moments(comma).count();
        }
        Categories categories = column.categories().byValue(MissingSpelling::is, true, this);
        WeightedValues exact = categories.numbers();
        long fractions = type == FeatureType.FRACTIONAL ? 0 : fractions(exact != null ? exact : quantiles.values());
        KindCounts kinds = column.kinds().withNumbers(absent, numbers, fractions, type);
        return column.readAs(type, kinds, categories, moments, quantiles);
    }
}
