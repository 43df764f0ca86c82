package io.modelmonitor.stats.attribution;

/**
 * Shapley values by definition, from the value of every coalition: φⱼ = Σ over S without j of |S|!(M−|S|−1)!/M! ·
 * (v(S∪{j}) − v(S)) (L. S. Shapley, A value for n-person games, 1953). Takes M·2^M additions.
 */
final class Enumeration implements Design {

    /** The most players for which all coalitions are held in memory: a million of them. */
    static final int MOST_PLAYERS = 20;

    private final int players;
    private final Coalitions coalitions;
    /** By coalition size: the weight of what one more player adds to it. */
    private final double[] weights;

    Enumeration(int players) {
        if (players > MOST_PLAYERS) {
            throw new IllegalArgumentException("features: " + players
                    + " differ from the background; all coalitions of at most " + MOST_PLAYERS + " can be enumerated");
        }
        this.players = players;
        int all = 1 << players;
        Coalitions.Builder builder = new Coalitions.Builder(players, all);
        long[] mask = new long[1];
        for (int coalition = 1; coalition < all - 1; coalition++) {
            mask[0] = coalition;
            builder.add(mask);
        }
        this.coalitions = builder.build();
        this.weights = new double[players];
        double weight = 1.0 / Math.max(1, players);
        for (int size = 0; size < players; size++) {
            weights[size] = weight;
            weight *= (size + 1.0) / (players - 1.0 - size);
        }
    }

    @Override
    public Coalitions coalitions() {
        return coalitions;
    }

    @Override
    public double[] divide(double[] values, double emptyValue, double grandValue) {
        double[] contributions = new double[players];
        int all = 1 << players;
        for (int coalition = 0; coalition < all - 1; coalition++) {
            double without = coalition == 0 ? emptyValue : values[coalition - 1];
            double weight = weights[Integer.bitCount(coalition)];
            for (int absent = ~coalition & (all - 1); absent != 0; absent &= absent - 1) {
                int player = Integer.numberOfTrailingZeros(absent);
                int joined = coalition | 1 << player;
                double with = joined == all - 1 ? grandValue : values[joined - 1];
                contributions[player] += weight * (with - without);
            }
        }
        return contributions;
    }
}
