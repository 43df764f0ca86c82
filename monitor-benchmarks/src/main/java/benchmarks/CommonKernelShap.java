package benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;

/**
 * Kernel SHAP with the sampling scheme that most of the field uses, with no penalty in the regression; for comparison only.
 *
 * <p>Sizes of coalitions are taken whole from the outside in, as long as the budget pays for all of one. The rest is drawn
 * with replacement, a size by its weight and then any coalition of that size, each with its complement; one that is drawn
 * again counts once more. Drawn coalitions share the weight of the sizes that were not taken whole.
 */
final class CommonKernelShap {

    private final Game game;
    private final int players;
    private final List<Integer> coalitions = new ArrayList<>();
    private final List<Double> weights = new ArrayList<>();

    private CommonKernelShap(Game game) {
        this.game = game;
        this.players = game.players();
    }

    /** Returns estimated Shapley values. */
    static double[] estimated(Game game, int samples, long seed) {
        CommonKernelShap estimator = new CommonKernelShap(game);
        estimator.choose(samples, new SplittableRandom(seed));
        return estimator.solve();
    }

    private void choose(int samples, SplittableRandom random) {
        int sizes = players / 2;
        int paired = (players - 1) / 2;
        double[] mass = new double[sizes + 1];
        double total = 0;
        for (int size = 1; size <= sizes; size++) {
            mass[size] = (size <= paired ? 2.0 : 1.0) * (players - 1) / (size * (double) (players - size));
            total += mass[size];
        }
        int size = 1;
        double rest = total;
        int left = samples;
        for (; size <= sizes; size++) {
            List<Integer> all = all(size, size <= paired);
            if (left * mass[size] / rest < all.size() * (1 - 1e-8)) {
                break;
            }
            for (int coalition : all) {
                coalitions.add(coalition);
                weights.add(mass[size] / total / all.size());
            }
            left -= all.size();
            rest -= mass[size];
        }
        if (size <= sizes) {
            draw(size, left, rest / total, mass, random);
        }
    }

    private List<Integer> all(int size, boolean withComplements) {
        List<Integer> all = new ArrayList<>();
        for (int coalition = 0; coalition < 1 << players; coalition++) {
            int members = Integer.bitCount(coalition);
            if (members == size || (withComplements && members == players - size)) {
                all.add(coalition);
            }
        }
        return all;
    }

    private void draw(int smallest, int samples, double shareOfAll, double[] mass, SplittableRandom random) {
        int paired = (players - 1) / 2;
        // A draw of a size that is not its own complement yields two coalitions, so it is made half as often.
        double[] chances = mass.clone();
        double sum = 0;
        for (int size = smallest; size < mass.length; size++) {
            chances[size] = size <= paired ? mass[size] / 2 : mass[size];
            sum += chances[size];
        }
        Map<Integer, Double> drawn = new LinkedHashMap<>();
        int most = 4 * samples;
        for (int draw = 0; draw < most && drawn.size() < samples; draw++) {
            double at = random.nextDouble() * sum;
            int size = smallest;
            while (size < mass.length - 1 && at >= chances[size]) {
                at -= chances[size];
                size++;
            }
            int coalition = random(size, random);
            drawn.merge(coalition, 1.0, Double::sum);
            int others = ~coalition & ((1 << players) - 1);
            if (size <= paired && (drawn.size() < samples || drawn.containsKey(others))) {
                drawn.merge(others, 1.0, Double::sum);
            }
        }
        double counts = drawn.values().stream().mapToDouble(count -> count).sum();
        drawn.forEach((coalition, count) -> {
            coalitions.add(coalition);
            weights.add(count * shareOfAll / counts);
        });
    }

    private int random(int size, SplittableRandom random) {
        int coalition = 0;
        while (Integer.bitCount(coalition) < size) {
            coalition |= 1 << random.nextInt(players);
        }
        return coalition;
    }

    /** Puts the last feature in terms of the others, so that all add up, and solves the normal equations. */
    private double[] solve() {
        int free = players - 1;
        double nobody = game.value(0);
        double distance = game.value((1 << players) - 1) - nobody;
        double[][] left = new double[free][free];
        double[] right = new double[free];
        double[] row = new double[free];
        for (int i = 0; i < coalitions.size(); i++) {
            int coalition = coalitions.get(i);
            int last = coalition >>> free & 1;
            double target = game.value(coalition) - nobody - last * distance;
            for (int j = 0; j < free; j++) {
                row[j] = (coalition >>> j & 1) - last;
            }
            for (int j = 0; j < free; j++) {
                double weighted = weights.get(i) * row[j];
                right[j] += weighted * target;
                for (int k = 0; k < free; k++) {
                    left[j][k] += weighted * row[k];
                }
            }
        }
        double[] solved = new LUDecomposition(new Array2DRowRealMatrix(left, false))
                .getSolver()
                .solve(new ArrayRealVector(right, false))
                .toArray();
        double[] contributions = new double[players];
        contributions[free] = distance;
        for (int j = 0; j < free; j++) {
            contributions[j] = solved[j];
            contributions[free] -= solved[j];
        }
        return contributions;
    }
}
