package io.modelmonitor.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;

/** The models of the group {@code explain}, as plain numbers. */
final class ExplainModel {

    private ExplainModel() {}

    static UnaryOperator<double[][]> of(JsonNode json) {
        ToDoubleFunction<double[]> model =
                switch (json.path("type").asText()) {
                    case "linear" -> linear(json);
                    case "logistic" -> logistic(json);
                    case "tree_ensemble" -> trees(json);
                    case "table" -> table(json);
                    case "polynomial" -> polynomial(json);
                    default -> throw new IllegalArgumentException("model type " + json.path("type"));
                };
        return rows -> {
            double[][] outputs = new double[rows.length][];
            for (int i = 0; i < rows.length; i++) {
                outputs[i] = new double[] {model.applyAsDouble(rows[i])};
            }
            return outputs;
        };
    }

    private static ToDoubleFunction<double[]> linear(JsonNode json) {
        double intercept = json.path("intercept").doubleValue();
        double[] coefficients = numbers(json.path("coefficients"));
        return row -> {
            double sum = intercept;
            for (int j = 0; j < coefficients.length; j++) {
                sum += coefficients[j] * row[j];
            }
            return sum;
        };
    }

    private static ToDoubleFunction<double[]> logistic(JsonNode json) {
        ToDoubleFunction<double[]> logits = linear(json);
        return row -> 1 / (1 + Math.exp(-logits.applyAsDouble(row)));
    }

    private static ToDoubleFunction<double[]> trees(JsonNode json) {
        double base = json.path("base").doubleValue();
        double scale = json.path("scale").doubleValue();
        return row -> {
            double sum = 0;
            for (JsonNode tree : json.path("trees")) {
                int node = 0;
                while (tree.path("feature").get(node).intValue() >= 0) {
                    double value = row[tree.path("feature").get(node).intValue()];
                    boolean left = value <= tree.path("threshold").get(node).doubleValue();
                    node = tree.path(left ? "left" : "right").get(node).intValue();
                }
                sum += tree.path("value").get(node).doubleValue();
            }
            return base + scale * sum;
        };
    }

    private static ToDoubleFunction<double[]> table(JsonNode json) {
        double[] values = numbers(json.path("values"));
        return row -> {
            int index = 0;
            for (int j = 0; j < row.length; j++) {
                index |= row[j] == 0 ? 0 : 1 << j;
            }
            return values[index];
        };
    }

    private static ToDoubleFunction<double[]> polynomial(JsonNode json) {
        double intercept = json.path("intercept").doubleValue();
        return row -> {
            double sum = intercept;
            for (JsonNode term : json.path("terms")) {
                double product = term.path("coefficient").doubleValue();
                for (JsonNode feature : term.path("features")) {
                    product *= row[feature.intValue()];
                }
                sum += product;
            }
            return sum;
        };
    }

    static double[] numbers(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(Tolerance::number)
                .toArray();
    }
}
