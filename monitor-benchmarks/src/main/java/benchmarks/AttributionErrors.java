package benchmarks;

import io.modelmonitor.stats.attribution.Attributors;
import java.util.List;

/**
 * Errors of estimated Shapley values against the exact ones, beside those of {@link CommonKernelShap} with as many
 * coalitions: of 54 models, each over many seeds.
 */
final class AttributionErrors {

    private AttributionErrors() {}

    /** Prints a table. */
    static void print(int seeds) {
        System.out.printf(
                "%n%-42s %10s %10s %7s %7s%n",
                "mean absolute error, " + seeds + " seeds", "ours", "common", "ratio", "s.e.");
        List<Game> games = Game.all();
        double sum = 0;
        int worse = 0;
        int counted = 0;
        for (Game game : games) {
            double[] exact = game.exact();
            double[] ours = new double[seeds];
            double[] common = new double[seeds];
            for (int seed = 0; seed < seeds; seed++) {
                ours[seed] = error(exact, game.estimated(seed));
                common[seed] = error(
                        exact, CommonKernelShap.estimated(game, Attributors.defaultSamples(game.players()), seed));
            }
            double ratio = mean(ours) / mean(common);
            double standardError = standardError(ours, common, ratio);
            System.out.printf(
                    "%-42s %10.2e %10.2e %7.3f %7.3f%n", game.name(), mean(ours), mean(common), ratio, standardError);
            if (mean(common) > 1e-12) {
                counted++;
                sum += ratio;
                worse += ratio - 2 * standardError > 1 ? 1 : 0;
            }
        }
        System.out.printf(
                "%-42s %29.3f, worse by more than two s.e.: %d of %d%n",
                "mean ratio where either is not exact", sum / counted, worse, counted);
    }

    private static double error(double[] exact, double[] estimated) {
        double sum = 0;
        for (int j = 0; j < exact.length; j++) {
            sum += Math.abs(exact[j] - estimated[j]) / exact.length;
        }
        return sum;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value / values.length;
        }
        return sum;
    }

    /** The standard error of a ratio of means over the same seeds (the delta method). */
    private static double standardError(double[] ours, double[] common, double ratio) {
        double squares = 0;
        for (int i = 0; i < ours.length; i++) {
            double residual = ours[i] - ratio * common[i];
            squares += residual * residual;
        }
        return Math.sqrt(squares / (ours.length - 1) / ours.length) / mean(common);
    }
}
