package io.modelmonitor.stats.attribution;

import java.util.stream.IntStream;

/**
 * The loss when a single player leaves: φⱼ = v(N) − v(N∖{j}). Takes M coalitions; does not add up to v(N) − v(∅) where
 * players interact.
 */
final class LeaveOneOut implements Design {

    private final Coalitions coalitions;

    LeaveOneOut(int players) {
        Coalitions.Builder builder = new Coalitions.Builder(players, players);
        int[] all = IntStream.range(0, players).toArray();
        for (int player = 0; player < players; player++) {
            builder.add(Coalitions.complement(players, Coalitions.bits(players, all, player, player + 1)));
        }
        this.coalitions = builder.build();
    }

    @Override
    public Coalitions coalitions() {
        return coalitions;
    }

    @Override
    public double[] divide(double[] values, double emptyValue, double grandValue) {
        double[] contributions = new double[values.length];
        for (int player = 0; player < values.length; player++) {
            contributions[player] = grandValue - values[player];
        }
        return contributions;
    }
}
