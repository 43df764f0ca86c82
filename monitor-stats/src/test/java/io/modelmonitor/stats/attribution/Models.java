package io.modelmonitor.stats.attribution;

import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/** Models and data to explain. */
final class Models {

    private Models() {}

    static UnaryOperator<double[][]> of(ToDoubleFunction<double[]> model) {
        return rows -> {
            double[][] outputs = new double[rows.length][];
            for (int i = 0; i < rows.length; i++) {
                outputs[i] = new double[] {model.applyAsDouble(rows[i])};
            }
            return outputs;
        };
    }

    static ToDoubleFunction<double[]> linear(double[] coefficients) {
        return row -> {
            double sum = 0;
            for (int j = 0; j < row.length; j++) {
                sum += coefficients[j] * row[j];
            }
            return sum;
        };
    }

    static ToDoubleFunction<double[]> logistic(double[] coefficients) {
        ToDoubleFunction<double[]> logits = linear(coefficients);
        return row -> 1 / (1 + Math.exp(-logits.applyAsDouble(row)));
    }

    /** A model in which random pairs and triples of features act together. */
    static ToDoubleFunction<double[]> interacting(int features, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int terms = 3 * features;
        int[][] members = new int[terms][];
        double[] weights = new double[terms];
        for (int t = 0; t < terms; t++) {
            members[t] = random.ints(1 + random.nextInt(3), 0, features).toArray();
            weights[t] = random.nextDouble(-1, 1);
        }
        return row -> {
            double sum = 0;
            for (int t = 0; t < terms; t++) {
                double product = weights[t];
                for (int member : members[t]) {
                    product *= row[member];
                }
                sum += product;
            }
            return Math.tanh(sum);
        };
    }

    static double[][] rows(int rows, int features, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] values = new double[rows][];
        for (int i = 0; i < rows; i++) {
            values[i] = random.doubles(features, -1, 1).toArray();
        }
        return values;
    }

    static double[] row(int features, long seed) {
        return rows(1, features, seed)[0];
    }
}
