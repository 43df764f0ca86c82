package io.modelmonitor.stats.fairness;

import io.modelmonitor.stats.internal.Packed;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Counts people by group, stratum, label and prediction: the mergeable state from which every comparison is made. Adding
 * one person takes constant time and allocates nothing once a pair of group and stratum has been met; memory is 9 longs a
 * pair. Not safe for use by several threads.
 */
public final class OutcomeCounts {

    /** The stratum of people of whom it is not known; they count everywhere but in the conditional disparities. */
    public static final int NO_STRATUM = -1;

    /** The label category of people of whom it is not known. */
    public static final int NO_CATEGORY = -1;

    /** Codes of saved counts are below this, for memory is taken up to the greatest code. */
    private static final int MOST_CODES = 1 << 20;

    /** Marks a slot without a key; no pair has this one, as groups are not negative. */
    private static final long EMPTY = -1;

    private long[] keys = empty(16);
    private int[] blocks = new int[16];
    private long[] blockKeys = new long[8];
    private long[] cells = new long[8 * Outcomes.CELLS];
    private int size;
    private int groups;
    private int strata;
    private long[][] categories = {};
    private int categoryCount;

    private OutcomeCounts() {}

    /** Returns empty counts. */
    public static OutcomeCounts create() {
        return new OutcomeCounts();
    }

    /**
     * Counts one person.
     *
     * @param group the code of the group, from 0
     * @param stratum the code of the stratum, from 0, or {@link #NO_STRATUM}
     * @param label {@link Outcomes#NEGATIVE}, {@link Outcomes#POSITIVE} or {@link Outcomes#UNKNOWN}
     * @param prediction likewise
     */
    public void add(int group, int stratum, int label, int prediction) {
        // First the block: making it may replace the array.
        int block = block(group, stratum);
        cells[block * Outcomes.CELLS + Outcomes.cell(label, prediction)]++;
    }

    /**
     * Counts the label category of one person, of labels that have more than two; beside {@link #add}.
     *
     * @param group the code of the group, from 0
     * @param category the code of the category, from 0, or {@link #NO_CATEGORY}
     */
    public void addCategory(int group, int category) {
        if (category >= 0) {
            categoryCell(group, category, 1);
        }
    }

    /**
     * Adds other counts, whose codes may mean something else.
     *
     * @param groupCodes the code here of each group there
     * @param stratumCodes the code here of each stratum there
     * @param categoryCodes the code here of each label category there
     */
    public void merge(OutcomeCounts other, int[] groupCodes, int[] stratumCodes, int[] categoryCodes) {
        for (int b = 0; b < other.size; b++) {
            int group = group(other.blockKeys[b]);
            int stratum = stratum(other.blockKeys[b]);
            int block = block(groupCodes[group], stratum < 0 ? stratum : stratumCodes[stratum]);
            for (int i = 0; i < Outcomes.CELLS; i++) {
                cells[block * Outcomes.CELLS + i] += other.cells[b * Outcomes.CELLS + i];
            }
        }
        for (int group = 0; group < other.categories.length; group++) {
            for (int category = 0; category < other.categories[group].length; category++) {
                long count = other.categories[group][category];
                if (count > 0) {
                    categoryCell(groupCodes[group], categoryCodes[category], count);
                }
            }
        }
    }

    /** Writes this state in bytes, from which {@link #read} makes an equal one. */
    public void write(DataOutput out) throws IOException {
        Packed.writeCount(out, size);
        for (int b = 0; b < size; b++) {
            Packed.writeCount(out, group(blockKeys[b]));
            Packed.writeCount(out, stratum(blockKeys[b]) + 1);
            Packed.writeCounts(out, Arrays.copyOfRange(cells, b * Outcomes.CELLS, (b + 1) * Outcomes.CELLS));
        }
        int met = used(categories.length, group -> categories[group].length > 0);
        Packed.writeCount(out, met);
        for (int group = 0; group < met; group++) {
            long[] counts = categories[group];
            int present = used(counts.length, category -> counts[category] > 0);
            Packed.writeCount(out, present);
            Packed.writeCounts(out, Arrays.copyOf(counts, present));
        }
    }

    /** Returns one more than the last place that is used. */
    private static int used(int length, IntPredicate isUsed) {
        int used = length;
        while (used > 0 && !isUsed.test(used - 1)) {
            used--;
        }
        return used;
    }

    /**
     * Reads the state that {@link #write} wrote.
     *
     * @throws IllegalArgumentException if no state can be what is read; the message is one line
     */
    public static OutcomeCounts read(DataInput in) throws IOException {
        OutcomeCounts read = create();
        int pairs = Packed.readCount(in, "groups and strata", Integer.MAX_VALUE);
        long people = 0;
        long[] counts = new long[Outcomes.CELLS];
        for (int b = 0; b < pairs; b++) {
            int group = Packed.readCount(in, "group", MOST_CODES - 1);
            int stratum = Packed.readCount(in, "stratum", MOST_CODES) - 1;
            long more = Packed.readCounts(in, "people", counts);
            int block = read.block(group, stratum);
            Packed.check(more > 0 && block == b, "groups and strata", "a pair occurs twice or holds nobody");
            people = Packed.sum("people", people, more);
            System.arraycopy(counts, 0, read.cells, block * Outcomes.CELLS, Outcomes.CELLS);
        }
        int groups = Packed.readCount(in, "groups of label categories", MOST_CODES);
        long labels = 0;
        for (int group = 0; group < groups; group++) {
            int present = Packed.readCount(in, "label categories", MOST_CODES);
            for (int category = 0; category < present; category++) {
                long count = Packed.readCount(in, "people of a label category");
                labels = Packed.sum("people of a label category", labels, count);
                if (count > 0) {
                    read.categoryCell(group, category, count);
                }
            }
        }
        return read;
    }

    /** Returns one more than the greatest code of a group met. */
    public int groups() {
        return groups;
    }

    /** Returns the outcomes of one group. Takes time in proportion to the pairs of group and stratum. */
    public Outcomes outcomes(int group) {
        long[] sum = new long[Outcomes.CELLS];
        for (int b = 0; b < size; b++) {
            if (group(blockKeys[b]) == group) {
                add(b, sum);
            }
        }
        return Outcomes.of(sum, 0);
    }

    /**
     * Compares one group with all others together. Takes time in proportion to the pairs of group and stratum.
     *
     * @param group the code of the group; it may not have been met
     */
    public GroupComparison comparison(int group) {
        long[] ofGroup = new long[Outcomes.CELLS];
        long[] ofRest = new long[Outcomes.CELLS];
        long[] labels = new long[strata * Strata.CELLS];
        long[] predictions = new long[strata * Strata.CELLS];
        for (int b = 0; b < size; b++) {
            boolean inGroup = group(blockKeys[b]) == group;
            add(b, inGroup ? ofGroup : ofRest);
            int stratum = stratum(blockKeys[b]);
            if (stratum >= 0) {
                Outcomes outcomes = Outcomes.of(cells, b * Outcomes.CELLS);
                int offset = stratum * Strata.CELLS + (inGroup ? 0 : 2);
                labels[offset] += outcomes.positiveLabels();
                labels[offset + 1] += outcomes.negativeLabels();
                predictions[offset] += outcomes.positivePredictions();
                predictions[offset + 1] += outcomes.negativePredictions();
            }
        }
        GroupComparison comparison = GroupComparison.of(
                Outcomes.of(ofGroup, 0), Outcomes.of(ofRest, 0), new Strata(labels), new Strata(predictions));
        return categoryCount == 0 ? comparison : withCategories(comparison, group);
    }

    private GroupComparison withCategories(GroupComparison comparison, int group) {
        long[] ofGroup = new long[categoryCount];
        long[] ofRest = new long[categoryCount];
        for (int g = 0; g < categories.length; g++) {
            long[] sum = g == group ? ofGroup : ofRest;
            for (int category = 0; category < Math.min(categoryCount, categories[g].length); category++) {
                sum[category] += categories[g][category];
            }
        }
        return comparison.withLabels(ofGroup, ofRest);
    }

    private void add(int block, long[] sum) {
        for (int i = 0; i < Outcomes.CELLS; i++) {
            sum[i] += cells[block * Outcomes.CELLS + i];
        }
    }

    private void categoryCell(int group, int category, long count) {
        if (group >= categories.length) {
            int before = categories.length;
            categories = Arrays.copyOf(categories, Math.max(group + 1, 2 * before));
            Arrays.fill(categories, before, categories.length, new long[0]);
        }
        if (category >= categories[group].length) {
            categories[group] = Arrays.copyOf(categories[group], Math.max(category + 1, 2 * categories[group].length));
        }
        categories[group][category] += count;
        categoryCount = Math.max(categoryCount, category + 1);
    }

    private int block(int group, int stratum) {
        long key = ((long) group << 32) | (stratum + 1);
        int slot = slot(key);
        if (keys[slot] == EMPTY) {
            slot = insert(slot, key);
            groups = Math.max(groups, group + 1);
            strata = Math.max(strata, stratum + 1);
        }
        return blocks[slot];
    }

    private int slot(long key) {
        int mask = keys.length - 1;
        int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> 40) & mask;
        while (keys[slot] != key && keys[slot] != EMPTY) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private int insert(int freeSlot, long key) {
        int slot = freeSlot;
        if (2 * (size + 1) > keys.length) {
            keys = empty(2 * keys.length);
            blocks = new int[keys.length];
            blockKeys = Arrays.copyOf(blockKeys, keys.length);
            cells = Arrays.copyOf(cells, keys.length * Outcomes.CELLS);
            for (int b = 0; b < size; b++) {
                int moved = slot(blockKeys[b]);
                keys[moved] = blockKeys[b];
                blocks[moved] = b;
            }
            slot = slot(key);
        }
        keys[slot] = key;
        blocks[slot] = size;
        blockKeys[size++] = key;
        return slot;
    }

    private static int group(long key) {
        return (int) (key >>> 32);
    }

    private static int stratum(long key) {
        return (int) key - 1;
    }

    private static long[] empty(int length) {
        long[] empty = new long[length];
        Arrays.fill(empty, EMPTY);
        return empty;
    }
}
