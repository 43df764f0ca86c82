package io.modelmonitor.stats.attribution;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Coalitions that stand for all of them under the Shapley kernel π(s) = (M−1) / (C(M,s)·s·(M−s)) of their size s (S. M.
 * Lundberg and S.-I. Lee, A unified approach to interpreting model predictions, 2017, theorem 2).
 *
 * <p>Sizes are taken from the outside in, s together with M − s. A size is taken whole as long as its share of the remaining
 * coalitions pays for all of it; the rest is drawn from the remaining sizes. What keeps the variance low: every coalition
 * comes with its complement (I. Covert and S.-I. Lee, Improving KernelSHAP, 2021); each size gets its share rather than a
 * random number of coalitions; none is drawn twice (C. Musco and R. T. Witter, Provably accurate Shapley value estimation via
 * leverage score sampling, 2024); and small coalitions are cut one after the other from permutations of all players, so that
 * each player occurs about as often. Large ones are not: two that are cut from the same permutation are nearly each other's
 * complements, and those are there already.
 */
final class WeightedCoalitions {

    private final int players;
    private final SplittableRandom random;
    private final Coalitions.Builder builder;
    private double[] weights;

    private WeightedCoalitions(int players, int expectedSize, long seed) {
        this.players = players;
        this.random = new SplittableRandom(seed);
        this.builder = new Coalitions.Builder(players, expectedSize);
        this.weights = new double[Math.max(1, expectedSize)];
    }

    /**
     * Chooses coalitions.
     *
     * @param players at least 2
     * @param samples about how many coalitions to choose, at least 2·{@code players}
     * @param seed what makes the draws repeatable
     */
    static WeightedCoalitions of(int players, int samples, long seed) {
        WeightedCoalitions chosen = new WeightedCoalitions(players, samples + 2, seed);
        chosen.choose(samples);
        return chosen;
    }

    Coalitions coalitions() {
        return builder.build();
    }

    /** Returns a weight for each coalition; they add up to the kernel's total. */
    double[] weights() {
        return Arrays.copyOf(weights, builder.size());
    }

    private void choose(int samples) {
        int sizes = players / 2;
        double remaining = 0;
        for (int size = 1; size <= sizes; size++) {
            remaining += mass(size);
        }
        double left = samples;
        int size = 1;
        while (size <= sizes && (size == 1 || left * mass(size) >= remaining * count(size) * (1 - 1e-9))) {
            takeAll(size);
            left -= count(size);
            remaining -= mass(size);
            size++;
        }
        for (; size <= sizes && left >= 2; size++) {
            // Rounding is carried on to the next size, so that the total is met and no size is forgotten twice in a
            // row.
            long pairs = Math.round(left * mass(size) / remaining / 2);
            pairs = Math.min(pairs, (long) Math.min(count(size) / 2, left / 2));
            if (pairs > 0) {
                draw(size, (int) pairs);
                left -= 2 * pairs;
            }
            remaining -= mass(size);
        }
    }

    /** The kernel's weight of all coalitions of a size and of its complement's. */
    private double mass(int size) {
        return (isMiddle(size) ? 1.0 : 2.0) * (players - 1.0) / ((double) size * (players - size));
    }

    /** The number of coalitions of a size and of its complement's. */
    private double count(int size) {
        double count = isMiddle(size) ? 1 : 2;
        for (int i = 1; i <= size; i++) {
            count = count * (players - size + i) / i;
        }
        return Math.rint(count);
    }

    private boolean isMiddle(int size) {
        return 2 * size == players;
    }

    private boolean isSmall(int size) {
        return 4 * size <= players;
    }

    private void takeAll(int size) {
        double weight = mass(size) / count(size);
        int[] members = new int[size];
        for (int i = 0; i < size; i++) {
            members[i] = i;
        }
        int pending;
        do {
            // Of the middle size, each complement is a coalition of that size too: those with player 0 meet all pairs.
            if (!isMiddle(size) || members[0] == 0) {
                addPair(Coalitions.bits(players, members, 0, size), weight);
            }
            pending = size - 1;
            while (pending >= 0 && members[pending] == players - size + pending) {
                pending--;
            }
            if (pending >= 0) {
                members[pending]++;
                for (int i = pending + 1; i < size; i++) {
                    members[i] = members[i - 1] + 1;
                }
            }
        } while (pending >= 0);
    }

    private void draw(int size, int pairs) {
        double weight = mass(size) / (2.0 * pairs);
        Set<Key> drawn = new HashSet<>();
        int[] order = new int[players];
        for (int i = 0; i < players; i++) {
            order[i] = i;
        }
        int at = players;
        while (drawn.size() < pairs) {
            if (at + size > players || !isSmall(size)) {
                shuffle(order);
                at = 0;
            }
            long[] bits = Coalitions.bits(players, order, at, at + size);
            at += size;
            // Of the middle size, a coalition and its complement are the same pair.
            boolean turned = isMiddle(size) && (bits[0] & 1) == 0;
            if (drawn.add(new Key(turned ? Coalitions.complement(players, bits) : bits))) {
                addPair(bits, weight);
            }
        }
    }

    private void shuffle(int[] order) {
        for (int i = order.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int moved = order[i];
            order[i] = order[other];
            order[other] = moved;
        }
    }

    private void addPair(long[] bits, double weight) {
        add(bits, weight);
        add(Coalitions.complement(players, bits), weight);
    }

    private void add(long[] bits, double weight) {
        if (builder.size() == weights.length) {
            weights = Arrays.copyOf(weights, 2 * weights.length);
        }
        weights[builder.size()] = weight;
        builder.add(bits);
    }

    /** All bits of a coalition, for looking it up: a hash of fewer would take different coalitions for the same. */
    private static final class Key {

        private final long[] bits;

        Key(long[] bits) {
            this.bits = bits;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key that && Arrays.equals(bits, that.bits);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bits);
        }
    }
}
