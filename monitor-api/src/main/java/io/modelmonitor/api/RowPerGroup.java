package io.modelmonitor.api;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A dataset with one row of each value of a column, chosen by a hash of the value and the number of its row among them: every row of a
 * value with the same probability, and the same rows each time. Rows without a value are groups of their own; so are all where there is
 * no such column.
 *
 * <p>The source is read twice. Takes about 50 bytes for each value, and a bit for each row.
 */
final class RowPerGroup implements Dataset {

    private final Dataset all;
    private final String column;

    RowPerGroup(Dataset all, String column) {
        this.all = all;
        this.column = Objects.requireNonNull(column, "column");
    }

    @Override
    public String group() {
        return column;
    }

    @Override
    public Cursor open() {
        BitSet chosen = chosen();
        return DatasetView.stepped(all.open(), new ChosenRows(chosen));
    }

    private BitSet chosen() {
        Choice choice = new Choice();
        BitSet chosen = new BitSet();
        int rows = 0;
        try (Cursor cursor = all.open()) {
            for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
                int index = batch.schema().indexOf(column);
                Column values = index < 0 ? null : batch.column(index);
                for (int row = 0; row < batch.size(); row++) {
                    CharSequence value = values == null ? null : values.text(row);
                    if (value == null) {
                        chosen.set(rows);
                    } else {
                        choice.add(hash(value), rows);
                    }
                    rows = Math.incrementExact(rows);
                }
            }
        }
        choice.addTo(chosen);
        return chosen;
    }

    private static long hash(CharSequence value) {
        long hash = value.length();
        for (int i = 0; i < value.length(); i++) {
            hash = mix(hash ^ value.charAt(i));
        }
        return hash;
    }

    /** Returns bits without order for bits with order; the function is that of {@link java.util.SplittableRandom}. */
    private static long mix(long bits) {
        long z = bits + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    @Override
    public String toString() {
        return all + ", one row per " + column;
    }

    /** The chosen row of each value, in a table of hashes. */
    private static final class Choice {

        private long[] keys = new long[64];
        private int[] counts = new int[64];
        private int[] rows = new int[64];
        private int size;

        /** Chooses the {@code k}th row of a value with the probability {@code 1 / k} (A. G. Waterman's reservoir of one). */
        private void add(long key, int row) {
            int place = place(key);
            if (counts[place] == 0) {
                keys[place] = key;
                if (4 * ++size > 3 * keys.length) {
                    grow();
                    place = place(key);
                    keys[place] = key;
                }
            }
            int count = ++counts[place];
            if (Long.remainderUnsigned(mix(key + count), count) == 0) {
                rows[place] = row;
            }
        }

        private int place(long key) {
            int mask = keys.length - 1;
            int place = (int) (key >>> 32) & mask;
            while (counts[place] > 0 && keys[place] != key) {
                place = place + 1 & mask;
            }
            return place;
        }

        private void grow() {
            long[] oldKeys = keys;
            int[] oldCounts = counts;
            int[] oldRows = rows;
            keys = new long[2 * oldKeys.length];
            counts = new int[keys.length];
            rows = new int[keys.length];
            for (int i = 0; i < oldKeys.length; i++) {
                if (oldCounts[i] > 0) {
                    int place = place(oldKeys[i]);
                    keys[place] = oldKeys[i];
                    counts[place] = oldCounts[i];
                    rows[place] = oldRows[i];
                }
            }
        }

        private void addTo(BitSet chosen) {
            for (int i = 0; i < keys.length; i++) {
                if (counts[i] > 0) {
                    chosen.set(rows[i]);
                }
            }
        }
    }

    /** Leaves the chosen rows of a source. */
    private static final class ChosenRows implements DatasetView.Step {

        private final BitSet chosen;
        private int rows;

        private ChosenRows(BitSet chosen) {
            this.chosen = chosen;
        }

        @Override
        public Schema schema(Schema source) {
            return source;
        }

        @Override
        public @Nullable Batch change(Batch batch) {
            int[] places = places(batch.size());
            return places.length > 0 ? batch.select(places) : null;
        }

        private int[] places(int size) {
            int first = rows;
            int[] places = new int[size];
            int count = 0;
            for (int row = chosen.nextSetBit(first); row >= 0 && row < first + size; row = chosen.nextSetBit(row + 1)) {
                places[count++] = row - first;
            }
            rows += size;
            return Arrays.copyOf(places, count);
        }
    }
}
