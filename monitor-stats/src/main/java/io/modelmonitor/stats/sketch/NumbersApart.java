package io.modelmonitor.stats.sketch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;

/**
 * The few numbers in a column of times or ids that are none, such as 0 for a guest and 99991231 for no end: at most {@value #MOST}, each of
 * which comes again, below 1 or far outside the others. They are counted, named and judged by their shares.
 *
 * @param numbers the numbers, in ascending order
 */
record NumbersApart(List<Double> numbers) {

    static final NumbersApart NONE = new NumbersApart(List.of());

    static final int MOST = 3;

    /** Of fewer rows none is told apart, and more than so many leave too few others. */
    private static final double LEAST_SHARE = 0.01;

    private static final double MOST_SHARE = 0.9;

    NumbersApart {
        numbers = List.copyOf(numbers);
    }

    /**
     * Returns the numbers that are apart from those in a format.
     *
     * @param holds whether a number is in the format
     */
    static NumbersApart from(WeightedValues all, DoublePredicate holds) {
        int[] others = IntStream.range(0, all.size())
                .filter(i -> !holds.test(all.value(i)))
                .boxed()
                .sorted((one, other) -> Long.compare(all.weight(other), all.weight(one)))
                .limit(MOST)
                .mapToInt(Integer::intValue)
                .toArray();
        double[] holding = Arrays.stream(all.values()).filter(holds).toArray();
        return holding.length == 0 ? NONE : of(all, others, holding[0], holding[holding.length - 1]);
    }

    /** Returns the numbers that are apart from ids, at either end of all. */
    static NumbersApart fromIds(WeightedValues all) {
        int low = 0;
        int high = all.size() - 1;
        while (low < high && low < MOST && isFrequent(all, low) && all.value(low) <= 0) {
            low++;
        }
        while (high > low
                && all.size() - 1 - high < MOST - low
                && isFrequent(all, high)
                && (isOfNines(all.value(high)) || all.value(high) >= 2 * all.value(high - 1))) {
            high--;
        }
        int first = low;
        int last = high;
        int[] ends = IntStream.range(0, all.size())
                .filter(i -> i < first || i > last)
                .toArray();
        return all.size() == 0 ? NONE : of(all, ends, all.value(low), all.value(high));
    }

    private static boolean isFrequent(WeightedValues all, int place) {
        return all.weight(place) > 1 && all.weight(place) >= LEAST_SHARE * all.total();
    }

    private static boolean isOfNines(double number) {
        return number > 0
                && number < Long.MAX_VALUE
                && Long.toString((long) number).matches("9{4,}");
    }

    private static NumbersApart of(WeightedValues all, int[] places, double least, double greatest) {
        List<Double> apart = new ArrayList<>();
        long total = 0;
        for (int place : places) {
            double number = all.value(place);
            double distance = Math.max(least - number, number - greatest);
            boolean isFar = distance > 0 && (number <= 0 || isOfNines(number) || distance >= greatest - least);
            if (all.weight(place) > 1 && isFar) {
                apart.add(number);
                total += all.weight(place);
            }
        }
        return total > MOST_SHARE * all.total()
                ? NONE
                : new NumbersApart(apart.stream().sorted().toList());
    }

    boolean isEmpty() {
        return numbers.isEmpty();
    }

    boolean has(double number) {
        return numbers.contains(number + 0.0);
    }

    /** Returns numbers without these. */
    WeightedValues without(WeightedValues all) {
        if (isEmpty()) {
            return all;
        }
        SortedMap<Double, Long> others = new TreeMap<>();
        for (int i = 0; i < all.size(); i++) {
            if (!has(all.value(i))) {
                others.put(all.value(i), all.weight(i));
            }
        }
        return WeightedValues.of(others);
    }

    /** Returns how often each of these comes, the most frequent first. */
    List<Category> cells(WeightedValues all) {
        return IntStream.range(0, all.size())
                .filter(i -> has(all.value(i)))
                .mapToObj(i -> new Category(Long.toString((long) all.value(i)), all.weight(i)))
                .sorted(Category.ORDER)
                .toList();
    }

    /** Returns how many values are one of these. */
    long count(WeightedValues all) {
        return cells(all).stream().mapToLong(Category::count).sum();
    }
}
