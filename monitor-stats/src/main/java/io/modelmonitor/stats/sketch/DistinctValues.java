package io.modelmonitor.stats.sketch;

/**
 * The numbers of different texts and of different numbers among values.
 *
 * @param texts of what is no number, by spelling
 * @param numbers of numbers, by numeric equality, whole ones from 2<sup>53</sup> on by spelling
 */
record DistinctValues(DistinctCount texts, DistinctCount numbers) {

    /** Counts the values of complete tables. */
    static DistinctValues of(TextCounts texts, NumberCounts numbers) {
        DistinctValues counted = new DistinctValues(DistinctCount.create(), DistinctCount.create());
        texts.forEach((text, hash, number, count) -> {
            boolean isNumber = !Double.isNaN(number);
            DistinctCount of = isNumber ? counted.numbers : counted.texts;
            of.addHash(isNumber ? NumberSpelling.hash(text, number) : hash);
        });
        counted.numbers.add(numbers.sorted(), 0, numbers.size());
        return counted;
    }

    /** Counts the values of complete tables, all of them by spelling where they have one. */
    static DistinctCount spelled(TextCounts texts, NumberCounts numbers) {
        DistinctCount counted = DistinctCount.create();
        texts.forEach((text, hash, number, count) -> counted.addHash(hash));
        counted.add(numbers.sorted(), 0, numbers.size());
        return counted;
    }

    /** Counts the numbers of complete tables, all of them by numeric equality. */
    static DistinctCount numeric(TextCounts texts, NumberCounts numbers) {
        DistinctCount counted = DistinctCount.create();
        texts.forEach((text, hash, number, count) -> {
            if (!Double.isNaN(number)) {
                counted.add(number);
            }
        });
        counted.add(numbers.sorted(), 0, numbers.size());
        return counted;
    }

    DistinctValues copy() {
        return new DistinctValues(texts.copy(), numbers.copy());
    }

    void absorb(DistinctValues other) {
        texts.absorb(other.texts);
        numbers.absorb(other.numbers);
    }
}
