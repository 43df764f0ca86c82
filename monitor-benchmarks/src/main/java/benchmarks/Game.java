package benchmarks;

import io.modelmonitor.spi.Attributor;
import io.modelmonitor.stats.attribution.Attributors;
import io.modelmonitor.stats.attribution.Background;
import io.modelmonitor.stats.attribution.Link;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * A prediction to be explained as a table of the values of all coalitions of its features, so that estimators can be held
 * against exact values many times over.
 */
final class Game {

    private static final int BACKGROUND = 8;

    private final String name;
    private final int players;
    /** The value of each coalition, by the bits of its members. */
    private final double[] values;

    private Game(String name, int players, double[] values) {
        this.name = name;
        this.players = players;
        this.values = values;
    }

    /** Returns games of many kinds of models: additive and not, smooth and in steps, of probabilities and log-odds. */
    static List<Game> all() {
        List<Game> games = new ArrayList<>();
        for (int players : new int[] {12, 13, 14, 16, 18, 20}) {
            games.add(of("linear", players, linear(players, 1), Link.IDENTITY));
            games.add(of("logistic", players, logistic(players, 1, 1), Link.IDENTITY));
            games.add(of("steep logistic, log-odds", players, logistic(players, 2, 3), Link.LOGIT));
            games.add(of("trees", players, trees(players, 3), Link.IDENTITY));
            games.add(of("products", players, row -> products(row, 4), Link.IDENTITY));
            games.add(of("tanh of interactions", players, row -> Math.tanh(products(row, 4)), Link.IDENTITY));
            games.add(of("softmax, output 1 of 3", players, softmax(players, 0), Link.IDENTITY));
            games.add(of("softmax, output 2 of 3", players, softmax(players, 1), Link.IDENTITY));
            games.add(of("greatest feature", players, Game::greatest, Link.IDENTITY));
        }
        return games;
    }

    private static Game of(String name, int players, ToDoubleFunction<double[]> model, Link link) {
        double[] row = rows(1, players, 20)[0];
        double[][] background = rows(BACKGROUND, players, 30);
        double[] values = new double[1 << players];
        double[] mixed = new double[players];
        for (int coalition = 0; coalition < values.length; coalition++) {
            double sum = 0;
            for (double[] other : background) {
                for (int j = 0; j < players; j++) {
                    mixed[j] = (coalition >>> j & 1) != 0 ? row[j] : other[j];
                }
                sum += model.applyAsDouble(mixed);
            }
            values[coalition] = link.apply(sum / BACKGROUND);
        }
        return new Game(name + ", " + players + " features", players, values);
    }

    /** Returns what the model is. */
    String name() {
        return name;
    }

    /** Returns how many features there are, at most 20. */
    int players() {
        return players;
    }

    /** Returns the value of a coalition, given by the bits of its members. */
    double value(int coalition) {
        return values[coalition];
    }

    /** Returns the exact Shapley values. */
    double[] exact() {
        return explained(Attributors.exact(this::predict, nobody(), Link.IDENTITY));
    }

    /** Returns the Shapley values that the library estimates. */
    double[] estimated(long seed) {
        return explained(Attributors.kernelShap(this::predict, nobody(), Link.IDENTITY, seed));
    }

    private double[] explained(Attributor attributor) {
        double[] everybody = new double[players];
        Arrays.fill(everybody, 1);
        return attributor.explain(everybody).contributions(0);
    }

    private Background nobody() {
        return Background.of(new double[1][players]);
    }

    /** Answers for rows that hold 1 for the features that are there: looks the coalition up. */
    private double[][] predict(double[][] rows) {
        double[][] outputs = new double[rows.length][1];
        for (int i = 0; i < rows.length; i++) {
            int coalition = 0;
            for (int j = 0; j < players; j++) {
                coalition |= rows[i][j] == 0 ? 0 : 1 << j;
            }
            outputs[i][0] = values[coalition];
        }
        return outputs;
    }

    private static ToDoubleFunction<double[]> linear(int players, long seed) {
        double[] coefficients = rows(1, players, seed)[0];
        return row -> {
            double sum = 0;
            for (int j = 0; j < row.length; j++) {
                sum += coefficients[j] * row[j];
            }
            return sum;
        };
    }

    private static ToDoubleFunction<double[]> logistic(int players, long seed, double slope) {
        ToDoubleFunction<double[]> logit = linear(players, seed);
        return row -> 1 / (1 + Math.exp(-slope * logit.applyAsDouble(row)));
    }

    private static ToDoubleFunction<double[]> softmax(int players, int output) {
        List<ToDoubleFunction<double[]>> logits = List.of(linear(players, 5), linear(players, 6), linear(players, 7));
        return row -> {
            double sum = 0;
            for (ToDoubleFunction<double[]> logit : logits) {
                sum += Math.exp(2 * logit.applyAsDouble(row));
            }
            return Math.exp(2 * logits.get(output).applyAsDouble(row)) / sum;
        };
    }

    /** Thirty trees of depth four, each split on a random feature at a random place. */
    private static ToDoubleFunction<double[]> trees(int players, long seed) {
        int trees = 30;
        int inner = 15;
        SplittableRandom random = new SplittableRandom(seed);
        int[] features = random.ints((long) trees * inner, 0, players).toArray();
        double[] thresholds = random.doubles((long) trees * inner, -0.5, 0.5).toArray();
        double[] leaves = random.doubles((long) trees * (inner + 1), -1, 1).toArray();
        return row -> {
            double sum = 0;
            for (int tree = 0; tree < trees; tree++) {
                int node = 0;
                while (node < inner) {
                    int at = tree * inner + node;
                    node = 2 * node + (row[features[at]] <= thresholds[at] ? 1 : 2);
                }
                sum += leaves[tree * (inner + 1) + node - inner];
            }
            return sum;
        };
    }

    /** Products of one to four features. */
    private static double products(double[] row, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double sum = 0;
        for (int term = 0; term < 2 * row.length; term++) {
            double product = random.nextDouble(-1, 1);
            for (int factor = random.nextInt(4); factor >= 0; factor--) {
                product *= 2 * row[random.nextInt(row.length)];
            }
            sum += product;
        }
        return sum;
    }

    private static double greatest(double[] row) {
        double greatest = row[0];
        for (double value : row) {
            greatest = Math.max(greatest, value);
        }
        return greatest;
    }

    private static double[][] rows(int count, int features, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] rows = new double[count][];
        for (int i = 0; i < count; i++) {
            rows[i] = random.doubles(features, -1, 1).toArray();
        }
        return rows;
    }
}
