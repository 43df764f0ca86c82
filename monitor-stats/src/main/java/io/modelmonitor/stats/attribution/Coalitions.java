package io.modelmonitor.stats.attribution;

import java.util.Arrays;

/** Sets of players, each as a row of bits: any number of players, any number of sets. Immutable once built. */
final class Coalitions {

    private final int players;
    private final int words;
    private final int size;
    private final long[] bits;

    private Coalitions(int players, int size, long[] bits) {
        this.players = players;
        this.words = words(players);
        this.size = size;
        this.bits = bits;
    }

    int players() {
        return players;
    }

    /** Returns the number of sets. */
    int size() {
        return size;
    }

    boolean contains(int coalition, int player) {
        return (bits[coalition * words + (player >>> 6)] >>> player & 1) != 0;
    }

    /** Writes the members of a set into an array in ascending order and returns how many there are. */
    int members(int coalition, int[] into) {
        int count = 0;
        for (int word = 0; word < words; word++) {
            long rest = bits[coalition * words + word];
            while (rest != 0) {
                into[count++] = (word << 6) + Long.numberOfTrailingZeros(rest);
                rest &= rest - 1;
            }
        }
        return count;
    }

    static int words(int players) {
        return (players + 63) >>> 6;
    }

    /** Returns the set of these players as bits. */
    static long[] bits(int players, int[] members, int from, int to) {
        long[] bits = new long[words(players)];
        for (int i = from; i < to; i++) {
            bits[members[i] >>> 6] |= 1L << members[i];
        }
        return bits;
    }

    /** Returns the set of all players that are not in a set. */
    static long[] complement(int players, long[] bits) {
        long[] others = new long[bits.length];
        for (int word = 0; word < bits.length; word++) {
            others[word] = ~bits[word];
        }
        int used = players & 63;
        if (used != 0) {
            others[bits.length - 1] &= -1L >>> (64 - used);
        }
        return others;
    }

    /** Collects sets. */
    static final class Builder {

        private final int players;
        private final int words;
        private int size;
        private long[] bits;

        Builder(int players, int expectedSize) {
            this.players = players;
            this.words = words(players);
            this.bits = new long[Math.max(1, expectedSize * words)];
        }

        void add(long[] coalition) {
            if ((size + 1) * words > bits.length) {
                bits = Arrays.copyOf(bits, 2 * bits.length);
            }
            System.arraycopy(coalition, 0, bits, size * words, words);
            size++;
        }

        int size() {
            return size;
        }

        Coalitions build() {
            return new Coalitions(players, size, Arrays.copyOf(bits, size * words));
        }
    }
}
