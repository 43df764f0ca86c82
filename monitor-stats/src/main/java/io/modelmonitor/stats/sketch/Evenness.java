package io.modelmonitor.stats.sketch;

/**
 * The evenness of numbers over their range: numbers that are counted up leave steps of about the same size, however wide, where independent
 * ones of whatever distribution leave wider and narrower ones.
 */
final class Evenness {

    /**
     * Independent uniform numbers come so close to their distribution function with a probability of 1 in 100,000 (Kolmogorov's limit law,
     * {@code sqrt(2 pi) / x exp(-pi^2 / (8 x^2))} for small {@code x}), others even less.
     */
    private static final double TOO_EVEN = 0.3;

    private Evenness() {}

    /** Returns whether finite numbers are more even than independent ones are; takes time in proportion to those that are remembered. */
    static boolean isBeyondChance(WeightedValues numbers, double least, double greatest) {
        return numbers.total() > 0
                && distance(numbers, least, greatest) <= TOO_EVEN / Math.sqrt((double) numbers.total());
    }

    /** Returns the greatest difference between the share of numbers and that of the range that is below, outside of which may be a few; infinite if there is no range. */
    static double distance(WeightedValues numbers, double least, double greatest) {
        double n = numbers.total();
        double distance = 0;
        for (int i = 0; i < numbers.size(); i++) {
            double expected = Math.max(0, Math.min(1, (numbers.value(i) - least) / (greatest - least)));
            double atMost = numbers.cumulativeWeight(i) / n;
            double below = (numbers.cumulativeWeight(i) - numbers.weight(i)) / n;
            distance = Math.max(distance, Math.max(atMost - expected, expected - below));
        }
        return greatest > least ? distance : Double.POSITIVE_INFINITY;
    }
}
