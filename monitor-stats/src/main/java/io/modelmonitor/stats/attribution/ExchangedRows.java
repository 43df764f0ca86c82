package io.modelmonitor.stats.attribution;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * OrderNull as explained rows show it, of the baseline and of now. Rows are drawn whole, so that what features do together, how
 * rarely they matter and how heavy their tails are, is as in the data.
 *
 * <p>If nothing has changed, which rows are the baseline's and which are those of now is a matter of labels: they are
 * exchanged at random (R. A. Fisher, The Design of Experiments, 1935; E. J. G. Pitman, 1937). The test is exact at every
 * number of rows, whatever the distribution. Around what the data are, both groups are drawn again with replacement (B.
 * Efron, Bootstrap methods, 1979).
 */
final class ExchangedRows implements OrderNull {

    /** The rows of the baseline, and after them those of now. */
    private final double[][] rows;

    private final int before;
    private final Aggregation aggregation;
    private final SplittableRandom random;
    private final int[] chosen;
    private final int[] exchanged;
    private final double found;

    ExchangedRows(double[][] before, double[][] now, Aggregation aggregation, long seed) {
        this.before = before.length;
        this.rows = Arrays.copyOf(before, before.length + now.length);
        System.arraycopy(now, 0, rows, before.length, now.length);
        this.aggregation = aggregation;
        this.random = new SplittableRandom(seed);
        this.chosen = new int[rows.length];
        Arrays.setAll(chosen, i -> i);
        this.exchanged = chosen.clone();
        this.found = ndcg(chosen);
    }

    @Override
    public double found() {
        return found;
    }

    @Override
    public double unchanged() {
        // It is enough to draw one of the groups, from the back; the other one is what remains.
        for (int last = exchanged.length - 1; last >= before; last--) {
            int other = random.nextInt(last + 1);
            int moved = exchanged[other];
            exchanged[other] = exchanged[last];
            exchanged[last] = moved;
        }
        return ndcg(exchanged);
    }

    @Override
    public double again() {
        for (int i = 0; i < before; i++) {
            chosen[i] = random.nextInt(before);
        }
        for (int i = before; i < chosen.length; i++) {
            chosen[i] = before + random.nextInt(chosen.length - before);
        }
        return ndcg(chosen);
    }

    private double ndcg(int[] positions) {
        return Ndcg.of(
                aggregation.of(rows, positions, 0, before), aggregation.of(rows, positions, before, positions.length));
    }
}
