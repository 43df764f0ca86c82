package io.modelmonitor.stats.sketch;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long texts are, in UTF-16 units, which is what {@link String#length()} counts, and in code points. Merging is
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

    /** Adds a text by its lengths. */
    void add(int lengthInUnits, int lengthInCodePoints) {
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

    /** Returns this state as a plain tree, from which {@link #fromTree} makes an equal one. */
    public Object toTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("count", count);
        tree.put("units", units);
        tree.put("code_points", codePoints);
        tree.put("min_units", (long) minUnits);
        tree.put("max_units", (long) maxUnits);
        tree.put("min_code_points", (long) minCodePoints);
        tree.put("max_code_points", (long) maxCodePoints);
        return tree;
    }

    /**
     * Returns the state that {@link #toTree()} made a tree of.
     *
     * @throws IllegalArgumentException if it is no such tree; the message is one line
     */
    public static TextLengths fromTree(Object object) {
        Tree tree = Tree.of(object, "lengths");
        TextLengths lengths = new TextLengths();
        lengths.count = tree.count("count");
        lengths.units = tree.count("units");
        lengths.codePoints = tree.count("code_points");
        lengths.minUnits = tree.length("min_units");
        lengths.maxUnits = tree.length("max_units");
        lengths.minCodePoints = tree.length("min_code_points");
        lengths.maxCodePoints = tree.length("max_code_points");
        return lengths;
    }

    @Override
    public String toString() {
        return "TextLengths of " + count + " texts, " + minUnits() + " to " + maxUnits();
    }
}
