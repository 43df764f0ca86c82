package io.modelmonitor.stats.sketch;

import io.modelmonitor.api.ValueKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Categories as a plain tree. */
final class CategoriesTree {

    private CategoriesTree() {}

    static Object of(
            TextCounts texts,
            NumberCounts numbers,
            @Nullable DistinctCount distinctTexts,
            @Nullable DistinctCount distinctNumbers,
            long total) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("total", total);
        tree.put("error", texts.error());
        List<String> values = new ArrayList<>();
        List<Long> counts = new ArrayList<>();
        for (Category category : texts.sorted()) {
            values.add(category.value());
            counts.add(category.count());
        }
        tree.put("values", values);
        tree.put("counts", counts);
        List<Double> unspelled = new ArrayList<>();
        List<Long> unspelledCounts = new ArrayList<>();
        for (double number : numbers.sorted()) {
            unspelled.add(number);
            unspelledCounts.add(numbers.count(number));
        }
        tree.put("fractional", numbers.isFractional());
        tree.put("numbers", unspelled);
        tree.put("number_counts", unspelledCounts);
        if (distinctTexts != null && distinctNumbers != null) {
            tree.put("distinct_texts", distinctTexts.toTree());
            tree.put("distinct_numbers", distinctNumbers.toTree());
        }
        return tree;
    }

    static Categories read(Object object) {
        Tree tree = Tree.of(object, "categories");
        List<?> values = tree.list("values");
        long[] counts = tree.counts("counts");
        double[] unspelled = tree.numbers("numbers");
        long[] unspelledCounts = tree.counts("number_counts");
        if (values.size() != counts.length || unspelled.length != unspelledCounts.length) {
            throw tree.impossible("counts", "as many counts as values are expected");
        }
        TextCounts texts = new TextCounts();
        for (int i = 0; i < counts.length; i++) {
            String text = Tree.text(values.get(i), "categories.values[" + i + "]");
            texts.addHeld(text, positive(tree, counts[i]));
        }
        texts.setError(tree.count("error"));
        NumberCounts numbers = new NumberCounts();
        numbers.setFractional(tree.flag("fractional"));
        for (int i = 0; i < unspelled.length; i++) {
            numbers.add(unspelled[i], positive(tree, unspelledCounts[i]));
        }
        boolean complete = !tree.has("distinct_texts");
        return Categories.ofParts(
                texts,
                numbers,
                complete
                        ? null
                        : DistinctCount.fromTree(tree.child("distinct_texts").all()),
                complete
                        ? null
                        : DistinctCount.fromTree(tree.child("distinct_numbers").all()),
                tree.count("total"));
    }

    private static long positive(Tree tree, long count) {
        if (count < 1) {
            throw tree.impossible("counts", count + "; at least 1 is expected");
        }
        return count;
    }

    /** Returns whether a text is a number with a point or an exponent. */
    static boolean isFractional(CharSequence text) {
        return ValueKind.strict(LexicalForm.of(text)) == ValueKind.FRACTIONAL;
    }

    /** Returns what a text is as a number; NaN when it is none by the strict grammar. */
    static double spelledNumber(String text) {
        int kind = ValueKind.strict(LexicalForm.of(text));
        return kind == ValueKind.INTEGRAL || kind == ValueKind.FRACTIONAL ? Double.parseDouble(text) : Double.NaN;
    }
}
