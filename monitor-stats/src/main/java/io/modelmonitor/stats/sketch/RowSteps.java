package io.modelmonitor.stats.sketch;

import io.modelmonitor.stats.internal.Hashes;
import io.modelmonitor.stats.internal.LongText;
import io.modelmonitor.stats.internal.Packed;
import io.modelmonitor.stats.internal.text.TextCursor;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Counts of the steps from a value to that of the next row: up, down and to an equal one, of numbers by size and of texts that begin
 * with a digit, as times do, by their characters; of other texts, to another and to an equal one. Independent values go up as often as
 * down, and those that go on with the rows, as days and numbers of batches do, in one direction.
 *
 * <p>Merging is exact if the parts are merged in the order of their rows. One thread at a time may change a state.
 */
final class RowSteps {

    private static final int LEAST = 100;
    private static final double ERRORS = 4;
    private static final double USUAL_ERRORS = 3;
    private static final double FEWER_CHANGES = 4;
    /** The least share of values whose steps were counted; of values that were counted elsewhere no steps are known. */
    private static final double LEAST_SHARE = 0.9;

    private long ups;
    private long downs;
    private long equals;
    private RowEnds ends = new RowEnds();
    /** The sum of the squares of the steps from a finite number to the next. */
    private double squares;

    /** The texts that begin with a digit, long ones cut. */
    private TextEnds texts = TextEnds.NONE;

    /** The steps from a text that begins with no digit to another, and those of them to one behind it in the order of characters. */
    private long changes;

    private long rises;
    /** These texts. */
    private TextEnds others = TextEnds.NONE;

    private RowSpans spans = new RowSpans();
    /** Null while all values are of one kind. */
    private @Nullable KindTurns turns;

    RowSteps() {}

    /**
     * Adds numbers in the order of their rows; NaN is passed over.
     *
     * @param ordinary whether all of them are finite, and so small that their differences are, too
     * @param withTexts whether there are texts among them, with which each number is added in the order of rows ({@link #turn})
     */
    void add(double[] numbers, int size, boolean ordinary, boolean withTexts) {
        double[] known = numbers;
        int count = size;
        if (!ordinary) {
            known = Arrays.stream(numbers, 0, size)
                    .filter(number -> !Double.isNaN(number))
                    .toArray();
            count = known.length;
        }
        if (count == 0) {
            return;
        }
        if (withTexts) {
            turns = kindTurns();
        } else if (turns != null || !texts.isEmpty() || !others.isEmpty()) {
            turns = kindTurns();
            turns.add(known[0], known[count - 1]);
        }
        if (ends.count() > 0) {
            step(ends.last(), known[0]);
        }
        ends.add(known, count);
        if (ordinary) {
            addOrdinary(known, count);
        } else {
            for (int i = 1; i < count; i++) {
                step(known[i - 1], known[i]);
            }
        }
    }

    /** Adds the steps between numbers by the signs of their differences, without branches, which could not be predicted. */
    private void addOrdinary(double[] numbers, int size) {
        long up = 0;
        long down = 0;
        double sum = squares;
        for (int i = 1; i < size; i++) {
            double step = numbers[i] - numbers[i - 1];
            up += isNegative(-step);
            down += isNegative(step);
            sum += step * step;
        }
        squares = sum;
        ups += up;
        downs += down;
        equals += size - 1 - up - down;
    }

    /** Returns 1 for a number below zero, 0 for zeros of either sign and those above. */
    private static long isNegative(double number) {
        return Double.doubleToRawLongBits(number + 0.0) >>> (Long.SIZE - 1);
    }

    /** Adds the place of a number between texts, in the order of rows. */
    void turn(double number) {
        if (turns != null) {
            turns.add(number);
        }
    }

    private KindTurns kindTurns() {
        return turns == null ? KindTurns.of(kind(), ends.last()) : turns;
    }

    /** Returns the kind of all values while turns are not counted; 0 if there is no value. */
    private int kind() {
        if (!others.isEmpty()) {
            return KindTurns.OTHER;
        }
        return texts.isEmpty() ? ends.count() > 0 ? KindTurns.NUMBER : 0 : KindTurns.DIGITS;
    }

    private void step(double from, double to) {
        step(Double.compare(to + 0.0, from + 0.0));
        double square = (to - from) * (to - from);
        // Infinite numbers have no mean that others are near to or far from.
        addSquares(Double.isFinite(square) ? square : 0);
    }

    /** Adds a sum to that of the squares, which stays finite, as a saved one has to be; that of the differences from the mean does not. */
    private void addSquares(double sum) {
        squares = Math.min(squares + sum, Double.MAX_VALUE);
    }

    /** Adds a step to a value that compares so with the one before. */
    private void step(int compared) {
        ups += compared > 0 ? 1 : 0;
        downs += compared < 0 ? 1 : 0;
        equals += compared == 0 ? 1 : 0;
    }

    /** Adds a value that is no number. */
    void add(String text) {
        spans.add(text);
        if (text.isEmpty() || !TextCursor.isDigit(text.charAt(0))) {
            String held = text.length() > LongText.LIMIT ? LongText.held(text, Hashes.of(text)) : text;
            turn(KindTurns.OTHER, stepToOther(held));
            others = others.with(held);
            return;
        }
        String held = text.length() > LongText.LIMIT ? text.substring(0, LongText.LIMIT) : text;
        turn(KindTurns.DIGITS, stepToText(held));
        texts = texts.with(held);
    }

    private void turn(int kind, boolean isEqual) {
        if (turns != null || ends.count() > 0 || !(kind == KindTurns.OTHER ? texts : others).isEmpty()) {
            turns = kindTurns();
            turns.add(kind, isEqual);
        }
    }

    /** Returns whether the text is equal to the one before. */
    private boolean stepToOther(@Nullable String text) {
        String before = others.last();
        if (before == null || text == null) {
            return false;
        }
        int compared = text.compareTo(before);
        changes += compared == 0 ? 0 : 1;
        rises += compared > 0 ? 1 : 0;
        equals += compared == 0 ? 1 : 0;
        return compared == 0;
    }

    /** Returns whether the text is equal to the one before. */
    private boolean stepToText(@Nullable String text) {
        String before = texts.last();
        if (before == null || text == null) {
            return false;
        }
        int compared = text.compareTo(before);
        step(compared);
        return compared == 0;
    }

    /** Returns the steps of these rows and of those that follow. */
    RowSteps merge(RowSteps later) {
        RowSteps merged = new RowSteps();
        merged.ups = ups + later.ups;
        merged.downs = downs + later.downs;
        merged.equals = equals + later.equals;
        merged.changes = changes + later.changes;
        merged.addSquares(squares);
        merged.addSquares(later.squares);
        if (ends.count() > 0 && later.ends.count() > 0) {
            merged.step(ends.last(), later.ends.first());
        }
        merged.ends = ends.merge(later.ends);
        merged.rises = rises + later.rises;
        merged.texts = texts;
        merged.others = others;
        boolean[] areEqual = {
            false,
            ends.last() == later.ends.first(),
            merged.stepToText(later.texts.first()),
            merged.stepToOther(later.others.first())
        };
        boolean isOfOneKind = kind() == 0 || later.kind() == 0 || kind() == later.kind();
        if (turns != null || later.turns != null || !isOfOneKind) {
            merged.turns = kindTurns().merge(later.kindTurns(), areEqual);
        }
        merged.texts = texts.merge(later.texts);
        merged.others = others.merge(later.others);
        merged.spans = spans.merge(later.spans);
        return merged;
    }

    /** Returns the number of steps: one less than that of present values if all are of one kind and no parts were counted elsewhere. */
    long total() {
        return changes() + equals;
    }

    /** Returns whether these are the steps of so many values, but for a few. */
    boolean areOf(long present) {
        return total() >= LEAST_SHARE * (present - 1);
    }

    /** Returns whether these are the steps of so many numbers, but for a few: those between texts that are read as numbers have no size. */
    boolean areOfNumbers(long count) {
        return ends.count() >= LEAST_SHARE * count;
    }

    /** Returns whether steps are to another value nearly as often as others are, but for chance: a quarter as often at least. */
    boolean changeAsOftenAs(RowSteps others) {
        double expected = (double) others.turns() / others.total() * total();
        return FEWER_CHANGES * turns() >= expected - ERRORS * Math.sqrt(expected) - 1;
    }

    /** Returns the number of steps from a value to another one of its kind, as numbers and texts are. */
    long changes() {
        return ups + downs + changes;
    }

    /** Returns the number of steps after which the value is another than that of the row before, of whatever kind. */
    long turns() {
        return changes() + (turns == null ? 0 : turns.apart());
    }

    /** Returns whether all steps to another value are up, or all are down, those between texts by their characters. */
    boolean areSorted() {
        return turns() == 0 || (changes() > 0 && (ups + rises == 0 || ups + rises == changes()));
    }

    /** Returns whether each text comes in one run of rows. */
    boolean areRuns(long present) {
        return spans.areRuns(present);
    }

    /** Returns whether texts come and go ({@link RowSpans#comeAndGo}). */
    boolean comeAndGo(long present) {
        return spans.comeAndGo(present);
    }

    /** Returns the number of steps in the direction of fewer, as far as they have a direction. */
    long back() {
        return Math.min(ups, downs);
    }

    /** Returns the number of steps in the direction of fewer, those between texts by their characters. */
    long backByCharacters() {
        return Math.min(ups + rises, downs + changes - rises);
    }

    /** Returns the number of steps to a greater value, of those with a direction. */
    long ups() {
        return ups;
    }

    /** Returns the number of steps to a smaller value, of those with a direction. */
    long downs() {
        return downs;
    }

    /** Returns the number of steps to another value without a direction. */
    long undirected() {
        return changes;
    }

    /** Returns the first number, or the last; NaN if there is none. */
    double number(boolean isLast) {
        return isLast ? ends.last() : ends.first();
    }

    /** Returns the first and the last numbers. */
    RowEnds ends() {
        return ends;
    }

    /** Returns the beginning of the first text that begins with a digit, or of the last; null if there is none. */
    @Nullable
    String text(boolean isLast) {
        return isLast ? texts.last() : texts.first();
    }

    /** Returns whether all steps to another value have a direction. */
    boolean areDirected() {
        return changes == 0;
    }

    /** Returns whether all steps to another value have the same direction. */
    boolean areOfOneDirection() {
        return areDirected() && back() == 0;
    }

    /**
     * Returns whether these can be the steps of independent values: as many up as down, but for chance (of {@code n} steps the variance of
     * the difference is {@code n / 3}; J. Wolfowitz, Annals of Mathematical Statistics 15, 1944), and few to an equal value. Of few steps
     * that is not known, nor of those without a direction.
     *
     * @param equal the probability that two independent values are equal, or more
     */
    boolean areOfIndependent(double equal) {
        double n = total();
        double expected = equal * n;
        return n >= LEAST
                && areDirected()
                && Math.abs(ups - downs) <= ERRORS * Math.sqrt(n / 3) + 1
                && total() - turns() <= expected + ERRORS * Math.sqrt(expected) + 1;
    }

    /** Returns whether as many steps are up as down but for chance, as those of a stationary process are. */
    boolean areBalanced() {
        return Math.abs(ups - downs) <= ERRORS * Math.sqrt((double) ups + downs) + 1;
    }

    /**
     * Returns whether equal values are certainly not next to each other more often than chance has it.
     *
     * @param equal the probability that two independent values are equal, or more, such as the share of the most frequent one
     * @param present how many values there are
     */
    boolean areWithoutRuns(double equal, long present) {
        double expected = equal * total();
        return total() >= LEAST_SHARE * present && total() - turns() <= expected + USUAL_ERRORS * Math.sqrt(expected);
    }

    /** Returns the sum of the squares of the steps from a finite number to the next. */
    double squares() {
        return squares;
    }

    /** @param areWhole whether all numbers of the column are whole */
    void write(DataOutput out, boolean areWhole) throws IOException {
        Packed.writeCounts(out, new long[] {ups, downs, equals, changes, rises});
        ends.write(out, areWhole);
        if (ends.count() > 1) {
            out.writeDouble(squares);
        }
        texts.write(out);
        others.write(out);
        spans.write(out);
        kindTurns().write(out);
    }

    static RowSteps read(DataInput in) throws IOException {
        long[] counts = new long[5];
        Packed.readCounts(in, "steps", counts);
        RowSteps read = new RowSteps();
        read.ups = counts[0];
        read.downs = counts[1];
        read.equals = counts[2];
        read.changes = counts[3];
        read.rises = counts[4];
        Packed.check(read.rises <= read.changes, "steps", read.rises, " of ", read.changes);
        long total = 0;
        for (int i = 0; i < 4; i++) {
            total = Packed.sum("steps", total, counts[i]);
        }
        read.ends = RowEnds.read(in);
        if (read.ends.count() > 1) {
            read.squares = Packed.readSize(in, "squares of steps");
        }
        read.texts = TextEnds.read(in, true);
        read.others = TextEnds.read(in, false);
        read.spans = RowSpans.read(in);
        boolean[] has = {false, read.ends.count() > 0, !read.texts.isEmpty(), !read.others.isEmpty()};
        read.turns = KindTurns.read(in, read.equals, read.ends.last(), has);
        return read;
    }
}
