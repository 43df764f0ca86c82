package io.modelmonitor.stats.sketch;

import io.modelmonitor.stats.internal.LongText;
import io.modelmonitor.stats.internal.Packed;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which values occur and how often, in bounded memory.
 *
 * <p>While there are at most {@value #MAX_VALUES} different values of together at most {@value #MAX_CHARACTERS}
 * characters, every value is there with its exact count ({@link #isComplete()}). Beyond:
 *
 * <ul>
 *   <li>numbers are dropped for good; their distribution is for a {@link KllSketch} to tell;
 *   <li>of other texts the frequent ones stay (Misra and Gries 1982, with the median decrement of Anderson et al., IMC
 *       2017): a count is too low by at most {@link #countError()}, which is at most n / 2,048 as long as the number of
 *       values and not of characters is what is exceeded; a text that occurs more often than that is certainly there;
 *   <li>how many different values there are is estimated ({@link DistinctCount}).
 * </ul>
 *
 * <p>Texts are told apart by their exact spelling: {@code 1} and {@code 1.0} are two values. A text of more than 256 UTF-16
 * units is held as its first 256 units, {@code …#}, and its hash in 16 hexadecimal digits, so that a value never takes
 * more than about half a kilobyte. Numbers of sources without spelling are told apart by numeric equality and written in
 * their shortest form. Beyond completeness all are told apart so, but for whole ones from 2<sup>53</sup> on.
 *
 * <p>Merging is associative and commutative while complete; beyond, it is commutative and errors add. A known text costs
 * constant time, with a text's hash; at most about 1 MB. One thread may change a state at a time.
 */
public final class Categories {

    /** Up to how many different values every one is there. */
    public static final int MAX_VALUES = 4096;
    /** Up to how many characters of all values together every value is there. */
    public static final int MAX_CHARACTERS = 1 << 18;
    /** From here on a double does not tell neighbouring whole numbers apart. */
    static final double EXACT_INTEGERS = 0x1p53;

    private TextCounts texts = new TextCounts();
    private NumberCounts numbers = new NumberCounts();
    /** Summaries of all values once not every one is here; null while complete. */
    private @Nullable ValueSummaries summaries;

    private long total;

    private Categories() {}

    /** Returns the categories of no values. */
    public static Categories create() {
        return new Categories();
    }

    /**
     * Returns categories that somebody else has counted, such as those of a statistics file.
     *
     * @param counts each value and its count, which is at least 1
     * @param total how many values there were; if it exceeds the sum of the counts, the rest is unknown
     * @param distinct how many different values there were
     * @throws IllegalArgumentException if a count is not positive, or the sum of the counts exceeds {@code total}
     */
    public static Categories of(Map<String, Long> counts, long total, DistinctCount distinct) {
        Categories categories = new Categories();
        long sum = 0;
        for (Map.Entry<String, Long> entry : counts.entrySet()) {
            String value = entry.getKey();
            long count = entry.getValue();
            if (count < 1) {
                throw new IllegalArgumentException("counts: " + count + " of '" + value + "'; at least 1 is expected");
            }
            sum += count;
            categories.texts.add(value, NumberSpelling.number(value), count);
        }
        if (sum > total) {
            throw new IllegalArgumentException("total: " + total + "; at least " + sum + ", the sum of the counts");
        }
        categories.total = total;
        if (sum < total) {
            categories.texts.setError(total - sum);
            categories.summaries = new ValueSummaries(distinct, DistinctCount.create(), TextForms.of(categories.texts));
        }
        categories.fit();
        return categories;
    }

    /** Adds a value as it is spelled. */
    public void add(CharSequence value) {
        double number = NumberSpelling.number(value.toString());
        if (Double.isNaN(number)) {
            addText(value);
            endBlock();
        } else {
            addNumber(value, number);
        }
    }

    /** Adds a value that is no number. */
    void addText(CharSequence text) {
        total++;
        if (summaries != null) {
            summaries.forms().add(text, 1);
        }
        int place = texts.place(text);
        // What is here has been counted as one of the different values before.
        if (place < 0 && summaries != null) {
            summaries.texts().add(text);
        }
        texts.addAt(place, text, Double.NaN, 1);
        fit();
    }

    /** Ends a block of added values. */
    void endBlock() {
        if (summaries != null) {
            summaries.forms().flush();
        }
    }

    /** Returns the forms of the texts. Not to be changed. */
    TextForms forms() {
        return summaries == null ? TextForms.of(texts) : summaries.forms();
    }

    /** Adds a number as it is spelled; what it is as a number is not NaN. */
    void addNumber(CharSequence text, double number) {
        total++;
        if (summaries != null) {
            summaries.numbers().addHash(NumberSpelling.hash(text, number));
            return;
        }
        if (numbers.size() > 0) {
            spellNumbers();
        }
        texts.add(text, number, 1);
        fit();
    }

    /** Adds numbers that have no spelling of their own, NaN included. */
    void add(double[] values, int from, int to, boolean fractional) {
        numbers.setFractional(fractional && isComplete());
        if (texts.numberCount() > 0) {
            spellNumbers();
        }
        for (int i = from; i < to; i++) {
            if (summaries != null) {
                total += to - i;
                summaries.numbers().add(values, i, to);
                return;
            }
            total++;
            if (texts.numberCount() > 0) {
                texts.add(numbers.text(values[i]), values[i], 1);
            } else {
                numbers.add(values[i], 1);
            }
            fit();
        }
    }

    /** Gives numbers without spelling their shortest one, so that they meet numbers that have one. */
    private void spellNumbers() {
        for (double number : numbers.sorted()) {
            texts.add(numbers.text(number), number, numbers.count(number));
        }
        NumberCounts empty = new NumberCounts();
        empty.setFractional(numbers.isFractional());
        numbers = empty;
    }

    /** Brings the tables back to their size. */
    private void fit() {
        if (isWithinLimits()) {
            return;
        }
        if (isComplete()) {
            giveUpCompleteness(summaries());
        }
        while (!isWithinLimits()) {
            texts.purge();
        }
    }

    private boolean isWithinLimits() {
        return texts.size() + numbers.size() <= MAX_VALUES && texts.characters() <= MAX_CHARACTERS;
    }

    private void giveUpCompleteness(ValueSummaries ofAll) {
        summaries = ofAll;
        texts.dropNumbers();
        numbers = new NumberCounts();
    }

    /** Returns the categories of the values of both; neither is changed. */
    public Categories merge(Categories other) {
        Categories merged = new Categories();
        merged.texts = texts.copy();
        merged.numbers = numbers.copy();
        merged.total = total + other.total;
        if (!isComplete() || !other.isComplete()) {
            merged.giveUpCompleteness(summaries().merge(other.summaries()));
        }
        merged.absorb(other);
        merged.fit();
        return merged;
    }

    private void absorb(Categories other) {
        texts.addAll(other.texts, isComplete() || !other.isComplete());
        if (isComplete()) {
            numbers.addAll(other.numbers);
            if (numbers.size() > 0 && texts.numberCount() > 0) {
                spellNumbers();
            }
        }
    }

    /** Returns summaries of all values; not to be changed. */
    private ValueSummaries summaries() {
        return summaries != null ? summaries : ValueSummaries.of(texts, numbers);
    }

    /**
     * Returns these with every value as {@link ColumnReading#value} writes it, so that equal ones are one.
     *
     * @param absent says of what is no number whether it is missing
     * @param numeric whether numbers lose their spelling, unless they are too large for a double to tell apart
     * @param amounts what texts are as numbers; null if they are none
     */
    Categories byValue(Predicate<String> absent, boolean numeric, @Nullable Amounts amounts) {
        Categories read = new Categories();
        read.total = total;
        read.numbers = texts.numberCount() > 0 ? new NumberCounts() : numbers.unpointed(amounts != null);
        read.summaries = summaries;
        read.texts.setError(texts.error());
        texts.forEach((text, number, count) -> {
            boolean isText = Double.isNaN(number);
            double amount = isText && amounts != null ? amounts.number(text) : number;
            if (isText && absent.test(text)) {
                read.total -= count;
            } else if (isText && !Double.isNaN(amount) && !isComplete()) {
                return; // none is here of numbers that are not all here
            } else if (numeric && Math.abs(amount) < EXACT_INTEGERS) {
                read.numbers.add(amount, count);
            } else {
                String value = text.length() > LongText.LIMIT ? text : ColumnReading.value(text);
                read.texts.addHeld(value, number, count);
            }
        });
        return read;
    }

    /** Replaces every number that has no spelling. */
    void replaceNumbers(DoubleUnaryOperator other) {
        numbers = numbers.mapped(other);
    }

    /** Visits what is here that is no number, in an order that means nothing. */
    public void forEachText(BiConsumer<String, Long> visitor) {
        texts.forEach((text, number, count) -> {
            if (Double.isNaN(number)) {
                visitor.accept(text, count);
            }
        });
    }

    /** Returns how many values there were, each as often as it occurred. */
    public long total() {
        return total;
    }

    /** Returns whether every value is here with its exact count. */
    public boolean isComplete() {
        return summaries == null;
    }

    /** Returns how many different values are here. */
    public int size() {
        return texts.size() + numbers.size();
    }

    /** Returns the values that are here, the most frequent first, equally frequent ones in the order of their code points. */
    public List<Category> values() {
        return stream().sorted(Category.ORDER).toList();
    }

    /** Returns the values that are here, in an order that means nothing. */
    public Stream<Category> stream() {
        return Stream.concat(texts.stream(), numbers.stream());
    }

    /**
     * Returns the most frequent values, as {@link #values()} does.
     *
     * @param most how many at most, at least 0
     */
    public List<Category> top(int most) {
        return values().stream().limit(most).toList();
    }

    /** Returns how often the most frequent value of those that are here occurred; 0 if there is none. */
    public long greatestCount() {
        return Math.max(texts.greatestCount(), numbers.greatestCount());
    }

    /** Returns how often a value occurred: exactly while complete, else at least that often; 0 when it is not here. */
    public long count(CharSequence value) {
        long count = texts.count(value);
        if (count == 0 && numbers.size() > 0) {
            double number = NumberSpelling.number(value.toString());
            return numbers.text(number).contentEquals(value) ? numbers.count(number) : 0;
        }
        return count;
    }

    /** Returns by how much the count of a text that is no number may be too low; 0 while complete. */
    public long countError() {
        return texts.error();
    }

    /** Returns how many occurrences belong to no value that is here; 0 while complete. */
    public long other() {
        return total - texts.total() - numbers.total();
    }

    /** Returns how many different values there were; exact while complete. */
    public DistinctCount distinct() {
        return summaries != null
                ? summaries.texts().merge(summaries.numbers())
                : ValueSummaries.spelled(texts, numbers);
    }

    /** Returns how many different numbers there were, by numeric equality; exact while complete. */
    public DistinctCount distinctNumbers() {
        return summaries != null ? summaries.numbers().copy() : ValueSummaries.numeric(texts, numbers);
    }

    /**
     * Returns the exact distribution of the finite numbers among the values, or null when this is not complete, so that
     * they are not all here.
     */
    public @Nullable WeightedValues numbers() {
        return isComplete() ? numbers.weighted(texts) : null;
    }

    /** Returns the different finite numbers in ascending order; none when they are not all here. */
    double[] knownNumbers() {
        WeightedValues known = numbers();
        return known == null ? new double[0] : known.values();
    }

    /** Writes this state in bytes, from which {@link #read} makes an equal one. */
    public void write(DataOutput out) throws IOException {
        Packed.writeCount(out, total);
        PackedTexts.write(out, texts);
        numbers.write(out);
        out.writeBoolean(isComplete());
        if (summaries != null) {
            Packed.writeCount(out, texts.error());
            summaries.write(out);
        }
    }

    /**
     * Reads the state that {@link #write} wrote.
     *
     * @throws IllegalArgumentException if no state can be what is read; the message is one line
     */
    public static Categories read(DataInput in) throws IOException {
        Categories read = new Categories();
        read.total = Packed.readCount(in, "values");
        read.texts = PackedTexts.read(in);
        read.numbers = NumberCounts.read(in);
        if (!Packed.readFlag(in, "values")) {
            read.texts.setError(Packed.readCount(in, "error of counts"));
            read.summaries = ValueSummaries.read(in);
        }
        read.checkCounts();
        return read;
    }

    private void checkCounts() {
        Packed.check(isWithinLimits(), "values", size(), " of ", texts.characters(), " characters");
        long here = Packed.sum("values", texts.total(), numbers.total());
        boolean addUp = isComplete() ? here == total : here <= total && texts.error() <= total && numbers.size() == 0;
        Packed.check(addUp, "values", here, " counted, up to ", texts.error(), " of each are not, of ", total);
        Packed.check(numbers.size() == 0 || texts.numberCount() == 0, "values", "numbers with and without spelling");
    }

    @Override
    public String toString() {
        return size() + (isComplete() ? "" : " frequent") + " values of " + total;
    }
}
