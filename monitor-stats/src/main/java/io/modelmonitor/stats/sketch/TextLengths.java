package io.modelmonitor.stats.sketch;

import io.modelmonitor.stats.internal.Packed;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Lengths of texts, in UTF-16 units, which is what {@link String#length()} counts, and in code points. Merging is
 * associative, commutative and exact. One thread may change a state at a time.
 */
public final class TextLengths {

    private long count;
    private long units;
    private long codePoints;
    private int minUnits = Integer.MAX_VALUE;
    private int maxUnits;
    private int minCodePoints = Integer.MAX_VALUE;
    private int maxCodePoints;

    private TextLengths() {}

    /** Returns the lengths of no texts. */
    public static TextLengths create() {
        return new TextLengths();
    }

    /** Adds a text; unpaired surrogates count as a code point each. */
    public void add(CharSequence text) {
        int length = text.length();
        add(
                length,
                text instanceof String string
                        ? string.codePointCount(0, length)
                        : Character.codePointCount(text, 0, length));
    }

    /** Adds texts of ASCII characters by the number of them, that of their characters, and the least and greatest length. */
    void addAscii(long texts, long characters, int shortest, int longest) {
        count += texts;
        units += characters;
        codePoints += characters;
        minUnits = Math.min(minUnits, shortest);
        maxUnits = Math.max(maxUnits, longest);
        minCodePoints = Math.min(minCodePoints, shortest);
        maxCodePoints = Math.max(maxCodePoints, longest);
    }

    private void add(int lengthInUnits, int lengthInCodePoints) {
        count++;
        units += lengthInUnits;
        codePoints += lengthInCodePoints;
        minUnits = Math.min(minUnits, lengthInUnits);
        maxUnits = Math.max(maxUnits, lengthInUnits);
        minCodePoints = Math.min(minCodePoints, lengthInCodePoints);
        maxCodePoints = Math.max(maxCodePoints, lengthInCodePoints);
    }

    /** Returns the lengths of the texts of both; neither is changed. */
    public TextLengths merge(TextLengths other) {
        TextLengths merged = new TextLengths();
        merged.count = count + other.count;
        merged.units = units + other.units;
        merged.codePoints = codePoints + other.codePoints;
        merged.minUnits = Math.min(minUnits, other.minUnits);
        merged.maxUnits = Math.max(maxUnits, other.maxUnits);
        merged.minCodePoints = Math.min(minCodePoints, other.minCodePoints);
        merged.maxCodePoints = Math.max(maxCodePoints, other.maxCodePoints);
        return merged;
    }

    /** Returns how many texts were added. */
    public long count() {
        return count;
    }

    /** Returns the length of the shortest text in UTF-16 units; 0 when there is none. */
    public int minUnits() {
        return count == 0 ? 0 : minUnits;
    }

    /** Returns the length of the longest text in UTF-16 units; 0 when there is none. */
    public int maxUnits() {
        return maxUnits;
    }

    /** Returns the mean length in UTF-16 units; NaN when there is no text. */
    public double meanUnits() {
        return (double) units / count;
    }

    /** Returns how many texts at least are shorter than so many UTF-16 units; where others are longer, there may be more. */
    long shorterThan(int length) {
        if (count == 0 || minUnits >= length) {
            return 0;
        }
        long missing = length * count - units;
        int most = length - minUnits;
        return Math.max(1, (missing + most - 1) / most);
    }

    /** Returns how many texts at least are longer than so many UTF-16 units; where others are shorter, there may be more. */
    long longerThan(int length) {
        if (count == 0 || maxUnits <= length) {
            return 0;
        }
        long more = units - length * count;
        int most = maxUnits - length;
        return Math.max(1, (more + most - 1) / most);
    }

    /** Returns the length of the shortest text in code points; 0 when there is none. */
    public int minCodePoints() {
        return count == 0 ? 0 : minCodePoints;
    }

    /** Returns the length of the longest text in code points; 0 when there is none. */
    public int maxCodePoints() {
        return maxCodePoints;
    }

    /** Returns the mean length in code points; NaN when there is no text. */
    public double meanCodePoints() {
        return (double) codePoints / count;
    }

    /** Writes this state in bytes, from which {@link #read} makes an equal one. */
    public void write(DataOutput out) throws IOException {
        Packed.writeCount(out, count);
        if (count > 0) {
            Packed.writeCounts(out, new long[] {units, codePoints, minUnits, maxUnits, minCodePoints, maxCodePoints});
        }
    }

    /**
     * Reads the state that {@link #write} wrote.
     *
     * @throws IllegalArgumentException if no state can be what is read; the message is one line
     */
    public static TextLengths read(DataInput in) throws IOException {
        TextLengths read = new TextLengths();
        read.count = Packed.readCount(in, "texts");
        if (read.count > 0) {
            read.units = Packed.readCount(in, "units");
            read.codePoints = Packed.readCount(in, "code points");
            read.minUnits = Packed.readCount(in, "units", Integer.MAX_VALUE);
            read.maxUnits = Packed.readCount(in, "units", Integer.MAX_VALUE);
            read.minCodePoints = Packed.readCount(in, "code points", Integer.MAX_VALUE);
            read.maxCodePoints = Packed.readCount(in, "code points", Integer.MAX_VALUE);
            read.checkMean("units", read.meanUnits(), read.minUnits, read.maxUnits);
            read.checkMean("code points", read.meanCodePoints(), read.minCodePoints, read.maxCodePoints);
            Packed.check(read.codePoints <= read.units, "code points", read.codePoints, " in ", read.units, " units");
        }
        return read;
    }

    private void checkMean(String what, double mean, int least, int most) {
        Packed.check(
                mean >= least && mean <= most,
                what,
                "a mean of ",
                mean,
                " of ",
                count,
                " texts from ",
                least,
                " to ",
                most);
    }

    @Override
    public String toString() {
        return "TextLengths of " + count + " texts, " + minUnits() + " to " + maxUnits();
    }
}
