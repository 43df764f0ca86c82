package io.modelmonitor.stats.sketch;

import io.modelmonitor.stats.internal.LongText;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Summaries of values of which not every one is remembered.
 *
 * @param texts the number of different values that are no numbers, by spelling
 * @param numbers the number of different numbers, by numeric equality, whole ones from 2<sup>53</sup> on by spelling
 * @param forms the forms of what is no number
 */
record ValueSummaries(DistinctCount texts, DistinctCount numbers, TextForms forms) {

    /** Summarises the values of complete tables. */
    static ValueSummaries of(TextCounts texts, NumberCounts numbers) {
        DistinctCount ofTexts = DistinctCount.create();
        DistinctCount ofNumbers = DistinctCount.create();
        texts.forEach((text, number, count) -> {
            boolean isNumber = !Double.isNaN(number);
            (isNumber ? ofNumbers : ofTexts)
                    .addHash(isNumber ? NumberSpelling.hash(text, number) : LongText.hash(text));
        });
        numbers.addTo(ofNumbers);
        return new ValueSummaries(ofTexts, ofNumbers, TextForms.of(texts));
    }

    /** Counts the values of complete tables, all of them by spelling where they have one. */
    static DistinctCount spelled(TextCounts texts, NumberCounts numbers) {
        DistinctCount counted = DistinctCount.create();
        texts.forEach((text, number, count) -> counted.addHash(LongText.hash(text)));
        numbers.addTo(counted);
        return counted;
    }

    /** Counts the numbers of complete tables, all of them by numeric equality. */
    static DistinctCount numeric(TextCounts texts, NumberCounts numbers) {
        DistinctCount counted = DistinctCount.create();
        texts.forEach((text, number, count) -> {
            if (!Double.isNaN(number)) {
                counted.add(number);
            }
        });
        numbers.addTo(counted);
        return counted;
    }

    ValueSummaries merge(ValueSummaries other) {
        return new ValueSummaries(texts.merge(other.texts), numbers.merge(other.numbers), forms.merge(other.forms));
    }

    void write(DataOutput out) throws IOException {
        texts.write(out);
        numbers.write(out);
        forms.write(out);
    }

    static ValueSummaries read(DataInput in) throws IOException {
        return new ValueSummaries(DistinctCount.read(in), DistinctCount.read(in), TextForms.read(in));
    }
}
