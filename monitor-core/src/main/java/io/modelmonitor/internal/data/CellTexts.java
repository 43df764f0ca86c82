package io.modelmonitor.internal.data;

import io.modelmonitor.api.ValueKind;
import io.modelmonitor.internal.bytes.EightBytes;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes the strings of a column's cells. Equal cells mostly get the same string, so that the few different texts of a category are decoded,
 * hashed and compared once for a batch: the last cell of each hash is remembered. In a column of which most cells are different ones
 * nothing is looked for any more.
 */
final class CellTexts {

    private static final int MOST_SLOTS = 256;

    /** After so many more misses than hits, cells are not looked for any more. */
    private static final int MOST_MISSES = 64;

    private final byte[] bytes;
    private final Charset charset;
    /** The remembered texts, and where their cells begin and end. */
    private final @Nullable String[] texts;

    private final int[] from;
    private final int[] to;
    private int hits;
    private int misses;

    private CellTexts(TextCells cells) {
        this.bytes = cells.bytes;
        this.charset = cells.ascii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
        int slots = Integer.highestOneBit(Math.max(1, Math.min(MOST_SLOTS, cells.rows)));
        this.from = new int[slots];
        this.to = new int[slots];
        this.texts = new String[slots];
    }

    /** Returns the texts of the cells of a column; null for those that are missing, and for numbers where all bytes are ASCII. */
    static @Nullable String[] of(TextCells cells, int column, byte[] kinds) {
        CellTexts made = new CellTexts(cells);
        @Nullable String[] texts = new String[cells.rows];
        int cell = 2 * column;
        for (int row = 0; row < texts.length; row++) {
            if (kinds[row] != ValueKind.MISSING && !(cells.ascii && ValueKind.isNumber(kinds[row]))) {
                texts[row] = made.text(cells.bounds[cell], cells.bounds[cell + 1]);
            }
            cell += 2 * cells.columns;
        }
        return texts;
    }

    private String text(int begin, int end) {
        if (misses > hits + MOST_MISSES) {
            return new String(bytes, begin, end - begin, charset);
        }
        int slot = slot(begin, end);
        String known = texts[slot];
        if (known != null && Arrays.equals(bytes, begin, end, bytes, from[slot], to[slot])) {
            hits++;
            return known;
        }
        misses++;
        String text = new String(bytes, begin, end - begin, charset);
        texts[slot] = text;
        from[slot] = begin;
        to[slot] = end;
        return text;
    }

    /** Returns the slot of a cell, by its length, its first and its last eight bytes. */
    private int slot(int begin, int end) {
        int length = end - begin;
        long hash = length;
        if (length >= Long.BYTES) {
            hash += EightBytes.at(bytes, begin) + Long.rotateLeft(EightBytes.at(bytes, end - Long.BYTES), Integer.SIZE);
        } else if (begin + Long.BYTES <= bytes.length) {
            hash += EightBytes.at(bytes, begin) << (Long.SIZE - Byte.SIZE * length);
        }
        // Fibonacci hashing: the highest bits of the product with the golden section of 2^64.
        long product = hash * 0x9E3779B97F4A7C15L;
        return (int) (product >>> Integer.SIZE)
                >>> (Integer.SIZE - Integer.numberOfTrailingZeros(texts.length) - 1)
                >>> 1;
    }
}
